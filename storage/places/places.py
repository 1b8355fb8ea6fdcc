"""Places people name: microdistricts, streets, metro stations; and about where a point is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import SQLColumnExpression, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.distance_sql import nearness, nearness_key
from storage.geo.points import Point, distance_m
from storage.projects.summary import parts
from storage.tables.facts import Place
from storage.values.place_kinds import PLACE_KINDS
from storage.values.titles import Titles


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A known place. `kind` is one of `PLACE_KINDS`; `districts` are slugs.

    `score` says how well it fits the text it was found by: 1.0 for the whole name, less for a part
    of it or a mended one; 1.0 where no text was asked for.
    """

    id: int
    names: Titles
    kind: str
    districts: tuple[str, ...]
    point: Point
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Vicinity:
    """About where a point is: the likeliest districts (several only when equally likely).

    `place` is the nearest known place and `distance_m` the metres to it; both None, and no
    district, in a store without places. More than 3 km from every place `districts` is empty.
    """

    districts: tuple[str, ...]
    place: PlaceFound | None
    distance_m: float | None


VOTERS, VOTERS_WITHIN_M = 5, 1_500
KNOWN_WITHIN_M = 3_000
"""Farther than this from every known place, nobody can say in which district a point is."""

_NEAREST_VOTE_M = 50  # a place has no more weight for being nearer than its own size
PLACE_COLUMNS: tuple[SQLColumnExpression[Any], ...] = (
    col(Place.id),
    col(Place.name_kk),
    col(Place.name_ru),
    col(Place.name_en),
    col(Place.kind),
    col(Place.districts),
    col(Place.lat_e6),
    col(Place.lon_e6),
)


def place_of(row: Sequence[Any]) -> PlaceFound:
    """The place of a row that begins with `PLACE_COLUMNS`."""
    number, kk, ru, en, kind, slugs, lat_e6, lon_e6 = row[: len(PLACE_COLUMNS)]
    return PlaceFound(number, Titles(kk, ru, en), kind, parts(slugs), Point(lat_e6, lon_e6))


def place(session: Session, place_id: int) -> PlaceFound | None:
    """The place with this number, None if unknown."""
    row = session.execute(select(*PLACE_COLUMNS).where(col(Place.id) == place_id)).one_or_none()
    return place_of(row) if row else None


def known_places(session: Session) -> list[PlaceFound]:
    """All places in the order of `PLACE_KINDS`, each kind by name."""
    found = [place_of(row) for row in session.execute(select(*PLACE_COLUMNS))]
    rank = {kind: number for number, kind in enumerate(PLACE_KINDS)}
    return sorted(found, key=lambda each: (rank.get(each.kind, len(rank)), each.names.shown("kk")))


def about_district(session: Session, point: Point) -> Vicinity:
    """About where the point is: the districts of the nearest five places within 1.5 km.

    Places vote with the inverse of their distance; a place of several districts votes for each with
    half the weight. Where none is that near, the nearest within 3 km decides alone.
    """
    rows = session.execute(
        select(*PLACE_COLUMNS).order_by(nearness_key(Place), col(Place.id)).limit(VOTERS),
        nearness(point),
    )
    return vicinity_of((distance_m(point, found.point), found) for found in map(place_of, rows))


def vicinity_of(nearest: Iterable[tuple[float, PlaceFound]]) -> Vicinity:
    """What the nearest five places say of a point, each with the metres to it, in order."""
    near = list(nearest)
    if not near:
        return Vicinity((), None, None)
    nearest_m, nearest_place = near[0]
    voters = [(metres, each) for metres, each in near if metres <= VOTERS_WITHIN_M]
    if not voters and nearest_m <= KNOWN_WITHIN_M:
        voters = near[:1]
    return Vicinity(_elected(voters), nearest_place, nearest_m)


def _elected(voters: Iterable[tuple[float, PlaceFound]]) -> tuple[str, ...]:
    votes: dict[str, float] = defaultdict(float)
    for metres, each in voters:
        weight = 1.0 if len(each.districts) == 1 else 0.5
        for slug in each.districts:
            votes[slug] += weight / max(metres, _NEAREST_VOTE_M)
    most = max(votes.values(), default=0.0)
    return tuple(slug for slug, vote in votes.items() if vote > most * 0.999)
