"""`INSERT ... ON CONFLICT`, and many rows in one parameter, in the dialect of the engine.

Many rows travel as one JSON text: as parameters of their own PostgreSQL's driver takes longer to
name thousands of them than the server takes for the statement.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    cast,
    column,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlmodel import SQLModel


def is_sqlite(session: Session) -> bool:
    """Whether the session's engine is SQLite; PostgreSQL otherwise."""
    return session.connection().dialect.name == "sqlite"


def insert_new(
    session: Session,
    model: type[SQLModel],
    columns: Sequence[str] = (),
    rows: Select[Any] | None = None,
) -> Any:
    """An insert into the model's table whose rows are left out where their key is taken.

    `rows` is a query for the `columns`; without it the values are given with the statement.
    """
    insert: Any = (sqlite.insert if is_sqlite(session) else postgresql.insert)(model)
    if rows is not None:
        # SQLite takes ON CONFLICT after a SELECT for a join's ON unless there is a WHERE
        insert = insert.from_select(columns, rows.where(true()), include_defaults=False)
    return insert.on_conflict_do_nothing()


def rows_text(session: Session, rows: Any) -> str:
    """The rows of a query as one JSON text, a list of lists, in their order.

    It is read in one step. SQLite's driver lets go of the interpreter's lock at each row and waits
    to have it back, 5 ms where another thread computes: a thousand rows took seconds.
    """
    each = rows.subquery()
    if is_sqlite(session):
        whole: Any = func.json_group_array(func.json_array(*each.c))
    else:
        whole = cast(func.json_agg(func.json_build_array(*each.c)), Text)
    return str(session.connection().execute(select(whole)).scalar() or "[]")


def pairs_of(session: Session, pairs: Mapping[int, int]) -> tuple[Any, Any]:
    """The keys and the values as two columns to select."""
    if is_sqlite(session):
        rows = func.json_each(json.dumps(pairs)).table_valued("key", "value")
        return cast(rows.c.key, Integer), rows.c.value
    rows = func.json_each_text(_json(pairs)).table_valued("key", "value")
    return cast(rows.c.key, BigInteger), cast(rows.c.value, BigInteger)


def texts_of(session: Session, texts: Mapping[int, tuple[str, str]]) -> tuple[Any, Any, Any]:
    """The keys and the two texts of each as three columns to select."""
    if is_sqlite(session):
        rows = func.json_each(json.dumps(texts)).table_valued("key", "value")
        first, second = (func.json_extract(rows.c.value, f"$[{each}]") for each in (0, 1))
        return cast(rows.c.key, Integer), first, second
    rows = func.json_each(_json(texts)).table_valued("key", column("value", postgresql.JSON))
    return cast(rows.c.key, BigInteger), rows.c.value[0].astext, rows.c.value[1].astext


def one_of(session: Session, number: Any, numbers: Collection[int]) -> ColumnElement[bool]:
    """Whether a column is one of many numbers."""
    if is_sqlite(session):
        rows = func.json_each(json.dumps(list(numbers))).table_valued("value")
        found: ColumnElement[bool] = number.in_(select(rows.c.value))
        return found
    rows = func.json_array_elements_text(_json(list(numbers))).table_valued("value")
    among: ColumnElement[bool] = number.in_(select(cast(rows.c.value, BigInteger)))
    return among


def _json(value: Any) -> ColumnElement[Any]:
    return cast(literal(json.dumps(value), Text), postgresql.JSON)
