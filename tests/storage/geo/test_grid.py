"""Blocks of cells: nothing in the circle is left out."""

from math import asin, atan2, cos, degrees, radians, sin

from hypothesis import given
from hypothesis import strategies as st

from storage.geo.grid import Block
from storage.geo.points import EARTH_RADIUS_M, KAZAKHSTAN, ROW, Point

SOUTH, NORTH, WEST, EAST = KAZAKHSTAN
points = st.builds(Point.of, st.floats(SOUTH, NORTH), st.floats(WEST, EAST))
radii = st.floats(0, 30_000)


def destination(point: Point, bearing: float, metres: float) -> tuple[float, float]:
    """Where one arrives after so many metres on a great circle, in degrees."""
    arc, phi = metres / EARTH_RADIUS_M, radians(point.latitude)
    latitude = asin(sin(phi) * cos(arc) + cos(phi) * sin(arc) * cos(bearing))
    aside = atan2(sin(bearing) * sin(arc) * cos(phi), cos(arc) - sin(phi) * sin(latitude))
    return degrees(latitude), point.longitude + degrees(aside)


def cells(block: Block) -> list[int]:
    return [cell for first, last in block.runs() for cell in range(first, last + 1)]


@given(points, radii, st.floats(0, 6.2832), st.floats(0, 1))
def test_every_point_of_the_circle_lies_in_the_block(
    point: Point, radius: float, bearing: float, share: float
) -> None:
    latitude, longitude = destination(point, bearing, radius * share * 0.9999)
    if SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST:
        assert Point.of(latitude, longitude).cell in set(cells(Block.around(point, radius)))


@given(points, radii, radii)
def test_a_larger_block_holds_the_smaller(point: Point, one: float, other: float) -> None:
    small, large = Block.around(point, min(one, other)), Block.around(point, max(one, other))
    assert set(cells(small)) <= set(cells(large))


def test_own_cell_is_the_block_of_no_radius() -> None:
    point = Point.of(43.2386, 76.9456)
    assert cells(Block.around(point, 0)) == [point.cell]


def test_a_run_stays_in_its_row() -> None:
    for first, last in Block.around(Point.of(43.2386, 76.9456), 3_000).runs():
        assert first // ROW == last // ROW


def test_outside_the_data_formats_box_there_are_no_cells() -> None:
    atlantic = Block.around(Point.of(0.0, -30.0), 20_000)
    pole = Block.around(Point.of(90.0, 0.0), 20_000)
    assert atlantic.is_empty
    assert atlantic.runs() == []
    assert pole.is_empty


def test_a_circle_that_holds_the_pole_has_all_longitudes() -> None:
    block = Block.around(Point.of(89.99, 70.0), 6_000_000)
    assert (block.west, block.east) == (46_400_000 // 5_000, 87_400_000 // 5_000)
