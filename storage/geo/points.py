"""Points on the ground: micro-degrees, grid cells of 0.005 degrees, great-circle metres."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
CELL_E6 = 5_000  # a cell's side in millionths of a degree: about 556 m by 405 m in Almaty
ROW = 1 << 16  # cells in a row: cell = row * ROW + column, so a run of cells in a row is a range
KAZAKHSTAN = (40.5, 55.5, 46.4, 87.4)  # south, north, west, east: the data format's box
MIN_RADIUS_M, MAX_RADIUS_M = 200, 10_000  # of what people may call near
HOME_E6 = 1_000  # a stored home point is rounded to 0.001 degree: at most about 111 m


@dataclass(frozen=True, slots=True)
class Point:
    """A WGS 84 point in whole millionths of a degree (0.11 m), as it is stored."""

    lat_e6: int
    lon_e6: int

    @classmethod
    def of(cls, latitude: float, longitude: float) -> "Point":
        """The point of decimal degrees."""
        return cls(round(latitude * 1e6), round(longitude * 1e6))

    @property
    def latitude(self) -> float:
        return self.lat_e6 / 1e6

    @property
    def longitude(self) -> float:
        return self.lon_e6 / 1e6

    @property
    def cell(self) -> int:
        """The number of the grid cell the point lies in."""
        return self.lat_e6 // CELL_E6 * ROW + self.lon_e6 // CELL_E6

    def rounded(self) -> "Point":
        """The point to about 100 m: what may be kept of where a person lives."""
        return Point(round(self.lat_e6 / HOME_E6) * HOME_E6, round(self.lon_e6 / HOME_E6) * HOME_E6)


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance in metres (haversine on the mean sphere; within 0.6 % of WGS 84)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half)))


def in_kazakhstan(latitude: float, longitude: float) -> bool:
    """Whether decimal degrees lie in the box that the data format allows."""
    south, north, west, east = KAZAKHSTAN
    return south <= latitude <= north and west <= longitude <= east


def on_the_globe(latitude: float, longitude: float) -> bool:
    """Whether these are decimal degrees at all: no NaN, nothing beyond poles or date line."""
    return abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004 - degrees
