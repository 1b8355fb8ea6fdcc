"""The file of `qala try`: who uses it now, and how it begins anew.

Each process locks a file of its own beside it, named after the port of its page: the lock goes with
the process, however that ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

STARTING_S = 60.0
"""How long one waits for another that is being started: it looks around, no more."""

_ENDING = ".try.lock"


@contextmanager
def in_use(file: Path, port: int) -> Iterator[tuple[int, ...]]:
    """Mark the file as in use by the page on this port; the ports of the others that use it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    own = FileLock(_lock_of(file, port), timeout=0)
    with FileLock(f"{file}{_ENDING}", timeout=STARTING_S):
        others = users(file)
        own.acquire()
    try:
        yield others
    finally:
        own.release()
        _lock_of(file, port).unlink(missing_ok=True)


def users(file: Path) -> tuple[int, ...]:
    """The ports of the pages whose processes use the file now, the lowest first."""
    locks = file.parent.glob(f"{file.name}.*{_ENDING}")
    ports = (each.name[len(file.name) + 1 : -len(_ENDING)] for each in locks)
    return tuple(sorted(int(port) for port in ports if port.isdigit() and _held(file, int(port))))


def remove(file: Path) -> None:
    """Take the file away, with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _lock_of(file: Path, port: int) -> Path:
    return file.with_name(f"{file.name}.{port}{_ENDING}")


def _held(file: Path, port: int) -> bool:
    lock = FileLock(_lock_of(file, port), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return True
    lock.release()
    _lock_of(file, port).unlink(missing_ok=True)  # left by one that was killed
    return False
