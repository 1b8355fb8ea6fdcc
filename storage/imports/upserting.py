"""Writes districts, places, programmes and indicators.

A row is found by its key; a blank cell never erases; nothing is deleted.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from storage.geo.points import Point
from storage.imports.applying import Sources
from storage.imports.reference import NAMES, Values
from storage.tables.core import table_of
from storage.tables.facts import District, Indicator, Place, Programme
from storage.values.place_kinds import key_kind
from storage.words import fold, normalise, stems

Record = tuple[str, Values]

INDICATOR_KEY = (
    *("programme_id", "code", "value_type", "year", "district", "source_id", "stated_on"),
)


class Records:
    """What the reference tables of a data set say, key by key."""

    def __init__(self) -> None:
        self.districts: list[Record] = []
        self.places: list[Record] = []
        self.programmes: list[Record] = []
        self.indicators: list[Values] = []

    def __len__(self) -> int:
        named = len(self.districts) + len(self.places) + len(self.programmes)
        return named + len(self.indicators)


def place_key(values: Values) -> str:
    """Return what makes two rows the same place: what kind it is told by, its folded name."""
    name = next((values[name] for name in NAMES if values.get(name)), "")
    return f"{key_kind(values['kind'])}:{fold(normalise(name))}"


def upsert_records(session: Session, records: Records) -> dict[str, int]:
    """Write the records; returns how many rows of each table are new or changed."""
    sources = Sources()
    programmes = [
        (code, _with_source(session, values, sources)) for code, values in records.programmes
    ]
    return {
        "districts": upsert(session, District, "slug", records.districts),
        "places": upsert(session, Place, "key", records.places, _complete_place),
        "programmes": upsert(session, Programme, "code", programmes),
        "indicators": _upsert_indicators(session, records.indicators, sources),
    }


def upsert(
    session: Session,
    model: type[SQLModel],
    key: str,
    records: Iterable[Record],
    complete: Callable[[Values], None] | None = None,
) -> int:
    """Insert or update the rows of a table; returns how many are new or changed."""
    table = table_of(model)
    stored = {row[key]: dict(row) for row in session.execute(select(table)).mappings()}
    merged: dict[Any, Values] = {}
    for name, values in records:
        row = merged.setdefault(name, dict(stored.get(name) or _blank(model, {key: name})))
        row.update(values)
        if complete is not None:
            complete(row)
    return _write(session, model, stored, merged)


def _write(
    session: Session,
    model: type[SQLModel],
    stored: dict[Any, Values],
    merged: dict[Any, Values],
) -> int:
    """Insert what is not stored at the end of the order; update what differs."""
    table = table_of(model)
    position = max((row.get("position") or 0 for row in stored.values()), default=0)
    fresh = [row for name, row in merged.items() if name not in stored]
    for place, row in enumerate(fresh if "position" in table.c else (), position + 1):
        row["position"] = place
    if fresh:
        session.execute(insert(table), fresh)
    changed = [row for name, row in merged.items() if name in stored and row != stored[name]]
    for row in changed:
        session.execute(update(table).where(table.c.id == row["id"]).values(row))
    return len(fresh) + len(changed)


def _blank(model: type[SQLModel], key: Values) -> Values:
    """Return a row with nothing said but its key."""
    fields = model.model_fields.items()
    return {
        name: field.default for name, field in fields if name != "id" and not field.is_required()
    } | key


def _complete_place(row: Values) -> None:
    row["cell"] = Point(row["lat_e6"], row["lon_e6"]).cell
    texts = [*(row[name] for name in NAMES), *row["aliases"].split("|")]
    row["stems"] = stems(" ".join(text for text in texts if text))


def _with_source(session: Session, values: Values, sources: Sources) -> Values:
    """Return the values with the source's id instead of its title and address."""
    values = dict(values)
    source = (values.pop("source_title", ""), values.pop("source_url", ""))
    if any(source):
        values["source_id"] = sources.ids(session, [source])[source]
    return values


def _upsert_indicators(session: Session, records: list[Values], sources: Sources) -> int:
    if not records:
        return 0
    query = select(col(Programme.code), col(Programme.id))
    programmes: dict[str, Any] = {str(code): number for code, number in session.execute(query)}
    table = table_of(Indicator)
    rows = session.execute(select(table)).mappings()
    stored = {tuple(row[name] for name in INDICATOR_KEY): dict(row) for row in rows}
    merged: dict[Any, Values] = {}
    for record in records:
        values = dict(record)
        values["programme_id"] = programmes[values.pop("programme")]
        source = (values.pop("source_title", ""), values.pop("source_url", ""))
        values["source_id"] = sources.ids(session, [source])[source]
        values = {"year": 0, "district": "", "stated_on": ""} | values
        key = tuple(values[name] for name in INDICATOR_KEY)
        row = merged.setdefault(key, dict(stored.get(key) or _blank(Indicator, {})))
        row.update(values)
    return _write(session, Indicator, stored, merged)
