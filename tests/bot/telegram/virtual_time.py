"""A clock that stands still until nobody can go on, and then jumps to who wakes next."""

import asyncio
from collections.abc import Awaitable, Iterable
from heapq import heappop, heappush
from itertools import count

BEGIN_S = 5_000.0
SETTLING_ROUNDS = 12  # turns of the loop in which everything that can go on does


class VirtualTime:
    """`clock` and `sleep` for what takes them; a long run passes in no real time."""

    def __init__(self) -> None:
        self.now = BEGIN_S
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        waking = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self.now + seconds, next(self._numbers), waking))
        await waking

    async def run(self, *work: Awaitable[object]) -> float:
        """Let it all happen; returns how many virtual seconds it took."""
        begun = self.now
        doing = asyncio.gather(*work)
        while not doing.done():
            for _ in range(SETTLING_ROUNDS):
                await asyncio.sleep(0)
            self._wake_next()
        await doing
        return self.now - begun

    def _wake_next(self) -> None:
        while self._sleepers:
            at, _, waking = heappop(self._sleepers)
            if not waking.done():
                self.now = max(self.now, at)
                waking.set_result(None)
                return


def worst_window(times: Iterable[float], seconds: float) -> int:
    """The most of these moments that lie within so many seconds of each other."""
    ordered = sorted(times)
    worst = first = 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= seconds:
            first += 1
        worst = max(worst, last - first + 1)
    return worst
