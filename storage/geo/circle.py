"""Projects in a circle, as a condition on their rows that goes with any others."""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

from sqlalchemy import ColumnElement, Float, and_, literal
from sqlmodel import col

from storage.geo.grid import Block, half_sides_e6
from storage.geo.points import Point
from storage.tables.facts import Project


@dataclass(frozen=True, slots=True)
class Circle:
    """All that lies within `radius_m` metres of a point, and the projects `named` beside it.

    `named` are the store's numbers of projects that the place's name stands in: of some nobody
    stated a point.
    """

    point: Point
    radius_m: float
    named: tuple[int, ...] = ()


def within(circle: Circle) -> list[ColumnElement[bool]]:
    """What a row of Project must fulfil to lie in the circle (to the centimetre up to 10 km)."""
    up, aside = half_sides_e6(circle.point, circle.radius_m)
    runs = Block.around(circle.point, circle.radius_m).runs()
    first, last = (runs[0][0], runs[-1][1]) if runs else (1, 0)
    lat, lon = circle.point.lat_e6, circle.point.lon_e6
    inside = [
        col(Project.cell).between(first, last),
        col(Project.lat_e6).between(int(lat - up) - 1, int(lat + up) + 1),
        col(Project.lon_e6).between(int(lon - aside) - 1, int(lon + aside) + 1),
        squared(circle.point) <= _real(up * up),
    ]
    if circle.named:
        return [and_(*inside) | col(Project.id).in_(circle.named)]
    return inside


def squared(point: Point) -> ColumnElement[Any]:
    """The squared distance from a point in millionths of a degree: to compare and to sort by.

    The same as `storage.geo.distance_sql.nearness_key`, whose statements are built once for all
    points.
    """
    phi = radians(point.latitude)
    up = col(Project.lat_e6) - _real(point.lat_e6)
    aside = col(Project.lon_e6) - _real(point.lon_e6)
    shrink = _real(cos(phi) ** 2) - _real(sin(phi) * cos(phi) * radians(1e-6)) * up
    return up * up + aside * aside * shrink


def _real(value: float) -> ColumnElement[float]:
    return literal(float(value), Float)
