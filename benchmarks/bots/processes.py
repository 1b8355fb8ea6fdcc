"""Bots as processes of their own on one core, and what of the machine they take."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

STOPS_WITHIN_S = 30
ECHO = Path(__file__).with_name("echo.py")
INSTRUMENTED = Path(__file__).with_name("instrumented.py")
SETTINGS = ("DATABASE_URL", "WEBHOOK_", "TELEGRAM_", "LOG_", "MESSAGES_", "PAID_", "QALA_")


@dataclass(frozen=True)
class Program:
    """How a bot is started."""

    command: tuple[str, ...]
    environment: dict[str, str]


def echo(library: str, root: str, token: str) -> Program:
    """A bot that repeats, with the library's defaults."""
    return Program((sys.executable, str(ECHO), library, root, token), _environment())


def qala(checkout: Path, root: str, token: str, database: str) -> Program:
    """`qala run` of a checkout that was set up, with its defaults but for the pace."""
    settings = {
        "DATABASE_URL": database,
        "TELEGRAM_API_URL": root,
        "TELEGRAM_BOT_TOKEN": token,
        "MESSAGES_PER_SECOND": "0",
    }
    return Program((str(checkout / ".venv" / "bin" / "qala"), "run"), _environment() | settings)


def load_list(checkout: Path, database: str) -> None:
    """Import the shipped data set into a new store."""
    shipped = checkout / "storage" / "datasets" / "almaty"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [checkout / ".venv" / "bin" / "qala", "import", shipped],
            cwd=folder,
            env=_environment() | {"DATABASE_URL": database},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )


def _environment() -> dict[str, str]:
    """The environment without anything that would set up the bot otherwise."""
    return {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}


class Running:
    """A started bot, with all its processes."""

    def __init__(self, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        self._process = process
        self._log = log
        self._watched = psutil.Process(process.pid)

    def log_end(self) -> str:
        """The last lines it logged."""
        self._log.seek(0)
        return b"\n".join(self._log.read().splitlines()[-20:]).decode(errors="replace")

    def processor_s(self) -> float:
        """Seconds of processor time so far."""
        times = [each.cpu_times() for each in self._all()]
        return float(sum(each.user + each.system for each in times))

    def memory_mib(self) -> tuple[float, float]:
        """Resident and proportional memory (RSS, PSS) in MiB."""
        found = [each.memory_full_info() for each in self._all()]
        return sum(each.rss for each in found) / 2**20, sum(each.pss for each in found) / 2**20

    def _all(self) -> list[psutil.Process]:
        return [self._watched, *self._watched.children(recursive=True)]

    def ask_to_tell(self) -> None:
        """Have an instrumented bot write its counts."""
        self._process.send_signal(signal.SIGUSR1)

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        try:
            self._process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@asynccontextmanager
async def started(program: Program, core: int, **options: Any) -> AsyncIterator[Running]:
    """The program on that core, until the end: it says goodbye to the Bot API meanwhile."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as log:
        with on_core(core):
            process = subprocess.Popen(  # noqa: ASYNC220 - forking is short, nothing else runs
                program.command,
                cwd=folder,
                env=program.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                **options,
            )
        running = Running(process, log)
        try:
            yield running
        finally:
            await asyncio.to_thread(running.stop)


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """This thread and what it starts meanwhile on that core alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Counts:
    """An instrumented `qala run`; `read` gives its counts so far."""

    def __init__(self, running: Running, pipe: int) -> None:
        self._running = running
        self._lines = os.fdopen(pipe, "rb")

    async def read(self) -> dict[str, float]:
        """What it counted since its start."""
        self._running.ask_to_tell()
        line = await asyncio.to_thread(self._lines.readline)
        counts: dict[str, float] = json.loads(line)
        return counts


@asynccontextmanager
async def instrumented(program: Program, core: int) -> AsyncIterator[tuple[Running, Counts]]:
    """The program's checkout under `instrumented.py`."""
    ours, theirs = os.pipe()
    python = Path(program.command[0]).with_name("python")
    counting = Program((str(python), str(INSTRUMENTED), str(theirs)), program.environment)
    try:
        async with started(counting, core, pass_fds=(theirs,)) as running:
            yield running, Counts(running, ours)
    finally:
        os.close(theirs)


@contextmanager
def new_database(server: str | None) -> Iterator[str]:
    """The address of an empty store: a file of SQLite, or a database of the PostgreSQL server."""
    if server is None:
        folder = tempfile.mkdtemp()
        try:
            yield f"sqlite:///{folder}/answers.db"
        finally:
            shutil.rmtree(folder)
        return
    import psycopg

    name = f"qala_answers_{os.getpid()}_{os.urandom(3).hex()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
