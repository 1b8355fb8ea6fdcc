"""The one road out to Telegram: every call goes by it, at the pace of its lane.

A call that failed is repeated where that can do no harm. Telegram has no keys that would make a
message unique, so one whose answer was lost is not sent again: `UnknownOutcomeError` says so.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from typing import Any

import structlog
from telegram.error import NetworkError, RetryAfter
from telegram.request import BaseRequest, RequestData

from bot.telegram.http import AiohttpRequest, NotArrivedError
from bot.telegram.pace import Chat, Clock, HaltedError, Lane, Limits, Pace, Sleep
from storage.database.look import end_look

TRIES = 4  # of a call that fails
HALTS = 10  # 429s in a row that a call bears
FIRST_PAUSE_S = 0.5
WAIT_UNASKED_S = 5.0  # a 429 that does not say how long

Answer = tuple[int, bytes]

log = structlog.stdlib.get_logger(__name__)

# A call of these twice is as good as once.
_REPEATABLE = (
    "get",
    "set",
    "delete",
    "edit",
    "answer",
    "pin",
    "unpin",
    "leave",
    "ban",
    "unban",
    "restrict",
    "promote",
    "sendChatAction",
)
_MESSAGES = ("send", "forward", "copy", "edit")
_NOT_MESSAGES = ("sendChatAction",)


class UnknownOutcomeError(NetworkError):
    """Whether the call was carried out is not known: its answer was lost."""


@dataclass(frozen=True)
class Call:
    """A call of the Bot API as the road sees it."""

    method: str
    chat: Chat | None = None
    paid: bool = False

    @property
    def is_message(self) -> bool:
        """Whether Telegram counts it as a message (an edit counts, an album counts as one)."""
        return self.method.startswith(_MESSAGES) and self.method not in _NOT_MESSAGES

    @property
    def is_repeatable(self) -> bool:
        """Whether twice is as good as once."""
        return self.method.startswith(_REPEATABLE)

    @property
    def tries(self) -> int:
        """How often it is tried; whoever asks for updates tries again without end."""
        return 1 if self.method == "getUpdates" else TRIES


@dataclass
class Passage:
    """How the calls of a block go out, and whether one of them is out there.

    `patience_s`: the longest halt they wait for (None: what is usual in the lane), RetryAfter
    beyond. `may_leave` is asked at the last moment; NotArrivedError where it says no.
    `on_the_road`: a call has left, and it is not certain that it did not arrive.
    """

    lane: Lane
    patience_s: float | None = None
    may_leave: Callable[[], Awaitable[bool]] | None = None
    on_the_road: bool = False

    async def leave(self) -> None:
        """A call leaves now."""
        if self.may_leave is not None and not await self.may_leave():
            raise NotArrivedError("it was not sent: the time for it was over")
        self.on_the_road = True


_passage: ContextVar[Passage | None] = ContextVar("passage", default=None)


@contextmanager
def in_lane(
    lane: Lane,
    *,
    patience_s: float | None = None,
    may_leave: Callable[[], Awaitable[bool]] | None = None,
) -> Iterator[Passage]:
    """What is sent inside the block goes by this lane, whoever sends it; elsewhere by answers."""
    passage = Passage(lane, patience_s, may_leave)
    token = _passage.set(passage)
    try:
        yield passage
    finally:
        _passage.reset(token)


class Outbox:
    """Carries calls: waits for their turn, repeats what may be repeated, stops for a 429.

    `clock` is monotonic, in seconds, `sleep` waits on it, `chance` gives 0 to 1 for the pauses.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.pace = Pace(limits, clock=clock, sleep=sleep)
        self._sleep = sleep
        self._chance = chance

    async def carry(self, call: Call, send: Callable[[], Awaitable[Answer]]) -> Answer:
        """The HTTP status and body of Telegram's answer, from `send` called as often as is right.

        Raises NotArrivedError where the call never got through, UnknownOutcomeError where it may
        have and must not be repeated, RetryAfter where an answer would come far too late.
        """
        failed = halted = 0
        passage = _passage.get() or Passage(Lane.ANSWERS)
        while True:
            passage.on_the_road = False
            await self._turn(call, passage)
            await passage.leave()
            answer = await _outcome(call, send)
            if isinstance(answer, NetworkError):
                failed += 1
                if failed >= call.tries or isinstance(answer, UnknownOutcomeError):
                    raise answer
                passage.on_the_road = False
                await self._pause(call, answer, failed)
                continue
            if answer[0] != HTTPStatus.TOO_MANY_REQUESTS:
                return answer
            halted += 1
            self._halt(call, answer[1])
            if call.tries == 1 or halted > HALTS:
                return answer

    async def _turn(self, call: Call, passage: Passage) -> None:
        lane, patience_s = passage.lane, passage.patience_s
        try:
            if call.is_message:
                await self.pace.turn(lane, call.chat, paid=call.paid, patience_s=patience_s)
            else:
                await self.pace.free(lane, patience_s)
        except HaltedError as error:
            raise RetryAfter(ceil(error.left_s)) from None

    def _halt(self, call: Call, body: bytes) -> None:
        seconds = _asked_wait_s(body)
        self.pace.halt.extend(seconds)
        log.warning("telegram_halted", method=call.method, seconds=seconds)

    async def _pause(self, call: Call, error: NetworkError, failed: int) -> None:
        """Half to all of 0.5 s, twice as long each time: not all who failed come back together."""
        pause = FIRST_PAUSE_S * 2 ** (failed - 1) * (1 + self._chance()) / 2
        log.warning(
            "telegram_call_failed", call=call.method, error=str(error), again_in_s=round(pause, 2)
        )
        await self._sleep(pause)


class OutboxRequest(BaseRequest):
    """A pool of connections whose calls go by the road out; the library asks this one."""

    __slots__ = ("_outbox", "_pool")

    def __init__(self, pool: AiohttpRequest, outbox: Outbox) -> None:
        self._pool = pool
        self._outbox = outbox

    @property
    def read_timeout(self) -> float | None:
        """As of the pool, seconds."""
        return self._pool.read_timeout

    async def initialize(self) -> None:
        """Open the pool."""
        await self._pool.initialize()

    async def shutdown(self) -> None:
        """Close the pool."""
        await self._pool.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,
        **named_timeouts: Any,
    ) -> Answer:
        """The HTTP status and the body of the answer; errors as of `Outbox.carry`."""
        await end_look()  # what it says was read before; Telegram may take its time

        async def send() -> Answer:
            return await self._pool.do_request(
                url, method, request_data, *timeouts, **named_timeouts
            )

        call = _call(url, request_data) if method == "POST" else Call("getFile")
        return await self._outbox.carry(call, send)


def _call(url: str, data: RequestData | None) -> Call:
    name = url.rpartition("/")[2]
    parameters = data.parameters if data else {}
    chat = parameters.get("chat_id")
    return Call(
        name,
        chat if isinstance(chat, int | str) else None,
        bool(parameters.get("allow_paid_broadcast")),
    )


async def _outcome(call: Call, send: Callable[[], Awaitable[Answer]]) -> Answer | NetworkError:
    """Telegram's answer, or the error that stands for none or for one of 500 and above."""
    try:
        status, body = await send()
    except NotArrivedError as error:
        return error
    except NetworkError as error:
        lost = error.message
        return error if call.is_repeatable else _unknown(call, lost)
    if status < HTTPStatus.INTERNAL_SERVER_ERROR or call.tries == 1:
        return status, body
    said = _description(status, body)
    if call.is_repeatable or _says_not_done(status, body):
        return NotArrivedError(said)
    return _unknown(call, said)


def _unknown(call: Call, said: str) -> UnknownOutcomeError:
    return UnknownOutcomeError(f"whether {call.method} was carried out is not known: {said}")


def _says_not_done(status: int, body: bytes) -> bool:
    """Whether it is the Bot API that answers, and not a gateway that gave up waiting for it."""
    return status != HTTPStatus.GATEWAY_TIMEOUT and _read(body).get("ok") is False


def _description(status: int, body: bytes) -> str:
    return str(_read(body).get("description") or f"HTTP status {status}")


def _asked_wait_s(body: bytes) -> float:
    parameters = _read(body).get("parameters")
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(asked) if isinstance(asked, int | float) else WAIT_UNASKED_S


def _read(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
