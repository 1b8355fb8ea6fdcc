"""One stem for all inflections of a word, Kazakh, Russian or English.

The language of a word is not asked: it is read from its letters and endings, and where these do not
tell, the word has a stem of each Cyrillic language.
"""

import re
from functools import cache, lru_cache

from storage.words.kazakh_stems import kazakh_stem
from storage.words.letters import KAZAKH_LETTERS, fold, is_cyrillic, normalise
from storage.words.russian_stems import english_stem, russian_stem
from storage.words.wordlists import folded_words

KEY_MARK = "qq"
"""Begins a Latin key in the stems column; no word of the three languages begins so."""

CLOSE_MARK = "zz"
"""Ends a word in the stems column that is only ever meant whole."""

_RUSSIAN_ONLY = re.compile(
    r"[ьъщцэ]|...(?:ого|его|ому|ему|ый|ий|ая|яя|ое|ые|ие|ых|их|ами|ями|ской)$"
)
_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")
_STRONG_ENDING = 2
"""A Kazakh ending of so many letters, tied to its sounds, seldom ends a Russian word."""


@lru_cache(maxsize=131072)
def stem(word: str) -> str:
    """Return the one stem that stands for `word`, folded: мектептердің, мектеби -> мектеп.

    The first of `stem_variants`. Words that only Kazakh letters tell apart (күн, құн) share it.
    """
    return stem_variants(word)[0]


@lru_cache(maxsize=131072)
def stem_variants(word: str) -> tuple[str, ...]:
    """Return the stems of a word, likeliest first: one when its language is plain, else two.

    «көшесі» can only be Kazakh, «набережной» only Russian, «скверлер» might be either by its
    letters; two inflections of one word share at least one variant. Never empty: a word without
    letters stands for itself.
    """
    plain = normalise(word)
    folded = fold(plain)
    if not is_cyrillic(folded):
        return (english_stem(folded) if folded.isascii() and folded.isalpha() else folded,)
    if not folded.isalpha():
        return (folded,)
    return _cyrillic_variants(plain, folded)


def _cyrillic_variants(plain: str, folded: str) -> tuple[str, ...]:
    kazakh, russian = kazakh_stem(folded), russian_stem(folded)
    known = folded_words("kazakh")
    if kazakh == russian or kazakh in known or KAZAKH_LETTERS & set(plain):
        return (kazakh,)
    for name in (russian, folded[:-1] + "й"):
        if name in known:  # a Kazakh name in a Russian case: Райымбека, Абая
            return (name,)
    if len(folded) - len(kazakh) >= _STRONG_ENDING and russian not in _russian_stems():
        return (kazakh, russian)
    if folded[-1] in _CONSONANTS:  # Зенков, канал: whole words that Snowball takes for inflected
        return (russian, folded)
    if "ё" in plain or russian in _russian_stems() or _RUSSIAN_ONLY.search(folded):
        return (russian,)
    return (russian, kazakh)


@cache
def _russian_stems() -> frozenset[str]:
    return frozenset(russian_stem(word) for word in folded_words("russian"))
