"""The parameters of statements: named, for those built once, or with their values in them."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import BindParameter, ColumnElement, bindparam
from sqlalchemy.types import TypeEngine

AnyType = type[TypeEngine[Any]] | TypeEngine[Any]


class Bind(Protocol):
    """Makes the parameter of a name; `many`: a list of any length, for IN."""

    def __call__(self, name: str, of: AnyType, *, many: bool = False) -> BindParameter[Any]:
        """The parameter, whose values are of the type `of`."""


def named(name: str, of: AnyType, *, many: bool = False) -> BindParameter[Any]:
    """A parameter whose value comes when the statement is run."""
    return bindparam(name, type_=of, expanding=many)


def valued(values: Mapping[str, Any]) -> Bind:
    """Parameters that have their values already: they go into any statement, beside any others."""

    def bind(name: str, of: AnyType, *, many: bool = False) -> BindParameter[Any]:
        return bindparam(name, values[name], type_=of, expanding=many, unique=True)

    return bind


def any_of(
    column: ColumnElement[Any], name: str, count: int, of: AnyType, bind: Bind
) -> ColumnElement[bool]:
    """The column is one of name_0, name_1, ...: a list of any length takes 0.1 ms more a time."""
    return column.in_([bind(f"{name}_{each}", of) for each in range(count)])


def one_each(name: str, values: Any) -> dict[str, Any]:
    """The values of the parameters of `any_of`."""
    return {f"{name}_{number}": value for number, value in enumerate(values)}
