"""Near a point: the grid cells around it, then exact great-circle distance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.distance_sql import circle, nearness, square
from storage.geo.grid import Block
from storage.geo.points import Point, distance_m
from storage.nearby.parameters import asked_for, in_cells
from storage.nearby.statements import circle_count, circle_rows
from storage.projects.filter_sql import conditions
from storage.projects.lateness import silence_on
from storage.projects.project_filter import CITY, ProjectFilter
from storage.projects.summary import COLUMN_NAMES, Listed, listed, page
from storage.tables.facts import Project
from storage.values.pages import Page

NOBODY_YET = date.min
"""A day on which nothing is silent yet, for questions that do not ask about it."""


@dataclass(frozen=True, slots=True)
class AliveFirst(Page[Listed]):
    """A page of projects of which `silent` in all come after the rest.

    Silent is what is past due and for a year nobody told of: `storage.projects.lateness`.
    """

    silent: int = 0

    @property
    def alive(self) -> int:
        return self.total - self.silent


def nearby(
    session: Session,
    point: Point,
    radius_m: float,
    filters: ProjectFilter = CITY,
    *,
    today: date = NOBODY_YET,
    offset: int = 0,
    limit: int = 5,
) -> AliveFirst:
    """A page of the projects within `radius_m` metres, nearest first, ties by number, all counted.

    What is silent on the day `today` comes after the rest, by its own distance. Who is in the
    circle is decided to the centimetre (`nearness_key`). `distance_m` is set; projects without a
    point are left out (see `without_point`).
    """
    shape, asked = asked_for(session, filters)
    parameters: dict[str, Any] = {**asked, **nearness(point), **square(point, radius_m)}
    parameters["today"] = today
    if filters.area is not None:
        shape, parameters["area"] = shape.within_area(), filters.area
    runs, offset = Block.around(point, radius_m).runs(), max(0, offset)
    if not runs:
        return AliveFirst((), 0, offset)
    shape, cells = in_cells(shape, runs)
    parameters |= {**cells, **circle(radius_m), "offset": offset, "limit": limit}
    rows = circle_rows(shape).rows(session, parameters)
    if not rows:
        beyond = offset or limit < 1  # there may be some, though none on this page
        counted = session.connection().execute(circle_count(shape), parameters) if beyond else None
        total, silent = counted.one() if counted else (0, 0)
        return AliveFirst((), total, offset, silent)
    found = [_measured(row[:-3], point) for row in rows]
    ordered = sorted(
        found, key=lambda each: (each.is_silent(today), each.distance_m or 0.0, each.id)
    )
    return AliveFirst(tuple(ordered), rows[0][-2], offset, rows[0][-1])


def _measured(columns: Sequence[Any], point: Point) -> Listed:
    there = Point(columns[COLUMN_NAMES.index("lat_e6")], columns[COLUMN_NAMES.index("lon_e6")])
    return listed(columns, distance_m(point, there))


def without_point(
    session: Session,
    districts: tuple[str, ...],
    filters: ProjectFilter = CITY,
    *,
    today: date = NOBODY_YET,
    offset: int = 0,
    limit: int = 5,
) -> AliveFirst:
    """A page of the projects of these districts (slugs) that have no point, newest heard first.

    What is silent comes after the rest. `districts` takes the place of the filters' own. Without
    any district nothing is listed.
    """
    if not districts:
        return AliveFirst((), 0, offset)
    where = [
        *conditions(replace(filters, districts=districts)),
        col(Project.lat_e6).is_(None),
    ]
    silent = silence_on(today)
    found = page(session, where, [silent, col(Project.heard_on).desc()], offset, limit)
    asked = select(func.coalesce(func.sum(silent), 0)).select_from(Project).where(*where)
    return AliveFirst(found.items, found.total, found.offset, session.scalar(asked) or 0)
