"""`INSERT ... ON CONFLICT` in the dialect of the session's engine."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, true
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
