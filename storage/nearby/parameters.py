"""What filters and cells ask of `storage.nearby.statements`: shapes and parameters."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.nearby.statements import Shape
from storage.projects.filters import Filters, programme_ids, status_numbers
from storage.tables.facts import SEVERAL_DISTRICTS, District
from storage.vocabulary import KINDS, SECTORS
from storage.vocabulary.codes import NOBODYS, numbers

_NO_RUN = (1, 0)


MOST_WRITTEN = 128
"""So many cells are written into a statement one by one; of more each statement would be large."""

MOST_SEEKS = 4_096
"""Of more places in the index the runs are read: seeking takes as long as there is anything."""


def asked_for(session: Session, filters: Filters) -> tuple[Shape, dict[str, Any]]:
    """The shape of the filters, all but the area, and their parameters.

    ValueError for filters that only a project's own row can tell: those want a list.
    """
    if filters.of_one_row:
        raise ValueError("the index on the grid holds neither dates nor money")
    statuses: list[int] = []
    if filters.statuses or filters.sectors:  # the index seeks sectors by status
        statuses = status_numbers(filters) or [NOBODYS]
    sectors, kinds = numbers(SECTORS, filters.sectors), numbers(KINDS, filters.kinds)
    asked = _numbered("status", statuses) | _numbered("sector", sectors) | _numbered("kind", kinds)
    if filters.districts:
        asked["districts"] = [SEVERAL_DISTRICTS, *session.scalars(_district_ids(filters))]
    if filters.programme is not None:
        asked["programmes"] = [*session.scalars(programme_ids(filters.programme))]
    shape = Shape(
        statuses=len(statuses),
        sectors=len(sectors),
        kinds=len(kinds),
        districts=bool(filters.districts),
        programmes=filters.programme is not None,
    )
    return shape, asked


def _numbered(name: str, values: Sequence[int]) -> dict[str, Any]:
    """A parameter each: name_0, name_1, ..."""
    return {f"{name}_{number}": value for number, value in enumerate(values)}


def _district_ids(filters: Filters) -> Select[Any]:
    return select(col(District.id)).where(col(District.slug).in_(filters.districts))


def in_cells(shape: Shape, runs: list[tuple[int, int]]) -> tuple[Shape, dict[str, Any]]:
    """The cells to search: single ones for the index to seek, or runs of them where they are many.

    Their number is rounded up to a power of two, so that there are few different statements.
    """
    rows, columns = len(runs), runs[0][1] - runs[0][0] + 1
    if rows * columns * max(1, shape.statuses) * max(1, shape.sectors) <= MOST_SEEKS:
        cells = [cell for first, last in runs for cell in range(first, last + 1)]
        if len(cells) > MOST_WRITTEN:
            return shape, {"cells": cells}
        cells += cells[-1:] * (_rounded(len(cells)) - len(cells))
        return replace(shape, cells=len(cells)), _numbered("cell", cells)
    runs = runs + [_NO_RUN] * (_rounded(rows) - rows)
    firsts, lasts = zip(*runs, strict=True)
    return replace(shape, runs=len(runs)), _numbered("first", firsts) | _numbered("last", lasts)


def _rounded(count: int) -> int:
    return 1 << (count - 1).bit_length()
