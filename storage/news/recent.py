"""What was completed, what is due soon, what is overdue, of what nobody has told since."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.filter_sql import conditions
from storage.projects.lateness import of_overdue, of_unheard
from storage.projects.project_filter import CITY, ProjectFilter
from storage.projects.summary import Listed, page
from storage.tables.facts import Project
from storage.values.pages import Page
from storage.values.partial_dates import PartialDate
from storage.vocabulary.codes import COMPLETED, OPEN


@dataclass(frozen=True, slots=True)
class Late:
    """A project past its latest due date by `days` days (from that date's last day to today).

    `promised_on` is the day of the first promise and `first_due_on` what it promised; `heard_on`
    the day of the latest statement. All None where unknown.
    """

    listed: Listed
    days: int
    promised_on: PartialDate | None
    first_due_on: PartialDate | None
    heard_on: PartialDate | None


def completed_within(
    session: Session,
    today: date,
    days: int,
    filters: ProjectFilter = CITY,
    *,
    offset: int = 0,
    limit: int = 5,
) -> Page[Listed]:
    """Projects completed in the last `days` days, today included, the latest first.

    A partial date counts only if all of its days lie within.
    """
    since = today - timedelta(days=days - 1)
    where = [
        *conditions(filters),
        col(Project.status_no) == COMPLETED,
        col(Project.completed_first) >= since,
        col(Project.completed_last).between(since, today),  # what the index can seek
    ]
    order = [col(Project.completed_last).desc(), col(Project.completed_first).desc()]
    return page(session, where, order, offset, limit)


def due_within(
    session: Session,
    today: date,
    days: int,
    filters: ProjectFilter = CITY,
    *,
    offset: int = 0,
    limit: int = 5,
) -> Page[Listed]:
    """Unfinished projects whose due date's last day is today or in the next `days` days."""
    where = [
        *conditions(filters),
        col(Project.status_no).in_(OPEN),
        col(Project.due_last).between(today, today + timedelta(days=days)),
    ]
    return page(session, where, [col(Project.due_last)], offset, limit)


def overdue(
    session: Session,
    today: date,
    filters: ProjectFilter = CITY,
    *,
    offset: int = 0,
    limit: int = 5,
) -> Page[Late]:
    """Projects known to be late (`storage.projects.lateness`), the most overdue first.

    Suspended and cancelled projects are neither due nor overdue.
    """
    where = [*conditions(filters), *of_overdue(today)]
    found = page(session, where, [col(Project.due_last)], offset, limit)
    return Page(tuple(_late(each, today) for each in found.items), found.total, found.offset)


def unheard(
    session: Session,
    today: date,
    filters: ProjectFilter = CITY,
    *,
    offset: int = 0,
    limit: int = 5,
) -> Page[Listed]:
    """Past their due date with no word on their state since, those due latest first."""
    where = [*conditions(filters), *of_unheard(today)]
    return page(session, where, [col(Project.due_last).desc()], offset, limit)


def _late(listed: Listed, today: date) -> Late:
    if listed.due_on is None:
        raise ValueError(f"project {listed.id} has the last day of a due date, but no due date")
    days = (today - listed.due_on.last).days
    return Late(listed, days, listed.first_promised_on, listed.first_due_on, listed.heard_on)
