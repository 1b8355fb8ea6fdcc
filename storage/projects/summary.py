"""A project as it stands in a list: its present state, read column by column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.points import Point
from storage.projects.lateness import is_unheard, overdue_days
from storage.tables.facts import Project
from storage.values.pages import Page
from storage.values.partial_dates import PartialDate, partial_or_none
from storage.values.titles import Address, Titles
from storage.vocabulary.codes import KIND_CODES, SECTOR_CODES, STATUS_CODES


@dataclass(frozen=True, slots=True)
class Listed:
    """The present state of a project.

    `kind`, `sector`, `status` are codes of the vocabulary, None where nobody stated one;
    `districts` are slugs and `programmes` codes (empty: not stated). Money is whole tenge, None
    unknown. `precision` says how exact `point` is: exact, street, area, district or none.
    `heard_on` is the day of the latest dated statement. `first_due_on` is the due date of the first
    promise and `first_promised_on` the day it was given; `status_on` is the first possible day of
    what states the status, None where that has no day. `silent_from` is the day from which it is
    past due and for a year nobody told how it stands, None for what has no due date to come.
    `distance_m` is set by questions about a point, None elsewhere.
    """

    id: int
    key: str
    titles: Titles
    kind: str | None
    sector: str | None
    status: str | None
    districts: tuple[str, ...]
    programmes: tuple[str, ...]
    address: Address
    point: Point | None
    precision: str
    starts_on: PartialDate | None
    due_on: PartialDate | None
    completed_on: PartialDate | None
    planned_kzt: int | None
    contracted_kzt: int | None
    spent_kzt: int | None
    heard_on: PartialDate | None
    first_due_on: PartialDate | None
    first_promised_on: PartialDate | None
    distance_m: float | None = None
    status_on: date | None = None
    silent_from: date | None = None

    def overdue_days(self, today: date) -> int:
        """See `storage.projects.lateness.overdue_days`."""
        return overdue_days(self.status, self.due_on, self.status_on, today)

    def is_unheard(self, today: date) -> bool:
        """See `storage.projects.lateness.is_unheard`."""
        return is_unheard(self.status, self.due_on, self.status_on, today)

    def is_silent(self, today: date) -> bool:
        """Whether it stands after what is alive: see `storage.projects.lateness.silence`."""
        return self.silent_from is not None and self.silent_from <= today


ADDRESS_NAMES = ("address", "address_kk", "address_ru", "address_en")
COLUMN_NAMES = (
    *("id", "key", "title_kk", "title_ru", "title_en", "kind_no", "sector_no", "status_no"),
    *("districts", "programmes", *ADDRESS_NAMES, "lat_e6", "lon_e6", "location_precision"),
    *("starts_on", "due_on", "completed_on", "planned_kzt", "contracted_kzt", "spent_kzt"),
    *("heard_on", "first_due_on", "first_promised_on", "status_on", "silent_from"),
)
COLUMNS: tuple[SQLColumnExpression[Any], ...] = tuple(
    getattr(Project, name) for name in COLUMN_NAMES
)
"""What `listed` reads, in its order."""

day_of = lru_cache(maxsize=4096)(partial_or_none)
"""The partial date of a stored text, None for a blank one; most texts come again and again."""


@lru_cache(maxsize=4096)
def parts(joined: str) -> tuple[str, ...]:
    """The members of a stored list, which are joined by |."""
    return tuple(filter(None, joined.split("|")))


def point_of(lat_e6: int | None, lon_e6: int | None) -> Point | None:
    """The point of two stored columns, None where nothing is known."""
    return None if lat_e6 is None or lon_e6 is None else Point(lat_e6, lon_e6)


def listed(row: Sequence[Any], distance_m: float | None = None) -> Listed:
    """The project of a row of `COLUMNS` (and nothing else)."""
    # fmt: off
    (
        number, key, kk, ru, en, kind_no, sector_no, status_no, districts, programmes,
        address, address_kk, address_ru, address_en,
        lat_e6, lon_e6, precision, starts_on, due_on, completed_on, planned, contracted, spent,
        heard_on, first_due_on, first_promised_on, status_on, silent_from,
    ) = row
    # fmt: on
    return Listed(
        number,
        key,
        Titles(kk, ru, en),
        KIND_CODES.get(kind_no),
        SECTOR_CODES.get(sector_no),
        STATUS_CODES.get(status_no),
        parts(districts),
        parts(programmes),
        Address(address, Titles(address_kk, address_ru, address_en)),
        point_of(lat_e6, lon_e6),
        precision,
        day_of(starts_on),
        day_of(due_on),
        day_of(completed_on),
        planned,
        contracted,
        spent,
        day_of(heard_on),
        day_of(first_due_on),
        day_of(first_promised_on),
        distance_m,
        status_on,
        silent_from,
    )


def page(
    session: Session,
    where: Sequence[ColumnElement[bool]],
    order: Iterable[SQLColumnExpression[Any]],
    offset: int,
    limit: int,
) -> Page[Listed]:
    """A page of the projects for which all of `where` holds, in this order, then by number."""
    offset = max(0, offset)
    counted = select(func.count()).select_from(Project).where(*where)
    chosen = select(*COLUMNS, counted.scalar_subquery()).where(*where)
    ordered = chosen.order_by(*order, col(Project.id)).offset(offset).limit(limit)
    rows = session.execute(ordered).all()
    if rows:
        return Page(tuple(listed(row[:-1]) for row in rows), rows[0][-1], offset)
    total = (session.scalar(counted) or 0) if offset or limit < 1 else 0
    return Page((), total, offset)
