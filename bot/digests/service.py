"""The digests of a running bot: plan, claim, compose, send, record.

Planning and delivering go on side by side. Nothing is kept here that the tables do not hold: a
process may be killed at any moment, and any number of them may run.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from telegram import Bot

from bot.digests.delivery import Delivery, within
from bot.digests.limits import Times, Width
from bot.digests.planning import Planning
from bot.digests.sending import Sender
from bot.digests.texts import Compose, DigestTexts
from bot.settings import Settings
from handlers.frame.screens import Screen
from handlers.subscriptions.digests import compose
from storage.database.store import Store
from storage.digests.planner import CHUNK

AGAIN_S = 60.0  # after an error of ours; what is due is still due then

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """How digests are sent.

    `per_second`: the pace they can count on (0: none). `paid`: by paid broadcast, which costs
    Stars. `resend`: what is unknown is sent once more. `look_every_s`: how often to look for what
    is due without being woken; never if None. `chunk`: subscriptions planned in a transaction.
    """

    per_second: int = 0
    paid: bool = False
    resend: bool = False
    look_every_s: float | None = None
    chunk: int = CHUNK  # subscriptions that are planned in one transaction
    times: Times = field(default_factory=Times)


class Digests:
    """Plans and delivers the digests of a store through a bot, once that is initialized.

    `now` gives the UTC time, `text` says what a digest reads like.
    """

    def __init__(
        self,
        store: Store,
        bot: Bot,
        now: Callable[[], datetime],
        text: Compose,
        options: Options | None = None,
    ) -> None:
        options = options or Options()
        sender = Sender(bot, DigestTexts(store, text, now), paid=options.paid)
        self.delivery = Delivery(
            *(store, sender, now, Width.of(options.per_second)),
            resend=options.resend,
            times=options.times,
        )
        self._planning = Planning(store, now, self._planned, chunk=options.chunk)
        self._look_every_s = options.look_every_s
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Something may be due, or planned by another process."""
        self._wake.set()
        self.delivery.wake()

    async def plan(self, stop: asyncio.Event | None = None, *, early: bool = False) -> int:
        """Plan what is due (`early`: everybody's next digest); how many deliveries that made."""
        return await self._planning.plan(stop or asyncio.Event(), early=early)

    async def deliver(self, stop: asyncio.Event | None = None) -> bool:
        """Deliver what is planned and can be sent; False while another process does."""
        return await self.delivery.deliver(stop or asyncio.Event())

    def _planned(self, made: int) -> None:
        self.delivery.progress.planned += made
        self.delivery.wake()

    async def serve(self, stop: asyncio.Event) -> None:
        """Plan when woken, deliver what is there, until `stop` is set and `wake` called."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._persistently(self._plan_when_woken, stop))
            group.create_task(self._persistently(self.delivery.serve, stop))

    async def _plan_when_woken(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._wake.clear()
            await self._planning.plan(stop)
            await within(self._wake.wait(), self._look_every_s)

    async def _persistently(
        self, work: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event
    ) -> None:
        """Do the work until stopping is asked for: an error of ours ends neither it nor the bot."""
        while not stop.is_set():
            try:
                await work(stop)
            except Exception:
                log.exception("digests_failed", again_in_s=AGAIN_S)
                await within(stop.wait(), AGAIN_S)


def digests_of(
    settings: Settings,
    store: Store,
    bot: Bot,
    now: Callable[[], datetime],
    *,
    look_every_s: float | None = None,
) -> Digests:
    """The digests as the settings want them. `now` gives the UTC time."""

    async def text(*what: Any) -> Screen | None:
        return await compose(*what, bot=bot.username)

    paid = settings.paid_messages_per_second
    options = Options(
        per_second=paid or settings.messages_per_second,
        paid=paid > 0,
        resend=settings.resend_unknown,
        look_every_s=look_every_s,
    )
    return Digests(store, bot, now, text, options)


@asynccontextmanager
async def serving(digests: Digests) -> AsyncIterator[Digests]:
    """The digests are planned and delivered meanwhile; at the end what is under way is finished."""
    stop = asyncio.Event()
    digests.wake()
    working = asyncio.ensure_future(digests.serve(stop))
    try:
        yield digests
    finally:
        stop.set()
        digests.wake()
        await working
