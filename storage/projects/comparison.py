"""Projects side by side: by district, kind, sector, year, programme or state; who has most."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.project_filter import CITY, ProjectFilter
from storage.projects.summary import parts
from storage.projects.sums import WHOLE_CITY, Column, Money, Sums, Total, grouped, summed
from storage.tables.facts import District, Programme
from storage.values.ranges import Period
from storage.values.states import STATES, UNKNOWN, state_of
from storage.vocabulary import KINDS, SECTORS
from storage.vocabulary.codes import KIND_CODES, SECTOR_CODES, STATUS_CODES
from storage.vocabulary.combined_kinds import ANSWERS_TO

By = Literal["district", "kind", "sector", "year", "programme", "state"]
Measure = Literal["number", "money"]
Direction = Literal["most", "fewest"]
MoneyKind = Literal["planned", "contracted", "spent"]

Group = Total
"""Sums over `projects` projects that share `key`."""

SEVERAL, CITYWIDE, NONE = "several", "citywide", "none"

KEYLESS = (SEVERAL, CITYWIDE, NONE, UNKNOWN)
"""Keys of what belongs to no single district, kind, year, ..."""

MONEY: tuple[MoneyKind, ...] = ("planned", "contracted", "spent")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a ranking, 1 for the first; several groups share it when they are equal."""

    position: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Groups in order. `money` says which money was compared, None where projects were counted.

    `rest` stands outside of the order: what has no key of its own, and groups of which no sum of
    that money is known. Of all compared projects `covered` tells how many state that money (None
    where projects were counted): where it is not `is_telling`, there are no places, and `rest` has
    every group.
    """

    places: tuple[Place, ...]
    rest: tuple[Group, ...]
    money: MoneyKind | None
    covered: Money | None = None


def breakdown(
    session: Session, by: By, filters: ProjectFilter = CITY, *, each: bool = False
) -> list[Group]:
    """The sums of the projects that pass, by what they share; only keys with projects.

    Keys: a district's slug, "several", "citywide" or "none"; a kind's or sector's code or
    "unknown"; a year ("2025", of the date that stands for a project) or "unknown"; a programme's
    code or "none"; a key of `states.STATES` or "unknown". A project of several programmes stands
    under each. With `each`, one of several districts does so too, instead of under "several", and
    one of a combined kind stands under its parts as well.
    """
    found: dict[str, Sums] = defaultdict(Sums)
    for value, amounts in grouped(session, _COLUMNS[by], filters).items():
        for key in _keys(by, value, each=each):
            found[key].merge(amounts)
    return [found[key].total(key) for key in _in_order(session, by, found)]


def rank(
    session: Session,
    by: By,
    filters: ProjectFilter = CITY,
    *,
    measure: Measure = "number",
    direction: Direction = "most",
    money: MoneyKind | None = None,
) -> Ranking:
    """Who has most or fewest: projects, or public tenge (`money` None: of the kind best known).

    Districts, states and whatever the filters name take part with no project as well. Projects are
    counted under each of their districts and kinds, as their own lists do; money of several
    districts together is nobody's alone and stands in `rest`.
    """
    groups = breakdown(session, by, filters, each=measure == "number")
    there = {group.key for group in groups}
    groups += [Sums().total(key) for key in _expected(session, by, filters) if key not in there]
    if measure == "number":
        return _ranking(groups, lambda group: group.projects, direction, None)
    chosen = money or best_known(groups)
    covered = money_of(summed(session, filters), chosen)
    if not covered.is_telling:
        return Ranking((), tuple(group for group in groups if group.projects), chosen, covered)
    ranking = _ranking(groups, lambda group: money_of(group, chosen).kzt, direction, chosen)
    return replace(ranking, covered=covered)


def compare(
    session: Session, by: By, keys: Sequence[str], filters: ProjectFilter = CITY
) -> list[Group]:
    """The sums of each key in the order given: what a question about it alone would say.

    A project of two districts is in both, a programme takes in those below it. A year is that of
    what `filters.period_of` says; ValueError for a year that is no number.
    """
    return [summed(session, narrowed(filters, by, key), key) for key in dict.fromkeys(keys)]


def narrowed(filters: ProjectFilter, by: By, key: str) -> ProjectFilter:
    """The filters with one key in the place of what they say of it."""
    if by == "district":
        return replace(filters, districts=(key,))
    if by == "kind":
        return replace(filters, kinds=(key,))
    if by == "sector":
        return replace(filters, sectors=(key,))
    if by == "state":
        return replace(filters, statuses=STATES.get(key, (key,)))
    if by == "programme":
        return replace(filters, programmes=(key,))
    year = int(key)
    return replace(filters, period=Period(date(year, 1, 1), date(year, 12, 31)))


def money_of(group: Group, money: MoneyKind) -> Money:
    """One of a group's three sums of public money."""
    return {"planned": group.planned, "contracted": group.contracted, "spent": group.spent}[money]


_COLUMNS: dict[By, Column] = {
    "district": "districts",
    "kind": "kind_no",
    "sector": "sector_no",
    "year": "year",
    "programme": "programmes",
    "state": "status_no",
}


def _keys(by: By, value: Any, *, each: bool) -> tuple[str, ...]:
    """What a sum counts under, by the stored value of the column."""
    if by == "district":
        slugs = (CITYWIDE,) if value == WHOLE_CITY else parts(value) or (NONE,)
        return (SEVERAL,) if len(slugs) > 1 and not each else slugs
    if by == "programme":
        return parts(value) or (NONE,)
    if by == "year":
        return (str(value) if value else UNKNOWN,)
    if by == "state":
        return (state_of(STATUS_CODES.get(value)),)
    if by == "sector":
        return (SECTOR_CODES.get(value, UNKNOWN),)
    kind = KIND_CODES.get(value, UNKNOWN)
    return tuple(ANSWERS_TO.get(kind, (kind,))) if each else (kind,)


def _in_order(session: Session, by: By, keys: Iterable[str]) -> list[str]:
    """The keys in their own order, what is no key of its own last."""
    own = _own_order(session, by) if by in {"district", "programme"} else _FIXED.get(by, ())
    places = {key: number for number, key in enumerate(own)}
    return sorted(keys, key=lambda key: (key in KEYLESS, places.get(key, len(places)), key))


_FIXED: dict[By, tuple[str, ...]] = {
    "kind": tuple(KINDS),
    "sector": tuple(SECTORS),
    "state": tuple(STATES),
}


def _own_order(session: Session, by: By) -> Sequence[str]:
    if by == "district":
        places = (col(District.position), col(District.id))
        return session.scalars(select(col(District.slug)).order_by(*places)).all()
    order = (col(Programme.position), col(Programme.id))
    return session.scalars(select(col(Programme.code)).order_by(*order)).all()


def _expected(session: Session, by: By, filters: ProjectFilter) -> Sequence[str]:
    """The keys that take part in a ranking even without any project."""
    if by == "district" and not filters.districts:
        order = (col(District.position), col(District.id))
        slugs = select(col(District.slug)).order_by(*order)
        if filters.area is not None:
            slugs = slugs.where(col(District.area) == filters.area)
        return session.scalars(slugs).all()
    if by == "state" and not filters.statuses:
        return tuple(STATES)
    named = {"district": filters.districts, "kind": filters.kinds, "sector": filters.sectors}
    return named.get(by, ())


def best_known(groups: Sequence[Group]) -> MoneyKind:
    """The money that most projects state, the earlier of planned, contracted, spent if equal."""
    known = {kind: sum(money_of(group, kind).known for group in groups) for kind in MONEY}
    return max(MONEY, key=lambda kind: known[kind])


def _ranking(
    groups: Sequence[Group],
    value: Callable[[Group], int | None],
    direction: Direction,
    money: MoneyKind | None,
) -> Ranking:
    valued = [(value(group), group) for group in groups]
    taking_part = [
        (number, group)
        for number, group in valued
        if number is not None and group.key not in KEYLESS
    ]
    taking_part.sort(key=lambda pair: pair[0], reverse=direction == "most")
    places: list[Place] = []
    ahead = 0
    for _, equal in groupby(taking_part, key=lambda pair: pair[0]):
        same = tuple(group for _, group in equal)
        places.append(Place(ahead + 1, same))
        ahead += len(same)
    placed = {group.key for _, group in taking_part}
    rest = tuple(group for group in groups if group.key not in placed and group.projects)
    return Ranking(tuple(places), rest, money)
