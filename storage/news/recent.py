"""What was completed, what is due soon, what is overdue, of what nobody has told since."""

from dataclasses import dataclass, replace
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
from storage.values.ranges import Period
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
    """Unfinished projects that must be due in the next `days` days, today included, soonest first.

    As `ProjectFilter.to_come`: of a month under way the rest is meant. A year under way is no
    date of these days: `due_this_year` has those.
    """
    until = today + timedelta(days=days - 1)
    due = replace(filters, period=Period(today, until), period_of="due", to_come=True)
    soon = col(Project.due_last).between(today, until)  # what the index can seek
    return page(session, [*conditions(due), soon], [col(Project.due_last)], offset, limit)


def due_this_year(
    session: Session,
    today: date,
    filters: ProjectFilter = CITY,
    *,
    offset: int = 0,
    limit: int = 5,
) -> Page[Listed]:
    """Unfinished projects of whose due date nothing but this year is known, newest heard first."""
    where = [
        *conditions(filters),
        col(Project.status_no).in_(OPEN),
        col(Project.due_last) == date(today.year, 12, 31),
        col(Project.due_on) == str(today.year),
    ]
    return page(session, where, [col(Project.heard_on).desc()], offset, limit)


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
