"""Near a point, for any filters, and with what is named after the place."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import SQLColumnExpression, case
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.circle import Circle
from storage.geo.distance_sql import squared, within_circle
from storage.geo.points import distance_m
from storage.nearby.within import NOBODY_YET, nearby
from storage.projects.filter_sql import conditions
from storage.projects.lateness import silence_on
from storage.projects.project_filter import CITY, ProjectFilter
from storage.projects.summary import Listed, page
from storage.tables.facts import Project
from storage.values.pages import Page


def near(
    session: Session,
    around: Circle,
    filters: ProjectFilter = CITY,
    *,
    today: date = NOBODY_YET,
    offset: int = 0,
    limit: int = 5,
) -> Page[Listed]:
    """A page of the projects in the circle, nearest first; `distance_m` is set.

    As `storage.nearby.within.nearby`, but for any filters, and with those named after the place,
    which come first; those without a point come last of them, without a distance.
    """
    point, radius_m = around.point, around.radius_m
    if not filters.of_one_row and not around.named:
        return nearby(session, point, radius_m, filters, today=today, offset=offset, limit=limit)
    inside = conditions(replace(filters, near=around))
    if filters.near is not None:  # another circle besides this one
        inside += within_circle(filters.near)
    unmeasured = col(Project.lat_e6).is_(None)
    others = _others(around)
    found_by: list[SQLColumnExpression[Any]] = [silence_on(today), *others]
    order = [*found_by, unmeasured, squared(point)]
    found = page(session, inside, order, offset, limit)
    measured = [
        each if each.point is None else replace(each, distance_m=distance_m(point, each.point))
        for each in found.items
    ]
    own = set(around.named)
    ordered = sorted(
        measured,
        key=lambda each: (each.is_silent(today), bool(own) - (each.id in own), *_by_distance(each)),
    )
    return Page(tuple(ordered), found.total, found.offset)


def _others(around: Circle) -> list[SQLColumnExpression[Any]]:
    """1 for what does not bear the place's name, where anything does."""
    if not around.named:
        return []
    return [case((col(Project.id).in_(around.named), 0), else_=1)]


def _by_distance(project: Listed) -> tuple[bool, float, int]:
    return project.distance_m is None, project.distance_m or 0.0, project.id
