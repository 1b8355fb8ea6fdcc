"""`qala run`: the bot for real, by long polling or behind a webhook, until it is told to stop."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime
from functools import partial

import structlog
from telegram.error import BadRequest

from bot import loop
from bot.app import build_application, utc_now
from bot.commands.prepare import how_to_load, prepare
from bot.digests.service import digests_of, serving
from bot.running import (
    AnyApplication,
    RefusedError,
    StoppedError,
    persistently,
    running,
    until_stopped,
)
from bot.schedule import build_schedule
from bot.settings import Settings
from bot.telegram.polling import Heard, poll
from bot.telegram.profile import publish_commands
from bot.telegram.webhook import health_application, listening, web_application
from handlers.understanding import load_in_background
from storage.database.store import Store
from storage.projects.about import is_empty

# The kinds of update that the bot answers or learns from; Telegram does not send the others.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
)
CONNECTIONS = 40  # that Telegram may hold to the webhook at once; its default

log = structlog.stdlib.get_logger(__name__)


def run(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> None:
    """Serve Telegram until SIGTERM or Ctrl-C. RefusedError where that cannot work."""
    loop.run(_run(settings, clock))


async def _run(settings: Settings, clock: Callable[[], datetime]) -> None:
    store = Store(settings.store_url)
    try:
        with stop_on_signals() as stop:
            await asyncio.to_thread(prepare, store, clock)
            if not stop.is_set():
                await serve(settings, store, stop, clock=clock)
    finally:
        await store.aclose()
    log.info("stopped")


@contextmanager
def stop_on_signals() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and Ctrl-C set; later ones change nothing, the stop has a limit."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


async def serve(
    settings: Settings,
    store: Store,
    stop: asyncio.Event,
    *,
    clock: Callable[[], datetime] = utc_now,
) -> None:
    """Answer on a migrated store until `stop` is set and what is under way is finished."""
    if await store.read(is_empty):
        log.warning("list_not_loaded", hint=f"people are told so; load one: {how_to_load()}")
    application = build_application(settings, store, clock=clock)
    digests = digests_of(settings, store, application.bot, clock)
    schedule = build_schedule(store, clock, digests.wake)
    with suppress(StoppedError):
        async with running(application, stop), serving(digests):
            load_in_background()
            schedule.start()
            try:
                application.create_task(publish_commands(application.bot))
                await _take_updates(settings, application, store, stop)
            finally:
                log.info("stopping")
                schedule.shutdown(wait=False)


async def _take_updates(
    settings: Settings, application: AnyApplication, store: Store, stop: asyncio.Event
) -> None:
    if settings.webhook_url:
        await _serve_webhook(settings, application, store, stop)
    else:
        heard = Heard()
        async with _telling_health(settings, application, store, heard):
            log.info("started", bot=application.bot.username, updates="polling")
            await poll(application, stop, ALLOWED_UPDATES, heard)


@asynccontextmanager
async def _telling_health(
    settings: Settings, application: AnyApplication, store: Store, heard: Heard
) -> AsyncIterator[None]:
    """A bot that polls answers on HEALTH_LISTEN, where that is set."""
    if settings.health is None:
        yield
        return
    web = health_application(application, store, heard)
    async with listening(web, *settings.health, setting="HEALTH_LISTEN"):
        yield


async def _serve_webhook(
    settings: Settings, application: AnyApplication, store: Store, stop: asyncio.Event
) -> None:
    """Listen, then tell Telegram where; the webhook stays set so that a restart loses nothing."""
    secret = settings.webhook_secret.get_secret_value()
    web = web_application(application, store, secret)
    async with listening(web, *settings.listen):
        set_webhook = partial(
            application.bot.set_webhook,
            settings.webhook_address,
            secret_token=secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=CONNECTIONS,
        )
        try:
            await until_stopped(stop, persistently(set_webhook, "setWebhook"))
        except BadRequest as error:
            raise RefusedError(f"Telegram does not accept WEBHOOK_URL: {error}") from None
        log.info(
            "started",
            bot=application.bot.username,
            updates="webhook",
            listen=settings.webhook_listen,
        )
        await stop.wait()
