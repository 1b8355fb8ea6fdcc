"""The statements of the search for the nearest projects, each built once.

They are Core statements on the tables, for `Session.connection()`: through the ORM the same rows
take twice as long.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    FromClause,
    Integer,
    Select,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from storage.geo.distance_sql import nearness_key
from storage.projects.summary import COLUMN_NAMES
from storage.tables.core import table_of
from storage.tables.facts import (
    SEVERAL_DISTRICTS,
    Project,
    ProjectDistrict,
    ProjectProgramme,
)
from storage.vocabulary.codes import WITHDRAWN

PROJECT = table_of(Project).c
_DISTRICT_LINK, _PROGRAMME_LINK = table_of(ProjectDistrict).c, table_of(ProjectProgramme).c


@dataclass(frozen=True, slots=True)
class Shape:
    """How many parameters of each kind a statement has, besides that nothing withdrawn comes back.

    It asks for so many `cells`, for `runs` of cells, or, both 0, for any number of cells. Lists are
    written out one parameter each: an expanding one costs a tenth of a millisecond each time.
    """

    runs: int = 0
    cells: int = 0
    statuses: int = 0
    sectors: int = 0
    kinds: int = 0
    districts: bool = False
    programmes: bool = False
    area: bool = False


def in_square() -> list[ColumnElement[bool]]:
    """Cheap to check on whole numbers before any distance is reckoned."""
    sides = {name: bindparam(name, type_=Integer) for name in ("south", "north", "west", "east")}
    return [
        PROJECT.lat_e6.between(sides["south"], sides["north"]),
        PROJECT.lon_e6.between(sides["west"], sides["east"]),
    ]


@lru_cache(maxsize=256)
def nearest_rows(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The columns of `Listed` and the area of the nearest `limit` projects in the square.

    The best are chosen by the index alone; only their rows are read. They come in any order.
    """
    best = _passing(shape).order_by(nearness_key(), PROJECT.id)
    return _rows_of(best.limit(bindparam("limit", type_=Integer)))


@lru_cache(maxsize=256)
def circle_rows(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The same of the projects in the circle, from the `offset` nearest on; and their number."""
    page = _passing(shape).where(_in_circle()).order_by(nearness_key(), PROJECT.id)
    page = page.offset(bindparam("offset", type_=Integer))
    rows = _rows_of(page.limit(bindparam("limit", type_=Integer)))
    return rows.add_columns(circle_count(shape).scalar_subquery())


@lru_cache(maxsize=256)
def circle_count(shape: Shape) -> Select[int]:
    """How many projects are in the circle."""
    return select(func.count()).select_from(_passing(shape).where(_in_circle()).subquery())


def _in_circle() -> ColumnElement[bool]:
    return nearness_key() <= bindparam("circle", type_=Float)


def _passing(shape: Shape) -> Select[int]:
    """Numbers of the projects in the cells and in the square that pass the filters."""
    asked: Select[int] = select(PROJECT.id)
    if shape.cells:
        asked = asked.where(_any_of(PROJECT.cell, "cell", shape.cells))
    elif shape.runs == 1:
        asked = asked.where(PROJECT.cell.between(_cell("first_0"), _cell("last_0")))
    elif shape.runs == 0:
        asked = asked.where(_one_of(PROJECT.cell, "cells"))
    else:
        runs = _runs(shape.runs)
        between = PROJECT.cell.between(runs.c.first, runs.c.last)
        asked = asked.join_from(runs, table_of(Project), between)
    return asked.where(*in_square(), *_conditions(shape))


def _rows_of(numbers: Select[int]) -> Select[*tuple[Any, ...]]:
    best = numbers.subquery("best")
    rows = table_of(Project).alias("listed")
    columns = (rows.c[name] for name in (*COLUMN_NAMES, "area"))
    return select(*columns).join_from(best, rows, rows.c.id == best.c.id)


def _cell(name: str) -> ColumnElement[int]:
    return bindparam(name, type_=Integer)


@cache
def _runs(count: int) -> FromClause:
    """A table of the parameters first_0, last_0, first_1, ..."""
    rows = [
        select(_cell(f"first_{number}").label("first"), _cell(f"last_{number}").label("last"))
        for number in range(count)
    ]
    return union_all(*rows).cte("runs")


def _one_of(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True, type_=Integer))


def _any_of(column: ColumnElement[Any], name: str, count: int) -> ColumnElement[bool]:
    return column.in_([bindparam(f"{name}_{each}", type_=Integer) for each in range(count)])


def _conditions(shape: Shape) -> list[ColumnElement[bool]]:
    """What must hold. Where the cells are no list, SQLite would sooner take an index on statuses
    or districts and find half the city by it: a sum is no column, so that it has none to take.
    """
    found: list[ColumnElement[bool]] = []
    status = PROJECT.status_no + 0 if shape.runs else PROJECT.status_no
    if shape.statuses:
        found.append(_any_of(status, "status", shape.statuses))
    else:
        found.append(PROJECT.status_no != literal_column(str(WITHDRAWN), Integer))
    if shape.sectors:
        found.append(_any_of(PROJECT.sector_no, "sector", shape.sectors))
    if shape.districts:
        found += [_one_of(PROJECT.district_no + 0, "districts"), _listed_under_one()]
    if shape.kinds:
        found.append(_any_of(PROJECT.kind_no, "kind", shape.kinds))
    if shape.programmes:
        found.append(_of_programme())
    if shape.area:
        found.append(PROJECT.area == bindparam("area"))
    return found


def _listed_under_one() -> ColumnElement[bool]:
    """A project of several districts must have one of those asked for among them."""
    among = select(_DISTRICT_LINK.project_id).where(
        _DISTRICT_LINK.project_id == PROJECT.id,
        _one_of(_DISTRICT_LINK.district_id, "districts"),
    )
    return or_(PROJECT.district_no != SEVERAL_DISTRICTS, among.exists())


def _of_programme() -> ColumnElement[bool]:
    """Asked of each candidate: they are few, the programme's projects may be many."""
    link = select(_PROGRAMME_LINK.project_id).where(
        _PROGRAMME_LINK.project_id == PROJECT.id,
        _one_of(_PROGRAMME_LINK.programme_id, "programmes"),
    )
    return link.exists()
