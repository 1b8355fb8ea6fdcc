"""Circles on the ground, and which points lie in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, degrees, radians, sin
from typing import TypeVar

from storage.geo.points import EARTH_RADIUS_M, Point

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
    reach, (shrink, bend) = squared_e6(radius_m), shrinking(lat)
    return [
        site
        for lat_e6, lon_e6, site in sites
        if (up := lat_e6 - lat) * up + (aside := lon_e6 - lon) * aside * (shrink - bend * up)
        <= reach
    ]


def nearest(centre: Point, sites: Iterable[tuple[int, int, int, T]], limit: int) -> list[T]:
    """The nearest of things with their latitudes and longitudes in millionths and their numbers.

    In order, ties by number; by the same measure.
    """
    lat, lon = centre.lat_e6, centre.lon_e6
    shrink, bend = shrinking(lat)
    measured = [
        ((up := lat_e6 - lat) * up + (aside := lon_e6 - lon) * aside * (shrink - bend * up), n, it)
        for lat_e6, lon_e6, n, it in sites
    ]
    return [it for _, _, it in sorted(measured)[:limit]]


@lru_cache(maxsize=4096)  # homes are rounded
def shrinking(lat_e6: int) -> tuple[float, float]:
    """What a degree of longitude is of one of latitude, squared, and how that bends northwards.

    This is haversine without its trigonometry: the cosine of another latitude is that of this one,
    bent along its tangent. Wrong by less than 1 cm up to 10 km, and by 10 cm at 20 km.
    """
    phi = radians(lat_e6 / 1e6)
    return cos(phi) ** 2, sin(phi) * cos(phi) * radians(1e-6)


def squared_e6(radius_m: float) -> float:
    """A radius, squared, in millionths of a degree: what a squared distance is compared with."""
    return (degrees(radius_m / EARTH_RADIUS_M) * 1e6) ** 2
