"""Killed at any moment (SIGKILL): at the end each chat has one message or an honest unknown."""

import asyncio
import json
import os
import random
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.digests.service import Digests
from bot.sandbox.resident import Resident
from storage.database.store import Store
from storage.digests import deliveries
from storage.tables.subscriptions import Delivery
from tests.bot.digests.city import DAY, FIRST, START, City, simple, soon
from tests.faults.deliverer import OPTIONS, passing

WEEK = timedelta(days=7)
PEOPLE = 60
ROOT = Path(__file__).parents[2]


class Deliverers:
    """Deliverers of a city, each a process of its own."""

    def __init__(self, city: City, nursery: Process) -> None:
        self.city = city
        self.nursery = nursery
        self.since = FIRST
        self.began = time.time()

    async def start(self) -> int:
        """The number of a new process that delivers."""
        order = {
            "store": self.city.store.url.render_as_string(hide_password=False),
            "sandbox": self.city.sandbox.url,
            "token": self.city.sandbox.token,
            "since": self.since.isoformat(),
            "began": self.began,
        }
        assert self.nursery.stdin is not None
        self.nursery.stdin.write(json.dumps(order).encode() + b"\n")
        return int(await self._answer())

    async def ready(self) -> None:
        assert await self._answer() == "ready"

    async def _answer(self) -> str:
        assert self.nursery.stdout is not None
        return (await asyncio.wait_for(self.nursery.stdout.readline(), 60)).decode().strip()

    def next_week(self) -> None:
        self.since += WEEK
        self.began = time.time()

    async def rest(self, weeks: int) -> None:
        """Deliver, in this process, what the killed ones left."""
        city = self.city
        digests = Digests(city.store, city.bot, passing(self.since, self.began), simple, OPTIONS)
        async with asyncio.timeout(30):
            while unfinished(city.store, weeks):
                await digests.plan()
                await digests.deliver()
                await asyncio.sleep(0.05)


@asynccontextmanager
async def deliverers(city: City) -> AsyncIterator[Deliverers]:
    nursery = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.deliverer"),
        stdin=PIPE,
        stdout=PIPE,
        cwd=ROOT,
    )
    try:
        found = Deliverers(city, nursery)
        await found.ready()
        yield found
    finally:
        nursery.kill()
        await nursery.communicate()


def unfinished(store: Store, weeks: int) -> int:
    """How many digests of so many weeks are not done; those that are not planned yet among them."""
    with store.reading() as session:
        states = deliveries.counts(session).states
    return weeks * PEOPLE - sum(states.get(each, 0) for each in ("sent", "failed", "unknown"))


def check(city: City, people: list[Resident], schools: list[int]) -> Counter[str]:
    """Every digest came once or is unknown: told by what arrived and not by the store alone."""
    arrived = Counter(
        (resident.id, int(message.text.split()[1]))
        for resident in people
        for message in resident.messages
    )
    assert not arrived or max(arrived.values()) == 1, "twice"
    with city.store.reading() as session:
        rows = session.execute(
            select(col(Delivery.chat_id), col(Delivery.period), col(Delivery.state))
        ).all()
    weeks = sorted({period for _, period, _ in rows})
    assert len(weeks) == len(schools)
    assert len(rows) == len(people) * len(schools), "every chat has its digest of every week"
    for chat, week, state in rows:
        came = arrived[chat, schools[weeks.index(week)]]
        assert (state, came) in {("sent", 1), ("unknown", 0), ("unknown", 1)}
    return Counter(state for *_, state in rows)


async def killed(city: City, kills: int, seed: int) -> Counter[str]:
    """Kill so many deliverers while there is something to deliver, week after week."""
    chance = random.Random(seed)
    people, schools = city.people(PEOPLE), list[int]()
    city.sandbox.faults.add(method="sendMessage", delay=0.05, times=None)
    done = 0
    async with deliverers(city) as processes:
        while done < kills:
            at = START + DAY + len(schools) * WEEK
            schools.append(city.completed(f"school-{len(schools)}", at))
            left = PEOPLE
            while left and done < kills:
                child = await processes.start()
                await _some_moment(city, chance, len(schools))
                left = unfinished(city.store, len(schools))
                os.kill(child, signal.SIGKILL)
                done += left > 0
            await processes.rest(len(schools))
            processes.next_week()
    states = check(city, people, schools)
    print(f"{done} kills, {len(schools)} weeks, {dict(states)}")  # noqa: T201
    return states


async def _some_moment(city: City, chance: random.Random, weeks: int) -> None:
    """Return when so many messages more have come, however slow the machine, and a little later.

    Where none is waited for, the process dies at its beginning.
    """
    messages = city.sandbox.world.messages
    enough = len(messages) + chance.choice((0, 0, 1, 3, 8, 20))
    with suppress(TimeoutError):  # what the one before had claimed may be all that is left
        await soon(lambda: len(messages) >= enough or not unfinished(city.store, weeks), within=3)
    await asyncio.sleep(chance.uniform(0.02, 0.1))


@pytest.mark.slow
async def test_killed_sixty_times_on_sqlite(sqlite_city: City) -> None:
    states = await killed(sqlite_city, 60, seed=5)
    assert states["sent"] > 100
    assert states["unknown"] <= 60 * 6


@pytest.mark.slow
@pytest.mark.postgres
async def test_killed_thirty_times_on_postgres(postgres_city: City) -> None:
    states = await killed(postgres_city, 30, seed=6)
    assert states["sent"] > 30
    assert states["unknown"] <= 30 * 6


@pytest.mark.slow
@pytest.mark.postgres
async def test_three_processes_at_once_on_postgres(postgres_city: City) -> None:
    people = postgres_city.people(PEOPLE)
    school = postgres_city.completed()
    async with deliverers(postgres_city) as processes:
        running = [await processes.start() for _ in range(3)]
        await soon(lambda: unfinished(postgres_city.store, 1) <= PEOPLE // 2)
        os.kill(running.pop(), signal.SIGKILL)
        await soon(lambda: not unfinished(postgres_city.store, 1))
        for child in running:
            os.kill(child, signal.SIGKILL)
    states = check(postgres_city, people, [school])
    assert states["unknown"] <= 6
