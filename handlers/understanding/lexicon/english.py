"""Which Latin words are English: by the word list of pyspellchecker (Wikipedia, subtitles)."""

import re
from functools import cache

from spellchecker import SpellChecker

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_OFTEN = 100
"""Rarer words of the list are mostly names and slips: of 160,000 words 47,000 stay."""


@cache
def _words() -> frozenset[str]:
    counts = SpellChecker(language="en").word_frequency.dictionary
    often = (word.replace("'", "") for word, count in counts.items() if count >= _OFTEN)
    return frozenset(word for word in often if word.isalpha())


def is_known(word: str) -> bool:
    """Tell whether a lower-case word is a common English one, in any inflection."""
    return _APOSTROPHES.sub("", word) in _words()


def load() -> None:
    """Read the list now instead of with the first question (a third of a second)."""
    _words()
