"""Reads the word lists of this room: one file a list, words apart by spaces, # for remarks."""

from functools import cache
from pathlib import Path

from storage.words.letters import fold, normalise

_DATA = Path(__file__).parent / "data"


@cache
def folded_words(name: str) -> frozenset[str]:
    """Return the words of data/`name`.txt, folded."""
    return frozenset(word for line in folded_lines(name) for word in line)


@cache
def folded_pairs(name: str) -> dict[str, str]:
    """Return the pairs of data/`name`.txt, folded: the first word of a line -> the second."""
    return dict(line for line in folded_lines(name) if len(line) == 2)  # noqa: PLR2004 - a pair is two


def listed_words(name: str) -> list[str]:
    """Return the words of data/`name`.txt as they are spelt, normalised, in order."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in normalise(line).split()]


def folded_lines(name: str) -> list[list[str]]:
    """Return the lines of data/`name`.txt, each a list of its words, folded."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [fold(normalise(line)).split() for line in lines if line and not line.startswith("#")]
