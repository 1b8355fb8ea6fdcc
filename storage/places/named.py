"""Places and districts by what people call them, held in memory: each search asks all names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.points import Point
from storage.places.places import PLACE_COLUMNS, PlaceFound, place_of
from storage.projects.summary import parts, point_of
from storage.tables.facts import District, Place
from storage.values.titles import Titles
from storage.vocabulary import DISTRICTS
from storage.words.name_match import SpokenName, asked, says_district, words_of

FoundT = TypeVar("FoundT", "PlaceFound", "DistrictFound")
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DistrictFound:
    """A district that a text names; `point` None where no centre is known.

    `score` as of a `PlaceFound`.
    """

    slug: str
    names: Titles
    point: Point | None
    score: float = 1.0


class NamedPlaces:
    """All places with all their names and the stems of these; all districts with theirs."""

    def __init__(
        self,
        places: Sequence[tuple[PlaceFound, Names, str]],
        districts: Sequence[tuple[DistrictFound, Names]],
    ) -> None:
        self._stems = [(f" {stems}", (found, names)) for found, names, stems in places]
        self._places = [entry for _, entry in self._stems]
        self._districts = list(districts)

    def find_places(self, text: str, limit: int = 5) -> list[PlaceFound]:
        """The places that the text names, best first; whole names before parts of names.

        Where no name fits, typing errors are mended against the words of the names.
        """
        question = asked(text)
        found = _scored(question, _meant(question, self._with_words(question)))
        if not found and question.terms:
            found = _mended(question, self._places, self._words)
        return sorted(found, key=lambda each: -each.score)[:limit]

    def _with_words(self, question: SpokenName) -> list[tuple[PlaceFound, Names]]:
        """Those in whose names any of the words is: only they need a closer look."""
        words = question.terms or question.words
        prefixes = dict.fromkeys(f" {prefix}" for term in words for prefix in term)
        return [
            entry for stems, entry in self._stems if any(prefix in stems for prefix in prefixes)
        ]

    def find_districts(self, text: str) -> list[DistrictFound]:
        """The districts that the text names, best first."""
        question = asked(text)
        found = _scored(question, self._districts)
        found = found or _mended(question, self._districts, self._words_of_districts)
        return sorted(found, key=lambda each: -each.score)

    @cached_property
    def _words(self) -> set[str]:
        return {word for _, names in self._places for name in names for word in words_of(name)}

    @cached_property
    def _words_of_districts(self) -> set[str]:
        return {word for _, names in self._districts for name in names for word in words_of(name)}


def _meant(
    question: SpokenName, places: list[tuple[PlaceFound, Names]]
) -> list[tuple[PlaceFound, Names]]:
    """Those that may be meant: «метро в Алатауском районе» is no station of that name."""
    if not question.says_district:
        return places
    return [(found, names) for found, names in places if any(map(says_district, names))]


def named_places(session: Session) -> NamedPlaces:
    """All of the store's."""
    places = session.execute(
        select(*PLACE_COLUMNS, col(Place.aliases), col(Place.stems)).order_by(col(Place.id))
    )
    districts = session.execute(
        select(
            *(col(District.slug), col(District.name_kk), col(District.name_ru)),
            *(col(District.name_en), col(District.lat_e6), col(District.lon_e6)),
        ).order_by(col(District.position), col(District.id))
    )
    return NamedPlaces(
        [(place_of(row), (*row[1:4], *parts(row[-2])), row[-1]) for row in places],
        [_district(*row) for row in districts],
    )


def find_places(session: Session, text: str, limit: int = 5) -> list[PlaceFound]:
    """See `NamedPlaces.find_places`."""
    return named_places(session).find_places(text, limit)


def find_districts(session: Session, text: str) -> list[DistrictFound]:
    """See `NamedPlaces.find_districts`."""
    return named_places(session).find_districts(text)


def _district(
    slug: str, kk: str, ru: str, en: str, lat_e6: int | None, lon_e6: int | None
) -> tuple[DistrictFound, Names]:
    found = DistrictFound(slug, Titles(kk, ru, en), point_of(lat_e6, lon_e6))
    others = DISTRICTS[slug].all_names() if slug in DISTRICTS else ()
    return found, (kk, ru, en, *others)


def _scored(question: SpokenName, known: Sequence[tuple[FoundT, Names]]) -> list[FoundT]:
    scores = ((each, question.fit(names)) for each, names in known)
    return [replace(each, score=score) for each, score in scores if score > 0]


def _mended(
    question: SpokenName, known: Sequence[tuple[FoundT, Names]], words: set[str]
) -> list[FoundT]:
    mended = question.mended(words)
    return _scored(mended, known) if mended else []
