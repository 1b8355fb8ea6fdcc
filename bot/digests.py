"""The digests of a running bot: plan, claim, compose, send, record.

Planning and delivering go on side by side. Nothing is kept here that the tables do not hold: a
process may be killed at any moment, and any number of them may run.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

import structlog
from telegram import Bot

from bot.digest_delivery import Delivery, Times, senders, within
from bot.digest_planning import Planning
from bot.digest_sending import Sender
from bot.digest_texts import Compose, DigestTexts
from bot.settings import Settings
from handlers.digests import compose
from storage.store import Store

AGAIN_S = 60.0  # after an error of ours; what is due is still due then

log = structlog.stdlib.get_logger(__name__)


class Digests:
    """Plans and delivers the digests of a store through a bot that is initialized.

    `per_second` is the pace they can count on (0: none), `paid` whether they go by paid broadcast.
    """

    def __init__(
        self,
        store: Store,
        bot: Bot,
        now: Callable[[], datetime],
        *,
        per_second: int = 0,
        paid: bool = False,
        resend: bool = False,
        text: Compose | None = None,
        times: Times | None = None,
    ) -> None:
        text = text or partial(compose, bot=bot.username)
        sender = Sender(store, bot, DigestTexts(store, text, now), paid=paid)
        self.delivery = Delivery(
            store, sender, now, senders(per_second), resend=resend, times=times or Times()
        )
        self._planning = Planning(store, now, self._planned)
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
        """Plan when woken, deliver what is there, until `stop` is set and all is woken once more."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._persistently(self._plan_when_woken, stop))
            group.create_task(self._persistently(self.delivery.serve, stop))

    async def _plan_when_woken(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._wake.clear()
            await self._planning.plan(stop)
            await self._wake.wait()

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


def digests_of(settings: Settings, store: Store, bot: Bot, now: Callable[[], datetime]) -> Digests:
    """The digests as the settings want them. `now` gives the UTC time."""
    paid = settings.paid_messages_per_second
    return Digests(
        store,
        bot,
        now,
        per_second=paid or settings.messages_per_second,
        paid=paid > 0,
        resend=settings.resend_unknown,
    )


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
