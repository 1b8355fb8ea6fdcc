"""What a question is narrowed to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.circle import Circle, within
from storage.projects.measures import COST, Dates, dates_of
from storage.tables.facts import District, Programme, Project, ProjectDistrict, ProjectProgramme
from storage.values.ranges import Amount, Period, PeriodOf
from storage.vocabulary import KINDS, SECTORS, STATUSES
from storage.vocabulary.codes import COMPLETED, OPEN, VISIBLE, WITHDRAWN, numbers


@dataclass(frozen=True, slots=True)
class Filters:
    """Codes of the vocabulary and slugs of districts; empty means all.

    Within one field any of the values will do, between fields all must hold. `programme` takes in
    its sub-programmes. `area` None means city and region. A code nobody knows matches nothing.

    `period` is when what `period_of` says happened: a partial date passes only if all of its days
    lie within, an unknown one never. "completed" asks for the status as well; "due" for what is
    still to come, unless `statuses` are given; "any" is the date that stands for the project:
    completed, else due, else started. `amount` is of the cost (contracted, else planned, else
    spent), which must be known. `contractors` are names as they are stored, `projects` the store's
    numbers. `capacity_known`: only projects whose size is stated. `overdue_on`: only open ones
    whose due date has passed on that day.
    """

    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    programme: str | None = None
    area: str | None = "almaty"
    period: Period | None = None
    period_of: PeriodOf = "any"
    amount: Amount | None = None
    contractors: tuple[str, ...] = ()
    near: Circle | None = None
    capacity_known: bool = False
    projects: tuple[int, ...] = ()
    overdue_on: date | None = None

    @property
    def of_one_row(self) -> bool:
        """Whether only a project's own row can tell: sums and the grid's index do not hold that."""
        return bool(
            self.period
            or self.amount
            or self.contractors
            or self.near
            or self.capacity_known
            or self.projects
            or self.overdue_on
        )


CITY = Filters()
"""Everything in the city."""

EVERYWHERE = Filters(area=None)
"""Everything, the region too."""


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
    return [*found, *_of_one_row(filters)]


def _of_one_row(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """The conditions on what a project's own row alone holds."""
    if filters.period is not None:
        yield from happened(filters)
        yield from wholly_within(dates_of(filters.period_of), filters.period)
    if filters.amount is not None:
        yield from _between(COST, filters.amount)
    if filters.contractors:
        yield col(Project.contractor).in_(filters.contractors)
    if filters.near is not None:
        yield from within(filters.near)
    if filters.capacity_known:
        yield col(Project.capacity).is_not(None)
    if filters.projects:
        yield col(Project.id).in_(filters.projects)
    if filters.overdue_on is not None:
        yield col(Project.status_no).in_(OPEN)
        yield col(Project.due_last) < filters.overdue_on


def happened(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What the status must be for the kind of date that the filters ask for."""
    if filters.period_of == "completed":
        yield col(Project.status_no) == COMPLETED
    elif filters.period_of == "due" and not filters.statuses:
        yield col(Project.status_no).in_(OPEN)


def wholly_within(dates: Dates, period: Period) -> Iterator[ColumnElement[bool]]:
    """The date is known and all of its days lie in the period."""
    yield dates.known
    if period.first is not None:
        yield dates.first >= dates.first_bound(period.first)
    if period.last is not None:
        yield dates.last <= dates.last_bound(period.last)


def _between(money: ColumnElement[Any], amount: Amount) -> Iterator[ColumnElement[bool]]:
    yield money.is_not(None)
    if amount.minimum is not None:
        yield money >= amount.minimum
    if amount.maximum is not None:
        yield money <= amount.maximum


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
