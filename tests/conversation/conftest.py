"""The real bot over HTTP against the sandbox, with Almaty's shipped projects and a set clock."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from bot.app import build_application
from bot.commands.run import ALLOWED_UPDATES
from bot.running import running
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from bot.settings import GivenSettings
from bot.telegram.polling import poll
from handlers.frame.context import Qala
from handlers.understanding import load_for_good
from storage.database.store import Store
from tests.bot.sandbox.direct import DirectRequest
from tests.conversation.clock import Clock

Entries = list[MutableMapping[str, Any]]


@pytest.fixture(scope="session", autouse=True)
def vocabulary() -> None:
    """Read as at the start of the process, so that no first question waits for it."""
    load_for_good()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def city_store(shipped_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of one's own with the shipped data set."""
    file = tmp_path / "almaty.db"
    shutil.copy(shipped_file, file)
    with Store(f"sqlite:///{file}") as store:
        yield store


class Town(Sandbox):
    """A sandbox whose `wait_idle` knows the bot: no guess by silence, however busy the machine."""

    application: Qala | None = None

    async def wait_idle(self, timeout: float = 10.0, quiet: float = 0.0) -> None:  # noqa: ASYNC109 - as the sandbox's
        """Return when every update is taken and answered, and every visit noted."""
        await super().wait_idle(timeout, quiet)
        if self.application is not None:
            async with asyncio.timeout(timeout):
                await self.application.update_queue.join()
                resources = self.application.bot_data
                await resources.notes.write(resources.store)
                await resources.store.write(_nothing)  # after the other writes


def _nothing(_: Session) -> None:
    pass


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Town(clock=clock) as sandbox:
        yield sandbox


@asynccontextmanager
async def serving(sandbox: Sandbox, store: Store, clock: Clock) -> AsyncIterator[Qala]:
    """The bot at work: long polling against the sandbox until the end of the block."""
    settings = GivenSettings(
        telegram_bot_token=SecretStr(sandbox.token),
        telegram_api_url=sandbox.url,
        messages_per_second=0,
    )
    application = build_application(settings, store, clock=clock)
    stop = asyncio.Event()
    async with running(application, stop):
        polling = asyncio.ensure_future(poll(application, stop, ALLOWED_UPDATES))
        if isinstance(sandbox, Town):
            sandbox.application = application
        try:
            yield application
        finally:
            stop.set()
            await polling


@pytest.fixture
async def qala(sandbox: Sandbox, city_store: Store, clock: Clock) -> AsyncIterator[Qala]:
    """The bot, with the shipped data set."""
    async with serving(sandbox, city_store, clock) as application:
        yield application


@pytest.fixture
async def direct_qala(
    sandbox: Sandbox, city_store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Qala]:
    """The bot, with the shipped data set; its calls are answered in the process, without HTTP.

    For what makes thousands of calls and is not about how they travel.
    """
    for pool in ("AiohttpRequest", "UpdatesRequest"):
        monkeypatch.setattr(f"bot.app.{pool}", lambda: DirectRequest(sandbox))
    async with serving(sandbox, city_store, clock) as application:
        yield application


@pytest.fixture
def resident(sandbox: Sandbox, qala: Qala) -> Resident:
    """Айгерім: her Telegram is in Kazakh."""
    return sandbox.resident("Айгерім")


@pytest.fixture
def olga(sandbox: Sandbox, qala: Qala) -> Resident:
    """Ольга: her Telegram is in Russian."""
    return sandbox.resident("Ольга")


@pytest.fixture
def daniel(sandbox: Sandbox, qala: Qala) -> Resident:
    """Daniel: his Telegram is in English."""
    return sandbox.resident("Daniel")


@pytest.fixture(autouse=True)
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Entries]:
    """What was logged. An error in the log fails the test, unless it took the entry out."""
    with capture_logs() as entries:
        yield entries
    failed = [entry for entry in entries if entry["log_level"] in {"error", "critical"}]
    assert not failed, "\n".join(map(str, failed))
    records = [r for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
    assert not records, records
