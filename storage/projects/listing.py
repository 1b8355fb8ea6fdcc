"""Questions about projects: lists of them, and one with all that was said of it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.card import Card, project_card
from storage.projects.filter_sql import conditions
from storage.projects.ordering import ordered
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed, page
from storage.tables.facts import Project
from storage.values.orders import Order
from storage.values.pages import Page
from storage.words.languages import Language


def listing(
    session: Session,
    filters: ProjectFilter,
    *,
    order: Order = "title",
    language: Language = "kk",
    today: date | None = None,
    offset: int = 0,
    limit: int = 5,
) -> Page[Listed]:
    """A page of the projects that pass the filters; withdrawn ones never do.

    Orders: `title` as shown in `language`; `newest` by the latest statement; `due` by the due date,
    the nearest first; `cost` by the planned sum, the largest first; the others as told at
    `storage.projects.ordering.rule`. Unknown comes last. ValueError for `latest` without `today`.
    With `today` what is silent stands after the rest in the first three.
    """
    by = ordered(session, filters, order, language, today)
    return page(session, conditions(filters), by, offset, limit)


def by_key(session: Session, key: str) -> int | None:
    """The store's number of the project with this identifier of the data set, None if unknown."""
    return session.scalar(select(col(Project.id)).where(col(Project.key) == key))


def card(session: Session, project_id: int, today: date, *, withdrawn: bool = False) -> Card | None:
    """All that is known of a project; None for an unknown one, and for a withdrawn one.

    `today` is the city's date, for how late it is; `withdrawn=True` shows a withdrawn one as well.
    """
    return project_card(session, project_id, today, withdrawn=withdrawn)
