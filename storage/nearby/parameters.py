"""What filters and cells ask of `storage.nearby.statements`: shapes and parameters."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from storage.database.parameters import one_each
from storage.nearby.statements import Shape
from storage.projects.filter_sql import asked, grid_values
from storage.projects.programme_tree import numbers_below
from storage.projects.project_filter import ProjectFilter
from storage.tables.core import table_of
from storage.tables.facts import District
from storage.vocabulary.codes import VISIBLE

_NO_RUN = (1, 0)
_DISTRICT = table_of(District).c


MOST_SEEKS = 4_096
"""Of more places in the index the runs are read: seeking takes as long as there is anything."""


def asked_for(session: Session, filters: ProjectFilter) -> tuple[Shape, Mapping[str, Any]]:
    """The shape of the filters, all but the area, and their parameters.

    ValueError for filters that only a project's own row can tell: those want a list.
    """
    if filters.of_one_row:
        raise ValueError("the index on the grid holds neither dates nor money")
    shape, values = _shaped(filters)
    if not (filters.districts or filters.programmes):
        return shape, values
    districts = session.scalars(_district_ids(filters)) if filters.districts else ()
    programmes = numbers_below(session, filters.programmes) if filters.programmes else ()
    return shape, {**values, **grid_values(districts, programmes)}


@lru_cache(maxsize=1024)
def _shaped(filters: ProjectFilter) -> tuple[Shape, Mapping[str, Any]]:
    narrowed, values = asked(replace(filters, area=None))
    if filters.sectors and not filters.statuses:  # the index seeks sectors by status
        narrowed = replace(narrowed, statuses=len(VISIBLE))
        values |= one_each("status", VISIBLE)
    return Shape(narrowed), values


def _district_ids(filters: ProjectFilter) -> Select[Any]:
    return select(_DISTRICT.id).where(_DISTRICT.slug.in_(filters.districts))


def in_cells(shape: Shape, runs: list[tuple[int, int]]) -> tuple[Shape, dict[str, Any]]:
    """The cells to search: single ones for the index to seek, or runs of them where they are many.

    The number of runs is rounded up to a power of two, so that there are few different statements.
    """
    rows, columns = len(runs), runs[0][1] - runs[0][0] + 1
    if rows * columns * _places(shape) <= MOST_SEEKS:
        cells = [cell for first, last in runs for cell in range(first, last + 1)]
        return shape, {"cells": cells}
    runs = runs + [_NO_RUN] * (_rounded(rows) - rows)
    firsts, lasts = zip(*runs, strict=True)
    return replace(shape, runs=len(runs)), one_each("first", firsts) | one_each("last", lasts)


def _places(shape: Shape) -> int:
    """So many places of the index one cell has: it holds statuses, and sectors below each."""
    return max(1, shape.filter.statuses) * max(1, shape.filter.sectors)


def _rounded(count: int) -> int:
    return 1 << (count - 1).bit_length()
