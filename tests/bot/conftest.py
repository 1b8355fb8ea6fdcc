"""A sandbox to talk to, settings for it, and `qala` as a real process."""

import asyncio
import logging
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from bot.commands import cli
from bot.sandbox.server import Sandbox
from bot.settings import GivenSettings, Settings
from storage.database.store import Store

ROOT = Path(__file__).parents[2]
Command = Callable[..., Result]
QALA = str(Path(sys.executable).with_name("qala"))
SECRET = "the_secret-of-the-webhook"
HANGS_S = 120
"""What has not happened by then will not: no claim about speed, but the end of what hangs."""


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def soon(condition: Callable[[], object], within: float = HANGS_S) -> None:
    """Return once the condition holds; TimeoutError where it does not come to."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - what is waited for knows no event
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, store_url: str, tmp_path: Path) -> Iterator[Command]:
    """`qala ...` in this process, on an empty database of each engine."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", store_url)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "configure_logging", lambda *_, **__: None)  # pytest's stay
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    yield lambda *arguments: CliRunner().invoke(cli.app, [str(each) for each in arguments])
    structlog.reset_defaults()


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """What a test sets up in the process's logging ends with it."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
def settings(sandbox: Sandbox, sqlite_store: Store) -> Settings:
    """Settings with which the bot polls the sandbox."""
    return GivenSettings(
        telegram_bot_token=SecretStr(sandbox.token),
        telegram_api_url=sandbox.url,
        database_url=str(sqlite_store.url),
        messages_per_second=0,
    )


@pytest.fixture
def environment(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    """The environment of a process that polls the sandbox, its store in the working directory."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("COV", "PATH", "LANG", "LC_"))
    }
    return {
        **kept,
        "HOME": str(tmp_path),
        "CI": "true",
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "DATABASE_URL": "sqlite:///qala.db",
        "MESSAGES_PER_SECOND": "0",
    }


class Qala:
    """A running `qala` process: what it printed, and how it ended."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.output = ""

    async def until(self, pattern: str, within: float = HANGS_S) -> re.Match[str]:
        """Wait for the pattern in the output; AssertionError where the process ends before."""
        assert self.process.stdout is not None
        async with asyncio.timeout(within):
            while not (found := re.search(pattern, self.output)):
                line = await self.process.stdout.readline()
                assert line, f"ended without {pattern!r}:\n{self.output}"
                self.output += line.decode()
        return found

    async def end(self, number: signal.Signals | None = None, within: float = HANGS_S) -> int:
        """Send the signal, if any, and wait for the exit code."""
        assert self.process.stdout is not None
        if number is not None:
            self.process.send_signal(number)
        async with asyncio.timeout(within):
            self.output += (await self.process.stdout.read()).decode()
            return await self.process.wait()


@asynccontextmanager
async def qala(*args: str, env: dict[str, str], cwd: Path) -> AsyncIterator[Qala]:
    """`qala` with these arguments, killed at the end where it still runs."""
    process = await asyncio.create_subprocess_exec(
        QALA, *args, stdin=asyncio.subprocess.DEVNULL, stdout=PIPE, stderr=STDOUT, env=env, cwd=cwd
    )
    try:
        yield Qala(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def ended(*args: str, env: dict[str, str], cwd: Path) -> tuple[int, str]:
    """The exit code and the output of a `qala` command that ends by itself."""
    async with qala(*args, env=env, cwd=cwd) as running:
        return await running.end(), running.output
