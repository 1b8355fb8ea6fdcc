"""The one place that opens sessions and commits: `Store.read` and `Store.write`.

Query functions are plain functions of a Session. On SQLite reads run where they are called (tens of
microseconds) and writes go through one writer thread; on PostgreSQL both go through SQLAlchemy's
async engine. Writing transactions on SQLite open with BEGIN IMMEDIATE: SQLAlchemy's default lost
4,633 of 11,117 concurrent read-modify-writes, this recipe none.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from storage.database.look import Look, Readers, current_look, end_look, looking

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_S = 20
BEGIN = "BEGIN"  # what is read later is of the moment of the first reading
DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}
POOL: dict[str, Any] = {
    "pool_size": 8,
    "max_overflow": 8,
    "pool_pre_ping": True,
    "connect_args": {"client_encoding": "utf8"},  # whatever the server was set up with
}

SNAPSHOTS = POOL | {
    "isolation_level": "REPEATABLE READ",
    "pool_pre_ping": False,  # a stale connection is noticed at the first read, which is repeated
    "execution_options": {"postgresql_readonly": True},
}


def database_url(text: str) -> URL:
    """The SQLAlchemy URL of `sqlite:///file` or `postgresql://...`; ValueError for others."""
    try:
        url = make_url(text)
    except Exception as error:
        raise ValueError("DATABASE_URL is not an address: sqlite:///qala.db is one") from error
    backend = {"postgres": "postgresql"}.get(url.get_backend_name(), url.get_backend_name())
    if backend not in DRIVERS:
        raise ValueError(
            f"DATABASE_URL names the engine {backend!r}: use sqlite:///file or postgresql://..."
        )
    if backend == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ValueError("DATABASE_URL must name a file: sqlite:///qala.db")
    return url.set(drivername=DRIVERS[backend])


def _sqlite_engine(
    url: URL, begin: str, busy_timeout_s: float, synchronous: str = "NORMAL"
) -> Engine:
    """An engine on the file whose transactions open with the given statement."""
    engine = create_engine(
        url,
        poolclass=QueuePool,
        max_overflow=-1,  # a connection is a file handle, and waiting for one would stop the loop
        connect_args={"timeout": busy_timeout_s, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"synchronous={synchronous}"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if begin == BEGIN:  # it touches no file and cannot fail; SQLAlchemy takes ten times as long
            connection.connection.cursor().execute(begin)
        else:
            connection.exec_driver_sql(begin)

    return engine


class Store:
    """The store of one DATABASE_URL. `close()` it, or use it as a context manager.

    `busy_timeout_s`: how long a write waits on SQLite while another process holds the file.
    """

    def __init__(self, url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        self.url = database_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self._async: AsyncEngine | None = None
        self._snapshots: AsyncEngine | None = None
        self._readers: Readers | None = None
        if self.sqlite:
            self._reader = _sqlite_engine(self.url, BEGIN, busy_timeout_s)
            self._readers = Readers(self._reader)
            self._writer = _sqlite_engine(self.url, "BEGIN IMMEDIATE", busy_timeout_s)
            self._durable = _sqlite_engine(self.url, "BEGIN IMMEDIATE", busy_timeout_s, "FULL")
        else:
            self._writer = self._durable = create_engine(self.url, **POOL)
            self._reader = self._writer.execution_options(isolation_level="AUTOCOMMIT")
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store-writer")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def file(self) -> Path | None:
        """The SQLite file, None on PostgreSQL."""
        return Path(self.url.database or "") if self.sqlite else None

    @property
    def engine(self) -> Engine:
        """The engine that writes: for migrations and imports, which own their transactions."""
        return self._writer

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read with, in the calling thread."""
        with Session(self._reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one writing transaction: committed at the end, rolled back on an error."""
        with Session(self._writer) as session, session.begin():
            yield session

    def _write(self, engine: Engine, query: Callable[[Session], T]) -> T:
        with Session(engine) as session, session.begin():
            return query(session)

    async def read(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query function that only reads, and return what it returns.

        Within `looking` all reads of a task come from one snapshot.
        """
        look = current_look(self)
        if look is not None:
            return await look.read(query, args, kwargs)
        if self.sqlite:
            with self.reading() as session:
                return query(session, *args, **kwargs)
        async with self._pool().connect() as connection:
            reading = await connection.execution_options(isolation_level="AUTOCOMMIT")
            return await reading.run_sync(_with_session, query, args, kwargs)

    def looking(self) -> AbstractAsyncContextManager[Look]:
        """For one update: until the end of the block the task's reads share one snapshot.

        What is written ends it, and so does `end_look`; the next read begins another.
        """
        return looking(self, self._readers or self._snapshot_engine())

    async def write(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query function in one writing transaction, and return what it returns."""
        return await self._written(self._writer, query, args, kwargs)

    async def write_durably(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `write`; what was written stands even if the power fails right after it.

        For marks of what was sent. SQLite's other writes are safe against a crash of the process,
        but the last of them may be undone by a power cut: FULL waits for the disk, NORMAL does not.
        """
        return await self._written(self._durable, query, args, kwargs)

    async def _written(
        self, engine: Engine, query: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> T:
        await end_look()
        if self.sqlite:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(
                self._thread, self._write, engine, lambda session: query(session, *args, **kwargs)
            )
        async with self._pool().begin() as connection:
            return await connection.run_sync(_with_session, query, args, kwargs)

    def _pool(self) -> AsyncEngine:
        if self._async is None:  # belongs to the loop that first asks
            self._async = create_async_engine(self.url, **POOL)
        return self._async

    def _snapshot_engine(self) -> AsyncEngine:
        if self._snapshots is None:
            self._snapshots = create_async_engine(self.url, **SNAPSHOTS)
        return self._snapshots

    async def aclose(self) -> None:
        """Close what belongs to the running loop, then the rest."""
        for engine in filter(None, (self._async, self._snapshots)):
            await engine.dispose()
        self._async = self._snapshots = None
        await asyncio.get_running_loop().run_in_executor(None, self.close)

    def close(self) -> None:
        """Finish the writes under way and let the connections go."""
        self._thread.shutdown(wait=True)
        if self._readers is not None:
            self._readers.close()
        self._reader.dispose()
        self._writer.dispose()
        self._durable.dispose()


def _with_session(
    connection: Connection, query: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> T:
    with Session(connection, join_transaction_mode="rollback_only") as session:
        result = query(session, *args, **kwargs)
        session.flush()
        return result
