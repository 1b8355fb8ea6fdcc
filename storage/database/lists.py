"""A list of any length in one parameter, for statements that are built once.

An expanding `IN` is written anew for each length, and its every number is a parameter: to ask for
the eighty cells of a circle that took three times as long as to look them up.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Dialect, SQLColumnExpression, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class Numbers(TypeDecorator[Sequence[int]]):
    """Whole numbers as one text: JSON on SQLite, an array's literal on PostgreSQL.

    To psycopg the text is a third of the work that a list is, each number of which it adapts.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> str | None:
        """What is handed to the engine."""
        if value is None:
            return None
        numbers = ",".join(map(str, value))
        return f"[{numbers}]" if dialect.name == "sqlite" else f"{{{numbers}}}"


class _Among(FunctionElement[bool]):
    """See `among`."""

    type = Boolean()
    inherit_cache = True
    _is_implicitly_boolean = True  # else SQLite is asked for `... = 1`, which no index serves


def among(column: SQLColumnExpression[Any], name: str) -> ColumnElement[bool]:
    """Whether the column is one of the numbers in the parameter `name`: a sequence of any length.

    An index on the column serves it on both engines.
    """
    return _Among(column, bindparam(name, type_=Numbers))


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, numbers = (compiler.process(each, **kw) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 - a parameter


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, numbers = (compiler.process(each, **kw) for each in element.clauses)
    return f"{column} = ANY (CAST({numbers} AS BIGINT[]))"
