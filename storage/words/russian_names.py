"""Cases of Russian names that no dictionary has, by their endings (data/russian_endings.toml)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from storage.words.letters import fold

_FILE = Path(__file__).parent / "data" / "russian_endings.toml"
_NONE = "-"
_SHORTEST_NAME = 3


class _Declension(NamedTuple):
    """How names with one of these ends are declined: so many letters off, then each ending."""

    ends: tuple[str, ...]
    cut: int
    endings: tuple[str, ...]


def name_forms(word: str) -> frozenset[str]:
    """Return the folded cases of a name that dictionaries lack: Алатауского, Турксибе."""
    word = fold(word)
    for declension in _table()[0]:
        if word.endswith(declension.ends):
            stem = word[: len(word) - declension.cut]
            return frozenset(stem + ending for ending in declension.endings)
    return frozenset((word,))


def nominatives(name: str) -> tuple[str, ...]:
    """Return what a name that no dictionary has may be in the nominative: Шугыле Шугыла, Шугыл."""
    for ending, instead in _table()[1]:
        if name.endswith(ending) and len(name) - len(ending) >= _SHORTEST_NAME:
            stem = name[: -len(ending)]
            return tuple(stem + each for each in instead)
    return ()


@cache
def _table() -> tuple[tuple[_Declension, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The declensions, the first that fits counts, and what endings stand for in the nominative."""
    with _FILE.open("rb") as lines:
        table = tomllib.load(lines)
    nominative = table.pop("nominative")
    declensions = (
        _Declension(tuple(row["ends"].split()), row["cut"], _endings(row["endings"]))
        for row in table.values()
    )
    return tuple(declensions), tuple((end, _endings(row)) for end, row in nominative.items())


def _endings(row: str) -> tuple[str, ...]:
    return tuple(each.replace(_NONE, "") for each in row.split())
