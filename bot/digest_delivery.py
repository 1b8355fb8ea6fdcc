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
from datetime import datetime, timedelta
from math import ceil
from socket import gethostname
from typing import TypeVar
from uuid import uuid4

import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from bot.digest_progress import Progress
from bot.digest_sending import Claim, Result, Sender, note
from bot.outbox import in_lane
from bot.pace import Lane
from bot.running import FINISH_WITHIN_S
from storage import deliveries, leases
from storage.deliveries import Claimed
from storage.store import Store

T = TypeVar("T")
LEASE = "delivery"
ROAD_S = 0.3  # a message's way to Telegram and back, generously
READY_S = 0.06  # from the claim to the departure, if nothing holds it up
HELD_UP_S = 1.0  # waiting longer, it waits for its chat, and others pass
FEWEST, MOST = 8, 256

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Times:
    """How long things are held and waited for. Tests shorten them."""

    lease: timedelta = timedelta(minutes=1)  # of the right to deliver: so long others stand by
    claim: timedelta = timedelta(minutes=3)
    renew_s: float = 15.0
    least_left_s: float = 45.0  # of a claim at departure; a call is given up after 30 s
    patience_s: float = 10.0  # a longer halt is not waited for with claims in the hand
    look_s: float = 10.0  # for what other processes planned
    report_s: float = 60.0
    pause_s: float = 1.0  # after a failure, twice as long after each more
    longest_pause_s: float = 60.0
    finish_s: float = FINISH_WITHIN_S
    doubt: timedelta = timedelta(minutes=15)  # before what is unknown is sent again


@dataclass(frozen=True, slots=True)
class Width:
    """How many digests are claimed at once, and how many of them may wait for their turn."""

    claims: int
    waiting: int

    @classmethod
    def of(cls, per_second: int) -> "Width":
        """As many as keep a rate full (0: none is set), for each may be in doubt after a kill."""
        if not per_second:
            return cls(4 * FEWEST, 4 * FEWEST)
        claims = min(MOST, max(FEWEST, ceil(per_second * ROAD_S)))
        return cls(claims, max(2, ceil(per_second * READY_S)))


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
        self._later: dict[int, tuple[int, float]] = {}  # how often, and not before
        self._not_before_s = 0.0
        self._troubles = 0
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
        if room <= 0 or self.clock() < self._not_before_s:
            return []
        now, now_s = self.now(), self.clock()
        postponed = self._postponed()
        skip = [*self._claims, *postponed]
        try:
            taken = await self.store.write_durably(
                deliveries.claim, now, room, self.times.claim, skip
            )
        except (SQLAlchemyError, OSError) as error:
            self._in_trouble("digests_not_claimed", error)
            return []
        self._idle = not taken and not postponed
        until, until_s = now + self.times.claim, now_s + self.times.claim.total_seconds()
        claims = [Claim(each, now_s, until, until_s) for each in taken]
        self._claims |= {claim.taken.id: claim for claim in claims}
        return claims

    def _postponed(self) -> list[int]:
        """What is not to be tried again yet; forgotten when there is too much of it."""
        now = self.clock()
        if len(self._later) > 1_000:  # noqa: PLR2004 - more is no chat's trouble but the road's
            self._later.clear()
        return [number for number, (_, until) in self._later.items() if until > now]

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
            self._learn(taken, claim.result)
            self._claims.pop(taken.id, None)
            self._look.set()

    def _may_leave(self, claim: Claim) -> bool:
        self._look.set()  # the next one may get ready
        return claim.left_s(self.now(), self.clock) >= self.times.least_left_s

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

    def _learn(self, taken: Claimed, result: Result) -> None:
        """Wait longer where nothing gets through, or where this one does not."""
        if result.state != "released":
            self._troubles = 0
            self.progress.note(result)
        if result.state in {"released", "moved"}:
            times = self._later.get(taken.id, (0, 0.0))[0] + 1
            pause_s = min(self.times.pause_s * 2**times, 10 * self.times.longest_pause_s)
            self._later[taken.id] = (times, self.clock() + pause_s)
        else:
            self._later.pop(taken.id, None)
        if result.wait_s:
            self._not_before_s = max(self._not_before_s, self.clock() + result.wait_s)
        elif result.state == "released":
            self._troubles += 1
            if self._troubles >= self.width.claims:
                self._hold_back()

    def _hold_back(self) -> None:
        """Nothing gets through: wait twice as long each time all have failed."""
        times = min(self._troubles // self.width.claims, 10)
        pause_s = min(self.times.pause_s * 2**times, self.times.longest_pause_s)
        self._not_before_s = max(self._not_before_s, self.clock() + pause_s)

    def _in_trouble(self, event: str, error: Exception) -> None:
        log.warning(event, error=_said(error))
        self._troubles += self.width.claims
        self._hold_back()

    def _pause_s(self) -> float:
        """How long to wait where nobody wakes us: till the next moment at which it may go on."""
        ends = [until for _, until in self._later.values()] + [self._not_before_s]
        now, usual = self.clock(), HELD_UP_S if self._claims else self.times.look_s
        return min([usual, *(end - now for end in ends if end > now)])

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
