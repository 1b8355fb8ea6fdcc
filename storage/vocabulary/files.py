"""Reads the vocabulary's CSV files into tables, once, when the package is imported."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from storage.vocabulary.entries import District, Entry, Kind, Programme, Unit
from storage.vocabulary.table import Table, lookup_key
from storage.words.languages import LANGUAGES, Language

_HERE = Path(__file__).parent

_DISTRICT_WORDS = frozenset(
    [
        "район",
        "рн",
        "р",
        "н",
        "он",
        "аудан",
        "ауданы",
        "ауд",
        "district",
        "rayon",
        "raion",
        "audany",
    ]
)
"""What stands beside a district's name and says nothing («р-н» is cut to р and н)."""


def load_entries(title: str) -> Table[Entry]:
    """Return the table of `title`.csv."""
    return _table(title, (Entry(**_common(row)) for row in _rows(title)))


def load_kinds(sectors: Mapping[str, Entry]) -> Table[Kind]:
    """Return the kinds of facility. Raises ValueError for a sector that `sectors` does not hold."""
    return _table("kinds", (_kind(row, sectors) for row in _rows("kinds")))


def load_units() -> Table[Unit]:
    """Return the units of capacity and of indicators."""
    return _table("units", (_unit(row) for row in _rows("units")))


def load_programmes() -> Table[Programme]:
    """Return the programmes that come with the bot, parents before children."""
    return _table("programmes", (_programme(row) for row in _rows("programmes")))


def load_districts() -> Table[District]:
    """Return Almaty's eight districts in the alphabetical order of their names."""
    districts = (_district(row) for row in _rows("districts"))
    return Table("districts", districts, District.all_names, key=district_key)


def district_key(text: str) -> str:
    """Return the look-up key of a district's name without the word for district."""
    return " ".join(word for word in lookup_key(text).split() if word not in _DISTRICT_WORDS)


def _table(title: str, entries: Iterable[Any]) -> Table[Any]:
    table: Table[Any] = Table(title, entries, lambda entry: entry.names())
    numbers = [entry.number for entry in table.values()]
    if len(set(numbers)) != len(numbers):
        raise ValueError(f"{title}: a number stands on two lines")
    return table


def _rows(title: str) -> Iterator[dict[str, str]]:
    with (_HERE / f"{title}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, strict=True)


def _common(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "number": int(row["number"]),
        "labels": _in_languages(row, ""),
        "plurals": _in_languages(row, "_plural"),
        "aliases": _aliases(row),
        "emoji": row["emoji"],
    }


def _in_languages(row: dict[str, str], ending: str) -> Mapping[Language, str]:
    """Return one text per language; a blank plural is the singular."""
    texts: dict[Language, str] = {
        language: row[language + ending] or row[language] for language in LANGUAGES
    }
    if not all(texts.values()):
        raise ValueError(f"{row}: a label is missing")
    return MappingProxyType(texts)


def _aliases(row: dict[str, str]) -> frozenset[str]:
    columns = ("aliases", "aliases_kk", "aliases_ru", "aliases_en")
    cells = (row.get(column) or "" for column in columns)
    return frozenset(alias.strip() for cell in cells for alias in cell.split("|") if alias.strip())


def _kind(row: dict[str, str], sectors: Mapping[str, Entry]) -> Kind:
    sector = row["sector"] or None
    if sector is not None and sector not in sectors:
        raise ValueError(f"kinds: {row['code']} has the unknown sector {sector}")
    return Kind(**_common(row), sector=sector)


def _unit(row: dict[str, str]) -> Unit:
    one = {"kk": row["kk"], "ru": row["ru_one"], "en": row["en_one"]}
    many = {"kk_plural": row["kk"], "ru_plural": row["ru_many"], "en_plural": row["en_many"]}
    return Unit(**_common({**row, **one, **many, "emoji": ""}), few=row["ru_few"])


def _programme(row: dict[str, str]) -> Programme:
    return Programme(**_common(row), parent=row["parent"] or None, area=row["area"] or None)


def _district(row: dict[str, str]) -> District:
    return District(
        slug=row["slug"],
        kato=row["kato"],
        names=_in_languages(row, ""),
        short_names=_in_languages(row, "_short"),
        aliases=_aliases(row),
    )
