"""Plans what is due, chunk by chunk, so that residents' writes come in between."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from storage.database.store import Store
from storage.digests.heartbeats import chats_for_notes, plan_notes
from storage.digests.pipeline import Pipeline
from storage.digests.planner import CHUNK

TRIES = 3
PAUSE_S = 1.0
NOTES = 1_000  # at a time
NOTES_EVERY = timedelta(hours=1)  # looking for who has heard nothing for a month takes a while

log = structlog.stdlib.get_logger(__name__)


class Planning:
    """Plans what is due at `now()` (UTC). `planned` is told how many deliveries each chunk made."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        planned: Callable[[int], object],
        *,
        chunk: int = CHUNK,
        pause_s: float = PAUSE_S,
    ) -> None:
        self._store = store
        self._now = now
        self._planned = planned
        self._chunk = chunk
        self._pause_s = pause_s
        self._notes_at: datetime | None = None

    async def plan(self, stop: asyncio.Event, *, early: bool = False) -> int:
        """Plan all that is due, or everybody's next digest; how many deliveries that made.

        What fails is begun again, and left to the next time when it fails three times: nothing is
        lost, for what is due stands in the tables. The error of the last try is raised.
        """
        made = tries = 0
        while True:
            try:
                made += await self._all(stop, early=early)
                return made + await self._notes(stop)
            except (SQLAlchemyError, OSError) as error:
                tries += 1
                if tries == TRIES or stop.is_set():
                    raise
                log.warning("planning_failed", error=type(error).__name__, again_in_s=self._pause_s)
            await asyncio.sleep(self._pause_s)

    async def _all(self, stop: asyncio.Event, *, early: bool) -> int:
        made = 0
        async with Pipeline(self._store, self._now(), chunk=self._chunk, early=early) as pipeline:
            async for planned in pipeline:
                made += planned.deliveries
                self._tell(planned.deliveries)
                if stop.is_set():
                    break
        return made

    async def _notes(self, stop: asyncio.Event) -> int:
        """Plan the notes that nothing was new, where it is time to look who wants one."""
        now, made = self._now(), 0
        if self._notes_at is not None and abs(now - self._notes_at) < NOTES_EVERY:
            return 0
        while not stop.is_set() and await asyncio.to_thread(self._anybody_for_notes, now):
            some = await self._store.write(plan_notes, now, NOTES)
            made += some
            self._tell(some)
            if some < NOTES:
                break
        self._notes_at = now
        return made

    def _anybody_for_notes(self, now: datetime) -> bool:
        with self._store.reading() as session:
            return bool(chats_for_notes(session, now, 1))

    def _tell(self, made: int) -> None:
        if made:
            self._planned(made)
