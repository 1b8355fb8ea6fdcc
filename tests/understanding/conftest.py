"""Questions read with the names of the shipped data set, on a set day."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from handlers.answering.known import NamesInMemory
from handlers.understanding import understand
from handlers.understanding.known import Known
from handlers.understanding.question import Question
from storage.imports import load_shipped
from storage.schema import upgrade
from storage.store import Store
from storage.words.languages import Language

TODAY = date(2025, 11, 20)

Ask = Callable[..., Question]


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """The names of the shipped data set, held in memory as in the running bot."""
    file = tmp_path_factory.mktemp("names") / "almaty.db"
    with Store(f"sqlite:///{file}") as store:
        upgrade(store)
        report = load_shipped(store, lambda: datetime(2025, 11, 20, tzinfo=UTC))
        assert report.exit_code == 0, report.summary()
        return asyncio.run(NamesInMemory().of(store))


@pytest.fixture(scope="session")
def ask(known: Known) -> Ask:
    """Understands a text as the bot does on the set day; the person speaks Kazakh."""

    def asked(text: str, previous: Question | None = None, *, person: Language = "kk") -> Question:
        return understand(text, previous=previous, person=person, today=TODAY, known=known)

    return asked
