"""What is late, and of what past its due date nobody has told since.

Late is said only where it is known: a status that says "not finished" was stated after the last day
of the latest due date. Anything else past that day may have been finished unheard. Whatever is past
due and was not told of for a year is silent: lists show it after what is alive.
"""

from datetime import date

from sqlalchemy import ColumnElement, Date, case, or_
from sqlmodel import col

from storage.database.parameters import Bind, named, valued
from storage.tables.core import table_of
from storage.tables.facts import Project
from storage.values.partial_dates import PartialDate
from storage.vocabulary.codes import OPEN, STATUS_CODES

_PROJECT = table_of(Project).c
_OPEN_CODES = frozenset({None, *(STATUS_CODES[number] for number in OPEN if number)})


def overdue_days(
    status: str | None, due_on: PartialDate | None, status_on: date | None, today: date
) -> int:
    """Days from the due date's last day to `today`; 0 where it is not known to be late.

    `status_on` is the first possible day of what states the status, None where that has no day.
    """
    if not _past(status, due_on, today) or due_on is None:
        return 0
    told_since = status_on is not None and status_on > due_on.last
    return (today - due_on.last).days if told_since else 0


def is_unheard(
    status: str | None, due_on: PartialDate | None, status_on: date | None, today: date
) -> bool:
    """Whether it is past its due date and no word on its state came after that."""
    return _past(status, due_on, today) and not overdue_days(status, due_on, status_on, today)


def _past(status: str | None, due_on: PartialDate | None, today: date) -> bool:
    return status in _OPEN_CODES and due_on is not None and due_on.last < today


def of_overdue(today: date) -> list[ColumnElement[bool]]:
    """`overdue_days` as conditions of a row of Project."""
    return [*_of_past(today), col(Project.status_on) > col(Project.due_last)]


def of_awaited(today: date) -> list[ColumnElement[bool]]:
    """Open and due on `today` or later, as conditions of a row of Project."""
    return [_of_open(), col(Project.due_last) >= today]


def of_unheard(today: date) -> list[ColumnElement[bool]]:
    """`is_unheard` as conditions of a row of Project."""
    silent = or_(col(Project.status_on).is_(None), col(Project.status_on) <= col(Project.due_last))
    return [*_of_past(today), silent]


def silence(bind: Bind = named) -> ColumnElement[int]:
    """1 for what is past due and for a year nobody told how it stands, 0 for what is alive.

    Lists sort by it first. The import finds the day from which it holds, so that the grid's index
    can hold it: `storage.imports.deriving.silent_from`. `bind` gives `today`.
    """
    return case((_PROJECT.silent_from <= bind("today", Date), 1), else_=0)


def silence_on(today: date) -> ColumnElement[int]:
    """`silence` of a day, for any statement."""
    return silence(valued({"today": today}))


def _of_past(today: date) -> list[ColumnElement[bool]]:
    return [_of_open(), col(Project.due_last) < today]


def _of_open() -> ColumnElement[bool]:
    return col(Project.status_no).in_(OPEN)
