"""Plan digests for a million subscribers and 500 completed facilities, against a floor.

    .venv/bin/python -m benchmarks.digest sqlite:////tmp/digest.db --chats 1000000

Each chat follows a circle around a home near one of Almaty's known places (rounded to about 100 m;
most 1 or 2 km, one in ten one sector only, one in ten schools and kindergartens); one in ten
follows a district or the whole city. The
floor is one hand-written join over the grid's cells (each circle once) with an upsert per chat, in
one transaction, on the same subscriptions and facilities, without what a real plan must keep
(cursors, next due times, what stands in the digest). Prints seconds, peak memory in MiB and rows of
each; the store must be empty. Peak memory is that of this process; PostgreSQL's own is not in it.
"""

import argparse
import asyncio
import gc
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from math import cos, radians
from typing import Any

from sqlalchemy import event, func, select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from benchmarks.generate import City, Draw, _write
from storage.database.schema import upgrade
from storage.database.store import Store
from storage.digests.pipeline import Pipeline
from storage.digests.planner import CHUNK
from storage.geo.circle import Circle
from storage.geo.grid import Block
from storage.geo.points import Point
from storage.imports import seed
from storage.imports.bulk import insert_rows
from storage.imports.indexing import WordList
from storage.news.filters import NewsFilter, key_of
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscribers import set_notes
from storage.tables.facts import Change, Import, Project
from storage.tables.subscriptions import Content, Delivery, StoredFilter, Subscriber, Subscription
from storage.vocabulary import DISTRICTS, SECTORS
from storage.vocabulary.codes import COMPLETED

NOW = datetime(2026, 11, 27, 13, 5, tzinfo=UTC)  # a Friday, 18:05 in the city
ADDED, COMPLETED_AT = NOW - timedelta(days=8), NOW - timedelta(days=2)
DUE = Schedule("weekly", 5, 18).due_from(ADDED + timedelta(days=2))
BATCH = 50_000
SQUARES = 6_000  # of 100 m in which the homes lie
RADII_M = (500, 1_000, 2_000, 3_000)
SECTOR_CODES, SLUGS = sorted(SECTORS), sorted(DISTRICTS)
CHILDREN = ("kindergarten", "school")


def usual_filters(city: City, count: int) -> Iterator[NewsFilter]:
    """What each chat follows, the same every time: homes where many live, usual choices."""
    chance = random.Random(11)
    homes = sorted({_home(city, chance) for _ in range(SQUARES)}, key=lambda home: home.cell)
    crowds = list(accumulate(chance.lognormvariate(0, 1) for _ in homes))
    for _ in range(count):
        drawn = chance.random()
        if drawn < 0.05:
            yield NewsFilter()
        elif drawn < 0.2:
            yield NewsFilter(districts=(chance.choice(SLUGS),))
        elif drawn < 0.3:
            yield NewsFilter(near=Circle(chance.choice(city.places).point.rounded(), 1_000))
        else:
            home = chance.choices(homes, cum_weights=crowds)[0]
            yield _circle_around(home, chance, sector=0.05, children=0.05)


def scattered_filters(city: City, count: int) -> Iterator[NewsFilter]:
    """A harder mix: homes spread evenly about the places, and more who want a part only."""
    chance = random.Random(11)
    for _ in range(count):
        if chance.random() < 0.02:
            yield NewsFilter()
        elif chance.random() < 0.08:
            yield NewsFilter(districts=(chance.choice(SLUGS),))
        else:
            yield _circle_around(_home(city, chance), chance, sector=0.1, children=0.1)


MIXES = {"usual": usual_filters, "scattered": scattered_filters}


def _home(city: City, chance: random.Random) -> Point:
    place = chance.choice(city.places).point
    latitude = chance.gauss(place.latitude, 0.009)
    return Point.of(latitude, chance.gauss(place.longitude, 0.009)).rounded()


def _circle_around(
    home: Point, chance: random.Random, *, sector: float, children: float
) -> NewsFilter:
    radius_m = chance.choices(RADII_M, (15, 50, 30, 5))[0]
    sectors = (chance.choice(SECTOR_CODES),) if chance.random() < sector else ()
    kinds = CHILDREN if chance.random() < children else ()
    return NewsFilter(sectors=sectors, kinds=kinds, near=Circle(home, radius_m))


def fill(store: Store, chats: int, facilities: int, mix: str) -> None:
    """The city with its completed facilities, and the chats that follow them."""
    upgrade(store)
    seed(store)
    with store.writing() as session:
        city = City(session)
        _add_facilities(session, city, facilities)
    numbers: dict[NewsFilter, int] = {}
    waiting: list[tuple[Any, ...]] = []
    for chat, wanted in enumerate(MIXES[mix](city, chats), start=1):
        new = wanted not in numbers
        number = numbers.setdefault(wanted, len(numbers) + 1)
        waiting.append((chat, number, key_of(wanted) if new else None, wanted))
        if len(waiting) == BATCH or chat == chats:
            with store.writing() as session:
                _add_chats(session, waiting)
            waiting.clear()
    if not store.sqlite:
        with store.writing() as session:
            for table in ("setval('news_filter_id_seq', :top)", "setval('change_id_seq', :top)"):
                session.execute(text(f"SELECT {table}"), {"top": len(numbers) + facilities})
        with store.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _add_facilities(session: Session, city: City, count: int) -> None:
    draw, words = Draw(city, 3), WordList()
    projects = [draw.project(step) for step in range(count)]
    day = COMPLETED_AT.date()
    for project in projects:
        project |= {"status_no": COMPLETED, "completed_on": day.isoformat()}
        project |= {"completed_first": day, "completed_last": day}
    _write(session, city, projects, words)
    imported = Import(state="applied", started_at=COMPLETED_AT)
    session.add(imported)
    session.flush()
    columns = ("project_id", "import_id", "field", "old", "new", "created_at")
    ids = session.scalars(select(col(Project.id)))
    rows = [(each, imported.id, "status", "in_progress", "completed", COMPLETED_AT) for each in ids]
    insert_rows(session, Change, columns, rows)


def _add_chats(session: Session, waiting: list[tuple[Any, ...]]) -> None:
    columns = ("chat_id", "language", "rests_because", "created_at")
    insert_rows(session, Subscriber, columns, [(row[0], "kk", "", ADDED) for row in waiting])
    filters = [
        (number, key, *_circle(wanted)) for _, number, key, wanted in waiting if key is not None
    ]
    insert_rows(
        session, StoredFilter, ("id", "key", "lat_e6", "lon_e6", "cell", "radius_m"), filters
    )
    columns = ("chat_id", "cadence", "day", "hour", "filter_id", "cursor", "due_at")
    rows = [(row[0], "weekly", 5, 18, row[1], 0, DUE, False, ADDED) for row in waiting]
    insert_rows(session, Subscription, (*columns, "told_before", "created_at"), rows)


def _circle(wanted: NewsFilter) -> tuple[Any, ...]:
    if wanted.near is None:
        return (None,) * 4
    point = wanted.near.point
    return point.lat_e6, point.lon_e6, point.cell, wanted.near.radius_m


@dataclass
class Run:
    """How a run of the planner went: seconds, and waits in seconds."""

    seconds: float = 0.0
    held: list[float] = field(default_factory=list)  # each writing transaction
    stalls: list[float] = field(default_factory=list)  # how late the loop was
    waits: list[float] = field(default_factory=list)  # a resident's write, from call to return

    def __str__(self) -> str:
        def worst(found: list[float]) -> str:
            ordered = sorted(found) or [0.0]
            return f"{ordered[len(ordered) * 99 // 100] * 1000:.0f}/{ordered[-1] * 1000:.0f}"

        return (
            f"p99/worst ms: transaction {worst(self.held)}, loop stall {worst(self.stalls)}, "
            f"a resident's write {worst(self.waits)} ({len(self.waits)} of them)"
        )


async def run_plan(store: Store, chunk: int) -> Run:
    """Plan all that is due as the bot does, while residents write and the loop's delay is seen."""
    run, done = Run(), asyncio.Event()
    await store.write(lambda session: session.execute(text("SELECT 1")))  # connected
    engine = store.engine if store.sqlite else store._pool().sync_engine  # noqa: SLF001
    began: dict[int, float] = {}

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        began[id(connection.connection.dbapi_connection)] = time.perf_counter()

    @event.listens_for(engine, "commit")
    def _commit(connection: Any) -> None:
        at = began[id(connection.connection.dbapi_connection)]
        run.held.append(time.perf_counter() - at)

    async with asyncio.TaskGroup() as group:
        group.create_task(_beat(run, done))
        group.create_task(_reside(store, run, done))
        start = time.perf_counter()
        async with Pipeline(store, NOW, chunk=chunk) as pipeline:
            async for _ in pipeline:
                pass
        run.seconds = time.perf_counter() - start
        done.set()
    return run


async def _beat(run: Run, done: asyncio.Event) -> None:
    while not done.is_set():
        at = time.perf_counter()
        await asyncio.sleep(0.01)
        run.stalls.append(time.perf_counter() - at - 0.01)


async def _reside(store: Store, run: Run, done: asyncio.Event) -> None:
    """A resident who writes ten times a second."""
    while not done.is_set():
        at = time.perf_counter()
        await store.write(set_notes, 1 + len(run.waits), True)
        run.waits.append(time.perf_counter() - at)
        await asyncio.sleep(0.1)


_FLOOR_TABLES = """
    CREATE TABLE floor_delivery (chat_id BIGINT PRIMARY KEY, facilities INTEGER NOT NULL);
    CREATE TABLE floor_cell (
        radius_m INTEGER NOT NULL, cell INTEGER NOT NULL, project_id BIGINT NOT NULL,
        lat_e6 INTEGER NOT NULL, lon_e6 INTEGER NOT NULL);
    CREATE INDEX floor_cells ON floor_cell (radius_m, cell, lat_e6, lon_e6)
"""
# SQLite takes a CROSS JOIN in the order in which it stands; the other way round it takes hours
_FLOOR_JOIN = """
    INSERT INTO floor_delivery (chat_id, facilities)
    SELECT s.chat_id, found.facilities FROM subscription s
    CROSS JOIN (
        SELECT f.id AS filter_id, count(*) AS facilities FROM news_filter f
        JOIN floor_cell c ON c.radius_m = f.radius_m AND c.cell = f.cell
        WHERE (f.lat_e6 - c.lat_e6) * 0.1112 * ((f.lat_e6 - c.lat_e6) * 0.1112)
            + (f.lon_e6 - c.lon_e6) * :aside * ((f.lon_e6 - c.lon_e6) * :aside)
            <= f.radius_m * (f.radius_m * 1.0)
        GROUP BY f.id
    ) found
    WHERE found.filter_id = s.filter_id
    ON CONFLICT (chat_id) DO UPDATE SET facilities = excluded.facilities
"""


def run_floor(store: Store) -> float:
    """One join over cells and an upsert per chat that follows a circle; seconds."""
    aside = 0.1112 * cos(radians(43.24))  # metres in a millionth of a degree of longitude
    with store.writing() as session:
        for statement in _FLOOR_TABLES.split(";"):
            session.execute(text(statement))
        _spread_cells(session)
    if not store.sqlite:
        with store.writing() as session:
            session.execute(text("ANALYZE floor_cell"))
    began = time.perf_counter()
    with store.writing() as session:
        session.execute(text(_FLOOR_JOIN), {"aside": aside})
    return time.perf_counter() - began


def _spread_cells(session: Session) -> None:
    """Each facility in every cell from which a circle of each radius may reach it."""
    places = select(col(Project.id), col(Project.lat_e6), col(Project.lon_e6))
    rows = [
        {"radius": radius_m, "cell": cell, "id": number, "y": lat, "x": lon}
        for number, lat, lon in session.execute(places.where(col(Project.lat_e6).is_not(None)))
        for radius_m in RADII_M
        for first, last in Block.around(Point(lat, lon), radius_m * 1.02).runs()
        for cell in range(first, last + 1)
    ]
    session.execute(text("INSERT INTO floor_cell VALUES (:radius, :cell, :id, :y, :x)"), rows)


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def part(url: str, name: str, chunk: int) -> None:
    """One measured part, in a process of its own so that its peak memory is its own."""
    with Store(url) as store:
        gc.freeze()  # as the bot does once it is loaded
        before, spent = peak_mib(), time.process_time()
        run = Run(run_floor(store)) if name == "floor" else asyncio.run(run_plan(store, chunk))
        print(
            f"{name:<6}{run.seconds:8.1f} s, {time.process_time() - spent:.1f} s of this process's "
            f"processor time, {peak_mib():.0f} MiB peak ({before:.0f} before)"
            + (f"\n      {run}" if run.waits else "")
        )


def sizes(store: Store) -> str:
    """How many rows there are of each kind."""
    with store.reading() as session:
        found = {
            str(model.__tablename__): session.scalar(select(func.count()).select_from(model))
            for model in (Subscription, StoredFilter, Delivery, Content)
        }
        found["floor"] = session.scalar(text("SELECT count(*) FROM floor_delivery"))
    return ", ".join(f"{name} {count:,}" for name, count in found.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("url", help="DATABASE_URL of an empty database")
    parser.add_argument("--chats", type=int, default=100_000)
    parser.add_argument("--facilities", type=int, default=500)
    parser.add_argument("--mix", choices=tuple(MIXES), default="usual", help="who follows what")
    parser.add_argument("--chunk", type=int, default=CHUNK, help="rows of one transaction")
    parser.add_argument("--part", choices=("fill", "plan", "floor"), help="measure this part alone")
    asked = parser.parse_args()
    if asked.part in {"plan", "floor"}:
        part(asked.url, asked.part, asked.chunk)
        return
    with Store(asked.url) as store:
        began = time.perf_counter()
        fill(store, asked.chats, asked.facilities, asked.mix)
        print(
            f"{asked.chats:,} chats x {asked.facilities} facilities, {asked.mix} filters, "
            f"chunks of {asked.chunk:,}"
        )
        print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
        if asked.part == "fill":
            return
        for name in ("floor", "plan"):
            command = [sys.executable, "-m", "benchmarks.digest", asked.url, "--part", name]
            subprocess.run([*command, "--chunk", str(asked.chunk)], check=True)
        print(f"rows: {sizes(store)}")


if __name__ == "__main__":
    main()
