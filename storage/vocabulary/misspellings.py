"""Misspellings that come again and again: `meant` for each `typed` (misspellings.csv).

They are put right before anything is looked up, so that expressions of several words are found.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from storage.words.letters import normalise

_FILE = Path(__file__).parent / "misspellings.csv"


def meant(word: str) -> str:
    """Return the word that a normalised one is a known misspelling of, else the word itself."""
    return misspellings().get(word, word)


@cache
def misspellings() -> Mapping[str, str]:
    """Return what was meant by each misspelling, both normalised."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {
            normalise(typed): normalise(row["meant"])
            for row in csv.DictReader(lines, strict=True)
            for typed in row["typed"].split("|")
            if " " not in typed
        }
