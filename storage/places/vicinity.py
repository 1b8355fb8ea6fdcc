"""About where a point is, from places held in memory: in a process that answers, for each location.

The same as `storage.places.places.about_district` finds in the store.
"""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import Session

from storage.geo.circle import nearest
from storage.geo.points import Point, distance_m
from storage.places.places import (
    VOTERS,
    VOTERS_WITHIN_M,
    PlaceFound,
    Vicinity,
    known_places,
    vicinity_of,
)

_CELL_E6 = 20_000
"""A cell's side, 0.02 degrees: 2.2 km by 1.6 km in Almaty, so that all within 1.5 km of a point
lies in its cell or one of the eight around it, south of 47 degrees: all who vote."""

Site = tuple[int, int, int, PlaceFound]


class PlaceGrid:
    """Places by the cell they lie in."""

    def __init__(self, places: Iterable[PlaceFound]) -> None:
        self._all = [(each.point.lat_e6, each.point.lon_e6, each.id, each) for each in places]
        self._cells: dict[tuple[int, int], list[Site]] = defaultdict(list)
        for site in self._all:
            self._cells[_cell(site[-1].point)].append(site)

    def about(self, point: Point) -> Vicinity:
        """About where the point is."""
        near = _nearest(point, self._beside(point))
        if not near or near[0][0] > VOTERS_WITHIN_M:
            near = _nearest(point, self._all)
        return vicinity_of(near)

    def _beside(self, point: Point) -> Iterable[Site]:
        row, column = _cell(point)
        for up in (-1, 0, 1):
            for aside in (-1, 0, 1):
                yield from self._cells.get((row + up, column + aside), ())


def place_grid(session: Session) -> PlaceGrid:
    """All places of the store."""
    return PlaceGrid(known_places(session))


def _cell(point: Point) -> tuple[int, int]:
    return point.lat_e6 // _CELL_E6, point.lon_e6 // _CELL_E6


def _nearest(point: Point, sites: Iterable[Site]) -> list[tuple[float, PlaceFound]]:
    """The nearest of the places in order, ties by number, with the metres to each."""
    found = nearest(point, sites, VOTERS)
    return [(distance_m(point, place.point), place) for place in found]
