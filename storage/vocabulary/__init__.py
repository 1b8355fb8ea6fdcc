"""The vocabulary: kinds, sectors, statuses, districts and the rest, in three languages.

All of it is data: a new kind of facility or a synonym is one line in a CSV file of this folder and
no code. Tables are mappings from code to entry in the order of their file, read once.

`find_kind` and its kin find an entry by any of its names, `suggest` the nearest ones, `by_number`
by the store's number. `codes` goes between codes and numbers; `phrases`, `senses` and
`misspellings` are what the words of a question mean; `combined_kinds` are several kinds at once;
`related_kinds` are offered where there is none of a kind.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from storage.vocabulary.entries import District, Entry, Kind, Programme, Unit
from storage.vocabulary.files import (
    load_districts,
    load_entries,
    load_kinds,
    load_programmes,
    load_units,
)
from storage.vocabulary.table import Table
from storage.words.languages import LANGUAGES, Language

__all__ = [
    "AREAS",
    "DISTRICTS",
    "KINDS",
    "LANGUAGES",
    "PRECISIONS",
    "PROGRAMMES",
    "SECTORS",
    "STATUSES",
    "UNITS",
    "District",
    "Entry",
    "Kind",
    "Language",
    "Programme",
    "Table",
    "Unit",
    "by_number",
    "find_area",
    "find_district",
    "find_kind",
    "find_precision",
    "find_programme",
    "find_sector",
    "find_status",
    "find_unit",
    "suggest",
]

SECTORS: Table[Entry] = load_entries("sectors")
KINDS: Table[Kind] = load_kinds(SECTORS)
STATUSES: Table[Entry] = load_entries("statuses")
AREAS: Table[Entry] = load_entries("areas")
PRECISIONS: Table[Entry] = load_entries("precisions")
UNITS: Table[Unit] = load_units()
PROGRAMMES: Table[Programme] = load_programmes()
DISTRICTS: Table[District] = load_districts()

find_kind = KINDS.find
find_sector = SECTORS.find
find_status = STATUSES.find
find_area = AREAS.find
find_precision = PRECISIONS.find
find_unit = UNITS.find
find_programme = PROGRAMMES.find

EntryT = TypeVar("EntryT", bound=Entry)


def find_district(text: str) -> District | None:
    """Return the district that `text` names, or None.

    Slug, KATO code, any official or common name in kk/ru/en, with or without the word for district.
    """
    return DISTRICTS.find(text)


def by_number(table: Mapping[str, EntryT], number: int) -> EntryT:
    """Return the entry of `table` that the store's integer column means.

    Raises KeyError for a number that no entry has.
    """
    for entry in table.values():
        if entry.number == number:
            return entry
    raise KeyError(number)


def suggest(table: Table[Any], text: str) -> list[str]:
    """Return up to three codes of `table` nearest to `text`, best first: «did you mean school?»."""
    return table.suggest(text)
