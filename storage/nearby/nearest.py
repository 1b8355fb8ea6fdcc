"""The nearest projects: the hot path of "near me".

A small circle first, then larger ones until enough projects lie within: those are the nearest. A
circle is asked for by the grid cells it touches; only the index on (cell, status, sector, district,
latitude, longitude) is read on the way, and the whole rows of the best are fetched at the end.
Of a near circle the cells are listed, so that the index seeks; of a far one runs of cells are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.distance_sql import nearness, square
from storage.geo.grid import Block
from storage.geo.points import Point, distance_m
from storage.nearby.parameters import asked_for, in_cells
from storage.nearby.statements import Shape, nearest_rows
from storage.projects.project_filter import CITY, ProjectFilter
from storage.projects.summary import COLUMN_NAMES, Listed, listed
from storage.tables.facts import Rollup
from storage.vocabulary import SECTORS
from storage.vocabulary.codes import numbers

REACH_M = 20_000
_FIRST_M = 50.0
_LEAP, _STEP, _LEAPS_TO_M = 4.0, 1.5, 1_600.0  # far circles are large: there smaller steps pay
_FAR_M = 3_000.0  # who has found too few by here asks whether there are more at all
_WISHED = 2.0  # as many times the limit are aimed at, so that one more step is seldom short
_SPARE = 2  # fetched beyond the limit; the exact distance settles the order of the last ones
_LAT, _LON = COLUMN_NAMES.index("lat_e6"), COLUMN_NAMES.index("lon_e6")


def nearest(
    session: Session,
    point: Point,
    *,
    limit: int = 10,
    filters: ProjectFilter = CITY,
    max_m: float = REACH_M,
) -> list[Listed]:
    """The projects nearest to the point, nearest first, ties by number; `distance_m` is set.

    Those farther than `max_m` metres and those without a point are left out.
    """
    if limit < 1:
        return []
    search = _search(session, point, limit, filters)
    found = search.best(max_m)
    if filters.area is not None and any(each.row[-1] != filters.area for each in found):
        # The index does not hold the area: only where the city ends are its rows worth reading.
        found = search.within_area(filters.area).best(max_m)
    return [listed(each.row[:-1], each.metres) for each in found]


class _Found(NamedTuple):
    """A candidate; sorts by distance, then by number."""

    metres: float
    number: int
    row: Sequence[Any]  # the columns of `Listed` and the area


@dataclass(frozen=True, slots=True)
class _Search:
    session: Session
    point: Point
    limit: int
    filters: ProjectFilter
    shape: Shape
    parameters: Mapping[str, Any]

    def within_area(self, area: str) -> "_Search":
        """The same search, which also reads every candidate's area."""
        parameters = {**self.parameters, "area": area}
        return replace(self, shape=self.shape.within_area(), parameters=parameters)

    def best(self, max_m: float) -> list[_Found]:
        """The nearest in order."""
        radius_m, exist = min(self._first(), max_m), None
        while True:
            found = self._in_square(radius_m)
            within = [each for each in found[: self.limit] if each.metres <= radius_m]
            if len(within) == self.limit or radius_m >= max_m:
                return within
            if radius_m >= _FAR_M and exist is None:
                exist = self._exist()
            if exist is not None and len(found) >= exist:  # all there are: no use in going on
                return [each for each in found[: self.limit] if each.metres <= max_m]
            radius_m = min(self._next(radius_m, found), max_m)

    def _first(self) -> float:
        """The radius to begin with: the fewer pass the filters, the farther one has to look."""
        sectors, statuses = self.filters.sectors, self.filters.statuses
        return _FIRST_M * (2.0 if sectors else 1.0) * (1.5 if statuses else 1.0)

    def _exist(self) -> int:
        """How many projects there are at most, out of the sums: these know states and sectors."""
        where = [col(Rollup.status_no).in_(self.filters.status_numbers)]
        if self.filters.sectors:
            where.append(col(Rollup.sector_no).in_(numbers(SECTORS, self.filters.sectors)))
        return self.session.scalar(select(func.sum(col(Rollup.projects))).where(*where)) or 0

    def _next(self, radius_m: float, found: list[_Found]) -> float:
        """The radius to try next, by how many were found: twice the area holds twice as many."""
        if len(found) >= self.limit:  # enough, but some in the corners of the square
            return found[self.limit - 1].metres
        most = _LEAP if radius_m < _LEAPS_TO_M else _STEP
        return radius_m * min(most, sqrt(_WISHED * self.limit / len(found)) if found else most)

    def _in_square(self, radius_m: float) -> list[_Found]:
        """The nearest in the square around the circle, in order."""
        runs = Block.around(self.point, radius_m).runs()
        if not runs:
            return []
        shape, cells = in_cells(self.shape, runs)
        asked = {**self.parameters, **cells, **square(self.point, radius_m)}
        rows = nearest_rows(shape).rows(self.session, asked)
        here = self.point
        return sorted(
            _Found(distance_m(here, Point(row[_LAT], row[_LON])), row[0], row) for row in rows
        )


def _search(session: Session, point: Point, limit: int, filters: ProjectFilter) -> _Search:
    shape, asked = asked_for(session, filters)
    parameters = {**asked, **nearness(point), "limit": limit + _SPARE}
    return _Search(session, point, limit, filters, shape, parameters)
