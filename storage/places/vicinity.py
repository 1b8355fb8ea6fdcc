"""About where a point is, from places held in memory: in a process that answers, for each location.

The same as `storage.places.places.about_district` finds in the store.
"""

from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest

from sqlalchemy.orm import Session

from storage.geo.points import Point, distance_m
from storage.places.places import (
    KNOWN_WITHIN_M,
    VOTERS,
    PlaceFound,
    Vicinity,
    known_places,
    vicinity_of,
)

_CELL_E6 = 40_000
"""A cell's side, 0.04 degrees: 4.4 km by 3.2 km in Almaty, so that all within 3 km of a point lies
in its cell or one of the eight around it, south of 47 degrees."""

Measured = tuple[float, int, PlaceFound]


class PlaceGrid:
    """Places by the cell they lie in."""

    def __init__(self, places: Iterable[PlaceFound]) -> None:
        self._all = tuple(places)
        self._cells: dict[tuple[int, int], list[PlaceFound]] = defaultdict(list)
        for place in self._all:
            self._cells[_cell(place.point)].append(place)

    def about(self, point: Point) -> Vicinity:
        """About where the point is."""
        near = _nearest(point, self._beside(point))
        if not near or near[0][0] > KNOWN_WITHIN_M:
            near = _nearest(point, self._all)
        return vicinity_of((metres, place) for metres, _, place in near)

    def _beside(self, point: Point) -> Iterable[PlaceFound]:
        row, column = _cell(point)
        for up in (-1, 0, 1):
            for aside in (-1, 0, 1):
                yield from self._cells.get((row + up, column + aside), ())


def place_grid(session: Session) -> PlaceGrid:
    """All places of the store."""
    return PlaceGrid(known_places(session))


def _cell(point: Point) -> tuple[int, int]:
    return point.lat_e6 // _CELL_E6, point.lon_e6 // _CELL_E6


def _nearest(point: Point, places: Iterable[PlaceFound]) -> list[Measured]:
    """The nearest of the places in order, ties by number, with the metres to each."""
    return nsmallest(VOTERS, ((distance_m(point, each.point), each.id, each) for each in places))
