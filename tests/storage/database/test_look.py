"""All that one update reads is of one snapshot, and nothing is held while it waits."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.database.look import end_look
from storage.database.store import Store


def titles(session: Session) -> list[str]:
    return list(session.scalars(text("SELECT title FROM source ORDER BY id")))


def add(session: Session, title: str) -> None:
    session.execute(text("INSERT INTO source (title, url) VALUES (:title, '')"), {"title": title})


async def from_outside(store: Store, title: str) -> None:
    """As another process writes."""

    def write() -> None:
        with store.writing() as session:
            add(session, title)

    await asyncio.to_thread(write)


async def test_reads_share_a_snapshot_until_something_is_written(store: Store) -> None:
    async with store.looking():
        assert await store.read(titles) == []
        await from_outside(store, "first")
        assert await store.read(titles) == []
        await store.write(add, "second")
        assert await store.read(titles) == ["first", "second"]
    assert await store.read(titles) == ["first", "second"]
    await store.aclose()


async def test_a_look_that_was_ended_begins_anew(store: Store) -> None:
    async with store.looking():
        assert await store.read(titles) == []
        await from_outside(store, "first")
        await end_look()
        assert await store.read(titles) == ["first"]
    await store.aclose()


async def test_a_task_within_it_has_no_part_in_it(store: Store) -> None:
    async with store.looking():
        assert await store.read(titles) == []
        await from_outside(store, "first")
        async with asyncio.TaskGroup() as group:
            reading = group.create_task(store.read(titles))
            group.create_task(store.write(add, "second"))
            group.create_task(end_look())
        assert "first" in reading.result()
        assert await store.read(titles) == []
    await store.aclose()


async def test_a_query_that_raises_ends_it(store: Store) -> None:
    async with store.looking():
        assert await store.read(titles) == []
        await from_outside(store, "first")
        with pytest.raises(ZeroDivisionError):
            await store.read(lambda _: 1 // 0)
        assert await store.read(titles) == ["first"]
    await store.aclose()


async def test_nothing_is_written_through_a_look(store: Store) -> None:
    async with store.looking():
        if store.sqlite:
            await store.read(add, "lost")
        else:
            with pytest.raises(Exception, match="read-only"):
                await store.read(add, "lost")
    assert await store.read(titles) == []
    await store.aclose()


async def test_many_looks_at_once_do_not_wait_for_each_other(sqlite_store: Store) -> None:
    all_of_them = asyncio.Barrier(64)

    async def look() -> None:
        async with sqlite_store.looking():
            await sqlite_store.read(titles)
            await all_of_them.wait()

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        for _ in range(64):
            group.create_task(look())
    await sqlite_store.aclose()


@pytest.mark.postgres
async def test_a_connection_that_the_server_closed_is_replaced(postgres_url: str) -> None:
    with Store(postgres_url) as store:
        async with store.looking():
            mine = await store.read(backend)
        await asyncio.to_thread(terminate, store, mine)
        async with store.looking():
            assert await store.read(backend) != mine
        await store.aclose()


def backend(session: Session) -> int:
    return int(session.scalar(text("SELECT pg_backend_pid()")) or 0)


def terminate(store: Store, pid: int) -> None:
    with store.writing() as session:
        session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
