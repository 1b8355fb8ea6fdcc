"""Distance as SQL: by what statements that are built once compare and sort; their parameters."""

from math import cos, radians, sin
from typing import Any

from sqlalchemy import ColumnElement, Float, bindparam

from storage.geo.grid import half_sides_e6
from storage.geo.points import Point
from storage.tables.core import table_of
from storage.tables.facts import Place, Project


def nearness(point: Point) -> dict[str, float]:
    """The parameters of `nearness_key` for this point."""
    phi = radians(point.latitude)
    return {
        "lat": float(point.lat_e6),
        "lon": float(point.lon_e6),
        "cos2": cos(phi) ** 2,
        "bend": sin(phi) * cos(phi) * radians(1e-6),
    }


def nearness_key(model: type[Project] | type[Place] = Project) -> ColumnElement[Any]:
    """The squared distance in millionths of a degree, for comparing and for sorting.

    Haversine without its trigonometry: the cosine of the row's latitude is that of the point's,
    bent along its tangent. Wrong by less than 1 cm up to 10 km, and by 10 cm at 20 km.
    """
    columns = table_of(model).c
    up = columns.lat_e6 - bindparam("lat", type_=Float)
    aside = columns.lon_e6 - bindparam("lon", type_=Float)
    shrink = bindparam("cos2", type_=Float) - bindparam("bend", type_=Float) * up
    return up * up + aside * aside * shrink


def square(point: Point, radius_m: float) -> dict[str, int]:
    """The parameters of the square around a circle, to the next whole number."""
    up, aside = half_sides_e6(point, radius_m)
    return {
        "south": int(point.lat_e6 - up) - 1,
        "north": int(point.lat_e6 + up) + 1,
        "west": int(point.lon_e6 - aside) - 1,
        "east": int(point.lon_e6 + aside) + 1,
    }


def circle(point: Point, radius_m: float) -> dict[str, float]:
    """The parameter of a circle: its radius squared, as `nearness_key` measures."""
    up, _ = half_sides_e6(point, radius_m)
    return {"circle": up * up}
