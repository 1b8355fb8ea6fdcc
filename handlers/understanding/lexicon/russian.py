"""Step 3: Russian words by their dictionary (OpenCorpora through pymorphy3), all parses."""

from functools import cache, lru_cache

import pymorphy3

from storage.words import fold

_PROPER = frozenset(("Surn", "Name", "Patr", "Geox"))
_CONTENT = frozenset(("NOUN", "ADJF", "ADJS", "VERB", "INFN", "PRTF", "PRTS", "GRND"))
_SKIPPED_FORMS = frozenset(("Abbr", "Init"))


@cache
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=16384)
def _parses(word: str) -> tuple[tuple[str, str], ...]:
    """Return lemma (folded) and part of speech of each parse; none for a word of no dictionary."""
    analyser = _analyser()
    if not analyser.word_is_known(word):
        return ()
    parses = (
        (fold(parse.normal_form), str(parse.tag.POS or ""))
        for parse in analyser.parse(word)
        if not _SKIPPED_FORMS & parse.tag.grammemes
    )
    return tuple(dict.fromkeys(parses))


def lemmas(word: str) -> tuple[str, ...]:
    """Return the dictionary forms, folded, of a normalised word: дорогой дорога, дорогой."""
    return tuple(dict.fromkeys(lemma for lemma, _part in _parses(word)))


def is_known(word: str) -> bool:
    """Tell whether the dictionary has this form."""
    return bool(_parses(word))


@lru_cache(maxsize=16384)
def is_proper(word: str) -> bool:
    """Tell whether a known word may be a surname, a first name or a place: Вахтангова."""
    analyser = _analyser()
    return analyser.word_is_known(word) and any(
        _PROPER & parse.tag.grammemes for parse in analyser.parse(word)
    )


@lru_cache(maxsize=4096)
def is_plural(word: str) -> bool:
    """Tell whether a known word can only be a plural: школ, школам; not школы."""
    analyser = _analyser()
    if not analyser.word_is_known(word):
        return False
    return all("plur" in parse.tag.grammemes for parse in analyser.parse(word))


def is_content(word: str) -> bool:
    """Tell whether a known word may be a noun, adjective or verb; False for an unknown one."""
    return any(part in _CONTENT for _lemma, part in _parses(word))


def is_noun(word: str) -> bool:
    """Tell whether the word may be a noun."""
    return any(part == "NOUN" for _lemma, part in _parses(word))


def forms(word: str) -> frozenset[str]:
    """Return all inflected forms, folded, of a word; guessed for one of no dictionary."""
    parse = _analyser().parse(word)[0]
    return frozenset(fold(form.word) for form in parse.lexeme)


_ADJECTIVE = "ий ого ому им ом ая ую ой ое ие их ими"
_NOUN = " а у ом е"
_SOFT_NOUN = "й я ю ем е"


def name_forms(word: str) -> frozenset[str]:
    """Return the folded cases of a name that dictionaries lack: Алатауского, Турксибе."""
    word = fold(word)
    if word.endswith("ский"):
        return frozenset(word[:-2] + ending for ending in _ADJECTIVE.split())
    if word.endswith("й"):
        return frozenset(word[:-1] + ending for ending in _SOFT_NOUN.split())
    if word[-1:] in "бвгдзклмнпрстф":
        return frozenset(word + ending for ending in _NOUN.split(" "))
    if word.endswith("у"):
        return frozenset((word, word + "а", word + "е", word + "ом"))
    return frozenset((word,))


_NOMINATIVES = (
    ("ого", ("ый", "ий")),
    ("ой", ("а", "ый")),
    ("ом", ("", "ое")),
    ("ем", ("ь", "й")),
    ("е", ("а", "", "ь")),
    ("у", ("а", "")),
    ("ы", ("а",)),
    ("и", ("ь", "а")),
    ("ю", ("ь", "й")),
    ("я", ("ь", "й")),
    ("а", ("",)),
)
_SHORTEST_NAME = 3


def nominatives(name: str) -> tuple[str, ...]:
    """Return what a name that no dictionary has may be in the nominative: Шугыле Шугыла, Шугыл."""
    for ending, instead in _NOMINATIVES:
        if name.endswith(ending) and len(name) - len(ending) >= _SHORTEST_NAME:
            stem = name[: -len(ending)]
            return tuple(stem + each for each in instead)
    return ()
