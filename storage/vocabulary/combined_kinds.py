"""Kinds that are several at once: networks of water and sewers are both, and are found as both."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from storage.vocabulary import KINDS

_FILE = Path(__file__).parent / "combined_kinds.csv"


def parts_of(path: Path = _FILE) -> Mapping[str, tuple[str, ...]]:
    """Return by combined kind the kinds that it is made of; ValueError for one that is no kind."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, strict=True)
        found = {row["kind"]: tuple(row["parts"].split("|")) for row in rows}
    for code in (*found, *(part for parts in found.values() for part in parts)):
        if code not in KINDS:
            raise ValueError(f"{path.name}: {code} is no kind")
    return found


PARTS = parts_of()

ANSWERS_TO: Mapping[str, frozenset[str]] = {
    code: frozenset((code, *PARTS.get(code, ()))) for code in KINDS
}
"""By kind the kinds it is found as: itself, and its parts."""


def answering(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds asked for, and after them the combined ones that have one of them as a part.

    Each once, in the order given; a code that nobody knows stays.
    """
    asked = tuple(dict.fromkeys(kinds))
    combined = (code for code, parts in PARTS.items() if not set(parts).isdisjoint(asked))
    return tuple(dict.fromkeys((*asked, *combined)))
