"""Near a point: the grid cells around it, then exact great-circle distance."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.distance_sql import circle, nearness, square
from storage.geo.grid import Block
from storage.geo.points import Point, distance_m
from storage.nearby.parameters import asked_for, in_cells
from storage.nearby.statements import circle_count, circle_rows
from storage.projects.filter_sql import conditions
from storage.projects.project_filter import CITY, ProjectFilter
from storage.projects.summary import COLUMN_NAMES, Listed, listed, page
from storage.tables.facts import Project
from storage.values.pages import Page


def nearby(
    session: Session,
    point: Point,
    radius_m: float,
    filters: ProjectFilter = CITY,
    *,
    offset: int = 0,
    limit: int = 5,
) -> Page[Listed]:
    """A page of the projects within `radius_m` metres, nearest first, ties by number, all counted.

    Who is in the circle is decided to the centimetre (`nearness_key`). `distance_m` is set;
    projects without a point are left out (see `without_point`).
    """
    shape, asked = asked_for(session, filters)
    parameters: dict[str, Any] = {**asked, **nearness(point), **square(point, radius_m)}
    if filters.area is not None:
        shape, parameters["area"] = shape.within_area(), filters.area
    runs, offset = Block.around(point, radius_m).runs(), max(0, offset)
    if not runs:
        return Page((), 0, offset)
    shape, cells = in_cells(shape, runs)
    parameters |= {**cells, **circle(radius_m), "offset": offset, "limit": limit}
    rows = circle_rows(shape).rows(session, parameters)
    if not rows:
        beyond = offset or limit < 1  # there may be some, though none on this page
        counted = session.connection().scalar(circle_count(shape), parameters) if beyond else 0
        return Page((), counted or 0, offset)
    found = [_measured(row[:-2], point) for row in rows]
    ordered = sorted(found, key=lambda each: (each.distance_m or 0.0, each.id))
    return Page(tuple(ordered), rows[0][-1], offset)


def _measured(columns: Sequence[Any], point: Point) -> Listed:
    there = Point(columns[COLUMN_NAMES.index("lat_e6")], columns[COLUMN_NAMES.index("lon_e6")])
    return listed(columns, distance_m(point, there))


def without_point(
    session: Session,
    districts: tuple[str, ...],
    filters: ProjectFilter = CITY,
    *,
    offset: int = 0,
    limit: int = 5,
) -> Page[Listed]:
    """A page of the projects of these districts (slugs) that have no point, newest heard first.

    `districts` takes the place of the filters' own. Without any district nothing is listed.
    """
    if not districts:
        return Page((), 0, offset)
    where = [
        *conditions(replace(filters, districts=districts)),
        col(Project.lat_e6).is_(None),
    ]
    return page(session, where, [col(Project.heard_on).desc()], offset, limit)
