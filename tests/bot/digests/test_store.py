"""Marks of what was sent stand even if the power fails: FULL where the others are NORMAL."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.database.store import Store

NORMAL, FULL = 1, 2


def synchronous(session: Session) -> int:
    return int(session.execute(text("PRAGMA synchronous")).scalar_one())


async def test_marks_wait_for_the_disk_and_other_writes_do_not(sqlite_store: Store) -> None:
    assert await sqlite_store.write(synchronous) == NORMAL
    assert await sqlite_store.write_durably(synchronous) == FULL
    assert await sqlite_store.write(synchronous) == NORMAL
    await sqlite_store.aclose()


async def test_what_raises_is_undone(store: Store) -> None:
    def broken(session: Session) -> None:
        session.execute(text("DELETE FROM lease"))
        session.execute(text("INSERT INTO lease VALUES ('x', 'y', '2026-01-01')"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write_durably(broken)
    found = await store.read(lambda s: s.execute(text("SELECT count(*) FROM lease")).scalar_one())
    assert found == 0
    await store.aclose()
