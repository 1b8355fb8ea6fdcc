"""Places people name: microdistricts, streets, landmarks; and about where a point is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, SQLColumnExpression, false, literal, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.distance_sql import nearness, nearness_key
from storage.geo.points import Point, distance_m
from storage.projects.summary import parts, point_of
from storage.tables.facts import District, Place
from storage.values.titles import Titles
from storage.vocabulary import DISTRICTS
from storage.words.name_match import SpokenName, asked, words_of

FoundT = TypeVar("FoundT", "PlaceFound", "DistrictFound")


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A known place. `kind`: microdistrict, street, landmark; `districts` are slugs.

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
class DistrictFound:
    """A district that a text names; `point` None where no centre is known; `score` as above."""

    slug: str
    names: Titles
    point: Point | None
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
_COLUMNS: tuple[SQLColumnExpression[Any], ...] = (
    col(Place.id),
    col(Place.name_kk),
    col(Place.name_ru),
    col(Place.name_en),
    col(Place.kind),
    col(Place.districts),
    col(Place.lat_e6),
    col(Place.lon_e6),
)
_KINDS = ("microdistrict", "street", "landmark")


def _place(row: Any) -> PlaceFound:
    number, kk, ru, en, kind, slugs, lat_e6, lon_e6 = row[: len(_COLUMNS)]
    return PlaceFound(number, Titles(kk, ru, en), kind, parts(slugs), Point(lat_e6, lon_e6))


def find_places(session: Session, text: str, limit: int = 5) -> list[PlaceFound]:
    """The places that the text names, best first; whole names before parts of names.

    Where no name fits, typing errors are mended against the words of the names.
    """
    question = asked(text)
    found = _scored(question, _named(session, _with_words(question)))
    if not found and question.terms:
        found = _mended(question, _named(session))
    return sorted(found, key=lambda each: -each.score)[:limit]


def _named(
    session: Session, *where: ColumnElement[bool]
) -> list[tuple[PlaceFound, tuple[str, ...]]]:
    """Places with all their names."""
    asked_for = select(*_COLUMNS, col(Place.aliases)).where(*where).order_by(col(Place.id))
    rows = session.execute(asked_for)
    return [(_place(row), (*row[1:4], *parts(row[-1]))) for row in rows]


def _with_words(question: SpokenName) -> ColumnElement[bool]:
    """Any of the words is in the name: only such names need a closer look."""
    stems = literal(" ").concat(col(Place.stems))
    prefixes = dict.fromkeys(prefix for term in question.terms or question.words for prefix in term)
    return or_(false(), *(stems.contains(f" {prefix}") for prefix in prefixes))


def find_districts(session: Session, text: str) -> list[DistrictFound]:
    """The districts that the text names, best first."""
    rows = session.execute(
        select(
            col(District.slug),
            col(District.name_kk),
            col(District.name_ru),
            col(District.name_en),
            col(District.lat_e6),
            col(District.lon_e6),
        ).order_by(col(District.position), col(District.id))
    )
    question, known = asked(text), [_district(*row) for row in rows]
    found = _scored(question, known) or _mended(question, known)
    return sorted(found, key=lambda each: -each.score)


def _district(
    slug: str, kk: str, ru: str, en: str, lat_e6: int | None, lon_e6: int | None
) -> tuple[DistrictFound, tuple[str, ...]]:
    found = DistrictFound(slug, Titles(kk, ru, en), point_of(lat_e6, lon_e6))
    others = DISTRICTS[slug].all_names() if slug in DISTRICTS else ()
    return found, (kk, ru, en, *others)


def _scored(question: SpokenName, known: list[tuple[FoundT, tuple[str, ...]]]) -> list[FoundT]:
    scores = ((each, question.fit(names)) for each, names in known)
    return [replace(each, score=score) for each, score in scores if score > 0]


def _mended(question: SpokenName, known: list[tuple[FoundT, tuple[str, ...]]]) -> list[FoundT]:
    words = {word for _, names in known for name in names for word in words_of(name)}
    mended = question.mended(words)
    return _scored(mended, known) if mended else []


def place(session: Session, place_id: int) -> PlaceFound | None:
    """The place with this number, None if unknown."""
    row = session.execute(select(*_COLUMNS).where(col(Place.id) == place_id)).one_or_none()
    return _place(row) if row else None


def known_places(session: Session) -> list[PlaceFound]:
    """All places, microdistricts first, then streets, then landmarks, each by name."""
    found = [_place(row) for row in session.execute(select(*_COLUMNS))]
    rank = {kind: number for number, kind in enumerate(_KINDS)}
    return sorted(found, key=lambda each: (rank.get(each.kind, len(rank)), each.names.shown("kk")))


def about_district(session: Session, point: Point) -> Vicinity:
    """About where the point is: the districts of the nearest five places within 1.5 km.

    Places vote with the inverse of their distance; a place of several districts votes for each with
    half the weight. Where none is that near, the nearest within 3 km decides alone.
    """
    rows = session.execute(
        select(*_COLUMNS).order_by(nearness_key(Place), col(Place.id)).limit(VOTERS),
        nearness(point),
    )
    return vicinity_of((distance_m(point, found.point), found) for found in map(_place, rows))


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
