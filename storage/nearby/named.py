"""Near a point, for any filters, and with what is named after the place."""

from dataclasses import replace

from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.circle import Circle
from storage.geo.distance_sql import squared, within_circle
from storage.geo.points import Point, distance_m
from storage.nearby.within import nearby
from storage.projects.filter_sql import conditions
from storage.projects.project_filter import CITY, ProjectFilter
from storage.projects.summary import Listed, page
from storage.tables.facts import Project
from storage.values.pages import Page


def near(
    session: Session,
    point: Point,
    radius_m: float,
    filters: ProjectFilter = CITY,
    *,
    named: tuple[int, ...] = (),
    offset: int = 0,
    limit: int = 5,
) -> Page[Listed]:
    """A page of the projects within `radius_m` metres, nearest first; `distance_m` is set.

    As `storage.nearby.within.nearby`, but for any filters, and with those `named` after the
    place: those without a point come last, without a distance.
    """
    if not filters.of_one_row and not named:
        return nearby(session, point, radius_m, filters, offset=offset, limit=limit)
    inside = conditions(replace(filters, near=Circle(point, radius_m, named)))
    if filters.near is not None:  # another circle besides this one
        inside += within_circle(filters.near)
    unmeasured = col(Project.lat_e6).is_(None)
    found = page(session, inside, [unmeasured, squared(point)], offset, limit)
    measured = [
        each if each.point is None else replace(each, distance_m=distance_m(point, each.point))
        for each in found.items
    ]
    ordered = sorted(measured, key=_by_distance)
    return Page(tuple(ordered), found.total, found.offset)


def _by_distance(project: Listed) -> tuple[bool, float, int]:
    return project.distance_m is None, project.distance_m or 0.0, project.id
