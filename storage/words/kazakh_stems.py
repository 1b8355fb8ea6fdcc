"""Cuts the endings of Kazakh nouns: case, then possessive, then plural, each at most once.

Works on folded words (see `storage.words.letters.fold`), because half of what people type has no
Kazakh letters. Every ending is tied to the sounds before it (мектеп-тер but жол-дар): that alone
keeps it from eating most words of other languages. The endings are those of `kazakh_endings`.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from storage.words.kazakh_endings import End, case_forms, endings, folded_forms, there_forms
from storage.words.letters import fold
from storage.words.wordlists import folded_pairs, folded_words

_CASE, _OWNER, _PLURAL = 3, 2, 1


def _rules() -> Iterator[tuple[int, End, str]]:
    """Yield (layer, the end before it, the pattern) of the endings that are cut."""
    table = endings()
    for end in table.folded.sounds:
        for row in table.cases.values():
            yield _CASE, end, row[end]
        yield _CASE, end, table.cases["locative"][end] + table.there
        if end in table.plural:
            yield _PLURAL, end, table.plural[end]
            for owner in table.possessives.values():
                yield _OWNER, end, owner.after(end)


_FOLDED = endings().folded
_ENDINGS = {
    (ending, before): layer
    for layer, end, pattern in _rules()
    if pattern not in _FOLDED.never_cut
    for ending, before in product(folded_forms(pattern), _FOLDED.sounds[end])
}
_LONGEST = max(len(ending) for ending, _before in _ENDINGS)
_THERE = there_forms()
_SOFTENED = {fold(soft): fold(hard) for hard, soft in endings().softened.items()}
_ALWAYS_FRONT = case_forms("instrumental")
_FRONT, _BACK = _FOLDED.front, _FOLDED.back
_SHORTEST = 3
_SHORTEST_OF_ACCUSATIVE = 4


@lru_cache(maxsize=65536)
def kazakh_stem(word: str) -> str:
    """Return the stem of a folded Kazakh noun: кошесиндеги -> коше, мектептерди -> мектеп.

    Three letters at least, or a word of the list of Kazakh words; a word without endings comes back
    as it is. Not for Russian words: `storage.words.stems` decides which language a word may be.
    """
    known = folded_words("kazakh")
    layer = _CASE + 1
    while word not in known:
        cut = _cut(word, layer, known)
        if cut is None:
            break
        word, layer = cut
        if word.endswith(_THERE):  # «those that are in …»: a whole new noun inside
            layer = _CASE + 1
    return folded_pairs("kazakh_irregular").get(word, word)


def _cut(word: str, layer: int, known: frozenset[str]) -> tuple[str, int] | None:
    """Return the word without its last ending and that ending's layer; None if it has none.

    Of several endings the one that leaves a known word, else the longest.
    """
    first: tuple[str, int] | None = None
    for length in range(min(_LONGEST, len(word) - 2), 0, -1):
        rest, ending = word[:-length], word[-length:]
        found = _ENDINGS.get((ending, rest[-1]))
        if found is None or found >= layer:
            continue
        for stem in _restored(rest, ending):
            if stem in known:
                return stem, found
        if first is None and _plausible(rest, ending):
            first = _restored(rest, ending)[0], found
    return first


def _restored(rest: str, ending: str) -> tuple[str, ...]:
    """Return the stem with the consonant that a vowel ending had softened: мектеб-и -> мектеп."""
    hard = _SOFTENED.get(rest[-1])
    if hard is None or ending[0] not in "ыи":
        return (rest,)
    return rest[:-1] + hard, rest


def _plausible(rest: str, ending: str) -> bool:
    if len(rest) < (_SHORTEST_OF_ACCUSATIVE if ending == "н" else _SHORTEST):
        return False
    return _in_harmony(rest, ending)


def _in_harmony(stem: str, ending: str) -> bool:
    """Tell whether the ending's vowel may follow the stem's (а о у may be folded ә ө ү)."""
    if ending in _ALWAYS_FRONT:
        return True
    vowels = [letter for letter in stem if letter in _FRONT or letter in _BACK]
    if not vowels:
        return False
    front = any(letter in _FRONT for letter in ending)
    back = any(letter in _BACK for letter in ending)
    if front and not back:
        return vowels[-1] != "ы" and (vowels[-1] != "а" or len(vowels) == 1)
    if back and not front:
        return vowels[-1] != "е"
    return True
