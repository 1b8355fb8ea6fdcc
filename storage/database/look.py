"""One look at the store: all that is read for one update, in one session and one snapshot.

An import that goes in meanwhile is seen wholly or not at all. On SQLite the snapshot is a read
transaction, on PostgreSQL one that is REPEATABLE READ and READ ONLY. It begins with the first read
and ends with `end`, before anything is written or sent: neither a connection nor a snapshot is
held while somebody waits for Telegram. The read after that begins another.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import Session

T = TypeVar("T")


class Look:
    """What one task sees of one store, its `owner`, through that one's `engine`."""

    def __init__(self, owner: object, engine: Engine | AsyncEngine) -> None:
        self._owner = owner
        self._engine = engine
        self._task = asyncio.current_task()
        self._session: Session | None = None
        self._connection: AsyncConnection | None = None

    @property
    def is_ours(self) -> bool:
        """Whether it belongs to the running task: one that a handler started has none."""
        return asyncio.current_task() is self._task

    def belongs(self, owner: object) -> bool:
        """Whether it is the running task's, at the store `owner`."""
        return self._owner is owner and self.is_ours

    async def read(self, query: Callable[..., T], args: tuple[Any, ...], kwargs: Any) -> T:
        """What the query returns, out of the snapshot; what raises ends the look."""
        try:
            if isinstance(self._engine, Engine):
                return query(self._opened(self._engine), *args, **kwargs)
            return await self._apart(self._engine, query, args, kwargs)
        except BaseException:
            await self.end()
            raise

    def _opened(self, bind: Engine | Connection) -> Session:
        if self._session is None:
            self._session = Session(bind)
        return self._session

    async def _apart(
        self, engine: AsyncEngine, query: Callable[..., T], args: tuple[Any, ...], kwargs: Any
    ) -> T:
        def run(connection: Connection) -> T:
            return query(self._opened(connection), *args, **kwargs)

        if self._connection is not None:
            return await self._connection.run_sync(run)
        self._connection = await engine.connect()
        try:
            return await self._connection.run_sync(run)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        await self.end()  # the server had closed it while it lay in the pool: nothing was read yet
        self._connection = await engine.connect()
        return await self._connection.run_sync(run)

    async def end(self) -> None:
        """Let the snapshot and its connection go; a second call does nothing."""
        session, self._session = self._session, None
        connection, self._connection = self._connection, None
        if connection is None:
            if session is not None:
                session.close()
            return
        try:
            if session is not None:
                await connection.run_sync(lambda _: session.close())
        finally:
            await connection.close()


_look: ContextVar[Look | None] = ContextVar("look", default=None)


def current_look(owner: object) -> Look | None:
    """The running task's look at this store, None where it has none."""
    look = _look.get()
    return look if look is not None and look.belongs(owner) else None


@asynccontextmanager
async def looking(owner: object, engine: Engine | AsyncEngine) -> AsyncIterator[Look]:
    """All reads of this task from the store `owner` share one look meanwhile."""
    look = Look(owner, engine)
    token = _look.set(look)
    try:
        yield look
    finally:
        _look.reset(token)
        await look.end()


async def end_look() -> None:
    """End the running task's look, if it has one: it is about to wait for something else."""
    look = _look.get()
    if look is not None and look.is_ours:
        await look.end()
