"""When a message may leave: Telegram's limits, two lanes, and the silence that a 429 asks for.

The limits are those of https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this:
30 messages a second, one a second in a chat, 20 a minute in a group.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from enum import Enum
from math import inf

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[object]]
Chat = int | str

PER_SECOND = 30
CHAT_INTERVAL_S = 1.0
CHAT_BURST = 3  # answers in one private chat that need not wait for each other
GROUP_MESSAGES = 20
GROUP_WINDOW_S = 60.0
LATE_S = 0.01  # a message that leaves late by this much does not delay those behind it
ROAD_S = 0.02  # messages come closer together on the road by this much
PATIENCE_S = 60.0  # an answer that would have to wait longer for a 429 is not given
CHAT_PATIENCE_S = 15.0  # nor one for which its own chat has no room for longer than this
LOOK_AGAIN_S = 0.05
SWEEP_AT = 1_000


class Lane(Enum):
    """Who waits for the message: a person for an answer, or nobody for a digest."""

    ANSWERS = "answers"
    DIGESTS = "digests"


@dataclass(frozen=True)
class Limits:
    """Messages a second at most: all of them, and those sent by paid broadcast besides.

    `per_second` 0: no limit of any kind; `paid_per_second` 0: paid ones count among the others.
    """

    per_second: int = PER_SECOND
    paid_per_second: int = 0


class HaltedError(Exception):
    """An answer would leave only in `left_s` seconds: too late to be one."""

    def __init__(self, left_s: float) -> None:
        super().__init__(f"nothing leaves for another {left_s:.0f} s")
        self.left_s = left_s


class Halt:
    """The deadline before which nothing may leave, on the given clock (seconds)."""

    def __init__(self, clock: Clock, sleep: Sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._until = -inf

    def extend(self, seconds: float) -> None:
        """Nothing leaves for so many seconds from now; an earlier, longer halt stays."""
        self._until = max(self._until, self._clock() + seconds)

    @property
    def left_s(self) -> float:
        """The seconds till the end, 0 when nothing is halted."""
        return max(0.0, self._until - self._clock())

    async def passed(self, patience_s: float = inf) -> None:
        """Return when the halt is over; HaltedError at once where that takes too long."""
        while (left := self.left_s) > 0:
            if left > patience_s:
                raise HaltedError(left)
            await self._sleep(left)


class Slots:
    """Evenly spaced departures: in no second more than `per_second` of them, from the first on.

    A departure may follow `LATE_S` early on one that was late; the interval makes up for it.
    """

    def __init__(self, per_second: int) -> None:
        self.interval_s = (1 + LATE_S + ROAD_S) / per_second
        self.answers = asyncio.Lock()  # first come, first served, in each lane
        self.digests = asyncio.Lock()
        self.answers_waiting = 0
        self._next = -inf

    def wait_s(self, now: float) -> float:
        """How long till the next departure; not above 0 when it may be now."""
        return self._next - now

    def take(self, now: float) -> None:
        """One leaves now."""
        self._next = max(self._next, now - LATE_S) + self.interval_s

    @contextmanager
    def answer_waits(self) -> Iterator[None]:
        """No digest takes a departure before the end of the block."""
        self.answers_waiting += 1
        try:
            yield
        finally:
            self.answers_waiting -= 1


class Chats:
    """What each chat bears: one message a second in private, 20 a minute in a group or channel."""

    def __init__(self) -> None:
        self._free_at: dict[int, float] = {}  # when the private chat's seconds are used up
        self._left_at: dict[Chat, deque[float]] = {}  # the last departures of a group
        self._sweep_at = SWEEP_AT

    def wait_s(self, chat: Chat, lane: Lane, now: float, ahead: int = 0) -> float:
        """How long till a message may leave to the chat, behind so many that have not left yet.

        Not above 0 when it may now.
        """
        if isinstance(chat, int) and chat > 0:
            burst = CHAT_BURST - 1 if lane is Lane.ANSWERS else 0
            return self._free_at.get(chat, now) + (ahead - burst) * CHAT_INTERVAL_S - now
        left = self._left_at.get(chat, deque())
        makes_room = len(left) + ahead - GROUP_MESSAGES  # the one that has to be a minute old
        if makes_room < 0:
            return 0.0
        since = left[makes_room] if makes_room < len(left) else now
        return since + GROUP_WINDOW_S + ROAD_S - now

    def take(self, chat: Chat, now: float) -> None:
        """One leaves to the chat now."""
        if isinstance(chat, int) and chat > 0:
            self._free_at[chat] = max(now, self._free_at.get(chat, now)) + CHAT_INTERVAL_S
        else:
            self._left_at.setdefault(chat, deque(maxlen=GROUP_MESSAGES)).append(now)
        if len(self._free_at) + len(self._left_at) > self._sweep_at:
            self._sweep(now)

    def _sweep(self, now: float) -> None:
        """Forget chats whose past no longer matters."""
        self._free_at = {c: at for c, at in self._free_at.items() if at > now}
        groups = self._left_at.items()
        self._left_at = {c: left for c, left in groups if left[-1] + GROUP_WINDOW_S + ROAD_S > now}
        self._sweep_at = SWEEP_AT + 2 * (len(self._free_at) + len(self._left_at))

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._free_at) + len(self._left_at)


@dataclass
class _Line:
    """The answers that wait for one chat, in order; forgotten when there are none."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Pace:
    """Lets messages go one by one, answers before digests, within the limits.

    `clock` is monotonic, in seconds; `sleep` waits on it. One for each token.
    """

    def __init__(
        self, limits: Limits, *, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.halt = Halt(clock, sleep)
        self._clock = clock
        self._sleep = sleep
        self._slots = Slots(limits.per_second) if limits.per_second else None
        self._paid = Slots(limits.paid_per_second) if limits.paid_per_second else self._slots
        self._chats = Chats()
        self._lines: dict[Chat, _Line] = {}

    async def turn(
        self,
        lane: Lane,
        chat: Chat | None = None,
        *,
        paid: bool = False,
        patience_s: float | None = None,
    ) -> None:
        """Return when a message may leave; it has to leave at once, for it is counted.

        `chat` None: one whose chat is not known counts among all only. An answer that would be held
        back by a 429 for more than a minute, or by its chat for more than 15 seconds, raises
        HaltedError; a digest waits, or as long as `patience_s` says.
        """
        slots = self._paid if paid else self._slots
        if slots is None or self._slots is None:
            await self.free(lane, patience_s)
        elif lane is Lane.ANSWERS:
            await self._answer(chat, slots)
        else:
            await self._digest(chat, slots, inf if patience_s is None else patience_s)

    async def free(self, lane: Lane, patience_s: float | None = None) -> None:
        """Return when no 429 holds back what is not a message; errors as of `turn`."""
        usual = PATIENCE_S if lane is Lane.ANSWERS else inf
        await self.halt.passed(usual if patience_s is None else patience_s)

    async def _answer(self, chat: Chat | None, slots: Slots) -> None:
        async with self._in_line(chat):
            await self._until(PATIENCE_S, lambda: self._chat_wait_s(chat, Lane.ANSWERS))
            with slots.answer_waits():
                async with slots.answers:
                    await self._until(PATIENCE_S, lambda: slots.wait_s(self._clock()))
                    self._take(chat, slots)

    async def _digest(self, chat: Chat | None, slots: Slots, patience_s: float) -> None:
        """A chat that has to wait lets other digests pass."""
        while True:
            await self._until(patience_s, lambda: self._chat_wait_s(chat, Lane.DIGESTS))
            async with slots.digests:
                await self._until(patience_s, lambda: self._digest_wait_s(slots))
                if self._chat_wait_s(chat, Lane.DIGESTS) <= 0:
                    self._take(chat, slots)
                    return

    async def _until(self, patience_s: float, wait_s: Callable[[], float]) -> None:
        """Return at a moment when nothing is halted and there is nothing left to wait for."""
        while True:
            await self.halt.passed(patience_s)
            if (left := wait_s()) <= 0:
                return
            await self._sleep(left)

    def _digest_wait_s(self, slots: Slots) -> float:
        left = slots.wait_s(self._clock())
        return max(left, slots.interval_s) if slots.answers_waiting else left

    def _chat_wait_s(self, chat: Chat | None, lane: Lane) -> float:
        if chat is None:
            return 0.0
        left = self._chats.wait_s(chat, lane, self._clock())
        answers_first = lane is Lane.DIGESTS and chat in self._lines
        return max(left, LOOK_AGAIN_S) if answers_first else left

    def _take(self, chat: Chat | None, slots: Slots) -> None:
        now = self._clock()
        slots.take(now)
        if chat is not None:
            self._chats.take(chat, now)

    @asynccontextmanager
    async def _in_line(self, chat: Chat | None) -> AsyncIterator[None]:
        """One answer after the other in each chat, as they came.

        A line that grows too long would keep the bot's few places from everybody else.
        """
        if chat is None:
            yield
            return
        ahead = self._lines[chat].waiting if chat in self._lines else 0
        left = self._chats.wait_s(chat, Lane.ANSWERS, self._clock(), ahead)
        if left > CHAT_PATIENCE_S:
            raise HaltedError(left)
        line = self._lines.setdefault(chat, _Line())
        line.waiting += 1
        try:
            async with line.lock:
                yield
        finally:
            line.waiting -= 1
            if not line.waiting:
                del self._lines[chat]
