"""Answers to questions: counts, sums, the first of an order, sums per resident.

Each is one fixed query with parameters; `storage.projects.comparison`, `storage.news.changes`,
`storage.search.gazetteer` and the queries of the other rooms answer the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.budgets import Population, population
from storage.projects.filter_sql import conditions, happened
from storage.projects.measures import dates_of
from storage.projects.ordering import Value, rule, sizes
from storage.projects.project_filter import CITY, ProjectFilter
from storage.projects.summary import Listed, day_of, page
from storage.projects.sums import Money, Total, summed
from storage.tables.facts import District, Project
from storage.values.orders import TopOrder
from storage.values.ranges import Period
from storage.values.sources import SourceFacts


@dataclass(frozen=True, slots=True)
class Undated:
    """Projects that may belong to a period as well.

    `rough`: their date is too partial to lie wholly inside, but touches it; `unknown`: nobody
    stated the date at all.
    """

    rough: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A project and what it is ranked by.

    Tenge for a cost, an amount in `Top.unit` for a size, a date, or the days it is late.
    """

    listed: Listed
    value: Value


@dataclass(frozen=True, slots=True)
class Top:
    """The first of an order from `offset` on, out of the `known` whose value is known.

    `total` counts all that pass the filters. `unit` is the unit of sizes, "" elsewhere.
    """

    items: tuple[Ranked, ...]
    known: int
    total: int
    unit: str
    offset: int

    @property
    def end(self) -> int:
        """The offset of the next page."""
        return self.offset + len(self.items)

    @property
    def has_more(self) -> bool:
        return self.end < self.known


@dataclass(frozen=True, slots=True)
class PerResident:
    """Sums and among how many residents; `population` None where nobody states it.

    Of public money, and only where half of the projects or more state it: a sum of a few says how
    much is told, not how much falls on each.
    """

    sums: Total
    population: Population | None

    @property
    def planned_kzt(self) -> int | None:
        return self._each(self.sums.planned)

    @property
    def contracted_kzt(self) -> int | None:
        return self._each(self.sums.contracted)

    @property
    def spent_kzt(self) -> int | None:
        return self._each(self.sums.spent)

    def _each(self, money: Money) -> int | None:
        """Tenge per resident, rounded; None where too few sums or no population are known."""
        if (
            money.kzt is None
            or not money.is_telling
            or self.population is None
            or not self.population.value
        ):
            return None
        return round(money.kzt / self.population.value)


def count(session: Session, filters: ProjectFilter = CITY) -> int:
    """How many projects pass the filters."""
    return summed(session, filters).projects


def sums(session: Session, filters: ProjectFilter = CITY) -> Total:
    """The money of the projects that pass, whatever the filters."""
    return summed(session, filters)


def undated(session: Session, filters: ProjectFilter) -> Undated:
    """How many projects pass all filters but the period and might lie in it; 0 without one."""
    if filters.period is None:
        return Undated(0, 0)
    status = happened(filters.period_of, any_status=bool(filters.statuses))
    others = [*conditions(replace(filters, period=None)), *status]
    dates = dates_of(filters.period_of)
    inside = _counted(session, *conditions(filters))
    touching = _counted(session, *others, *_touching(filters))
    known = _counted(session, *others, dates.known)
    return Undated(touching - inside, _counted(session, *others) - known)


def _touching(filters: ProjectFilter) -> Iterator[ColumnElement[bool]]:
    """Some day of the date lies in the period."""
    dates, span = dates_of(filters.period_of), filters.period or Period()
    yield dates.known
    if span.first is not None:
        yield dates.last >= dates.first_bound(span.first)
    if span.last is not None:
        yield dates.first <= dates.first_bound(span.last)


def _counted(session: Session, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Project).where(*where)) or 0


def top(
    session: Session,
    filters: ProjectFilter,
    order: TopOrder,
    today: date,
    *,
    offset: int = 0,
    limit: int = 5,
) -> Top:
    """The first projects of an order (see `storage.projects.ordering`); unknown stands nowhere.

    Of equals the one with the lower number comes first.
    """
    ruled = rule(session, filters, order, today)
    where = conditions(filters)
    found = page(session, [*where, *ruled.known], ruled.order, offset, limit)
    capacities = {} if ruled.of else sizes(session, [each.id for each in found.items])
    ranked = []
    for each in found.items:
        value = ruled.of(each) if ruled.of else capacities[each.id][0]
        if value is not None:
            ranked.append(Ranked(each, value))
    return Top(tuple(ranked), found.total, _counted(session, *where), ruled.unit, found.offset)


def per_resident(session: Session, filters: ProjectFilter = CITY) -> PerResident:
    """The sums, and the residents of the districts asked for, else of the area."""
    return PerResident(sums(session, filters), _residents(session, filters))


def _residents(session: Session, filters: ProjectFilter) -> Population | None:
    if not filters.districts:
        return population(session, filters.area) if filters.area else None
    rows = session.execute(
        select(
            col(District.population), col(District.population_on), col(District.population_source)
        ).where(col(District.slug).in_(filters.districts))
    ).all()
    known = [(value, day_of(on), source) for value, on, source in rows if value is not None]
    if len(known) < len(set(filters.districts)):
        return None
    days = {on for _, on, _ in known}
    sources = {source for _, _, source in known}
    return Population(
        sum(value for value, _, _ in known),
        days.pop() if len(days) == 1 else None,
        SourceFacts(sources.pop(), "") if len(sources) == 1 else None,
    )
