"""The texts of digests while they are sent: composed once for all chats that get the same."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime

from handlers.frame.screens import Screen
from storage.database.store import Store
from storage.digests.deliveries import Claimed, Item

MOST = 2_000  # texts that are remembered
FRESH_S = 600.0  # a run may take hours, in which the facts change


Compose = Callable[
    [Store, str, str, tuple[int, ...], tuple[Item, ...], int, datetime], Awaitable[Screen | None]
]
"""What a digest reads like, None when nothing is left: see `handlers.subscriptions.digests`."""


class DigestTexts:
    """Composes each text once in ten minutes. `now` gives the UTC time, `clock` seconds."""

    def __init__(
        self,
        store: Store,
        compose: Compose,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._compose = compose
        self._now = now
        self._clock = clock
        self._one_by_one = asyncio.Lock()
        self._kept: OrderedDict[tuple[int, str, str], tuple[float, Screen | None]] = OrderedDict()

    async def screen(self, taken: Claimed) -> Screen | None:
        """The text of a delivery with its buttons; whatever `compose` raises."""
        key = (taken.content_id, taken.language, taken.cadence)
        if (found := self._fresh(key)) is None:
            async with self._one_by_one:  # or all who wait for the same would compose it
                if (found := self._fresh(key)) is None:
                    found = (self._clock(), await self._composed(taken))
                    self._keep(key, found)
        return found[1]

    async def _composed(self, taken: Claimed) -> Screen | None:
        return await self._compose(
            self._store,
            taken.language,
            taken.cadence,
            taken.filters,
            taken.items,
            taken.content_id,
            self._now(),
        )

    def _fresh(self, key: tuple[int, str, str]) -> tuple[float, Screen | None] | None:
        found = self._kept.get(key)
        return found if found and self._clock() - found[0] < FRESH_S else None

    def _keep(self, key: tuple[int, str, str], found: tuple[float, Screen | None]) -> None:
        self._kept[key] = found
        self._kept.move_to_end(key)
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)
