"""A filter as an operator types it: `districts=medeu|bostandyk kinds=school near=43.24,76.95`."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.running import RefusedError
from storage.geo.circle import Circle
from storage.geo.points import MAX_RADIUS_M, MIN_RADIUS_M, Point, in_kazakhstan
from storage.news.filters import NEWS_KINDS, NewsFilter
from storage.tables.facts import District, Programme, Project
from storage.values.city import CENTRE, DEFAULT_RADIUS_M
from storage.vocabulary import KINDS, SECTORS

FIELDS = ("news", "districts", "sectors", "kinds", "programmes", "near", "radius", "project")
NEAR = f"near={CENTRE[0]},{CENTRE[1]}"
EXAMPLE = f"districts=medeu|bostandyk kinds=school {NEAR} radius=2000"
_FIELD = re.compile(r"[\s,;]+(?=\w+=)")
_POINT = re.compile(r"(-?\d+(?:\.\d+)?)[,;](-?\d+(?:\.\d+)?)")


def parse_filter(session: Session, text: str) -> NewsFilter:
    """The filter of `field=value` pairs apart by spaces or commas, several values apart by `|`.

    RefusedError with a sentence that says what is possible.
    """
    values: dict[str, Any] = {}
    for pair in _FIELD.split(text.strip()):
        name, given, value = pair.partition("=")
        if not given or name not in FIELDS or name in values:
            raise RefusedError(
                f"{pair!r} is neither a chat's number nor a part of a filter: write for instance "
                f"{EXAMPLE!r}, each field once; fields are {', '.join(FIELDS)}"
            )
        values[name] = _READ[name](session, name, value.strip())
    near, radius, project = (values.pop(name, None) for name in ("near", "radius", "project"))
    if radius and not near:
        raise RefusedError(f"radius goes with near: {NEAR} radius=2000")
    return NewsFilter(
        **values,
        near=Circle(near, radius or DEFAULT_RADIUS_M) if near else None,
        projects=() if project is None else (project,),
    ).canonical()


def _one_of(known: Callable[[Session], Mapping[str, Any] | tuple[str, ...]]) -> Any:
    def read(session: Session, name: str, value: str) -> tuple[str, ...]:
        possible = known(session)
        chosen = tuple(filter(None, value.split("|")))
        wrong = [each for each in chosen if each not in possible]
        if wrong or not chosen:
            raise RefusedError(
                f"{name} has no {'|'.join(wrong) or 'value'}: it is some of {', '.join(possible)}"
            )
        return chosen

    return read


def _districts(session: Session) -> tuple[str, ...]:
    return tuple(session.scalars(select(col(District.slug)).order_by(col(District.position))))


def _programmes(session: Session) -> tuple[str, ...]:
    return tuple(session.scalars(select(col(Programme.code)).order_by(col(Programme.position))))


def _near(_session: Session, _name: str, value: str) -> Point:
    found = _POINT.fullmatch(value)
    if not found or not in_kazakhstan(*map(float, found.groups())):
        raise RefusedError(f"near is a latitude and a longitude in Kazakhstan: {NEAR}")
    return Point.of(*map(float, found.groups()))


def _radius(_session: Session, _name: str, value: str) -> int:
    if not re.fullmatch(r"\d{1,6}", value) or not MIN_RADIUS_M <= int(value) <= MAX_RADIUS_M:
        raise RefusedError(f"radius is {MIN_RADIUS_M} to {MAX_RADIUS_M} metres: radius=2000")
    return int(value)


def _project(session: Session, _name: str, value: str) -> int:
    number = session.scalar(select(col(Project.id)).where(col(Project.key) == value))
    if number is None and re.fullmatch(r"\d{1,18}", value):
        number = session.scalar(select(col(Project.id)).where(col(Project.id) == int(value)))
    if number is None:
        raise RefusedError(
            f"There is no project {value!r}: project is the id of a data set, or the store's number"
        )
    return number


_READ: Mapping[str, Callable[[Session, str, str], Any]] = {
    "news": _one_of(lambda _: NEWS_KINDS),
    "districts": _one_of(_districts),
    "sectors": _one_of(lambda _: SECTORS),
    "kinds": _one_of(lambda _: KINDS),
    "programmes": _one_of(_programmes),
    "near": _near,
    "radius": _radius,
    "project": _project,
}
