"""Kinds that are offered where there is none of the kind asked for: extensions for schools."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from storage.vocabulary import KINDS

_FILE = Path(__file__).parent / "related_kinds.csv"


def related_of(path: Path = _FILE) -> Mapping[str, tuple[str, ...]]:
    """Return by kind the kinds related to it, the nearest first; ValueError for no kind."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, strict=True)
        found = {row["kind"]: tuple(row["related"].split("|")) for row in rows}
    for code in (*found, *(other for related in found.values() for other in related)):
        if code not in KINDS:
            raise ValueError(f"{path.name}: {code} is no kind")
    return found


RELATED = related_of()


def related_to(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds related to these, each once, without these themselves."""
    asked = tuple(kinds)
    others = dict.fromkeys(other for kind in asked for other in RELATED.get(kind, ()))
    return tuple(other for other in others if other not in asked)
