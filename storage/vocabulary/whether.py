"""Which words make a sentence a question of yes or no: «ма», «ли», a verb that stands first."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from storage.words import fold

_FILE = Path(__file__).parent / "whether.csv"
_NEAR_END = 2
"""A Kazakh particle stands last, or before «екен» or a word that was left behind it."""


@cache
def _words(where: str) -> frozenset[str]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    return frozenset(
        fold(word.split()[0])
        for row in rows
        if row["where"] == where
        for word in row["words"].split("|")
    )


def asks_whether(words: Sequence[str]) -> bool:
    """Tell whether folded words in their order ask for yes or no."""
    first = bool(words) and words[0] in _words("first")
    last = any(word in _words("last") for word in words[-_NEAR_END:])
    return first or last or any(word in _words("any") for word in words)


def asks_what(word: str) -> bool:
    """Tell whether a folded word before a Kazakh verb asks what: «не салынып жатыр»."""
    return word in _words("before")
