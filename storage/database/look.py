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
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import Session

T = TypeVar("T")

MOST_IDLE = 8  # readers kept open while nobody reads


class Reader:
    """A connection to SQLite with its session, which one look after the other reads with.

    To take both from SQLAlchemy for each look, and give them back, took as long as its queries.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.session = _ReaderSession(connection)

    def end(self) -> None:
        """Let the snapshot go."""
        if self.session.in_transaction():
            self.session.close()
        self.connection.rollback()

    def close(self) -> None:
        """Let the connection go."""
        self.session.close()
        self.connection.close()


class _ReaderSession(Session):
    """A session whose connection is at hand, without a look at its transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, join_transaction_mode="rollback_only")
        self._at_hand = connection

    def connection(self, *_: Any, **__: Any) -> Connection:
        """The reader's own."""
        return self._at_hand


class Readers:
    """The readers of a store that nobody uses; more are made as they are asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[Reader] = []

    def take(self) -> Reader:
        """A reader of one's own, until it is given back."""
        return self._idle.pop() if self._idle else Reader(self._engine.connect())

    def give_back(self, reader: Reader) -> None:
        """End its snapshot; then another look may have it, unless something is wrong with it."""
        keep = len(self._idle) < MOST_IDLE
        try:
            reader.end()
        except SQLAlchemyError:
            keep = False
        if keep:
            self._idle.append(reader)
        else:
            reader.close()

    def close(self) -> None:
        """Close those that nobody uses."""
        while self._idle:
            self._idle.pop().close()


class Look:
    """What one task sees of one store, its `owner`, through a reader or that one's `engine`."""

    def __init__(self, owner: object, source: Readers | AsyncEngine) -> None:
        self._owner = owner
        self._source = source
        self._task = asyncio.current_task()
        self._reader: Reader | None = None
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
            if isinstance(self._source, Readers):
                if self._reader is None:
                    self._reader = self._source.take()
                return query(self._reader.session, *args, **kwargs)
            return await self._apart(self._source, query, args, kwargs)
        except BaseException:
            await self.end()
            raise

    def _opened(self, connection: Connection) -> Session:
        if self._session is None:
            self._session = Session(connection)
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
        reader, self._reader = self._reader, None
        if reader is not None and isinstance(self._source, Readers):
            self._source.give_back(reader)
        session, self._session = self._session, None
        connection, self._connection = self._connection, None
        if connection is None:
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
async def looking(owner: object, source: Readers | AsyncEngine) -> AsyncIterator[Look]:
    """All reads of this task from the store `owner` share one look meanwhile."""
    look = Look(owner, source)
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
