"""What a question is narrowed to, and a page of its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import CTE, ColumnElement, Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.codes import VISIBLE, WITHDRAWN, numbers
from storage.models import District, Programme, Project, ProjectDistrict, ProjectProgramme
from storage.vocabulary import KINDS, SECTORS, STATUSES

T = TypeVar("T")

STATES: Mapping[str, tuple[str, ...]] = {
    "building": ("in_progress", "final_stage"),
    "planned": ("announced", "planned"),
    "completed": ("completed",),
    "suspended": ("suspended",),
    "cancelled": ("cancelled",),
}
"""What people tell apart: a state is one or two statuses. `UNKNOWN` is the state of the rest."""

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Filters:
    """Codes of the vocabulary and slugs of districts; empty means all.

    Within one field any of the values will do, between fields all must hold. `programme` takes in
    its sub-programmes. `area` None means city and region. A code nobody knows matches nothing.
    """

    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    programme: str | None = None
    area: str | None = "almaty"


CITY = Filters()
"""Everything in the city."""

EVERYWHERE = Filters(area=None)
"""Everything, the region too."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the answers: `items` are those from `offset` on, of `total` in all."""

    items: tuple[T, ...]
    total: int
    offset: int

    @property
    def end(self) -> int:
        """The offset of the next page."""
        return self.offset + len(self.items)

    @property
    def has_more(self) -> bool:
        return self.end < self.total


def state_of(status: str | None) -> str:
    """The state a status belongs to: a key of `STATES`, or `UNKNOWN`."""
    return next((state for state, codes in STATES.items() if status in codes), UNKNOWN)


def status_numbers(filters: Filters) -> list[int]:
    """The statuses that pass: those asked for, or all; never that of a withdrawn project."""
    asked = numbers(STATUSES, filters.statuses) if filters.statuses else VISIBLE
    return [number for number in asked if number != WITHDRAWN]


def conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """What a row of Project must fulfil to pass the filters and not be withdrawn."""
    found: list[ColumnElement[bool]] = [col(Project.status_no).in_(status_numbers(filters))]
    if filters.sectors:
        found.append(col(Project.sector_no).in_(numbers(SECTORS, filters.sectors)))
    if filters.kinds:
        found.append(col(Project.kind_no).in_(numbers(KINDS, filters.kinds)))
    if filters.districts:
        found.append(col(Project.id).in_(_projects_of_districts(filters.districts)))
    if filters.programme is not None:
        found.append(col(Project.id).in_(_projects_of_programme(filters.programme)))
    if filters.area is not None:
        found.append(col(Project.area) == filters.area)
    return found


def _projects_of_districts(slugs: tuple[str, ...]) -> Select[Any]:
    link = col(ProjectDistrict.district_id) == col(District.id)
    listed = select(col(ProjectDistrict.project_id)).join(District, link)
    return listed.where(col(District.slug).in_(slugs))


def _projects_of_programme(code: str) -> Select[Any]:
    return select(col(ProjectProgramme.project_id)).where(
        col(ProjectProgramme.programme_id).in_(programme_ids(code))
    )


def programme_ids(code: str) -> Select[Any]:
    """The numbers of the programme and of all programmes below it."""
    return select(_below(code).c.id)


def programme_codes(session: Session, code: str) -> set[str]:
    """The codes of the programme and of all programmes below it; empty for an unknown one."""
    return set(session.scalars(select(_below(code).c.code)))


def _below(code: str) -> CTE:
    tree = select(col(Programme.id), col(Programme.code))
    whole = tree.where(col(Programme.code) == code).cte("tree", recursive=True)
    return whole.union(tree.join(whole, col(Programme.parent) == whole.c.code))
