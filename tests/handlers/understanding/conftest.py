"""Questions read with the names of the shipped data set, on a set day."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlmodel import col

from handlers.frame.gazetteer import NamesInMemory
from handlers.understanding import load, understand
from handlers.understanding.gazetteer import Known
from handlers.understanding.question import Question
from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import load_shipped
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
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """The names of the shipped data set as the running bot holds them, and its numbers by id."""
    file = tmp_path_factory.mktemp("names") / "almaty.db"
    with Store(f"sqlite:///{file}") as store:
        upgrade(store)
        report = load_shipped(store, lambda: datetime(2025, 11, 20, tzinfo=UTC))
        assert report.exit_code == 0, report.summary()
        with store.reading() as session:
            rows = session.execute(select(col(Project.key), col(Project.id))).all()
        known = asyncio.run(NamesInMemory().of(store, None))
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
