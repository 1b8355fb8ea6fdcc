"""About the data: how much, until when, from whom, under which licence."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from storage.projects.data_day import data_day
from storage.tables.facts import Import, Place, Programme, Project, Source, Statement
from storage.values.partial_dates import PartialDate
from storage.values.sources import SourceFacts
from storage.values.titles import Titles
from storage.vocabulary.codes import WITHDRAWN
from storage.words.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """An import that is in: its title and when it ended (UTC)."""

    title: str
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Licence(SourceFacts):
    """A licence's title and address, with the title's translations where it has any."""

    titles: Titles = field(default_factory=Titles)


@dataclass(frozen=True, slots=True)
class Package:
    """What the data set says of itself (datapackage.json); "" and empty where it says nothing.

    `titles` and `descriptions` are its own translations, if it has any. `licences` and `sources`
    are titles with addresses; `contributors` are names.
    """

    title: str
    description: str
    titles: Titles
    descriptions: Titles
    licences: tuple[Licence, ...]
    contributors: tuple[str, ...]
    sources: tuple[SourceFacts, ...]


@dataclass(frozen=True, slots=True)
class About:
    """Counts and dates of what is in the store.

    `data_until` is how old the data is (`data_day`). `top_sources` are the sources with
    most statements, with their number. `package` None: no data set described itself.
    """

    projects: int
    statements: int
    sources: int
    places: int
    programmes: int
    last_import: ImportFacts | None
    data_until: PartialDate | None
    package: Package | None
    top_sources: tuple[tuple[SourceFacts, int], ...]


TOP_SOURCES = 5

_APPLIED = col(Import.state) == "applied"
_LISTED = col(Project.status_no) != WITHDRAWN


def about(session: Session) -> About:
    """What is in the store; withdrawn projects are not counted."""
    return About(
        session.scalar(select(func.count()).select_from(Project).where(_LISTED)) or 0,
        _count(session, Statement),
        session.scalar(select(func.count(col(Statement.source_id).distinct()))) or 0,
        _count(session, Place),
        _count(session, Programme),
        _last_import(session),
        data_day(session),
        package(session),
        _top_sources(session),
    )


def is_empty(session: Session) -> bool:
    """Whether no project is loaded yet."""
    return session.scalar(select(col(Project.id)).limit(1)) is None


def _count(session: Session, table: type[SQLModel]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _last_import(session: Session) -> ImportFacts | None:
    latest = select(col(Import.title), col(Import.finished_at)).where(_APPLIED)
    row = session.execute(latest.order_by(col(Import.id).desc()).limit(1)).one_or_none()
    return ImportFacts(*row) if row else None


def _top_sources(session: Session) -> tuple[tuple[SourceFacts, int], ...]:
    count = func.count()
    rows = session.execute(
        select(col(Source.title), col(Source.url), count)
        .join(Statement, col(Statement.source_id) == col(Source.id))
        .group_by(col(Source.id), col(Source.title), col(Source.url))
        .order_by(count.desc(), col(Source.id))
        .limit(TOP_SOURCES)
    )
    return tuple((SourceFacts(title, url), statements) for title, url, statements in rows)


def package(session: Session) -> Package | None:
    """What the latest data set that describes itself says."""
    described = select(col(Import.package)).where(_APPLIED, col(Import.package) != "")
    text = session.scalar(described.order_by(col(Import.id).desc()).limit(1))
    try:
        said = json.loads(text) if text else None
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    return Package(
        _text(said, "title"),
        _text(said, "description"),
        _translated(said, "titles"),
        _translated(said, "descriptions"),
        tuple(_licence(each) for each in _members(said, "licenses")),
        tuple(_text(each, "title") for each in _members(said, "contributors")),
        tuple(_titled(each, "title") for each in _members(said, "sources")),
    )


def _members(package: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a list in the descriptor; it is an operator's file and may hold anything."""
    members = package.get(name)
    return [each for each in members if isinstance(each, dict)] if isinstance(members, list) else []


def _translated(package: dict[str, Any], name: str) -> Titles:
    texts = package.get(name)
    return (
        Titles(*(_text(texts, each) for each in LANGUAGES)) if isinstance(texts, dict) else Titles()
    )


def _text(package: dict[str, Any], name: str) -> str:
    value = package.get(name)
    return value if isinstance(value, str) else ""


def _licence(member: dict[str, Any]) -> Licence:
    named = _titled(member, "title", "name")
    return Licence(named.title, named.url, _translated(member, "titles"))


def _titled(member: dict[str, Any], *names: str) -> SourceFacts:
    title = next(filter(None, (_text(member, name) for name in names)), "")
    return SourceFacts(title, _text(member, "path"))
