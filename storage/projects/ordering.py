"""In what order projects are told: by title, by news, by money, by size, by delay."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.filter_sql import conditions
from storage.projects.lateness import of_awaited, of_overdue, silence_on
from storage.projects.measures import COST, LEADING, first_day, last_day
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed
from storage.tables.facts import Project
from storage.values.orders import Order, TopOrder
from storage.values.partial_dates import PartialDate
from storage.words.languages import LANGUAGES, Language

Value = int | float | PartialDate
ALIVE_FIRST = frozenset[Order]({"title", "newest", "due"})
"""The orders of lists in which what is silent stands after the rest."""

Expressions = list[SQLColumnExpression[Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """An order of projects by a value: what makes it known, the order, how to read it.

    `of` is None for a size, which `Listed` does not hold. `unit` is what sizes are counted in.
    """

    known: list[ColumnElement[bool]]
    order: Expressions
    of: Callable[[Listed], Value | None] | None = None
    unit: str = ""


def ordered(
    session: Session, filters: ProjectFilter, order: Order, language: Language, today: date | None
) -> Expressions:
    """What a list of projects is sorted by; those whose value is unknown come last.

    Where `today` is known, what is silent comes after what is alive (`storage.projects.lateness`),
    but not where the list is one of sums, sizes or delays.
    """
    alive = [] if today is None else [silence_on(today)]
    if order == "title":
        return [*alive, _shown_title(language)]
    if order == "newest":
        return [*alive, col(Project.heard_on).desc()]
    if order == "due":
        return [*alive, col(Project.due_last).is_(None), col(Project.due_last)]
    if order == "cost":
        return [col(Project.planned_kzt).is_(None), col(Project.planned_kzt).desc()]
    ruled = rule(session, filters, order, today)
    known: ColumnElement[bool] = ruled.known[0]
    for more in ruled.known[1:]:
        known &= more
    return [known.is_not(True), *ruled.order]


def rule(session: Session, filters: ProjectFilter, order: TopOrder, today: date | None) -> Rule:
    """How the projects that pass are ranked.

    `dearest` and `cheapest` by the cost. `largest` and `smallest` by the capacity, among those
    counted in the unit most common among the matches. `newest` by the day last heard of, `oldest`
    by the date that stands for the project; both by the completion where only completed ones are
    asked for. `latest`: overdue ones by the days since the latest due date; `soonest`: open ones
    by the due date to come; ValueError without `today`.
    """
    if order in {"dearest", "cheapest"}:
        return Rule([COST.is_not(None)], [_turned(COST, order == "dearest")], cost)
    if order in {"largest", "smallest"}:
        return _by_size(session, filters, falling=order == "largest")
    if order in {"newest", "oldest"}:
        return _by_date(filters, newest=order == "newest")
    if today is None:
        raise ValueError("who is latest depends on today")
    if order == "soonest":
        return Rule(of_awaited(today), [col(Project.due_last)], lambda listed: listed.due_on)
    return Rule(
        of_overdue(today), [col(Project.due_last)], lambda listed: _days_late(listed, today)
    )


def cost(listed: Listed) -> int | None:
    """The cost in tenge: as planned, else as contracted, else what was spent; None unknown."""
    known = (listed.planned_kzt, listed.contracted_kzt, listed.spent_kzt)
    return next((kzt for kzt in known if kzt is not None), None)


def leading_date(listed: Listed) -> PartialDate | None:
    """The date that stands for a project: completed, else due, else started; None unknown."""
    return listed.completed_on or listed.due_on or listed.starts_on


def sizes(session: Session, numbers: list[int]) -> dict[int, tuple[float, str]]:
    """By project the capacity and its unit, of those whose capacity is known."""
    asked = select(col(Project.id), col(Project.capacity), col(Project.capacity_unit))
    rows = session.execute(asked.where(col(Project.id).in_(numbers)))
    return {
        number: (capacity, unit)
        for number, capacity, unit in rows
        if number is not None and capacity is not None
    }


def _turned(value: SQLColumnExpression[Any], falling: bool) -> SQLColumnExpression[Any]:
    return value.desc() if falling else value.asc()


def _by_size(session: Session, filters: ProjectFilter, *, falling: bool) -> Rule:
    capacity, unit = col(Project.capacity), col(Project.capacity_unit)
    matching = select(unit, func.count()).where(*conditions(filters), capacity.is_not(None))
    units = [(-number, code) for code, number in session.execute(matching.group_by(unit))]
    counted = min(units, default=(0, ""))[1]
    known = [capacity.is_not(None), unit == counted]
    return Rule(known, [_turned(capacity, falling)], unit=counted)


def _by_date(filters: ProjectFilter, *, newest: bool) -> Rule:
    if filters.statuses == ("completed",):
        done = col(Project.completed_on)
        order = [_turned(last_day(done) if newest else first_day(done), newest)]
        return Rule([done != ""], order, lambda listed: listed.completed_on)
    if newest:
        heard = col(Project.heard_on)
        return Rule([heard != ""], [heard.desc()], lambda listed: listed.heard_on)
    return Rule([LEADING.is_not(None)], [first_day(LEADING)], leading_date)


def _days_late(listed: Listed, today: date) -> int | None:
    return None if listed.due_on is None else (today - listed.due_on.last).days


def _shown_title(language: Language) -> SQLColumnExpression[Any]:
    """`Titles.shown` as the store says it."""
    titles = {"kk": Project.title_kk, "ru": Project.title_ru, "en": Project.title_en}
    order = (language, *(other for other in LANGUAGES if other != language))
    return func.coalesce(*(func.nullif(col(titles[each]), "") for each in order))
