"""What is compared of a project besides its columns: its cost, the days of its partial dates."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, SQLColumnExpression, String, case, func

from storage.database.parameters import AnyType
from storage.tables.core import table_of
from storage.tables.facts import Project
from storage.values.ranges import PeriodOf

PROJECT = table_of(Project).c

COST: ColumnElement[Any] = func.coalesce(
    PROJECT.planned_kzt, PROJECT.contracted_kzt, PROJECT.spent_kzt
)
"""What a project costs, in tenge: as planned, else as contracted, else what was spent.

The plan is what most projects state, so that it compares them alike."""

LEADING: ColumnElement[Any] = func.coalesce(
    func.nullif(PROJECT.completed_on, ""),
    func.nullif(PROJECT.due_on, ""),
    func.nullif(PROJECT.starts_on, ""),
)
"""The date that stands for a project, as `Project.year` has it: completed, else due, else start."""

_DAY = len("2025-01-01")
_YEAR = len("2025")


@dataclass(frozen=True, slots=True)
class Dates:
    """The interval of a partial date as the store says it; bounds turn days into what it holds.

    `of` is the type of what it holds.
    """

    known: ColumnElement[bool]
    first: SQLColumnExpression[Any]
    last: SQLColumnExpression[Any]
    first_bound: Callable[[date], Any]
    last_bound: Callable[[date], Any]
    of: AnyType


def first_day(partial: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """The first day of a stored partial date, as text that sorts."""
    return func.substr(partial.concat("-01-01"), 1, _DAY)


def last_day(partial: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """The last day of a stored partial date as text that sorts: every month is said to have 31."""
    rest = case((func.length(partial) == _YEAR, "-12-31"), else_="-31")
    return func.substr(partial.concat(rest), 1, _DAY)


@cache
def dates_of(period_of: PeriodOf) -> Dates:
    """The dates of a kind: completed, due, started, or any (the one that stands for a project)."""
    if period_of == "completed":
        return _columns(PROJECT.completed_first, PROJECT.completed_last)
    if period_of == "due":
        return _columns(PROJECT.due_first, PROJECT.due_last)
    return texts(PROJECT.starts_on if period_of == "started" else LEADING)


def texts(partial: SQLColumnExpression[Any]) -> Dates:
    """The dates of a column that holds partial dates as text ("" or NULL: unknown)."""
    known = func.coalesce(partial, "") != ""
    return Dates(known, first_day(partial), last_day(partial), date.isoformat, _last_bound, String)


def _columns(first: SQLColumnExpression[Any], last: SQLColumnExpression[Any]) -> Dates:
    return Dates(last.is_not(None), first, last, _as_it_is, _as_it_is, Date)


def _as_it_is(day: date) -> date:
    return day


def _last_bound(day: date) -> str:
    """The day as `last_day` has it: the end of a month is its 31st."""
    ends = day.day == calendar.monthrange(day.year, day.month)[1]
    return f"{day.isoformat()[:7]}-31" if ends else day.isoformat()
