"""Sums of projects by one of their columns: out of the kept sums where those suffice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import SQLColumnExpression, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.filter_sql import conditions
from storage.projects.programme_tree import codes_below
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import parts
from storage.tables.facts import Project, Rollup
from storage.vocabulary import SECTORS
from storage.vocabulary.codes import numbers

Column = Literal["area", "districts", "programmes", "sector_no", "kind_no", "status_no", "year"]

_KEPT = ("projects", "planned_known", "planned_kzt", "contracted_known", "contracted_kzt")
_SUMMED: tuple[SQLColumnExpression[Any], ...] = tuple(
    func.sum(getattr(Rollup, name)) for name in (*_KEPT, "spent_known", "spent_kzt")
)
_MONEY = (col(Project.planned_kzt), col(Project.contracted_kzt), col(Project.spent_kzt))
_COUNTED: tuple[SQLColumnExpression[Any], ...] = (
    func.count(),
    *(sum_of for money in _MONEY for sum_of in (func.count(money), func.sum(money))),
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in whole tenge over the `known` projects that state one; None where none does."""

    known: int
    kzt: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over `projects` projects. `key` is what they share.

    "all"; a district's slug, "several" or "none"; a sector's code or "unknown"; a programme's code
    or "none"; a year ("2025") or "unknown"; see `storage.projects.comparison` for the others.
    """

    key: str
    projects: int
    planned: Money
    contracted: Money
    spent: Money


@dataclass(slots=True)
class Sums:
    """Projects, and for planned, contracted and spent money how many state it and their sum."""

    of: tuple[int, ...] = (0,) * len(_COUNTED)

    def add(self, more: Iterable[Any]) -> None:
        """Add the columns of a row; a sum of nothing is NULL."""
        self.of = tuple(mine + int(other or 0) for mine, other in zip(self.of, more, strict=True))

    def total(self, key: str) -> Total:
        """The sums under their key; money that no project states is unknown."""
        projects, *money = self.of
        pairs = zip(money[::2], money[1::2], strict=True)
        planned, contracted, spent = (Money(known, kzt if known else None) for known, kzt in pairs)
        return Total(key, projects, planned, contracted, spent)


def grouped(session: Session, column: Column, filters: ProjectFilter) -> dict[Any, Sums]:
    """The sums of the projects that pass, by the stored value of the column."""
    if column == "kind_no" or filters.kinds or filters.of_one_row:
        return _from_projects(session, column, filters)
    return _from_sums(session, column, filters)


def _from_projects(session: Session, column: Column, filters: ProjectFilter) -> dict[Any, Sums]:
    key = col(getattr(Project, column))
    rows = session.execute(select(key, *_COUNTED).where(*conditions(filters)).group_by(key))
    found: dict[Any, Sums] = defaultdict(Sums)
    for value, *amounts in rows:
        found[value].add(amounts)
    return found


def _from_sums(session: Session, column: Column, filters: ProjectFilter) -> dict[Any, Sums]:
    kept = (col(Rollup.districts), col(Rollup.programmes), col(getattr(Rollup, column)))
    asked = select(*kept, *_SUMMED).where(col(Rollup.status_no).in_(filters.status_numbers))
    if filters.sectors:
        asked = asked.where(col(Rollup.sector_no).in_(numbers(SECTORS, filters.sectors)))
    if filters.area is not None:
        asked = asked.where(col(Rollup.area) == filters.area)
    slugs = set(filters.districts)
    codes = codes_below(session, filters.programmes) if filters.programmes else None
    found: dict[Any, Sums] = defaultdict(Sums)
    for districts, programmes, value, *amounts in session.execute(
        asked.group_by(*dict.fromkeys(kept))
    ):
        outside = slugs and slugs.isdisjoint(parts(districts))
        if not outside and (codes is None or not codes.isdisjoint(parts(programmes))):
            found[value].add(amounts)
    return found


def summed(session: Session, filters: ProjectFilter, key: str = "all") -> Total:
    """All projects that pass in one sum."""
    whole = Sums()
    for each in grouped(session, "area", filters).values():
        whole.add(each.of)
    return whole.total(key)
