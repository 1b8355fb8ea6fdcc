"""Questions about projects: lists of them, and one with all that was said of it."""

from datetime import date
from typing import Any, Literal

from sqlalchemy import SQLColumnExpression, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.cards import Card, Event, Fact, Slip, project_card
from storage.filters import Filters, Page, conditions
from storage.listed import Listed, page
from storage.models import Project
from storage.sources import SourceFacts
from storage.titles import Titles
from storage.words.languages import LANGUAGES, Language

__all__ = [
    "Card",
    "Event",
    "Fact",
    "Listed",
    "Order",
    "Slip",
    "SourceFacts",
    "Titles",
    "by_key",
    "card",
    "listing",
]

Order = Literal["title", "newest", "due", "cost"]


def listing(
    session: Session,
    filters: Filters,
    *,
    order: Order = "title",
    language: Language = "kk",
    offset: int = 0,
    limit: int = 5,
) -> Page[Listed]:
    """A page of the projects that pass the filters; withdrawn ones never do.

    Orders: `title` as shown in `language`; `newest` by the latest statement; `due` by the due date,
    the nearest first; `cost` by the planned sum, the largest first. Unknown comes last.
    """
    return page(session, conditions(filters), _ordered(order, language), offset, limit)


def by_key(session: Session, key: str) -> int | None:
    """The store's number of the project with this identifier of the data set, None if unknown."""
    return session.scalar(select(col(Project.id)).where(col(Project.key) == key))


def card(session: Session, project_id: int, today: date, *, withdrawn: bool = False) -> Card | None:
    """All that is known of a project; None for an unknown one, and for a withdrawn one.

    `today` is the city's date, for how late it is; `withdrawn=True` shows a withdrawn one as well.
    """
    return project_card(session, project_id, today, withdrawn=withdrawn)


def _ordered(order: Order, language: Language) -> list[SQLColumnExpression[Any]]:
    if order == "title":
        return [_shown_title(language)]
    if order == "newest":
        return [col(Project.heard_on).desc()]
    if order == "due":
        return [col(Project.due_last).is_(None), col(Project.due_last)]
    return [col(Project.planned_kzt).is_(None), col(Project.planned_kzt).desc()]


def _shown_title(language: Language) -> SQLColumnExpression[Any]:
    """`Titles.shown` as the store says it."""
    titles = {"kk": Project.title_kk, "ru": Project.title_ru, "en": Project.title_en}
    order = (language, *(other for other in LANGUAGES if other != language))
    return func.coalesce(*(func.nullif(col(titles[each]), "") for each in order))
