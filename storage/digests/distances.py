"""How far what a digest tells is from the points that it was wanted around."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from storage.geo.points import Point, distance_m
from storage.news.filters import NewsFilter
from storage.projects.filter_memory import Facts, passes
from storage.projects.programme_tree import codes_below


@dataclass(frozen=True, slots=True)
class Around:
    """A filter with a point; `programmes` are its own and all below them."""

    wanted: NewsFilter
    point: Point
    programmes: frozenset[str]


def points_of(session: Session, wanted: Iterable[NewsFilter]) -> list[Around]:
    """The filters that look around a point."""
    return [
        Around(
            each,
            each.near.point,
            codes_below(session, each.programmes) if each.programmes else frozenset(),
        )
        for each in wanted
        if each.near
    ]


def nearest_m(points: Sequence[Around], facts: Facts, news: Container[str]) -> float | None:
    """The metres to the nearest point whose filter brought these news of a project, None if none.

    That some filter brought them is known: only which of them did is found here.
    """
    if facts.point is None:
        return None
    found = (
        distance_m(each.point, facts.point)
        for each in points
        if any(kind in news for kind in each.wanted.news)
        and passes(facts, each.wanted, each.programmes)
    )
    return min(found, default=None)
