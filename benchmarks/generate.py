"""Fill a migrated store with generated projects, the same ones for the same seed.

    .venv/bin/python -m benchmarks.generate 1000000 sqlite:////tmp/million.db

They cluster around Almaty's known places as real ones do: most of them some hundred metres from a
place, some right at its point (as where only the microdistrict is known), some anywhere in the
city. Rows, links, sums, the search index and the distinct words are those an import would write;
statements are left out.
"""

import argparse
import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import SQLColumnExpression, select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.schema import upgrade
from storage.database.store import Store
from storage.geo.points import Point
from storage.imports import seed
from storage.imports.bulk import insert_rows, next_ids
from storage.imports.indexing import WordList, index_projects
from storage.imports.rollup import recompute_rollup
from storage.tables.facts import (
    NO_DISTRICT,
    SEVERAL_DISTRICTS,
    District,
    Place,
    Programme,
    Project,
    ProjectDistrict,
    ProjectProgramme,
)
from storage.vocabulary import KINDS, SECTORS, STATUSES
from storage.vocabulary.codes import OPEN
from storage.words import stems

BATCH = 10_000
CITY = (43.15, 43.40, 76.75, 77.08)  # south, north, west, east
SPREAD_DEGREES = 0.009  # about 1 km
AT_THE_PLACE, ANYWHERE, NOWHERE = 0.08, 0.15, 0.03
NOW = datetime(2026, 11, 21, tzinfo=UTC)

# How many of a hundred projects are in each status, as in the shipped data set.
STATUS_WEIGHTS = {
    "announced": 6, "planned": 22, "in_progress": 34, "final_stage": 6,
    "completed": 25, "suspended": 3, "cancelled": 2, "withdrawn": 2,
}  # fmt: skip


class Where(NamedTuple):
    """A known place that projects cluster around."""

    names: tuple[str, str, str]
    districts: tuple[str, ...]
    point: Point


class City:
    """What the store knows of the city, to draw projects from."""

    def __init__(self, session: Session) -> None:
        columns: tuple[SQLColumnExpression[Any], ...] = (
            *(col(Place.name_kk), col(Place.name_ru), col(Place.name_en), col(Place.districts)),
            *(col(Place.lat_e6), col(Place.lon_e6)),
        )
        rows = session.execute(select(*columns).order_by(col(Place.id)))
        self.places = [
            Where((row[0], row[1], row[2]), tuple(row[3].split("|")), Point(row[4], row[5]))
            for row in rows
        ]
        self.district_ids = _ids(session, District.slug, District.id)
        self.programme_ids = _ids(session, Programme.code, Programme.id)


def _ids(session: Session, code: Any, number: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(select(col(code), col(number)))}


@lru_cache(maxsize=100_000)
def _stems(words: str) -> str:
    return stems(words)


class Draw:
    """Draws projects, the same ones for the same seed."""

    def __init__(self, city: City, seed_number: int) -> None:
        self.city = city
        self.random = random.Random(seed_number)
        self.kinds = list(KINDS.values())
        self.statuses = [STATUSES[code].number for code in STATUS_WEIGHTS]
        self.slugs, self.codes = sorted(city.district_ids), sorted(city.programme_ids)

    def project(self, number: int) -> dict[str, Any]:
        """The columns of one project."""
        where = self.random.choice(self.city.places)
        kind = self.random.choice(self.kinds)
        columns = self._named(number, kind, where) | self._placed(where) | self._dated()
        columns["kind_no"] = kind.number
        columns["sector_no"] = SECTORS[kind.sector or "social"].number
        for money, share in (("planned_kzt", 0.4), ("contracted_kzt", 0.2), ("spent_kzt", 0.1)):
            known = self.random.random() < share
            columns[money] = self.random.randrange(1, 20_000) * 1_000_000 if known else None
        columns["programmes"] = self._programmes()
        return columns

    def _named(self, number: int, kind: Any, where: Where) -> dict[str, Any]:
        kk, ru, en = where.names
        which = self.random.randrange(1, 400)
        titles = {
            "title_kk": f"№{which} {kind.labels['kk']}, {kk}",
            "title_ru": f"{kind.labels['ru'].capitalize()} №{which}, {ru}",
            "title_en": f"{kind.labels['en'].capitalize()} No. {which}, {en}",
        }
        address = f"{ru}, {self.random.randrange(1, 300)}"
        words = [_stems(each) for each in (*titles.values(), address)]
        stemmed = " ".join(dict.fromkeys(" ".join(words).split()))
        return {"key": f"generated-{number}", **titles, "address": address, "stems": stemmed}

    def _placed(self, where: Where) -> dict[str, Any]:
        slugs = where.districts if self.random.random() > 0.06 else ()
        if self.random.random() < 0.04:
            first = self.random.randrange(len(self.slugs))
            slugs = tuple(sorted({self.slugs[first], self.slugs[first - 1]}))
        ids = [self.city.district_ids[slug] for slug in slugs]
        alone = ids[0] if ids else NO_DISTRICT
        point, precision = self._point(where.point)
        return {
            "districts": "|".join(slugs),
            "district_no": SEVERAL_DISTRICTS if len(ids) > 1 else alone,
            "lat_e6": point and point.lat_e6,
            "lon_e6": point and point.lon_e6,
            "cell": point and point.cell,
            "location_precision": precision,
        }

    def _programmes(self) -> str:
        """None for most, one for a third, two that go together for some."""
        first = self.random.randrange(len(self.codes))
        codes = {self.codes[first], self.codes[first - 1]}
        chosen = sorted(codes)[: self.random.choices((0, 1, 2), (65, 32, 3))[0]]
        return "|".join(chosen)

    def _point(self, place: Point) -> tuple[Point | None, str]:
        chance = self.random.random()
        if chance < NOWHERE:
            return None, "none"
        if chance < NOWHERE + AT_THE_PLACE:
            return place, "area"
        if chance < NOWHERE + AT_THE_PLACE + ANYWHERE:
            south, north, west, east = CITY
            anywhere = (self.random.uniform(south, north), self.random.uniform(west, east))
            return Point.of(*anywhere), "exact"
        latitude = self.random.gauss(place.latitude, SPREAD_DEGREES)
        return Point.of(latitude, self.random.gauss(place.longitude, SPREAD_DEGREES)), "exact"

    def _dated(self) -> dict[str, Any]:
        status = self.random.choices(self.statuses, list(STATUS_WEIGHTS.values()))[0]
        due = date(2019, 1, 1) + timedelta(days=self.random.randrange(3_600))
        done = status == STATUSES["completed"].number
        completed = due + timedelta(days=self.random.randrange(-60, 400)) if done else None
        return {
            "status_no": status,
            "due_on": due.isoformat(),
            "due_first": due,
            "due_last": due,
            "completed_on": completed.isoformat() if completed else "",
            "completed_first": completed,
            "completed_last": completed,
            "year": (completed or due).year,
            "heard_on": (due - timedelta(days=200)).isoformat(),
            "status_on": due - timedelta(days=200),
            "silent_from": due + timedelta(days=165) if status in OPEN else None,
            "updated_at": NOW,
        }


_DEFAULTS: dict[str, Any] = {
    "description_kk": "", "description_ru": "", "description_en": "", "area": "almaty",
    "starts_on": "", "first_due_on": "", "first_due_last": None, "first_promised_on": "",
    "contractor": "", "capacity": None, "capacity_unit": "", "photo_url": "", "link": "",
    "address_kk": "", "address_ru": "", "address_en": "", "funding": "",
}  # fmt: skip


def generate(store: Store, count: int, seed_number: int = 1) -> Iterator[int]:
    """Add `count` projects to the store; yields how many are in after each batch."""
    upgrade(store)
    seed(store)
    words = WordList()
    with store.reading() as session:
        draw = Draw(City(session), seed_number)
    for start in range(0, count, BATCH):
        drawn = [draw.project(start + step) for step in range(min(BATCH, count - start))]
        with store.writing() as session:
            _write(session, draw.city, drawn, words)
        yield start + len(drawn)
    with store.writing() as session:
        recompute_rollup(session)
        if not store.sqlite:
            session.execute(text("ANALYZE"))


def _write(session: Session, city: City, drawn: list[dict[str, Any]], words: WordList) -> None:
    ids = next_ids(session, Project, len(drawn))
    columns = ("id", *drawn[0], *_DEFAULTS)
    tail = tuple(_DEFAULTS.values())
    pairs = list(zip(ids, drawn, strict=True))
    rows = [(number, *project.values(), *tail) for number, project in pairs]
    insert_rows(session, Project, columns, rows)
    for model, column, name, known in (
        (ProjectDistrict, "district_id", "districts", city.district_ids),
        (ProjectProgramme, "programme_id", "programmes", city.programme_ids),
    ):
        links = [
            (number, known[code])
            for number, project in pairs
            for code in project[name].split("|")
            if code
        ]
        insert_rows(session, model, ("project_id", column), links)
    found = [(number, project["stems"]) for number, project in pairs]
    index_projects(session, found, anew=True)
    words.add(session, (stemmed for _, stemmed in found))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("count", type=int)
    parser.add_argument("url", help="DATABASE_URL of a store without projects")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    with Store(asked.url) as store:
        for done in generate(store, asked.count, asked.seed):
            print(f"\r{done:,} projects, {time.monotonic() - began:.0f} s", end="", flush=True)
    print()


if __name__ == "__main__":
    main()
