"""A running application: begins when Telegram answers, ends when what is under way is finished."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

T = TypeVar("T")
AnyApplication = Application[Any, Any, Any, Any, Any, Any]

FINISH_WITHIN_S = 20
LONGEST_PAUSE_S = 30.0

log = structlog.stdlib.get_logger(__name__)


class RefusedError(Exception):
    """The bot cannot run like this: the sentence says why and what to do."""


class StoppedError(Exception):
    """Stopping was asked for before the work was done."""


async def until_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T:
    """What the work returns; StoppedError, with the work cancelled, once stopping is asked for."""
    working = asyncio.ensure_future(work)
    waiting = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise StoppedError
    finally:
        working.cancel()
        waiting.cancel()
        await asyncio.gather(working, waiting, return_exceptions=True)


async def persistently(call: Callable[[], Awaitable[T]], what: str) -> T:
    """What the call to Telegram returns, however often it has to be repeated.

    Raises RefusedError for a token that Telegram does not know and BadRequest as it comes:
    neither gets better by waiting.
    """
    pause = 1.0
    while True:
        try:
            return await call()
        except InvalidToken:
            raise RefusedError(
                "Telegram does not accept the token: check TELEGRAM_BOT_TOKEN, or get a new one "
                "from @BotFather (and see that TELEGRAM_API_URL is the root of a Bot API server)"
            ) from None
        except BadRequest:
            raise
        except TelegramError as error:
            wait = max(pause, _asked_wait(error))
            log.warning("telegram_call_failed", call=what, error=str(error), again_in_s=wait)
        await asyncio.sleep(wait)
        pause = min(2 * pause, LONGEST_PAUSE_S)


def _asked_wait(error: TelegramError) -> float:
    """The seconds that Telegram asks to wait, 0 where it asks for none."""
    if not isinstance(error, RetryAfter):
        return 0.0
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


@asynccontextmanager
async def running(application: AnyApplication, stop: asyncio.Event) -> AsyncIterator[None]:
    """The application takes updates from its queue; at the end it finishes those it has.

    Raises RefusedError where Telegram does not know the token, StoppedError where stopping was
    asked for before Telegram answered.
    """
    others = asyncio.all_tasks()
    try:
        await until_stopped(stop, persistently(application.initialize, "getMe"))
        await application.start()
        try:
            yield
        finally:
            await _finish(application, others)
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # a bot that never got through to Telegram


async def _finish(application: AnyApplication, others: set[asyncio.Task[Any]]) -> None:
    """Let the updates and tasks under way finish in time; then cancel what is left of them."""
    with suppress(TimeoutError):
        async with asyncio.timeout(FINISH_WITHIN_S):
            await application.stop()
            return
    current = asyncio.current_task()
    left = [task for task in asyncio.all_tasks() - others if task is not current]
    log.error("not_finished_in_time", seconds=FINISH_WITHIN_S, tasks=len(left))
    for task in left:
        task.cancel()
    if left:
        await asyncio.wait(left, timeout=1)
