"""Circles on the ground, and which points lie in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from typing import TypeVar

from storage.geo.grid import half_sides_e6
from storage.geo.points import Point

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Circle:
    """All that lies within `radius_m` metres of a point, and the projects `named` beside it.

    `named` are the store's numbers of projects that the place's name stands in: of some nobody
    stated a point.
    """

    point: Point
    radius_m: float
    named: tuple[int, ...] = ()

    def holds(self, point: Point) -> bool:
        """Whether a point lies in the circle."""
        return bool(inside(self.point, self.radius_m, ((point.lat_e6, point.lon_e6, point),)))


def inside(centre: Point, radius_m: float, sites: Iterable[tuple[int, int, T]]) -> list[T]:
    """What stands in the circle, of things with their latitudes and longitudes in millionths.

    By the measure of `storage.geo.distance_sql.nearness_key`, so that both decide alike.
    """
    lat, lon = centre.lat_e6, centre.lon_e6
    reach, shrink, bend = _measure(lat, radius_m)
    return [
        site
        for lat_e6, lon_e6, site in sites
        if (up := lat_e6 - lat) * up + (aside := lon_e6 - lon) * aside * (shrink - bend * up)
        <= reach
    ]


@lru_cache(maxsize=4096)  # homes are rounded, and radii chosen of a few
def _measure(lat_e6: int, radius_m: float) -> tuple[float, float, float]:
    """The squared radius in millionths of a degree, and what longitudes shrink by, squared."""
    centre = Point(lat_e6, 0)
    up, _ = half_sides_e6(centre, radius_m)
    phi = radians(centre.latitude)
    return up * up, cos(phi) ** 2, sin(phi) * cos(phi) * radians(1e-6)
