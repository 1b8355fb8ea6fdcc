"""Everything that is due is planned beside a running bot: one chunk is prepared, one is written."""

import asyncio
from datetime import datetime
from types import TracebackType
from typing import Self

from storage.database.memory import collect_young, no_full_collections
from storage.database.store import Store
from storage.digests.planner import CHUNK, NOT_PREPARED, ChunkStart, Planned, Planner, PreparedChunk


class Pipeline:
    """Plans everything that is due at `now` (UTC), chunk by chunk; see `Planner`.

        async with Pipeline(store, now) as pipeline:
            async for planned in pipeline: ...

    Each round writes a chunk, and prepares the one after it meanwhile. Three threads take part:

    - the loop: takes the rounds, and alone holds the chunk that is handed from one to the next;
      none of a chunk's Python runs in it;
    - a thread that prepares: reads and matches, and writes nothing;
    - a thread that writes, one short transaction a chunk, so that those of residents come in
      between: on SQLite the store's one writer, on PostgreSQL a thread of its own.

    The last two share the planner's matcher, behind its lock. What was prepared is handed on as a
    value, and the writer takes it only if the rows are still the same. A round ends when both
    have ended, also when writing fails; then the pipeline is done with, and another one is made.
    Leaving it lets go of what it remembers.
    """

    def __init__(
        self, store: Store, now: datetime, *, chunk: int = CHUNK, early: bool = False
    ) -> None:
        self._store = store
        self._planner = Planner(now, chunk, early)
        self._next = NOT_PREPARED
        self._more = True
        self._collecting = no_full_collections()

    async def __aenter__(self) -> Self:
        self._collecting.__enter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await asyncio.to_thread(self._planner.forget)
        finally:
            self._collecting.__exit__(kind, error, trace)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Planned:
        """Plan a chunk, in the loop, and return what it made; it is committed then."""
        if not self._more:
            raise StopAsyncIteration
        if not self._next.due:
            self._next = await asyncio.to_thread(self._prepare, None)
        planned = await self._write_and_prepare()
        self._more = planned.more
        return planned

    async def _write_and_prepare(self) -> Planned:
        """Write the chunk that is ready while the one after it is prepared."""
        chunk, self._next = self._next, NOT_PREPARED
        start = self._planner.start_after(chunk)
        if start is None:
            return await self._write(chunk)
        preparing = asyncio.ensure_future(asyncio.to_thread(self._prepare_and_collect, start))
        try:
            return await self._write(chunk)
        finally:
            self._next = await preparing

    async def _write(self, chunk: PreparedChunk) -> Planned:
        if self._store.sqlite:
            return await self._store.write(self._planner.step, chunk)
        return await asyncio.to_thread(self._write_apart, chunk)

    def _write_apart(self, chunk: PreparedChunk) -> Planned:
        """Write in the thread this is called in: the store's own way would hold up the loop."""
        with self._store.writing() as session:
            return self._planner.step(session, chunk)

    def _prepare(self, start: ChunkStart | None) -> PreparedChunk:
        with self._store.reading() as session:
            return self._planner.prepare(session, start)

    def _prepare_and_collect(self, start: ChunkStart) -> PreparedChunk:
        chunk = self._prepare(start)
        collect_young()
        return chunk
