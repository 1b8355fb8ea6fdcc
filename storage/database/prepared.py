"""Statements of the resident's path: built once, compiled once, run as they are.

SQLAlchemy takes as long to bring a statement to SQLite's driver as SQLite takes to answer it. Here
the text, the order of the parameters and the types that need conversion are worked out at the
first run; after that the driver is asked. On PostgreSQL, where the way to the server is what
costs, the statement goes the usual way.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Convert = Callable[[Any], Any]
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as SQLite's driver takes it, and what its values are converted by."""

    text: str
    names: tuple[str, ...]
    defaults: Mapping[str, Any]
    inward: Mapping[str, Convert]
    outward: tuple[tuple[int, Convert], ...]
    is_whole: bool  # no list is written out when it is run

    def run(self, cursor: sqlite3.Cursor, given: Mapping[str, Any]) -> list[Row]:
        values = {**self.defaults, **given}
        for name, convert in self.inward.items():
            values[name] = convert(values[name])
        rows: list[Row] = cursor.execute(
            self.text, [values[name] for name in self.names]
        ).fetchall()
        return [self._converted(row) for row in rows] if self.outward else rows

    def _converted(self, row: Row) -> Row:
        values = list(row)
        for place, convert in self.outward:
            values[place] = convert(values[place])
        return values


class Prepared:
    """A statement with named parameters. One with a list to be written out goes the usual way."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    def rows(self, session: Session, parameters: Mapping[str, Any]) -> Sequence[Row]:
        """All rows, with values as SQLAlchemy gives them; SQLAlchemy's errors."""
        connection = session.connection()
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, parameters).all()
        compiled = self._compiled or _compiled(self._statement, connection.dialect)
        self._compiled = compiled
        if compiled.is_whole:
            return _run(connection, compiled, parameters)
        return connection.execute(self._statement, parameters).all()


def _run(connection: Connection, compiled: _Compiled, given: Mapping[str, Any]) -> list[Row]:
    if not connection.in_transaction():
        connection.begin()
    cursor: Any = connection.connection.cursor()
    try:
        return compiled.run(cursor, given)
    except sqlite3.Error as error:
        raise DBAPIError.instance(
            compiled.text, None, error, sqlite3.Error, hide_parameters=True
        ) from error
    finally:
        cursor.close()


def _compiled(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> _Compiled:
    compiled: Any = statement.compile(dialect=dialect)
    processed = {
        name: bound.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bound in compiled.binds.items()
    }
    results = [
        column.type.dialect_impl(dialect).result_processor(dialect, None)
        for column in statement.selected_columns
    ]
    return _Compiled(
        compiled.string,
        tuple(compiled.positiontup or ()),
        compiled.params,
        {name: convert for name, convert in processed.items() if convert is not None},
        tuple((place, each) for place, each in enumerate(results) if each is not None),
        not any(bound.expanding for bound in compiled.binds.values()),
    )
