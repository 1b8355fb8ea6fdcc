"""What a row of Project must fulfil to pass a filter.

A statement that is built once asks by the shape of a filter, and gets the values when it is run
(`asked`, `clauses`); any other takes the `conditions` with the values in them. Core columns only,
so that both go on a connection, without the ORM.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    func,
    literal_column,
    or_,
    select,
)

from storage.database.parameters import Bind, any_of, named, one_each, valued
from storage.geo.distance_sql import of_circle, within
from storage.projects.measures import COST, Dates, dates_of
from storage.projects.programme_tree import programme_ids
from storage.projects.project_filter import ProjectFilter
from storage.tables.core import table_of
from storage.tables.facts import (
    SEVERAL_DISTRICTS,
    District,
    Project,
    ProjectDistrict,
    ProjectProgramme,
)
from storage.values.ranges import PeriodOf
from storage.vocabulary import SECTORS
from storage.vocabulary.codes import COMPLETED, NOBODYS, OPEN, VISIBLE, WITHDRAWN, numbers

PROJECT = table_of(Project).c
_DISTRICT = table_of(District).c
_DISTRICT_LINK, _PROGRAMME_LINK = table_of(ProjectDistrict).c, table_of(ProjectProgramme).c

Way = Literal["rows", "cells", "runs"]
"""How the rows are come by: by any index, by a list of grid cells, or by runs of such cells.

Where the grid's index is read, districts and programmes are asked for by their numbers
(`grid_values`), and a condition must not lead SQLite to another index, or to making one for the
occasion: it would find half the city by it. A sum is no column, so that it has none to take.
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """Which fields of a filter are set; of lists that are written out, how many values they have.

    Filters of one shape are one statement with other parameters. Nothing withdrawn ever passes.
    """

    statuses: int = 0
    sectors: int = 0
    kinds: int = 0
    districts: bool = False
    programmes: bool = False
    area: bool = False
    period_of: PeriodOf | None = None
    first: bool = False
    last: bool = False
    to_come: bool = False
    amount: bool = False
    minimum: bool = False
    maximum: bool = False
    contractors: bool = False
    near: bool = False
    named: bool = False
    capacity_known: bool = False
    projects: bool = False
    overdue: bool = False


def conditions(filters: ProjectFilter) -> list[ColumnElement[bool]]:
    """What a row of Project must fulfil to pass the filter, with its values in it."""
    shape, values = asked(filters)
    return clauses(shape, valued(values))


def asked(filters: ProjectFilter) -> tuple[Shape, dict[str, Any]]:
    """The shape of a filter, and its values by the names of the parameters of `clauses`."""
    statuses = (filters.status_numbers or (NOBODYS,)) if filters.statuses else ()
    period, amount, kinds = filters.period, filters.amount, filters.kind_numbers
    values: dict[str, Any] = {
        **one_each("status", statuses),
        **one_each("sector", numbers(SECTORS, filters.sectors)),
        **one_each("kind", kinds),
    }
    if filters.districts:
        values["districts"] = list(filters.districts)
    if filters.programmes:
        values["programmes"] = list(filters.programmes)
    if filters.area is not None:
        values["area"] = filters.area
    shape = Shape(
        statuses=len(statuses),
        sectors=len(filters.sectors),
        kinds=len(kinds),
        districts=bool(filters.districts),
        programmes=bool(filters.programmes),
        area=filters.area is not None,
        period_of=filters.period_of if period else None,
        first=bool(period and period.first),
        last=bool(period and period.last),
        to_come=filters.to_come,
        amount=amount is not None,
        minimum=amount is not None and amount.minimum is not None,
        maximum=amount is not None and amount.maximum is not None,
        contractors=bool(filters.contractors),
        near=filters.near is not None,
        named=bool(filters.near and filters.near.named),
        capacity_known=filters.capacity_known,
        projects=bool(filters.projects),
        overdue=filters.overdue_on is not None,
    )
    return shape, {**values, **_values_of_row(filters)} if filters.of_one_row else values


def _values_of_row(filters: ProjectFilter) -> dict[str, Any]:
    values: dict[str, Any] = {
        "contractors": list(filters.contractors),
        "projects": list(filters.projects),
        "overdue_on": filters.overdue_on,
    }
    if period := filters.period:
        dates = dates_of(filters.period_of)
        values["first"] = period.first and dates.first_bound(period.first)
        values["last"] = period.last and dates.last_bound(period.last)
    if amount := filters.amount:
        values |= {"minimum": amount.minimum, "maximum": amount.maximum}
    return values | (of_circle(filters.near) if filters.near else {})


def grid_values(districts: Iterable[int], programmes: Iterable[int]) -> dict[str, Any]:
    """What stands for slugs and codes where the grid is read: the store's numbers."""
    return {"districts": [SEVERAL_DISTRICTS, *districts], "programmes": [*programmes]}


def clauses(shape: Shape, bind: Bind = named, way: Way = "rows") -> list[ColumnElement[bool]]:
    """The conditions of all filters of a shape."""
    found = [_of_status(shape, bind, way)]
    if shape.sectors:
        sector = _as_found(PROJECT.sector_no, way)
        found.append(any_of(sector, "sector", shape.sectors, Integer, bind))
    if shape.districts:
        found += _in_districts(bind, way)
    if shape.kinds:
        found.append(any_of(PROJECT.kind_no, "kind", shape.kinds, Integer, bind))
    if shape.programmes:
        found.append(_of_programmes(bind, way))
    if shape.area:
        found.append(_as_found(PROJECT.area, way) == bind("area", String))
    return [*found, *_of_row(shape, bind)]


def _as_found(column: ColumnElement[Any], way: Way) -> ColumnElement[Any]:
    """A column, or where runs of cells are read its value: there is no index of that to take."""
    if way != "runs":
        return column
    return column.concat("") if column is PROJECT.area else column + 0


def _of_status(shape: Shape, bind: Bind, way: Way) -> ColumnElement[bool]:
    status = _as_found(PROJECT.status_no, way)
    if shape.statuses:
        return any_of(status, "status", shape.statuses, Integer, bind)
    if way == "rows":  # an index on statuses seeks them
        return status.in_([_constant(number) for number in VISIBLE])
    return PROJECT.status_no != _constant(WITHDRAWN)


def _constant(number: int) -> ColumnElement[int]:
    return literal_column(str(number), Integer)


def _in_districts(bind: Bind, way: Way) -> list[ColumnElement[bool]]:
    if way == "rows":
        listed = select(_DISTRICT_LINK.project_id).join_from(
            table_of(ProjectDistrict),
            table_of(District),
            _DISTRICT_LINK.district_id == _DISTRICT.id,
        )
        slugs = bind("districts", String, many=True)
        return [PROJECT.id.in_(listed.where(_DISTRICT.slug.in_(slugs)))]
    numbers_of = bind("districts", Integer, many=True)
    among = select(_DISTRICT_LINK.project_id).where(
        _DISTRICT_LINK.project_id == PROJECT.id, _DISTRICT_LINK.district_id.in_(numbers_of)
    )
    # A project of several districts must have one of those asked for among them.
    one = or_(PROJECT.district_no != SEVERAL_DISTRICTS, among.exists())
    return [(PROJECT.district_no + 0).in_(numbers_of), one]


def _of_programmes(bind: Bind, way: Way) -> ColumnElement[bool]:
    if way == "rows":
        listed: Select[Any] = select(_PROGRAMME_LINK.project_id)
        return PROJECT.id.in_(listed.where(_PROGRAMME_LINK.programme_id.in_(programme_ids(bind))))
    # Asked of each candidate: they are few, the programme's projects may be many.
    link = select(_PROGRAMME_LINK.project_id).where(
        _PROGRAMME_LINK.project_id == PROJECT.id,
        _PROGRAMME_LINK.programme_id.in_(bind("programmes", Integer, many=True)),
    )
    return link.exists()


def _of_row(shape: Shape, bind: Bind) -> Iterator[ColumnElement[bool]]:
    """The conditions on what a project's own row alone holds."""
    if shape.period_of is not None:
        yield from happened(shape.period_of, any_status=bool(shape.statuses))
        yield from _wholly_within(shape.period_of, shape, bind)
    if shape.amount:
        yield from _between(shape, bind)
    if shape.contractors:
        yield PROJECT.contractor.in_(bind("contractors", String, many=True))
    if shape.near:
        yield from within(bind, with_named=shape.named)
    if shape.capacity_known:
        yield PROJECT.capacity.is_not(None)
    if shape.projects:
        yield PROJECT.id.in_(bind("projects", PROJECT.id.type, many=True))
    if shape.overdue:
        yield PROJECT.status_no.in_([_constant(number) for number in OPEN])
        yield PROJECT.due_last < bind("overdue_on", Date)
        yield PROJECT.status_on > PROJECT.due_last


def happened(period_of: PeriodOf, *, any_status: bool) -> Iterator[ColumnElement[bool]]:
    """What the status must be for a kind of date; `any_status`: those to come are told already."""
    if period_of == "completed":
        yield PROJECT.status_no == _constant(COMPLETED)
    elif period_of == "due" and not any_status:
        yield PROJECT.status_no.in_([_constant(number) for number in OPEN])


def _wholly_within(period_of: PeriodOf, shape: Shape, bind: Bind) -> Iterator[ColumnElement[bool]]:
    """The date is known and all of its days lie in the period."""
    dates = dates_of(period_of)
    yield dates.known
    if shape.first:
        first = bind("first", dates.of)
        begins = dates.first >= first
        to_come = shape.to_come and period_of == "due"
        yield begins | _under_way(dates, first) if to_come else begins
    if shape.last:
        yield dates.last <= bind("last", dates.of)


def _under_way(dates: Dates, first: ColumnElement[Any]) -> ColumnElement[bool]:
    """It is unfinished, and due in a month that is not over."""
    month = func.length(PROJECT.due_on) == len("2026-01")
    still = PROJECT.status_no.in_([_constant(number) for number in OPEN])
    return and_(month, still, dates.last >= first)


def _between(shape: Shape, bind: Bind) -> Iterator[ColumnElement[bool]]:
    yield COST.is_not(None)
    if shape.minimum:
        yield bind("minimum", BigInteger) <= COST
    if shape.maximum:
        yield bind("maximum", BigInteger) >= COST
