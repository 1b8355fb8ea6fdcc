"""What the figures of programmes count, in the words that people ask with (figures.csv).

`counted` are alternatives of one or several words, all of which have to be said. A figure of scope
«programme» is meant only where its programme or one of the same family is named, of scope «named»
where at least the region is, and one that is «free» by its words alone. `noun` is what stands after
the number, `listed` a sector or kind whose projects of the programme the list has too, or «all».
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from babel import Locale

from storage.vocabulary import KINDS, PROGRAMMES, SECTORS
from storage.words.languages import LANGUAGES, Language

_FILE = Path(__file__).parent / "figures.csv"

Scope = Literal["programme", "named", "free"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
ALL = "all"
_FORMS = {"one": 0, "few": 1, "many": 2}


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """One way in which a figure is asked for; a figure may have several."""

    programme: str
    code: str
    scope: Scope
    counted: tuple[str, ...]
    nouns: Mapping[Language, tuple[str, ...]]
    listed: str

    def noun(self, number: float, language: Language) -> str:
        """Return what is counted as it stands after a number: «20 проектов»; "" for none."""
        forms = self.nouns.get(language, ())
        if len(forms) < 2:  # noqa: PLR2004 - Kazakh nouns stay singular after numbers
            return "".join(forms)
        rule = Locale(language).plural_form(number)
        return forms[min(_FORMS.get(rule, len(forms) - 1), len(forms) - 1)]


def figures_of(path: Path = _FILE) -> tuple[CountedFigure, ...]:
    """Return the figures of a file; ValueError for a programme, sector or kind that is none."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = tuple(_figures(csv.DictReader(lines, strict=True)))
    for each in found:
        if each.programme not in PROGRAMMES:
            raise ValueError(f"{path.name}: {each.programme} is no programme")
        if each.listed and each.listed not in {ALL, *SECTORS, *KINDS}:
            raise ValueError(f"{path.name}: {each.listed} is no sector or kind")
    return found


def _figures(rows: Iterator[dict[str, str]]) -> Iterator[CountedFigure]:
    for row in rows:
        scope = next(each for each in SCOPES if each == row["scope"])
        counted = [each for language in LANGUAGES for each in _parts(row[f"counted_{language}"])]
        nouns = {language: _parts(row[f"noun_{language}"]) for language in LANGUAGES}
        yield CountedFigure(
            row["programme"], row["code"], scope, tuple(counted), nouns, row["listed"]
        )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))


@cache
def figures() -> tuple[CountedFigure, ...]:
    """Return the figures that are asked for by what they count."""
    return figures_of()


@cache
def counted_as(programme: str, code: str) -> CountedFigure | None:
    """Return how a figure is counted, None for one that is not listed."""
    return next(
        (each for each in figures() if (each.programme, each.code) == (programme, code)), None
    )


@cache
def family(programme: str) -> frozenset[str]:
    """Return a programme, those above it and those below it."""
    above = {programme}
    parent = PROGRAMMES[programme].parent if programme in PROGRAMMES else None
    while parent:
        above.add(parent)
        parent = PROGRAMMES[parent].parent
    below = {programme}
    while more := {code for code in PROGRAMMES if PROGRAMMES[code].parent in below} - below:
        below |= more
    return frozenset(above | below)
