"""Since when a project is told of: what announces it, and for how long that is news."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, case, exists, func
from sqlmodel import col

from storage.projects.measures import first_day
from storage.tables.facts import Statement

LATE_AFTER = timedelta(days=60)
"""What was entered later than this after it happened or was announced is told to nobody by itself.

A list that is taken in brings what was announced years ago: that is no announcement of today.
"""

_TELLING = col(Statement.field).not_in(("point", "location_precision"))
"""Where a thing lies on a map tells nothing of when it was announced."""


def first_told() -> ColumnElement[Any]:
    """The first possible day of a project's earliest statement, as text, of a group of statements.

    "" where one has no day: it is older than all.
    """
    day = first_day(col(Statement.stated_on))
    dated = case((col(Statement.stated_on) == "", ""), else_=day)
    return func.min(case((_TELLING, dated)))


def told(project: SQLColumnExpression[Any], *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a statement of the project fulfils all of `where`."""
    return exists().where(col(Statement.project_id) == project, _TELLING, *where)


def told_within(
    project: SQLColumnExpression[Any], first: str, last: str | None = None
) -> ColumnElement[bool]:
    """Whether a project's earliest statement is of these days (as text, both included).

    One of an unknown day is older than all, and what nobody dates is of no day.
    """
    day = first_day(col(Statement.stated_on))
    until = [] if last is None else [day <= last]
    earlier = told(project, (col(Statement.stated_on) == "") | (day < first))
    return told(project, day >= first, *until) & ~earlier
