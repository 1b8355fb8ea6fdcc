"""Questions read with the names of the shipped data set, on a set day."""

import asyncio
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import col

from handlers.frame.gazetteer import NamesInMemory
from handlers.understanding import load, understand
from handlers.understanding.gazetteer import Known
from handlers.understanding.question import Question
from storage.database.store import Store
from storage.tables.facts import Project
from storage.words.languages import Language

TODAY = date(2025, 11, 20)

Ask = Callable[..., Question]
Shipped = tuple[Known, dict[str, int]]


@pytest.fixture(scope="session", autouse=True)
def loaded() -> None:
    """The vocabulary and the dictionaries, so that no single question waits for them."""
    load()


@pytest.fixture(scope="session")
def shipped(shipped_sqlite: Store) -> Shipped:
    """The names of the shipped data set as the running bot holds them, and its numbers by id."""
    with shipped_sqlite.reading() as session:
        rows = session.execute(select(col(Project.key), col(Project.id))).all()
    known = asyncio.run(NamesInMemory().of(shipped_sqlite, None))
    return known, {key: number or 0 for key, number in rows}


@pytest.fixture(scope="session")
def known(shipped: Shipped) -> Known:
    """The names of the shipped data set, held in memory as in the running bot."""
    return shipped[0]


@pytest.fixture(scope="session")
def ask(known: Known) -> Ask:
    """Understands a text as the bot does on the set day; the person speaks Kazakh."""

    def asked(text: str, previous: Question | None = None, *, person: Language = "kk") -> Question:
        return understand(text, previous=previous, person=person, today=TODAY, known=known)

    return asked
