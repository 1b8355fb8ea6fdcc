"""Slips of the finger: trigrams to find candidates, likeness of words, the wrong layout."""

from rapidfuzz.distance import OSA

from storage.words.letters import fold, normalise

_EDGE = "_"

_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
# The Kazakh layout is the Russian one with the Kazakh letters on the row of digits.
_DIGIT_KEYS = "2345890-="
_KAZAKH_KEYS = "әіңғүұқөһ"

_TO_RUSSIAN = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TO_KAZAKH = str.maketrans(_LATIN_KEYS + _DIGIT_KEYS, _RUSSIAN_KEYS + _KAZAKH_KEYS)
_TO_LATIN = str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS)


def trigrams(word: str) -> set[str]:
    """Return the three-letter pieces of `word`, folded, with its edges marked by `_`.

    «жол» gives __ж, _жо, жол, ол_. Two words that differ by one slip share most of them.
    """
    padded = f"{_EDGE}{_EDGE}{fold(normalise(word))}{_EDGE}"
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def osa_similarity(a: str, b: str) -> float:
    """Return how alike two words are, 0 to 1, folded: 1 less slips per letter of the longer word.

    A slip is a letter too many, too few or wrong, or two neighbours swapped (optimal string
    alignment).
    """
    return OSA.normalized_similarity(fold(normalise(a)), fold(normalise(b)))


def layout_swaps(text: str) -> list[str]:
    """Return what `text` may have been meant to be, typed with the wrong layout switched on.

    «irjkf» gives школа, «vtrntg» мектеп, «зфкл» park. Takes the text as typed, for signs are
    letters in another layout. Russian layout first, then Kazakh, then Latin; normalised, without
    `text` itself.
    """
    typed = text.strip().lower()
    swapped = (typed.translate(table) for table in (_TO_RUSSIAN, _TO_KAZAKH, _TO_LATIN))
    candidates = (normalise(candidate) for candidate in swapped if candidate != typed)
    return [text for text in dict.fromkeys(candidates) if text and text != normalise(typed)]
