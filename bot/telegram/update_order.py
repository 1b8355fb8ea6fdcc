"""How updates are worked on: 128 at once, one person's in order, nobody behind a slow other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 128  # a place is held till Telegram answers: with 50 ms of network 32 were 640 a second
MOST_WAITING = 10_000  # updates taken in; beyond, they wait in the library's queue


@dataclass
class _Queue:
    """The turn of one person's updates; forgotten when nobody waits."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class InOrder(BaseUpdateProcessor):
    """Works on `at_once` updates, on those of one person (else of one chat) one after the other.

    The library would let the updates of one hasty person fill all its places; here an update takes
    a place only when its turn has come. `arrived` is called with each update as it comes in, and
    each is worked on inside the block that `around` gives.
    """

    __slots__ = ("_around", "_arrived", "_places", "_queues")

    def __init__(
        self,
        at_once: int = AT_ONCE,
        arrived: Callable[[object], object] | None = None,
        around: Callable[[], AbstractAsyncContextManager[object]] = nullcontext,
    ) -> None:
        super().__init__(MOST_WAITING)
        self._places = asyncio.Semaphore(at_once)
        self._queues: dict[int, _Queue] = {}
        self._arrived = arrived
        self._around = around

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to let go."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run the coroutine when it is this update's turn."""
        if self._arrived is not None:
            self._arrived(update)
        async with self._turn(_who(update)), self._places, self._around():
            await coroutine

    @asynccontextmanager
    async def _turn(self, who: int | None) -> AsyncIterator[None]:
        if who is None:
            yield
            return
        queue = self._queues.setdefault(who, _Queue())
        queue.waiting += 1
        try:
            async with queue.lock:  # first come, first served
                yield
        finally:
            queue.waiting -= 1
            if not queue.waiting:
                del self._queues[who]


def _who(update: object) -> int | None:
    """The person an update comes from, else its chat; None for neither (a poll's new state)."""
    if not isinstance(update, Update):
        return None
    source = update.effective_user or update.effective_chat
    return source.id if source else None
