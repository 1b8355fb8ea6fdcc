"""What the queries should answer, worked out from plain dictionaries without any index."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage.geo.points import Point, distance_m
from storage.projects.project_filter import ProjectFilter
from storage.vocabulary import KINDS, SECTORS, STATUSES
from tests.storage.builder import CENTRE, Builder

SILENT_ON = date(2025, 8, 1)  # some of the projects are silent from this day
SLUGS = ("almaly", "medeu", "alatau")
PROGRAMMES = ("roadmap", "roadmap_roads", "schools")
BELOW = {"roadmap": {"roadmap", "roadmap_roads"}}
ALSO = {"school_kindergarten": {"school", "kindergarten"}}


@dataclass(frozen=True)
class Known:
    id: int
    point: Point | None
    columns: dict[str, Any]

    def passes(self, filters: ProjectFilter) -> bool:
        own = self.columns
        asked = set().union(*(BELOW.get(code, {code}) for code in filters.programmes))
        found_as = {own["kind"], *ALSO.get(own["kind"], ())}
        return (
            own["status"] != "withdrawn"
            and (not filters.sectors or own["sector"] in filters.sectors)
            and (not filters.kinds or bool(found_as & set(filters.kinds)))
            and (not filters.statuses or own["status"] in filters.statuses)
            and (not filters.districts or bool(set(filters.districts) & set(own["districts"])))
            and (not filters.programmes or bool(asked & set(own["programmes"])))
            and (filters.area is None or own["area"] == filters.area)
        )


def nearest(known: list[Known], point: Point, filters: ProjectFilter) -> list[tuple[float, int]]:
    """Metres and number of all that pass and have a point, nearest first."""
    found = [each for each in known if each.point and each.passes(filters)]
    return sorted((distance_m(point, each.point), each.id) for each in found if each.point)


def made_up(builder: Builder, count: int, seed: int) -> list[Known]:
    """Projects in clusters, at the same points, far out, and without any point."""
    chance = random.Random(seed)
    builder.programme("roadmap")
    builder.programme("roadmap_roads", "roadmap")
    builder.programme("schools")
    shared = [near(chance, 3_000) for _ in range(5)]
    return [_one(builder, chance, number, shared) for number in range(count)]


def near(chance: random.Random, spread_m: float) -> Point:
    degrees = spread_m / 111_000
    return Point.of(chance.gauss(CENTRE.latitude, degrees), chance.gauss(CENTRE.longitude, degrees))


def _one(builder: Builder, chance: random.Random, number: int, shared: list[Point]) -> Known:
    spread = chance.choice((200, 1_500, 6_000, 30_000))
    point = chance.choice((None, near(chance, spread), near(chance, spread), chance.choice(shared)))
    columns: dict[str, Any] = {
        "kind": chance.choice(("", *list(KINDS)[:4], "school_kindergarten")),
        "sector": chance.choice(("", *list(SECTORS)[:3])),
        "status": chance.choice(("", *STATUSES)),
        "districts": tuple(chance.sample(SLUGS, chance.choice((0, 1, 1, 1, 2)))),
        "programmes": tuple(chance.sample(PROGRAMMES, chance.choice((0, 0, 1, 2)))),
        "area": "almaty" if chance.random() < 0.9 else "almaty_region",
        **{
            money: chance.randrange(10**12) if chance.random() < 0.4 else None
            for money in ("planned_kzt", "contracted_kzt", "spent_kzt")
        },
        "due_on": chance.choice(("", "2024", "2025-06", "2026-03-01")),
        "funding": chance.choice(("", "", "public", "private")),
        "location_precision": chance.choice(("none", "city")),
        "silent_from": chance.choice((None, None, SILENT_ON, date(2026, 1, 1))),
    }
    return Known(builder.project(f"p-{number}", point=point, **columns), point, columns)


FILTERS = (
    ProjectFilter(),
    ProjectFilter(area=None),
    ProjectFilter(area="almaty_region"),
    ProjectFilter(sectors=("social",)),
    ProjectFilter(sectors=("social", "transport"), area=None),
    ProjectFilter(statuses=("in_progress", "final_stage")),
    ProjectFilter(statuses=("withdrawn",)),
    ProjectFilter(kinds=("school",)),
    ProjectFilter(kinds=("kindergarten", "school_kindergarten")),
    ProjectFilter(kinds=("school_kindergarten",)),
    ProjectFilter(kinds=("school", "clinic"), sectors=("social",)),
    ProjectFilter(districts=("medeu",)),
    ProjectFilter(districts=("medeu", "alatau"), statuses=("completed",)),
    ProjectFilter(districts=("nowhere",)),
    ProjectFilter(programmes=("roadmap",)),
    ProjectFilter(programmes=("schools",), districts=("almaly",), area=None),
    ProjectFilter(programmes=("nobody",)),
    ProjectFilter(sectors=("no such sector",)),
)
