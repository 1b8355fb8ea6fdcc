"""Distance as SQL: by what statements compare and sort, and the parameters of a point."""

from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, and_

from storage.database.parameters import Bind, named, valued
from storage.geo.circle import Circle, shrinking, squared_e6
from storage.geo.grid import Block, half_sides_e6
from storage.geo.points import Point
from storage.tables.core import table_of
from storage.tables.facts import Place, Project

_PROJECT = table_of(Project).c


def nearness(point: Point) -> dict[str, float]:
    """The parameters of `nearness_key` for this point."""
    cos2, bend = shrinking(point.lat_e6)
    return {"lat": float(point.lat_e6), "lon": float(point.lon_e6), "cos2": cos2, "bend": bend}


def nearness_key(
    model: type[Project] | type[Place] = Project, bind: Bind = named
) -> ColumnElement[Any]:
    """The squared distance in millionths of a degree, for comparing and for sorting.

    As `storage.geo.circle.inside` measures in memory.
    """
    columns = table_of(model).c
    up = columns.lat_e6 - bind("lat", Float)
    aside = columns.lon_e6 - bind("lon", Float)
    shrink = bind("cos2", Float) - bind("bend", Float) * up
    return up * up + aside * aside * shrink


def squared(point: Point) -> ColumnElement[Any]:
    """The `nearness_key` of one point, for any statement."""
    return nearness_key(bind=valued(nearness(point)))


def square(point: Point, radius_m: float) -> dict[str, int]:
    """The parameters of `in_square` for a circle: its square, to the next whole number."""
    up, aside = half_sides_e6(point, radius_m)
    return {
        "south": int(point.lat_e6 - up) - 1,
        "north": int(point.lat_e6 + up) + 1,
        "west": int(point.lon_e6 - aside) - 1,
        "east": int(point.lon_e6 + aside) + 1,
    }


def in_square(bind: Bind = named) -> list[ColumnElement[bool]]:
    """Cheap to check on whole numbers before any distance is reckoned."""
    return [
        _PROJECT.lat_e6.between(bind("south", Integer), bind("north", Integer)),
        _PROJECT.lon_e6.between(bind("west", Integer), bind("east", Integer)),
    ]


def circle(radius_m: float) -> dict[str, float]:
    """The parameter of `in_circle`: the radius squared, as `nearness_key` measures."""
    return {"circle": squared_e6(radius_m)}


def in_circle(bind: Bind = named) -> ColumnElement[bool]:
    """The project lies in the circle (to the centimetre up to 10 km)."""
    return nearness_key(bind=bind) <= bind("circle", Float)


def within(bind: Bind = named, *, with_named: bool = False) -> list[ColumnElement[bool]]:
    """What a row of Project must fulfil to lie in a circle; `with_named`: or to be among those."""
    cells = _PROJECT.cell.between(bind("first_cell", Integer), bind("last_cell", Integer))
    found = [cells, *in_square(bind), in_circle(bind)]
    if with_named:
        among = _PROJECT.id.in_(bind("named", _PROJECT.id.type, many=True))
        return [and_(*found) | among]
    return found


def within_circle(around: Circle) -> list[ColumnElement[bool]]:
    """The conditions of `within` for one circle, for any statement."""
    return within(valued(of_circle(around)), with_named=bool(around.named))


def of_circle(around: Circle) -> dict[str, Any]:
    """The parameters of `within`."""
    point, radius_m = around.point, around.radius_m
    runs = Block.around(point, radius_m).runs()
    first, last = (runs[0][0], runs[-1][1]) if runs else (1, 0)
    cells = {"first_cell": first, "last_cell": last, "named": list(around.named)}
    return {**cells, **nearness(point), **square(point, radius_m), **circle(radius_m)}
