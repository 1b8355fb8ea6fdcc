"""Delivers what is planned: under one lease, at Telegram's pace, each digest at most once.

Only the process that holds the lease sends. It claims no more than can leave now, so that a process
that is killed leaves no more in doubt than were on their way, and sends nothing whose claim is
about to end. What was not begun when it stops is given back.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from socket import gethostname
from typing import TypeVar
from uuid import uuid4

import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from bot.digests.backoff import Patience
from bot.digests.limits import Times, Width
from bot.digests.progress import Progress
from bot.digests.sending import Claim, Result, Sender, note
from bot.telegram.outbox import in_lane
from bot.telegram.pace import Lane
from storage.database.store import Store
from storage.digests import deliveries, leases
from storage.digests.deliveries import Claimed

T = TypeVar("T")
LEASE = "delivery"
HELD_UP_S = 1.0  # waiting longer, it waits for its chat, and others pass

log = structlog.stdlib.get_logger(__name__)


def _holder() -> str:
    return f"{gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"


@dataclass
class Delivery:
    """Delivers while it holds the lease. `now` gives the UTC time, `clock` steady seconds."""

    store: Store
    sender: Sender
    now: Callable[[], datetime]
    width: Width
    resend: bool = False
    times: Times = field(default_factory=Times)
    clock: Callable[[], float] = time.monotonic
    progress: Progress = field(default_factory=Progress)
    holder: str = field(default_factory=_holder)

    def __post_init__(self) -> None:
        self._held_until_s = -1.0
        self._claims: dict[int, Claim] = {}
        self._patience = Patience(self.times, self.width.claims, self.clock)
        self._idle = False
        self._look = asyncio.Event()

    @property
    def holds(self) -> bool:
        """Whether this process is the one that delivers."""
        return self.clock() < self._held_until_s

    def wake(self) -> None:
        """There may be something to deliver."""
        self._look.set()

    async def serve(self, stop: asyncio.Event) -> None:
        """Deliver whenever the lease can be had, until `stop` is set (and `wake` called)."""
        while not stop.is_set():
            self._look.clear()
            if await self._renewed():
                await self._deliver(stop, once=False)
            await self._wait(self.times.renew_s, stop)

    async def deliver(self, stop: asyncio.Event) -> bool:
        """Deliver what is there and can be sent, then return; False while another delivers."""
        if not await self._renewed():
            return False
        await self._deliver(stop, once=True)
        return True

    async def _deliver(self, stop: asyncio.Event, *, once: bool) -> None:
        log.info("delivering", holder=self.holder)
        sending: dict[asyncio.Task[None], Claim] = {}
        async with asyncio.TaskGroup() as group:
            keeper = group.create_task(self._keep())
            while self.holds and not stop.is_set():
                self._look.clear()
                claimed = await self._claimed(self._room())
                for claim in claimed:
                    task = group.create_task(self._carry(claim))
                    sending[task] = claim
                    task.add_done_callback(sending.pop)
                await self._report()
                if once and self._is_done():
                    break
                if not claimed or self._room() <= 0:
                    await self._wait(self._pause_s(), stop)
            await self._finish(sending)
            keeper.cancel()
        await self._report(end=True)
        await self._give_back()

    def _room(self) -> int:
        """How many more may be claimed."""
        lately = self.clock() - HELD_UP_S
        waiting = [each for each in self._claims.values() if each.may_be_dropped]
        turns = self.width.waiting - sum(each.since_s > lately for each in waiting)
        return min(self.width.claims - len(self._claims), turns)

    def _is_done(self) -> bool:
        """Whether there is nothing that could be sent now or soon."""
        return self._idle and not self._claims

    async def _claimed(self, room: int) -> list[Claim]:
        """What can be sent now, taken; nothing where it is not the time. Idle: nothing is left."""
        self._idle = False
        if room <= 0 or not self._patience.is_over:
            return []
        now, now_s = self.now(), self.clock()
        skip = [*self._claims, *self._patience.postponed()]
        try:
            taken = await self.store.write_durably(
                deliveries.claim, now, room, self.times.claim, skip
            )
        except (SQLAlchemyError, OSError) as error:
            log.warning("digests_not_claimed", error=_said(error))
            self._patience.nothing_works()
            return []
        self._idle = not taken and not skip  # what is under way may come back (moved, released)
        until, until_s = now + self.times.claim, now_s + self.times.claim.total_seconds()
        claims = [Claim(each, now_s, until, until_s) for each in taken]
        self._claims |= {claim.taken.id: claim for claim in claims}
        return claims

    async def _carry(self, claim: Claim) -> None:
        """Send one digest and store what became of it."""
        taken = claim.taken
        try:
            with in_lane(
                Lane.DIGESTS,
                patience_s=self.times.patience_s,
                may_leave=lambda: self._may_leave(claim),
            ) as claim.passage:
                claim.result = await self.sender.send(taken)
        except asyncio.CancelledError:  # by _finish, which waits for what follows
            left = claim.passage is not None and claim.passage.on_the_road
            claim.result = Result("unknown" if left else "released", "stopped")
        try:
            await self._noted(taken, claim.result)
        finally:
            self._patience.learn(taken.id, claim.result)
            if claim.result.state not in {"released", "moved"}:
                self.progress.note(claim.result)
            self._claims.pop(taken.id, None)
            self._look.set()

    async def _may_leave(self, claim: Claim) -> bool:
        """Whether there is time, and the chat has not stopped, paused or moved while it waited."""
        self._look.set()  # the next one may get ready
        try:
            wanted = await self.store.read(deliveries.is_wanted, claim.taken, self.now())
        except (SQLAlchemyError, OSError) as error:
            log.warning("digest_not_looked_up", delivery=claim.taken.id, error=_said(error))
            return False
        return wanted and claim.left_s(self.now(), self.clock) >= self.times.least_left_s

    async def _noted(self, taken: Claimed, result: Result) -> None:
        """Store the result, however long that takes: until then nothing else is begun for it."""
        pause_s = self.times.pause_s / 10
        while True:
            try:
                await self.store.write_durably(note, taken, result, self.now())
            except (SQLAlchemyError, OSError) as error:
                log.warning("digest_not_noted", delivery=taken.id, error=_said(error))
                if result.state in {"released", "moved"} and not self._was_undone(error):
                    return  # given back twice it might be taken from another
            else:
                return
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, self.times.longest_pause_s)

    def _was_undone(self, error: Exception) -> bool:
        """Whether a write that raised certainly changed nothing: the server itself said so."""
        if self.store.sqlite:
            return True
        state = str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
        return isinstance(error, DBAPIError) and state[:2] not in {"", "08", "57"}

    def _pause_s(self) -> float:
        """How long to wait where nobody wakes us: till the next moment at which it may go on."""
        return self._patience.pause_s(HELD_UP_S if self._claims else self.times.look_s)

    async def _keep(self) -> None:
        """Renew the lease and the claims in good time."""
        while True:
            await asyncio.sleep(self.times.renew_s)
            if not await self._renewed():
                self._look.set()

    async def _renewed(self) -> bool:
        """Take or keep the lease, and all that is claimed with it."""
        now, now_s = self.now(), self.clock()
        claims = list(self._claims.values())
        try:
            held = await self.store.write(self._renew, now, [each.taken for each in claims])
        except (SQLAlchemyError, OSError) as error:
            log.warning("delivery_lease_not_renewed", error=_said(error))
            return self.holds
        if not held:
            self._held_until_s = -1.0
            return False
        self._held_until_s = now_s + self.times.lease.total_seconds()
        for claim in claims:
            claim.prolong(now + self.times.claim, now_s + self.times.claim.total_seconds())
        return True

    def _renew(self, session: Session, now: datetime, taken: list[Claimed]) -> bool:
        if not leases.take(session, LEASE, self.holder, now, self.times.lease):
            return False
        deliveries.extend(session, taken, now + self.times.claim)
        if self.resend:
            deliveries.resend_unknown(session, now - self.times.doubt)
        return True

    async def _finish(self, sending: dict[asyncio.Task[None], Claim]) -> None:
        """Let what is on the road arrive, and give back what is not."""
        for task, claim in list(sending.items()):
            if claim.may_be_dropped:
                task.cancel()
        if sending:
            await asyncio.wait(list(sending), timeout=self.times.finish_s)
        if sending:
            log.error("digests_not_finished_in_time", digests=len(sending))
            for task in list(sending):
                task.cancel()
            await asyncio.wait(list(sending), timeout=1)
        await self._drop_the_unbegun()

    async def _drop_the_unbegun(self) -> None:
        """Give back what was claimed and not even looked at."""
        unbegun = [each.taken for each in self._claims.values() if each.passage is None]
        self._claims.clear()
        with suppress(SQLAlchemyError, OSError):  # they become unknown
            await self.store.write(deliveries.release, unbegun)

    async def _give_back(self) -> None:
        self._held_until_s = -1.0
        with suppress(SQLAlchemyError, OSError):  # it ends by itself
            await self.store.write(leases.give_back, LEASE, self.holder)

    async def _wait(self, seconds: float, stop: asyncio.Event) -> None:
        """Return when something is to be looked at, at the latest after so many seconds."""
        if not stop.is_set():
            await within(self._look.wait(), seconds)

    async def _report(self, *, end: bool = False) -> None:
        """Log how far the run is, now and then; its last line when all is done."""
        progress = self.progress
        if progress.planned and not progress.running:
            progress.begin()
        done = end or self._is_done()
        due = self.clock() - progress.told_s >= self.times.report_s
        if not progress.running or not (done or due):
            return
        progress.told_s = self.clock()
        with suppress(SQLAlchemyError, OSError):
            left = await self.store.read(deliveries.waiting, self.now())
            log.info("digest_run", **progress.described(left), done=done)
        if done:
            progress.reset()


async def within(work: Awaitable[T], seconds: float | None) -> T | None:
    """What the work returns, None where it takes longer."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await work
    return None


def _said(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())
