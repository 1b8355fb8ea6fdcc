"""`qala try`: the bot in a browser, with no token, on a file of its own.

It reads no settings: what stands in the environment or in `.env` belongs to `qala run`, whose store
it never touches.
"""

import asyncio
import shlex
import socket
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import structlog
from alembic.util import CommandError
from pydantic import SecretStr
from sqlalchemy.exc import DBAPIError

from bot.app import build_application, utc_now
from bot.commands.prepare import prepare
from bot.commands.run import ALLOWED_UPDATES, stop_on_signals
from bot.commands.try_controls import SOURCE, deeds
from bot.commands.try_file import in_use, remove, users
from bot.digests.service import digests_of, serving
from bot.running import RefusedError, StoppedError, running
from bot.sandbox.server import Sandbox
from bot.sandbox.steering import MovableClock
from bot.sandbox.world import KnownPlace
from bot.settings import GivenSettings
from bot.telegram.polling import poll
from bot.telegram.profile import publish_commands
from handlers.understanding import load_in_background
from storage.database.store import Store
from storage.imports import load_shipped, retract
from storage.places.places import known_places
from storage.projects.about import about

FILE = Path("qala-try.db")
HOST = "127.0.0.1"
PORT = 8484
LOOK_EVERY_S = 1.0  # for digests: the page moves the time on at any moment

log = structlog.stdlib.get_logger(__name__)


def try_out(
    *, port: int = PORT, fresh: bool = False, browser: bool = True, folder: Path | None = None
) -> None:
    """Serve the chat page until Ctrl-C. RefusedError where the port is taken.

    `fresh` begins with an empty file; `folder` is where the file lies (the working directory).
    """
    file = (folder or Path.cwd()) / FILE
    _check_free(port, file)
    with in_use(file, port) as others:
        if fresh and others:  # removed under a running bot it would be two: that one keeps the old
            raise RefusedError(
                f"{file.name} is in use by another qala try ({_pages(others)}): stop that one "
                f"first, or begin beside it: {_beside(port)}"
            )
        if fresh:
            remove(file)
        if others:
            print(_shared(file, others, port), flush=True)  # noqa: T201 - a command's output
        asyncio.run(_try_out(file, port, browser=browser, alone=not others))


def _check_free(port: int, file: Path) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise _taken(port, file) from None


def _taken(port: int, file: Path) -> RefusedError:
    if port in users(file):
        return RefusedError(
            f"Another qala try is here already: {_pages([port])}. Open that page, or start one "
            f"with a store of its own: {_beside(port)}"
        )
    return RefusedError(
        f"Port {port} is taken or not allowed: choose another, for instance with --port "
        f"{_other(port)} (make try PORT={_other(port)})"
    )


def _other(port: int) -> int:
    """A port to propose in the place of this one."""
    return next(each for each in (PORT, PORT + 16, PORT + 32) if each != port)


def _beside(port: int) -> str:
    """What starts one that shares neither page nor store."""
    free = _other(port)
    return f'make try PORT={free} ARGS="--folder try-{free}"'


def _pages(ports: Sequence[int]) -> str:
    return ", ".join(f"http://{HOST}:{each}" for each in ports)


def _shared(file: Path, others: Sequence[int], port: int) -> str:
    """Whose store it is: what is done here shows there."""
    return (
        f"\nThis shares {shlex.quote(str(file))} with the qala try at {_pages(others)}: homes, "
        "subscriptions and what the page makes up are common to both, and either sends the "
        f"digests.\nFor a store of its own: {_beside(port)}"
    )


async def _try_out(file: Path, port: int, *, browser: bool, alone: bool) -> None:
    store = Store(f"sqlite:///{file}")
    clock = MovableClock(utc_now)
    try:
        with stop_on_signals() as stop:
            try:
                await asyncio.to_thread(_fill, store, clock, alone=alone)
            except (DBAPIError, CommandError) as error:
                raise RefusedError(
                    f"{file.name} cannot be used ({_said(error)}): begin anew with --fresh "
                    "(make try ARGS=--fresh)"
                ) from None
            if not stop.is_set():
                await _serve(store, port, clock, stop, browser=browser)
    finally:
        await store.aclose()
    print("Stopped.", flush=True)  # noqa: T201 - a command's output


def _said(error: DBAPIError | CommandError) -> str:
    return " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())


def _fill(store: Store, clock: MovableClock, *, alone: bool) -> None:
    """Bring schema and data set up to what this program ships; a second time changes nothing.

    What a page made up before is gone, unless the one that did it still runs.
    The time begins where the page had moved it to when something last came in: it never goes back.
    """
    prepare(store, clock)
    if alone and (gone := retract(store, SOURCE, clock)):
        log.info("made_up_projects_taken_back", projects=gone)
    report = load_shipped(store, clock)
    if report.exit_code:
        problems = "\n".join(map(str, report.problems))
        raise RefusedError(f"The shipped data set cannot be loaded:\n{problems}")
    log.info("data_set_loaded", summary=report.summary())
    with store.reading() as session:
        last = about(session).last_import
    if last is not None and last.finished_at is not None:
        clock.move_to(last.finished_at)


async def _serve(
    store: Store, port: int, clock: MovableClock, stop: asyncio.Event, *, browser: bool
) -> None:
    places = await store.read(known_places)
    sandbox = Sandbox(
        host=HOST,
        port=port,
        clock=clock,
        deeds=deeds(store, clock),
        places=[
            KnownPlace(p.names.shown("kk"), p.point.latitude, p.point.longitude) for p in places
        ],
    )
    try:
        await sandbox.start()
    except OSError:
        raise _taken(port, store.file or FILE) from None
    try:
        with suppress(StoppedError):
            await _answer(sandbox, store, clock, stop, browser=browser)
    finally:
        await sandbox.stop()


async def _answer(
    sandbox: Sandbox, store: Store, clock: MovableClock, stop: asyncio.Event, *, browser: bool
) -> None:
    """Run the bot against the sandbox and say where it can be talked to."""
    settings = GivenSettings(
        telegram_bot_token=SecretStr(sandbox.token),
        telegram_api_url=sandbox.url,
        database_url=str(store.url),
        messages_per_second=0,  # nobody to spare on this machine
    )
    application = build_application(settings, store, clock=clock)
    digests = digests_of(settings, store, application.bot, clock, look_every_s=LOOK_EVERY_S)
    async with running(application, stop), serving(digests):
        load_in_background()
        application.create_task(publish_commands(application.bot))
        print(f"\nTalk to the bot at {sandbox.url} (Ctrl-C stops it)\n", flush=True)  # noqa: T201 - a command's output
        if browser:
            await asyncio.to_thread(webbrowser.open, sandbox.url)
        await poll(application, stop, ALLOWED_UPDATES)
