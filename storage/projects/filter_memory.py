"""Whether a project passes a filter, told from its facts in memory.

The same as `storage.projects.filter_sql` asks of its row: the tests hold the one against the other.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import SQLColumnExpression

from storage.geo.points import Point
from storage.projects.lateness import overdue_days
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import parts, point_of
from storage.tables.core import table_of
from storage.tables.facts import Project
from storage.values.partial_dates import PartialDate, partial_or_none
from storage.vocabulary.codes import (
    COMPLETED,
    KIND_CODES,
    OPEN,
    SECTOR_CODES,
    STATUS_CODES,
    WITHDRAWN,
)
from storage.vocabulary.combined_kinds import ANSWERS_TO

_PROJECT = table_of(Project).c

FACTS: tuple[SQLColumnExpression[Any], ...] = (
    *(_PROJECT.id, _PROJECT.area, _PROJECT.status_no, _PROJECT.sector_no, _PROJECT.kind_no),
    *(_PROJECT.districts, _PROJECT.programmes, _PROJECT.lat_e6, _PROJECT.lon_e6),
    *(_PROJECT.starts_on, _PROJECT.due_on, _PROJECT.completed_on),
    *(_PROJECT.planned_kzt, _PROJECT.contracted_kzt, _PROJECT.spent_kzt),
    *(_PROJECT.contractor, _PROJECT.capacity, _PROJECT.status_on),
)
"""The columns of `facts_of`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What filters ask of a project: its number, the codes and slugs it bears, dates, money.

    Codes are None, dates "" where nobody stated them; `kinds` are its own and, of a combined one,
    its parts; `cost_kzt` is planned, else contracted, else
    spent.
    """

    number: int
    area: str
    status_no: int
    sector: str | None
    kinds: frozenset[str]
    districts: frozenset[str]
    programmes: frozenset[str]
    point: Point | None
    starts_on: str
    due_on: str
    completed_on: str
    cost_kzt: int | None
    contractor: str
    capacity: float | None
    status_on: date | None

    def date_of(self, period_of: str) -> PartialDate | None:
        """When it was completed, is due or was started; "any": the first of these that is known."""
        texts = {"completed": self.completed_on, "due": self.due_on, "started": self.starts_on}
        leading = self.completed_on or self.due_on or self.starts_on
        return partial_or_none(texts.get(period_of, leading))


def facts_of(row: Any) -> Facts:
    """The facts of a row of `FACTS`."""
    number, area, status_no, sector_no, kind_no, districts, programmes, *rest = row
    lat_e6, lon_e6, starts_on, due_on, completed_on, *money, contractor, capacity, status_on = rest
    return Facts(
        *(number, area, status_no, SECTOR_CODES.get(sector_no)),
        ANSWERS_TO.get(KIND_CODES.get(kind_no, ""), frozenset()),
        *(frozenset(parts(districts)), frozenset(parts(programmes)), point_of(lat_e6, lon_e6)),
        *(starts_on, due_on, completed_on),
        next((kzt for kzt in money if kzt is not None), None),
        *(contractor, capacity, status_on),
    )


def passes(
    facts: Facts, wanted: ProjectFilter, programmes: frozenset[str], *, inside: bool = False
) -> bool:
    """Whether the project passes; `programmes` are the filter's own and all programmes below them.

    `inside`: it is known to lie in the filter's circle. Nothing withdrawn passes.
    """
    return (
        facts.status_no != WITHDRAWN
        and (wanted.area is None or facts.area == wanted.area)
        and (not wanted.sectors or facts.sector in wanted.sectors)
        and (not wanted.kinds or not facts.kinds.isdisjoint(wanted.kinds))
        and (not wanted.statuses or STATUS_CODES.get(facts.status_no) in wanted.statuses)
        and (not wanted.districts or not facts.districts.isdisjoint(wanted.districts))
        and (not wanted.programmes or not facts.programmes.isdisjoint(programmes))
        and (not wanted.of_one_row or _passes_alone(facts, wanted, inside=inside))
    )


def _passes_alone(facts: Facts, wanted: ProjectFilter, *, inside: bool) -> bool:
    """What only a project's own row can tell."""
    return (
        (not wanted.projects or facts.number in wanted.projects)
        and (inside or _in_circle(facts, wanted))
        and _in_period(facts, wanted)
        and _of_amount(facts, wanted)
        and (not wanted.contractors or facts.contractor in wanted.contractors)
        and (not wanted.capacity_known or facts.capacity is not None)
        and (wanted.overdue_on is None or _is_overdue(facts, wanted.overdue_on))
    )


def _in_circle(facts: Facts, wanted: ProjectFilter) -> bool:
    circle = wanted.near
    if circle is None or facts.number in circle.named:
        return True
    return facts.point is not None and circle.holds(facts.point)


def _in_period(facts: Facts, wanted: ProjectFilter) -> bool:
    """The date is known and all of its days lie in the period, and it is one that happened."""
    period = wanted.period
    if period is None:
        return True
    if wanted.period_of == "completed" and facts.status_no != COMPLETED:
        return False
    if wanted.period_of == "due" and not wanted.statuses and facts.status_no not in OPEN:
        return False
    when = facts.date_of(wanted.period_of)
    return (
        when is not None
        and (period.first is None or _begins(facts, wanted, when) >= period.first)
        and (period.last is None or when.last <= period.last)
    )


def _begins(facts: Facts, wanted: ProjectFilter, when: PartialDate) -> date:
    """The first day that counts: of a month under way the last one, where the rest is to come."""
    to_come = wanted.to_come and wanted.period_of == "due" and facts.status_no in OPEN
    return when.last if to_come and when.precision == "month" else when.first


def _of_amount(facts: Facts, wanted: ProjectFilter) -> bool:
    amount, cost = wanted.amount, facts.cost_kzt
    if amount is None:
        return True
    return (
        cost is not None
        and (amount.minimum is None or cost >= amount.minimum)
        and (amount.maximum is None or cost <= amount.maximum)
    )


def _is_overdue(facts: Facts, day: date) -> bool:
    status = STATUS_CODES.get(facts.status_no)
    return overdue_days(status, facts.date_of("due"), facts.status_on, day) > 0
