"""How far what a digest tells is from the points that it was wanted around."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import SQLColumnExpression
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.circle import Circle
from storage.geo.points import Point, distance_m
from storage.news.filters import NewsFilter
from storage.projects.programme_tree import codes_below
from storage.projects.summary import parts, point_of
from storage.tables.facts import Project
from storage.vocabulary.codes import KIND_CODES, SECTOR_CODES


class Site(NamedTuple):
    """What tells where a project stands in a digest; the columns of `SITE`."""

    number: int
    status_no: int
    sector_no: int
    kind_no: int
    districts: str
    programmes: str
    lat_e6: int | None
    lon_e6: int | None


SITE: tuple[SQLColumnExpression[Any], ...] = (
    *(col(Project.id), col(Project.status_no), col(Project.sector_no), col(Project.kind_no)),
    *(col(Project.districts), col(Project.programmes)),
    *(col(Project.lat_e6), col(Project.lon_e6)),
)


@dataclass(frozen=True, slots=True)
class Around:
    """A filter with a point; `programmes` are its own and all below them."""

    wanted: NewsFilter
    near: Point
    programmes: frozenset[str]


def points_of(session: Session, wanted: Iterable[NewsFilter]) -> list[Around]:
    """The filters that look around a point."""
    return [
        Around(
            each,
            each.near,
            codes_below(session, each.programmes),
        )
        for each in wanted
        if each.near
    ]


def nearest_m(points: Sequence[Around], site: Site, news: Container[str]) -> float | None:
    """The metres to the nearest point whose filter brought these news of a project, None if none.

    That some filter brought them is known: only which of them did is found here.
    """
    point = point_of(site.lat_e6, site.lon_e6) if points else None
    if point is None:
        return None
    found = (
        distance_m(each.near, point)
        for each in points
        if _brings(each, site, news) and Circle(each.near, each.wanted.radius_m or 0).holds(point)
    )
    return min(found, default=None)


def _brings(around: Around, site: Site, news: Container[str]) -> bool:
    """Whether the filter lets these news of the project through, wherever it is."""
    wanted = around.wanted
    return (
        any(kind in news for kind in wanted.news)
        and (not wanted.sectors or SECTOR_CODES.get(site.sector_no) in wanted.sectors)
        and (not wanted.kinds or KIND_CODES.get(site.kind_no) in wanted.kinds)
        and (not wanted.districts or not set(wanted.districts).isdisjoint(parts(site.districts)))
        and (not wanted.programmes or not around.programmes.isdisjoint(parts(site.programmes)))
        and wanted.project in {None, site.number}
    )
