"""The statements of the search for the nearest projects, each built once.

They are Core statements on the tables, for `Session.connection()`: through the ORM the same rows
take twice as long.
"""

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    bindparam,
    func,
    select,
    union_all,
)

from storage.database.lists import among
from storage.database.parameters import named
from storage.database.prepared import Prepared
from storage.geo.distance_sql import in_circle, in_square, nearness_key
from storage.projects import filter_sql
from storage.projects.filter_sql import PROJECT
from storage.projects.lateness import silence
from storage.projects.summary import COLUMN_NAMES
from storage.tables.core import table_of
from storage.tables.facts import Project


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of a filter, and how its cells are asked for.

    By `runs` of cells or, where that is 0, by single ones, however many.
    """

    filter: filter_sql.Shape
    runs: int = 0

    def within_area(self) -> "Shape":
        """The same with the area, which the index does not hold."""
        return replace(self, filter=replace(self.filter, area=True))


@lru_cache(maxsize=256)
def nearest_rows(shape: Shape) -> Prepared:
    """The columns of `Listed` and the area of the nearest `limit` projects in the square.

    The best are chosen by the index alone; only their rows are read. They come in any order.
    """
    best = _passing(shape).order_by(nearness_key(), PROJECT.id)
    return Prepared(_rows_of(best.limit(bindparam("limit", type_=Integer))))


@lru_cache(maxsize=256)
def circle_rows(shape: Shape) -> Prepared:
    """The same of the projects in the circle, the alive first, from the `offset` nearest on.

    And the number of all, and of the silent ones among them (`storage.projects.lateness.silence`).
    """
    keys = (silence().label("silent"), nearness_key().label("key"))
    near = _passing(shape).add_columns(*keys).where(in_circle()).cte("near")
    page = select(near.c.id).order_by(near.c.silent, near.c.key, near.c.id)
    page = page.offset(bindparam("offset", type_=Integer))
    rows = _rows_of(page.limit(bindparam("limit", type_=Integer)))
    counted = (func.count(), func.coalesce(func.sum(near.c.silent), 0))
    return Prepared(rows.add_columns(*(_of_all(near, each) for each in counted)))


@lru_cache(maxsize=256)
def circle_count(shape: Shape) -> Select[int, int]:
    """How many projects are in the circle, and how many of them are silent."""
    near = _passing(shape).add_columns(silence().label("silent")).where(in_circle()).subquery()
    return select(func.count(), func.coalesce(func.sum(near.c.silent), 0)).select_from(near)


def _of_all(rows: FromClause, value: ColumnElement[int]) -> ColumnElement[int]:
    return select(value).select_from(rows).scalar_subquery()


def _passing(shape: Shape) -> Select[int]:
    """Numbers of the projects in the cells and in the square that pass the filters."""
    asked: Select[int] = select(PROJECT.id)
    if shape.runs == 0:
        asked = asked.where(among(PROJECT.cell, "cells"))
    elif shape.runs == 1:
        asked = asked.where(PROJECT.cell.between(_cell("first_0"), _cell("last_0")))
    else:
        runs = _runs(shape.runs)
        between = PROJECT.cell.between(runs.c.first, runs.c.last)
        asked = asked.join_from(runs, table_of(Project), between)
    way: filter_sql.Way = "runs" if shape.runs else "cells"
    return asked.where(*in_square(), *filter_sql.clauses(shape.filter, named, way))


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
