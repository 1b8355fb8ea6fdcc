"""The sums of `rollup`, kept in step with the projects batch by batch, or made anew."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.imports.deriving import MONEY, Columns
from storage.tables.core import table_of
from storage.tables.facts import Project, Rollup
from storage.values.city import CITYWIDE
from storage.vocabulary import STATUSES

COPIED = ("area", "districts", "programmes", "sector_no", "status_no", "year", "funding")
KEYS = (*COPIED, "citywide")
SUMS = (
    "projects",
    *("planned_known", "planned_kzt", "contracted_known", "contracted_kzt"),
    *("spent_known", "spent_kzt"),
)
WITHDRAWN = STATUSES["withdrawn"].number

Deltas = dict[tuple[Any, ...], list[int]]


def deltas(changes: Iterable[tuple[Columns | None, Columns]]) -> Deltas:
    """Return by how much each combination grows when projects go from old to new columns."""
    found: Deltas = defaultdict(lambda: [0] * len(SUMS))
    for old, new in changes:
        if old is not None:
            _count(found, old, -1)
        _count(found, new, 1)
    return {key: sums for key, sums in found.items() if any(sums)}


def _count(found: Deltas, columns: Columns, times: int) -> None:
    if columns["status_no"] == WITHDRAWN:
        return
    citywide = columns["location_precision"] == CITYWIDE
    sums = found[(*(columns[key] for key in COPIED), citywide)]
    sums[0] += times
    for place, money in enumerate(MONEY):
        amount = columns[money]
        if amount is not None:
            sums[1 + 2 * place] += times
            sums[2 + 2 * place] += times * amount


def grow_rollup(session: Session, found: Deltas) -> None:
    """Add the deltas to the table; combinations that hold no project any more go."""
    if not found:
        return
    rows = [dict(zip((*KEYS, *SUMS), (*key, *sums), strict=True)) for key, sums in found.items()]
    session.execute(_upsert(session, table_of(Rollup)), rows)
    shrunk = [_as_bound(key) for key, sums in found.items() if sums[0] < 0]
    if shrunk:
        table = table_of(Rollup)
        conditions = [table.c[key] == bindparam(f"of_{key}") for key in KEYS]
        session.execute(delete(table).where(table.c.projects == 0, *conditions), shrunk)


def _as_bound(key: tuple[Any, ...]) -> dict[str, Any]:
    return {f"of_{name}": value for name, value in zip(KEYS, key, strict=True)}


def _upsert(session: Session, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that adds to the sums of a combination that is there."""
    if session.connection().dialect.name == "sqlite":
        lite = sqlite.insert(table)
        grown = {name: table.c[name] + lite.excluded[name] for name in SUMS}
        return lite.on_conflict_do_update(index_elements=list(KEYS), set_=grown)
    post = postgresql.insert(table)
    grown = {name: table.c[name] + post.excluded[name] for name in SUMS}
    return post.on_conflict_do_update(index_elements=list(KEYS), set_=grown)


def _is_citywide(project: Table) -> ColumnElement[bool]:
    """Literally: a value of its own at each place would be another expression to PostgreSQL."""
    return project.c.location_precision == literal_column(f"'{CITYWIDE}'")


def recompute_rollup(session: Session) -> None:
    """Make the whole table anew from the projects: one pass over all of them."""
    project, rollup = table_of(Project), table_of(Rollup)
    session.execute(delete(rollup))
    sums: list[Any] = [func.count()]
    for money in MONEY:
        amount = project.c[money]
        sums += [func.count(amount), func.coalesce(func.sum(amount), 0)]
    keys = (*(project.c[key] for key in COPIED), _is_citywide(project))
    chosen = select(*keys, *sums).where(col(Project.status_no) != WITHDRAWN)
    grouped = chosen.group_by(*keys)
    session.execute(insert(rollup).from_select([*KEYS, *SUMS], grouped))
