"""A project with everything that was ever said of it, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import SQLColumnExpression, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.history import (
    Event,
    Fact,
    Said,
    Slip,
    conflicts_of,
    facts_of,
    slips_of,
    timeline_of,
)
from storage.projects.summary import COLUMNS, Listed, day_of, listed
from storage.tables.facts import Project, Source, Statement
from storage.values.partial_dates import PartialDate
from storage.values.sources import SourceFacts
from storage.values.titles import Titles
from storage.vocabulary.codes import OPEN, STATUS_CODES, WITHDRAWN


@dataclass(frozen=True, slots=True)
class Card:
    """Everything known of a project.

    `timeline` runs from the oldest to the newest, what has no day first. `facts` holds by field
    (as in the data format; the point is `point`) the statements of it, latest first, without those
    that were erased; `conflicts` holds by field the statements of different sources that disagree
    while none is newer than the other. `late_days` counts from the first promise to the completion,
    or to today while it is not completed: negative when early, None when unknown, not yet due,
    suspended, cancelled, or past the latest due date and not heard of since. `funding` is "public",
    "private" or "" where nobody said who pays.
    """

    listed: Listed
    descriptions: Titles
    area: str
    funding: str
    contractor: str
    capacity: float | None
    capacity_unit: str
    photo_url: str
    link: str
    timeline: tuple[Event, ...]
    facts: Mapping[str, tuple[Fact, ...]]
    conflicts: Mapping[str, tuple[Fact, ...]]
    slips: tuple[Slip, ...]
    first_promise: PartialDate | None
    late_days: int | None


_MORE: tuple[SQLColumnExpression[Any], ...] = (
    col(Project.description_kk),
    col(Project.description_ru),
    col(Project.description_en),
    col(Project.area),
    col(Project.funding),
    col(Project.contractor),
    col(Project.capacity),
    col(Project.capacity_unit),
    col(Project.photo_url),
    col(Project.link),
)
_SAID: tuple[SQLColumnExpression[Any], ...] = (
    col(Statement.id),
    col(Statement.field),
    col(Statement.value),
    col(Statement.stated_on),
    col(Statement.promised_on),
    col(Statement.source_id),
    col(Source.title),
    col(Source.url),
)
_UNFINISHED = {STATUS_CODES.get(number) for number in OPEN}


def project_card(session: Session, project_id: int, today: date, *, withdrawn: bool) -> Card | None:
    """See `storage.projects.listing.card`."""
    asked = select(*COLUMNS, *_MORE).where(col(Project.id) == project_id)
    if not withdrawn:
        asked = asked.where(col(Project.status_no) != WITHDRAWN)
    row = session.execute(asked).one_or_none()
    if row is None:
        return None
    project = listed(row[: len(COLUMNS)])
    kk, ru, en, area, funding, contractor, capacity, unit, photo_url, link = row[len(COLUMNS) :]
    said = _said(session, project_id)
    return Card(
        project,
        descriptions=Titles(kk, ru, en),
        area=area,
        funding=funding,
        contractor=contractor,
        capacity=capacity,
        capacity_unit=unit,
        photo_url=photo_url,
        link=link,
        timeline=timeline_of(said),
        facts=facts_of(said),
        conflicts=conflicts_of(said),
        slips=slips_of(said),
        first_promise=project.first_due_on,
        late_days=_late_days(project, today),
    )


def _said(session: Session, project_id: int) -> list[Said]:
    """All statements of the project in the order in which they were stored."""
    rows = session.execute(
        select(*_SAID)
        .join(Source, col(Source.id) == col(Statement.source_id))
        .where(col(Statement.project_id) == project_id)
        .order_by(col(Statement.id))
    )
    return [
        Said(number, field, value, day_of(on), day_of(promised), source_id, SourceFacts(*source))
        for number, field, value, on, promised, source_id, *source in rows
    ]


def _late_days(project: Listed, today: date) -> int | None:
    promise = project.first_due_on
    if promise is None:
        return None
    if project.status == "completed":
        done = project.completed_on
        return (done.last - promise.last).days if done else None
    if project.status not in _UNFINISHED or today <= promise.last or project.is_unheard(today):
        return None
    return (today - promise.last).days
