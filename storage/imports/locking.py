"""One import at a time: a file beside the SQLite file, an advisory lock on PostgreSQL.

Both go with the process that holds them, however it ends.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import text

from storage.database.store import Store

LOCK = 0x51414C42  # the lock of migrations, plus one
LOCK_TIMEOUT_S = 600.0
_POLL_S = 0.2


class ImportBusyError(RuntimeError):
    """Another import holds the lock for longer than one cares to wait."""


@contextmanager
def import_lock(store: Store, timeout_s: float = LOCK_TIMEOUT_S) -> Iterator[None]:
    """Hold the import lock; raises ImportBusyError when it is not free within `timeout_s`."""
    held = _file_lock(store.file, timeout_s) if store.file else _advisory_lock(store, timeout_s)
    with held:
        yield


def _busy(timeout_s: float) -> ImportBusyError:
    waited = f" (waited {timeout_s:.0f} s)" if timeout_s >= 1 else ""
    return ImportBusyError(f"another import is under way{waited}: try again when it is done")


@contextmanager
def _file_lock(file: Path, timeout_s: float) -> Iterator[None]:
    lock = FileLock(f"{file}.import.lock", timeout=timeout_s)
    try:
        lock.acquire(poll_interval=_POLL_S)
    except Timeout as error:
        raise _busy(timeout_s) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _advisory_lock(store: Store, timeout_s: float) -> Iterator[None]:
    deadline = time.monotonic() + timeout_s
    engine = store.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:  # its own: the lock is the session's
        ask = text("SELECT pg_try_advisory_lock(:lock)")
        while not connection.execute(ask, {"lock": LOCK}).scalar_one():
            if time.monotonic() >= deadline:
                raise _busy(timeout_s)
            time.sleep(_POLL_S)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
