"""Long polling: asks Telegram for updates until it is told to stop."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.running import AnyApplication, StoppedError, persistently, until_stopped

HOLD_S = 30  # how long Telegram holds a question while there is nothing new
MOST_AT_HAND = 500  # updates taken and not finished: the rest waits with Telegram, which keeps it
LOOK_AGAIN_S = 0.02
CONFIRM_S = 3
SILENT_S = 120.0

log = structlog.stdlib.get_logger(__name__)


@dataclass
class Heard:
    """When Telegram last answered the question for updates: seconds of the monotonic clock."""

    at: float = field(default_factory=time.monotonic)

    def note(self) -> None:
        """It answered just now."""
        self.at = time.monotonic()

    @property
    def lately(self) -> bool:
        """Whether it answered in the last two minutes: several questions ago at most."""
        return time.monotonic() - self.at <= SILENT_S


async def poll(
    application: AnyApplication,
    stop: asyncio.Event,
    allowed_updates: Sequence[str],
    heard: Heard | None = None,
) -> None:
    """Put Telegram's updates into the application's queue until stopping is asked for.

    An update is confirmed to Telegram once it is in the queue, so a stop loses none: what is in the
    queue is finished, what is not yet fetched waits for the next start. `heard` notes each answer.
    Raises RefusedError when the token is revoked.
    """
    bot: Bot = application.bot
    offset: int | None = None
    try:
        await until_stopped(stop, _remove_webhook(bot))
        while True:
            ask = partial(
                bot.get_updates, offset=offset, timeout=HOLD_S, allowed_updates=allowed_updates
            )
            updates = await until_stopped(stop, persistently(ask, "getUpdates"))
            if heard is not None:
                heard.note()
            for update in updates:
                await application.update_queue.put(update)
                offset = update.update_id + 1
            await until_stopped(stop, _room(application))
    except StoppedError:
        await _confirm(bot, offset)


async def _remove_webhook(bot: Bot) -> None:
    """Telegram gives no updates to who asks while a webhook is set."""
    webhook = await persistently(bot.get_webhook_info, "getWebhookInfo")
    if webhook.url:
        log.warning("webhook_removed", reason="WEBHOOK_URL is not set: polling instead")
        await persistently(partial(bot.delete_webhook, drop_pending_updates=False), "deleteWebhook")


async def _room(application: AnyApplication) -> None:
    """Wait while the bot has more at hand than it could finish before a stop."""
    processor = application.update_processor
    while processor.current_concurrent_updates >= MOST_AT_HAND:  # noqa: ASYNC110 - has no event
        await asyncio.sleep(LOOK_AGAIN_S)


async def _confirm(bot: Bot, offset: int | None) -> None:
    """Tell Telegram which updates are taken, or it would hand them out again at the next start."""
    if offset is None:
        return
    with suppress(TelegramError, TimeoutError):
        async with asyncio.timeout(CONFIRM_S):
            await bot.get_updates(offset=offset, limit=1, timeout=0, allowed_updates=None)
