"""What the filters that brought a digest are about, in names that people know."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.circle import Circle
from storage.news.filters import NewsFilter, stored_filters
from storage.places.places import about_district
from storage.tables.facts import Project
from storage.values.titles import Titles

SAME_PLACE_M = 300  # a place this near lends a point its name


@dataclass(frozen=True, slots=True)
class Followed:
    """A filter that brought news; the place at its point, and the title of its one project."""

    wanted: NewsFilter
    place: Titles | None
    project: Titles | None


def followed_by(session: Session, filters: Sequence[int]) -> tuple[Followed, ...]:
    """What the first of the filters with these numbers are about."""
    return followed(session, filters_of(session, filters))


def filters_of(session: Session, numbers: Sequence[int]) -> list[NewsFilter]:
    """The filters in the order of their numbers."""
    known = stored_filters(session, numbers)
    return [known[number] for number in numbers if number in known]


def followed(
    session: Session, wanted: Sequence[NewsFilter], limit: int = 3
) -> tuple[Followed, ...]:
    """What the first of these filters are about."""
    return tuple(
        Followed(
            each,
            _place_at(session, each.near),
            _title(session, each.project),
        )
        for each in wanted[:limit]
    )


def _place_at(session: Session, near: Circle | None) -> Titles | None:
    around = about_district(session, near.point) if near else None
    if around is None or around.place is None or (around.distance_m or 0) > SAME_PLACE_M:
        return None
    return around.place.names


def _title(session: Session, project: int | None) -> Titles | None:
    if project is None:
        return None
    columns = (col(Project.title_kk), col(Project.title_ru), col(Project.title_en))
    row = session.execute(select(*columns).where(col(Project.id) == project)).one_or_none()
    return Titles(*row) if row else None
