"""The store in trouble, locked or full: what was sent is noted as soon as that can be."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from telegram import Bot

from bot.digests.sending import Result, note
from bot.sandbox.server import Sandbox
from storage.database.schema import upgrade
from storage.database.store import Store
from storage.digests import deliveries
from storage.subscriptions import subscribers
from tests.bot.digests.city import FIRST, City, Clock, received, soon
from tests.storage.digest_world import FRIDAY


@pytest.fixture
async def hasty_city(tmp_path: Path, sandbox: Sandbox, bot: Bot) -> AsyncIterator[City]:
    """On SQLite, where a write gives up after a fifth of a second."""
    with Store(f"sqlite:///{tmp_path}/qala.db", busy_timeout_s=0.2) as store:
        upgrade(store)
        yield City(store, sandbox, bot, Clock())
        await store.aclose()


@contextmanager
def locked(city: City) -> Iterator[None]:
    """Another process holds the file."""
    other = sqlite3.connect(str(city.store.file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_locked_before_planning(hasty_city: City) -> None:
    people = hasty_city.people(5)
    hasty_city.completed()
    digests = hasty_city.digests(look_every_s=0.1)
    with locked(hasty_city):
        working = asyncio.ensure_future(digests.plan())
        await asyncio.sleep(0.6)
    assert await working == 5
    assert await digests.deliver()
    assert received(people) == [1] * 5


async def test_locked_while_messages_are_on_the_road(hasty_city: City) -> None:
    people = hasty_city.people(20)
    hasty_city.completed()
    hasty_city.sandbox.faults.add(method="sendMessage", delay=0.1, times=None)
    digests = hasty_city.digests(per_second=100)
    await digests.plan()
    working = asyncio.ensure_future(digests.deliver())
    await soon(lambda: sum(received(people)) > 0)
    with locked(hasty_city):
        await asyncio.sleep(1)
        calls = len(hasty_city.sandbox.calls)
        await asyncio.sleep(0.5)
        assert len(hasty_city.sandbox.calls) == calls, "nothing is begun that cannot be noted"
    async with asyncio.timeout(20):
        assert await working
    assert received(people) == [1] * 20
    assert set(hasty_city.states().values()) == {("sent", "")}


class Disk:
    """What room the file may take. Every mark on a delivery needs some, by a trigger."""

    def __init__(self, store: Store) -> None:
        self.full = False
        with store.writing() as session:
            session.execute(text("CREATE TABLE ballast (kilograms BLOB)"))
            session.execute(
                text(
                    "CREATE TRIGGER heavier AFTER UPDATE ON delivery BEGIN "
                    "INSERT INTO ballast VALUES (zeroblob(20000)); END"
                )
            )
        for engine in (store.engine, store._durable):
            event.listen(engine, "checkout", self._limit)

    def _limit(self, connection: sqlite3.Connection, *_: object) -> None:
        """SQLite takes the pages that are there for the least limit."""
        connection.execute(f"PRAGMA max_page_count={1 if self.full else 2**30}").close()


async def test_the_disk_is_full_for_a_while(hasty_city: City) -> None:
    people = hasty_city.people(60)
    hasty_city.completed()
    hasty_city.sandbox.faults.add(method="sendMessage", delay=0.1, times=None)
    disk = Disk(hasty_city.store)
    digests = hasty_city.digests(per_second=100)
    await digests.plan()
    working = asyncio.ensure_future(digests.deliver())
    await soon(lambda: sum(received(people)) > 0)
    disk.full = True
    await asyncio.sleep(0.5)
    calls = len(hasty_city.sandbox.calls)
    with pytest.raises(OperationalError, match="full"), hasty_city.store.writing() as session:
        session.execute(text("INSERT INTO ballast VALUES (zeroblob(20000))"))
    await asyncio.sleep(0.5)
    assert len(hasty_city.sandbox.calls) == calls, "nothing is begun that cannot be noted"
    disk.full = False
    async with asyncio.timeout(20):
        assert await working
    assert received(people) == [1] * 60
    assert set(hasty_city.states().values()) == {("sent", "")}


async def test_a_stop_while_the_store_is_locked_does_not_last(hasty_city: City) -> None:
    """What was sent and could not be noted is an honest unknown."""
    people = hasty_city.people(5)
    hasty_city.completed()
    hasty_city.sandbox.faults.add(method="sendMessage", delay=0.2, times=None)
    digests = hasty_city.digests()
    await digests.plan()
    stop = asyncio.Event()
    working = asyncio.ensure_future(digests.deliver(stop))
    await soon(lambda: [each.method for each in hasty_city.sandbox.calls].count("sendMessage") == 5)
    with locked(hasty_city):
        await soon(lambda: received(people) == [1] * 5)
        stop.set()
        digests.wake()
        async with asyncio.timeout(15):
            await working
    assert {state for state, _ in hasty_city.states().values()} == {"sending"}
    hasty_city.clock.now += timedelta(minutes=10)
    await hasty_city.run()
    assert set(hasty_city.states().values()) == {("unknown", "lease")}
    assert received(people) == [1] * 5


async def test_a_stop_and_a_refusal_noted_at_once_do_not_lock_each_other(
    postgres_city: City,
) -> None:
    """On PostgreSQL both hold rows of the chat that the other wants."""
    city = postgres_city
    for number in range(20):
        city.follow([7], schedule=FRIDAY)
        city.completed(f"school-{number}")
        await city.digests().plan()
        write = city.store.write
        (taken,) = await write(deliveries.claim, FIRST, 1, timedelta(minutes=3))
        blocked = Result("failed", "blocked", rests=True)
        await asyncio.gather(
            write(subscribers.end_everything, 7), write(note, taken, blocked, FIRST)
        )
        assert city.states() == {}
