"""How old the data is: the newest day on which a source told anything of a listed project."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.summary import day_of
from storage.tables.facts import Project, Source, Statement
from storage.values.partial_dates import PartialDate
from storage.values.sources import MADE_UP_SOURCE
from storage.vocabulary.codes import WITHDRAWN

_LISTED = col(Project.status_no) != WITHDRAWN


def data_day(session: Session) -> PartialDate | None:
    """The newest day that a source bears; None where no day was ever told.

    What a map says of a place is not news (`Project.heard_on` leaves it out), and what the chat
    page of `qala try` makes up is nobody's word.
    """
    made_up = session.scalars(
        select(col(Source.id)).where(col(Source.title) == MADE_UP_SOURCE)
    ).all()
    heard = select(func.max(col(Project.heard_on))).where(_LISTED)
    if not made_up:
        return day_of(session.scalar(heard))
    touched = select(col(Statement.project_id)).where(col(Statement.source_id).in_(made_up))
    told_before = (
        select(func.max(col(Statement.stated_on)))
        .join(Project, col(Project.id) == col(Statement.project_id))
        .where(_LISTED, col(Project.id).in_(touched), col(Statement.source_id).not_in(made_up))
    )
    days = (
        session.scalar(heard.where(col(Project.id).not_in(touched))),
        session.scalar(told_before),
    )
    return day_of(max(day or "" for day in days))
