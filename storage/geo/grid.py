"""Blocks of grid cells around a point: what a circle touches, and how far a block reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, degrees, floor, radians, sin

from storage.geo.points import CELL_E6, EARTH_RADIUS_M, KAZAKHSTAN, ROW, Point


def _cell_side(value: float) -> int:
    return floor(value * 1e6 / CELL_E6)


_SOUTH, _NORTH, _WEST, _EAST = map(_cell_side, KAZAKHSTAN)


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells: rows `south` to `north` and columns `west` to `east`, all included."""

    south: int
    north: int
    west: int
    east: int

    @classmethod
    def around(cls, point: Point, radius_m: float) -> "Block":
        """The cells that the circle touches, as far as the data format allows points at all.

        A larger radius gives a block that contains the block of a smaller one.
        """
        up, aside = half_sides_e6(point, radius_m)
        return cls(
            max(_SOUTH, floor((point.lat_e6 - up) / CELL_E6)),
            min(_NORTH, floor((point.lat_e6 + up) / CELL_E6)),
            max(_WEST, floor((point.lon_e6 - aside) / CELL_E6)),
            min(_EAST, floor((point.lon_e6 + aside) / CELL_E6)),
        )

    @classmethod
    def holding(cls, blocks: Sequence["Block"]) -> "Block":
        """The smallest block that holds all of these."""
        return cls(
            min(each.south for each in blocks),
            max(each.north for each in blocks),
            min(each.west for each in blocks),
            max(each.east for each in blocks),
        )

    @property
    def is_empty(self) -> bool:
        return self.south > self.north or self.west > self.east

    def runs(self) -> list[tuple[int, int]]:
        """The first and last cell of each row."""
        if self.is_empty:
            return []
        rows = range(self.south, self.north + 1)
        return [(row * ROW + self.west, row * ROW + self.east) for row in rows]


def half_sides_e6(point: Point, radius_m: float) -> tuple[float, float]:
    """How far a circle goes north and east of its centre, in millionths of a degree.

    The widest part of a circle on the sphere lies a little to the pole of its centre: sin of the
    longitudes = sin of the arc / cos of the latitude. All longitudes where it holds the pole.
    """
    arc = radius_m / EARTH_RADIUS_M
    wide = cos(radians(point.latitude))
    aside = 180.0 if sin(arc) >= wide else degrees(asin(sin(arc) / wide))
    return degrees(arc) * 1e6, aside * 1e6
