"""How long `nearest` takes on a million generated projects.

    .venv/bin/python -m benchmarks.generate 1000000 sqlite:////tmp/million.db
    .venv/bin/python -m benchmarks.nearest sqlite:////tmp/million.db

Prints p50 and p99 in milliseconds for k=10 at points drawn like residents, with no filter and with
each kind of filter, and the worst corners beside them. What is measured is the query function in an
open session, as a handler's `Store.read` calls it; `--whole` measures `Store.read` itself. On
PostgreSQL the figures include the way to the server and back.
"""

import argparse
import asyncio
import random
import time
from collections.abc import Callable
from statistics import quantiles

from sqlalchemy import func, select
from sqlmodel import col

from storage.database.store import Store
from storage.geo.points import Point
from storage.nearby.nearest import nearest
from storage.projects.project_filter import CITY, ProjectFilter
from storage.tables.facts import Place, Project
from storage.values.states import STATES
from storage.vocabulary import DISTRICTS, KINDS, SECTORS

WARM_UP = 200
Case = Callable[[random.Random], ProjectFilter]
Clock = Callable[[], float]
Asked = tuple[Point, ProjectFilter]


def _one(codes: list[str], chance: random.Random) -> tuple[str, ...]:
    return (chance.choice(codes),)


SECTOR_CODES, KIND_CODES = sorted(SECTORS), sorted(KINDS)
STATE_CODES, SLUGS = sorted(STATES), sorted(DISTRICTS)

CASES: dict[str, Case] = {
    "no filter": lambda _: CITY,
    "sector": lambda chance: ProjectFilter(sectors=_one(SECTOR_CODES, chance)),
    "state": lambda chance: ProjectFilter(statuses=STATES[chance.choice(STATE_CODES)]),
    "sector and state": lambda chance: ProjectFilter(
        sectors=_one(SECTOR_CODES, chance), statuses=STATES[chance.choice(STATE_CODES)]
    ),
    "kind": lambda chance: ProjectFilter(kinds=_one(KIND_CODES, chance)),
    "any district": lambda chance: ProjectFilter(districts=_one(SLUGS, chance)),
    "any district, sector and state": lambda chance: ProjectFilter(
        districts=_one(SLUGS, chance),
        sectors=_one(SECTOR_CODES, chance),
        statuses=STATES[chance.choice(STATE_CODES)],
    ),
    "programme": lambda _: ProjectFilter(programmes=("comfort_school",)),
    "nothing matches": lambda _: ProjectFilter(sectors=("no such sector",)),
}


def residents(store: Store, count: int, chance: random.Random) -> list[Point]:
    """Points some hundred metres from a known place, where people are."""
    with store.reading() as session:
        rows = session.execute(select(col(Place.lat_e6), col(Place.lon_e6)).order_by(col(Place.id)))
        places = [Point(row[0], row[1]) for row in rows]
    around = (chance.choice(places) for _ in range(count))
    return [
        Point.of(chance.gauss(place.latitude, 0.009), chance.gauss(place.longitude, 0.009))
        for place in around
    ]


def outskirts(count: int, chance: random.Random) -> list[Point]:
    """Points 15 km north of the city."""
    return [Point.of(43.53, chance.uniform(76.75, 77.08)) for _ in range(count)]


def measured(store: Store, asked: list[Asked], clock: Clock) -> list[float]:
    """Milliseconds of each call in an open session."""
    times = []
    with store.reading() as session:
        for point, filters in asked[:WARM_UP] + asked:
            began = clock()
            nearest(session, point, limit=10, filters=filters)
            times.append((clock() - began) * 1_000)
    return times[len(asked[:WARM_UP]) :]


async def measured_whole(store: Store, asked: list[Asked], clock: Clock) -> list[float]:
    """Milliseconds of each `Store.read`."""
    times = []
    for point, filters in asked[:WARM_UP] + asked:
        began = clock()
        await store.read(nearest, point, limit=10, filters=filters)
        times.append((clock() - began) * 1_000)
    return times[len(asked[:WARM_UP]) :]


def line(title: str, times: list[float]) -> str:
    cuts = quantiles(times, n=100)
    return f"{title:<36}{cuts[49]:9.3f}{cuts[98]:9.3f}{max(times):9.3f}"


def questions(store: Store, calls: int) -> dict[str, list[Asked]]:
    """What is asked in each case, the same every time."""
    chance = random.Random(7)
    asked = {
        title: [(point, case(chance)) for point in residents(store, calls, chance)]
        for title, case in CASES.items()
    }
    few = max(20, calls // 20)
    for title in ("no filter", "sector"):
        far = [(point, CASES[title](chance)) for point in outskirts(few, chance)]
        asked[f"15 km outside, {title}"] = far
    return asked


async def run(store: Store, calls: int, cases: int, clock: Clock, *, whole: bool) -> None:
    for title, asked in list(questions(store, calls).items())[:cases]:
        if whole:
            times = await measured_whole(store, asked, clock)
        else:
            times = measured(store, asked, clock)
        print(line(title, times), flush=True)
    await store.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("url", help="DATABASE_URL of a filled store")
    parser.add_argument("--calls", type=int, default=2_000, help="calls of each case")
    parser.add_argument("--cases", type=int, default=99, help="only the first so many cases")
    parser.add_argument("--whole", action="store_true", help="measure Store.read")
    parser.add_argument("--cpu", action="store_true", help="processor time, for a busy machine")
    asked = parser.parse_args()
    with Store(asked.url) as store:
        with store.reading() as session:
            count = session.scalar(select(func.count()).select_from(Project))
        print(f"{count:,} projects, {asked.calls:,} calls each, k=10, milliseconds")
        print(f"{'':<36}{'p50':>9}{'p99':>9}{'max':>9}")
        clock = time.thread_time if asked.cpu else time.perf_counter
        asyncio.run(run(store, asked.calls, asked.cases, clock, whole=asked.whole))


if __name__ == "__main__":
    main()
