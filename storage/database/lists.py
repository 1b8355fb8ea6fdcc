"""A list of any length in one parameter, for statements that are built once.

An expanding `IN` is written anew for each length, and its every number is a parameter: to ask for
the eighty cells of a circle that took three times as long as to look them up.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Boolean, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class Numbers(TypeDecorator[Sequence[int]]):
    """Whole numbers as one parameter: an array on PostgreSQL, a JSON text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """What the engine takes it as."""
        own: TypeEngine[Any] = Text() if dialect.name == "sqlite" else ARRAY(BigInteger)
        return dialect.type_descriptor(own)

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        """What is handed to the engine."""
        if value is None:
            return None
        return json.dumps(list(value)) if dialect.name == "sqlite" else list(value)


class _Among(FunctionElement[bool]):
    """See `among`."""

    type = Boolean()
    inherit_cache = True
    _is_implicitly_boolean = True  # else SQLite is asked for `... = 1`, which no index serves


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
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
    return f"{column} = ANY ({numbers})"
