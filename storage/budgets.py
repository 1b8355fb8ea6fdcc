"""Money: planned, contracted, spent, and for how many projects each is known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.codes import SECTOR_CODES, numbers
from storage.filters import CITY, UNKNOWN, Filters, programme_codes, status_numbers
from storage.listed import day_of, parts
from storage.models import District, Indicator, Programme, Rollup, Source
from storage.partialdates import PartialDate
from storage.sources import SourceFacts
from storage.vocabulary import SECTORS

Breakdown = Literal["all", "district", "sector", "programme", "year"]


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in whole tenge over the `known` projects that state one; None where none does."""

    known: int
    kzt: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over `projects` projects. `key` is what they share.

    "all"; a district's slug, "several" or "none"; a sector's code or "unknown"; a programme's code
    or "none"; a year ("2025") or "unknown".
    """

    key: str
    projects: int
    planned: Money
    contracted: Money
    spent: Money


@dataclass(frozen=True, slots=True)
class Population:
    """How many residents, on which day, and who says so."""

    value: int
    on: PartialDate | None
    source: SourceFacts | None


def totals(session: Session, by: Breakdown, filters: Filters = CITY) -> list[Total]:
    """Sums of the projects that pass the filters, broken down as asked.

    A project of several districts stands under "several" in the breakdown by district, but passes a
    filter that names one of them. A project of several programmes stands under each, so that
    those sums overlap. Districts, sectors and programmes come in their own order, years from the
    earliest; "several", "none" and "unknown" last. Neither kinds nor what only a project's own row
    holds are kept in the sums: ValueError for such filters (`asking.sums` takes any).
    """
    if filters.kinds:
        raise ValueError("the sums are not kept by kind")
    if filters.of_one_row:
        raise ValueError("the sums do not hold what the filters ask for")
    sums: dict[str, _Sums] = defaultdict(_Sums)
    if by == "all":
        sums["all"] = _Sums()
    for key, amounts in _rows(session, by, filters):
        sums[key].add(amounts)
    return [sums[key].total(key) for key in _in_order(session, by, sums)]


SEVERAL, NONE = "several", "none"

_AMOUNTS = (
    col(Rollup.projects),
    col(Rollup.planned_known),
    col(Rollup.planned_kzt),
    col(Rollup.contracted_known),
    col(Rollup.contracted_kzt),
    col(Rollup.spent_known),
    col(Rollup.spent_kzt),
)


class _Sums:
    """The amounts of `_AMOUNTS`, summed."""

    def __init__(self) -> None:
        self.amounts = [0] * len(_AMOUNTS)

    def add(self, amounts: Iterable[Any]) -> None:
        self.amounts = [mine + int(more) for mine, more in zip(self.amounts, amounts, strict=True)]

    def total(self, key: str) -> Total:
        projects, *money = self.amounts
        pairs = zip(money[::2], money[1::2], strict=True)
        planned, contracted, spent = (Money(known, kzt if known else None) for known, kzt in pairs)
        return Total(key, projects, planned, contracted, spent)


def _rows(session: Session, by: Breakdown, filters: Filters) -> Iterable[tuple[str, Sequence[Any]]]:
    """The sums with the keys they count under."""
    kept = (col(Rollup.districts), col(Rollup.programmes), _key_column(by))
    rows = session.execute(
        select(*kept, *(func.sum(amount) for amount in _AMOUNTS))
        .where(*_conditions(filters))
        .group_by(*dict.fromkeys(kept))
    )
    slugs = set(filters.districts)
    codes = None if filters.programme is None else programme_codes(session, filters.programme)
    for districts, programmes, own, *amounts in rows:
        if slugs and slugs.isdisjoint(parts(districts)):
            continue
        if codes is not None and codes.isdisjoint(parts(programmes)):
            continue
        for key in _keys(by, own):
            yield key, amounts


def _key_column(by: Breakdown) -> SQLColumnExpression[Any]:
    columns: dict[str, SQLColumnExpression[Any]] = {
        "district": col(Rollup.districts),
        "sector": col(Rollup.sector_no),
        "programme": col(Rollup.programmes),
        "year": col(Rollup.year),
    }
    return columns.get(by, col(Rollup.area))


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Rollup.status_no).in_(status_numbers(filters))]
    if filters.sectors:
        found.append(col(Rollup.sector_no).in_(numbers(SECTORS, filters.sectors)))
    if filters.area is not None:
        found.append(col(Rollup.area) == filters.area)
    return found


def _keys(by: Breakdown, own: Any) -> tuple[str, ...]:
    """What a sum counts under, by the column of the breakdown."""
    if by == "district":
        slugs = parts(own)
        return (SEVERAL,) if len(slugs) > 1 else slugs or (NONE,)
    if by == "programme":
        return parts(own) or (NONE,)
    if by == "sector":
        return (SECTOR_CODES.get(own, UNKNOWN),)
    return (str(own) if own else UNKNOWN,) if by == "year" else ("all",)


def _in_order(session: Session, by: Breakdown, keys: Iterable[str]) -> list[str]:
    """The keys in their own order, what is no key of its own last."""
    known: Sequence[str] = sorted(keys)
    if by == "district":
        order = (col(District.position), col(District.id))
        known = session.scalars(select(col(District.slug)).order_by(*order)).all()
    elif by == "programme":
        places = (col(Programme.position), col(Programme.id))
        known = session.scalars(select(col(Programme.code)).order_by(*places)).all()
    elif by == "sector":
        known = list(SECTORS)
    last = (SEVERAL, NONE, UNKNOWN)
    rank = {key: number for number, key in enumerate([k for k in known if k not in last])}
    return sorted(keys, key=lambda key: (rank.get(key, len(rank)), key in last, key))


def population(session: Session, area: str = "almaty") -> Population | None:
    """The latest known number of residents of the area, None if unknown."""
    row = session.execute(
        select(
            col(Indicator.value),
            col(Indicator.stated_on),
            col(Indicator.year),
            col(Source.title),
            col(Source.url),
        )
        .join(Programme, col(Programme.id) == col(Indicator.programme_id))
        .join(Source, col(Source.id) == col(Indicator.source_id))
        .where(
            col(Indicator.code) == "population",
            col(Indicator.value_type) == "actual",
            col(Indicator.district) == "",
            col(Programme.area) == area,
        )
        .order_by(
            col(Indicator.year).desc(), col(Indicator.stated_on).desc(), col(Indicator.id).desc()
        )
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    value, stated_on, year, title, url = row
    return Population(
        round(value), day_of(stated_on or (str(year) if year else "")), SourceFacts(title, url)
    )
