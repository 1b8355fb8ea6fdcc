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
from storage.values.city import CITYWIDE
from storage.vocabulary import SECTORS
from storage.vocabulary.codes import numbers

Column = Literal["area", "districts", "programmes", "sector_no", "kind_no", "status_no", "year"]

PRIVATE = "private"
"""The `funding` of what a private investor pays; everything else counts as public money."""

WHOLE_CITY = "*"
"""Stands for the joined districts of projects that are for the whole city."""

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
    """A sum in whole tenge over the `known` of `of` projects that state one; None for none."""

    known: int
    of: int
    kzt: int | None

    @property
    def is_telling(self) -> bool:
        """Half of the projects or more state one: fewer tell nothing about all of them."""
        return bool(self.known) and 2 * self.known >= self.of


def together(parts: Iterable[Money]) -> Money:
    """These sums in one: of several groups, each with its own projects."""
    taken = list(parts)
    known = [part.kzt for part in taken if part.kzt is not None]
    return Money(
        sum(part.known for part in taken),
        sum(part.of for part in taken),
        sum(known) if known else None,
    )


@dataclass(frozen=True, slots=True)
class Funds:
    """What one sort of payer plans, has contracted and has spent for `projects` projects."""

    projects: int
    planned: Money
    contracted: Money
    spent: Money


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over `projects` projects. `key` is what they share.

    "all"; a district's slug, "several", "citywide" or "none"; a sector's code or "unknown"; a
    programme's code or "none"; a year ("2025") or "unknown"; see `storage.projects.comparison` for
    the others. What private investors pay is never added to `public`, where everything else is,
    what no source names a payer of as well.
    """

    key: str
    public: Funds
    private: Funds

    @property
    def projects(self) -> int:
        return self.public.projects + self.private.projects

    @property
    def planned(self) -> Money:
        """Of public money, as the next two."""
        return self.public.planned

    @property
    def contracted(self) -> Money:
        return self.public.contracted

    @property
    def spent(self) -> Money:
        return self.public.spent


@dataclass(slots=True)
class Sums:
    """Projects, and for planned, contracted and spent money how many state it and their sum.

    `public` and `private` hold these columns for each payer by itself.
    """

    public: tuple[int, ...] = (0,) * len(_COUNTED)
    private: tuple[int, ...] = (0,) * len(_COUNTED)

    def add(self, more: Iterable[Any], *, private: bool) -> None:
        """Add the columns of a row; a sum of nothing is NULL."""
        if private:
            self.private = _added(self.private, more)
        else:
            self.public = _added(self.public, more)

    def merge(self, other: "Sums") -> None:
        """Add all of the other's."""
        self.public = _added(self.public, other.public)
        self.private = _added(self.private, other.private)

    def total(self, key: str) -> Total:
        """The sums under their key; money that no project states is unknown."""
        return Total(key, _funds(self.public), _funds(self.private))


def _added(mine: tuple[int, ...], more: Iterable[Any]) -> tuple[int, ...]:
    return tuple(each + int(other or 0) for each, other in zip(mine, more, strict=True))


def _funds(columns: tuple[int, ...]) -> Funds:
    projects, *money = columns
    pairs = zip(money[::2], money[1::2], strict=True)
    return Funds(
        projects, *(Money(known, projects, kzt if known else None) for known, kzt in pairs)
    )


def grouped(session: Session, column: Column, filters: ProjectFilter) -> dict[Any, Sums]:
    """The sums of the projects that pass, by the stored value of the column.

    Of "districts", what is for the whole city stands under `WHOLE_CITY`.
    """
    if column == "kind_no" or filters.kinds or filters.of_one_row:
        return _from_projects(session, column, filters)
    return _from_sums(session, column, filters)


def _from_projects(session: Session, column: Column, filters: ProjectFilter) -> dict[Any, Sums]:
    own = (col(Project.funding), col(Project.location_precision), col(getattr(Project, column)))
    rows = session.execute(select(*own, *_COUNTED).where(*conditions(filters)).group_by(*own))
    found: dict[Any, Sums] = defaultdict(Sums)
    for funding, precision, value, *amounts in rows:
        key = _value(column, value, citywide=precision == CITYWIDE)
        found[key].add(amounts, private=funding == PRIVATE)
    return found


def _from_sums(session: Session, column: Column, filters: ProjectFilter) -> dict[Any, Sums]:
    own = (col(Rollup.funding), col(Rollup.citywide), col(getattr(Rollup, column)))
    kept = dict.fromkeys((*own, col(Rollup.districts), col(Rollup.programmes)))
    asked = select(*own, col(Rollup.districts), col(Rollup.programmes), *_SUMMED)
    asked = asked.where(col(Rollup.status_no).in_(filters.status_numbers))
    if filters.sectors:
        asked = asked.where(col(Rollup.sector_no).in_(numbers(SECTORS, filters.sectors)))
    if filters.area is not None:
        asked = asked.where(col(Rollup.area) == filters.area)
    slugs = set(filters.districts)
    codes = codes_below(session, filters.programmes) if filters.programmes else None
    found: dict[Any, Sums] = defaultdict(Sums)
    for funding, whole, value, districts, programmes, *amounts in session.execute(
        asked.group_by(*kept)
    ):
        outside = slugs and slugs.isdisjoint(parts(districts))
        if not outside and (codes is None or not codes.isdisjoint(parts(programmes))):
            key = _value(column, value, citywide=whole)
            found[key].add(amounts, private=funding == PRIVATE)
    return found


def _value(column: Column, value: Any, *, citywide: bool) -> Any:
    return WHOLE_CITY if column == "districts" and citywide and not value else value


def summed(session: Session, filters: ProjectFilter, key: str = "all") -> Total:
    """All projects that pass in one sum."""
    whole = Sums()
    for each in grouped(session, "area", filters).values():
        whole.merge(each)
    return whole.total(key)
