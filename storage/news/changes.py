"""What is new and what changed: by what sources said when, or by what the store learnt when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from storage.news.first_told import LATE_AFTER, told_within
from storage.projects.filter_sql import conditions
from storage.projects.history import CONTESTABLE
from storage.projects.measures import first_day
from storage.projects.project_filter import CITY, ProjectFilter
from storage.projects.summary import COLUMNS, Listed, day_of, listed, page
from storage.tables.facts import Change, Import, Project, Statement
from storage.values.city import CITY_TIME
from storage.values.pages import Page
from storage.values.partial_dates import FIRST_YEAR, PartialDate
from storage.values.ranges import Period
from storage.vocabulary.codes import OPEN

TOLD = CONTESTABLE
"""Fields whose change is news; another wording, address or picture is none."""


_FIRST_DAY = date(FIRST_YEAR, 1, 1)  # nothing is dated before it


@dataclass(frozen=True, slots=True)
class New:
    """What was completed in a time, and what of the unfinished was first heard of in it."""

    completed: Page[Listed]
    announced: Page[Listed]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that has another value than before; canonical texts, "" for unknown.

    `told_on` is the day of the statement that brought the new value (None: unknown), `at` when the
    store learnt it (UTC; None where it was asked what sources said).
    """

    field: str
    old: str
    new: str
    told_on: PartialDate | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A project as it is now, and the fields that changed, in the order of `TOLD`."""

    listed: Listed
    fields: tuple[FieldChange, ...]


def new_since(
    session: Session,
    first: date,
    last: date | None = None,
    filters: ProjectFilter = CITY,
    *,
    offset: int = 0,
    limit: int = 5,
) -> New:
    """What is new from `first` to `last` (days of the city, both included; None: until now).

    Completed: wholly within. Announced: unfinished projects whose first statement is of that time,
    or that came into the store then, but not with its first import, and were not told of longer
    than 60 days before. Both the latest first.
    """
    first, last = max(first, _FIRST_DAY), last and max(last, _FIRST_DAY)
    done = replace(filters, period=Period(first, last), period_of="completed")
    ended = [col(Project.completed_last).desc(), col(Project.completed_first).desc()]
    completed = page(session, conditions(done), ended, offset, limit)
    fresh = _first_said(first, last) | _added(session, first, last)
    where = [*conditions(filters), col(Project.status_no).in_(OPEN), fresh]
    heard = [first_day(col(Project.heard_on)).desc()]
    return New(completed, page(session, where, heard, offset, limit))


def _first_said(first: date, last: date | None) -> ColumnElement[bool]:
    """Its earliest statement is of these days; one of an unknown day is older than all."""
    since, until = first.isoformat(), None if last is None else last.isoformat()
    heard = first_day(col(Project.heard_on)) >= since
    return heard & told_within(col(Project.id), since, until)


def _added(session: Session, first: date, last: date | None) -> ColumnElement[bool]:
    """It came into the store on these days of the city, with a later import than the first.

    What had been told of longer before is new to the store only.
    """
    with_first = session.scalar(select(func.min(col(Import.id)))) or 0
    added = [
        col(Change.project_id) == col(Project.id),
        col(Change.field) == "created",
        col(Change.import_id) != with_first,
        col(Change.created_at) >= _midnight(first),
    ]
    if last is not None:
        added.append(col(Change.created_at) < _midnight(last + timedelta(days=1)))
    fresh = (last or first) - LATE_AFTER
    return exists().where(*added) & told_within(col(Project.id), fresh.isoformat())


def _midnight(day: date) -> datetime:
    """When the day begins in the city, as UTC."""
    return datetime.combine(day, time(), CITY_TIME).astimezone(UTC)


def changed(
    session: Session,
    since: datetime | int,
    filters: ProjectFilter = CITY,
    *,
    offset: int = 0,
    limit: int = 5,
) -> Page[Changed]:
    """What the store learnt since a moment (UTC, that moment included) or after a change's number.

    Each field from its value before to its last one; what came back to where it was, and projects
    that only came in, are left out. The project that changed last comes first.
    """
    began, ended = aliased(Change), aliased(Change)
    spans = _field_spans(since)
    moved = (
        select(
            spans.c.project_id,
            spans.c.field,
            col(began.old).label("old"),
            col(ended.new).label("new"),
            col(ended.created_at).label("at"),
            spans.c.last_id.label("rank"),
        )
        .join(began, col(began.id) == spans.c.first_id)
        .join(ended, col(ended.id) == spans.c.last_id)
        .where(col(began.old) != col(ended.new))
        .subquery("moved")
    )
    return _paged(session, moved, filters, offset, limit)


def _field_spans(since: datetime | int) -> Subquery:
    """The first and the last change of each field of each project."""
    number = col(Change.id)
    after = number > since if isinstance(since, int) else col(Change.created_at) >= since
    own = (col(Change.project_id), col(Change.field))
    bounds = (func.min(number).label("first_id"), func.max(number).label("last_id"))
    return (
        select(*own, *bounds)
        .where(after, col(Change.field).in_(TOLD))
        .group_by(*own)
        .subquery("spans")
    )


def changed_between(
    session: Session,
    first: date,
    last: date | None = None,
    filters: ProjectFilter = CITY,
    *,
    fields: Sequence[str] = TOLD,
    offset: int = 0,
    limit: int = 5,
) -> Page[Changed]:
    """What sources said anew from `first` to `last` (both included; None: until now).

    Each field from its latest value before `first` to its latest up to `last`, by the days of the
    statements as a project's present state is derived. Projects of which nothing was said before
    are new, not changed, and left out. The project with the latest such statement comes first.
    Only `fields` (of `TOLD`) are looked at.
    """
    asked = col(Statement.field).in_(fields)
    before = _standing("before", asked, _held_from() < first.isoformat())
    until = [] if last is None else [_held_from() <= last.isoformat()]
    after = _standing("after", asked, *until)
    same = (before.c.project_id == after.c.project_id) & (before.c.field == after.c.field)
    old = func.coalesce(before.c.value, "")
    known = select(col(Statement.project_id)).where(_held_from() < first.isoformat())
    moved = (
        select(
            after.c.project_id,
            after.c.field,
            old.label("old"),
            after.c.value.label("new"),
            after.c.stated_on.label("at"),
            after.c.day.label("rank"),
        )
        .outerjoin(before, same & (before.c.place == 1))
        .where(after.c.place == 1, after.c.day >= first.isoformat(), old != after.c.value)
        .where(after.c.project_id.in_(known))
        .subquery("moved")
    )
    return _paged(session, moved, filters, offset, limit)


def moved_due(
    session: Session, filters: ProjectFilter = CITY, *, offset: int = 0, limit: int = 5
) -> Page[Changed]:
    """The projects whose due date is another than the one promised first, whenever it moved.

    The project last heard of comes first; `told_on` is the day on which that was.
    """
    first, now = col(Project.first_due_on), col(Project.due_on)
    moved = [*conditions(filters), first != "", now != "", first != now]
    found = page(session, moved, [first_day(col(Project.heard_on)).desc()], offset, limit)
    changes = tuple(Changed(each, (_due_moved(each),)) for each in found.items)
    return Page(changes, found.total, found.offset)


def _due_moved(project: Listed) -> FieldChange:
    old, new = (str(each or "") for each in (project.first_due_on, project.due_on))
    return FieldChange("due_on", old, new, project.heard_on)


def _held_from() -> ColumnElement[Any]:
    """The day a statement counts from: a due date from its promise where that is told."""
    promised = (col(Statement.field) == "due_on") & (col(Statement.promised_on) != "")
    day = case((promised, col(Statement.promised_on)), else_=col(Statement.stated_on))
    return case((day == "", ""), else_=first_day(day))


def _standing(name: str, *where: ColumnElement[bool]) -> Subquery:
    """The statements with their place among those of the same field, 1 for the one that holds."""
    day = _held_from()
    latest = func.row_number().over(
        partition_by=(col(Statement.project_id), col(Statement.field)),
        order_by=(day.desc(), col(Statement.id).desc()),
    )
    return (
        select(
            col(Statement.project_id),
            col(Statement.field),
            col(Statement.value),
            col(Statement.stated_on),
            day.label("day"),
            latest.label("place"),
        )
        .where(col(Statement.field).in_(TOLD), *where)
        .subquery(name)
    )


def _paged(
    session: Session, moved: Subquery, filters: ProjectFilter, offset: int, limit: int
) -> Page[Changed]:
    """A page of the projects with rows in `moved`, the highest rank first."""
    touched = (
        select(moved.c.project_id, func.max(moved.c.rank).label("rank"))
        .group_by(moved.c.project_id)
        .subquery("touched")
    )
    passing = touched.c.project_id == col(Project.id)
    where = conditions(filters)
    counted = select(func.count()).select_from(Project).join(touched, passing).where(*where)
    total, offset = session.scalar(counted) or 0, max(0, offset)
    if offset >= total:
        return Page((), total, offset)
    asked: Select[Any] = select(*COLUMNS).join(touched, passing).where(*where)
    order = (touched.c.rank.desc(), col(Project.id))
    rows = session.execute(asked.order_by(*order).offset(offset).limit(limit)).all()
    projects = [listed(row) for row in rows]
    fields = _fields(session, moved, [each.id for each in projects])
    found = tuple(Changed(each, fields[each.id]) for each in projects)
    return Page(found, total, offset)


def _fields(
    session: Session, moved: Subquery, numbers: Sequence[int]
) -> dict[int, tuple[FieldChange, ...]]:
    rows = session.execute(
        select(moved.c.project_id, moved.c.field, moved.c.old, moved.c.new, moved.c.at).where(
            moved.c.project_id.in_(numbers)
        )
    )
    found: dict[int, list[FieldChange]] = defaultdict(list)
    for number, field, old, new, when in rows:
        at = when if isinstance(when, datetime) else None
        told_on = None if at else day_of(when)
        found[number].append(FieldChange(field, old, new, told_on, at))
    return {
        number: tuple(sorted(fields, key=lambda each: TOLD.index(each.field)))
        for number, fields in found.items()
    }
