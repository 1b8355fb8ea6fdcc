"""A programme with all programmes below it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import CTE, Select, String, select
from sqlalchemy.orm import Session

from storage.database.parameters import Bind, named, valued
from storage.tables.core import table_of
from storage.tables.facts import Programme

Tree = Mapping[str, frozenset[str]]
"""Each programme's code with those of all programmes below it, itself among them."""

_PROGRAMME = table_of(Programme).c


def programme_ids(bind: Bind = named) -> Select[Any]:
    """The numbers of the `programmes` (codes) and of all programmes below them."""
    return select(_below(bind).c.id)


def numbers_below(session: Session, codes: Iterable[str]) -> list[int]:
    """The numbers of these programmes and of all below them; none for an unknown one."""
    return [*session.scalars(programme_ids(valued({"programmes": list(codes)})))]


def codes_below(session: Session, codes: Iterable[str]) -> frozenset[str]:
    """The codes of these programmes and of all below them; none for an unknown one."""
    return frozenset(session.scalars(select(_below(valued({"programmes": list(codes)})).c.code)))


def _below(bind: Bind) -> CTE:
    tree = select(_PROGRAMME.id, _PROGRAMME.code)
    among = _PROGRAMME.code.in_(bind("programmes", String, many=True))
    whole = tree.where(among).cte(recursive=True)
    return whole.union(tree.join(whole, _PROGRAMME.parent == whole.c.code))


def tree_of(session: Session) -> Tree:
    """All programmes with what is below each."""
    rows = session.execute(select(_PROGRAMME.code, _PROGRAMME.parent))
    parents = {code: parent for code, parent in rows}  # noqa: C416 - a Row is no pair to mypy
    found: dict[str, set[str]] = {code: {code} for code in parents}
    for code, parent in parents.items():
        above, seen = parent, {code}
        while above in parents and above not in seen:
            found[above].add(code)
            seen.add(above)
            above = parents[above]
    return {code: frozenset(codes) for code, codes in found.items()}


def with_below(tree: Tree, codes: Iterable[str]) -> frozenset[str]:
    """These codes and those of all programmes below them."""
    return frozenset().union(*(tree.get(code, frozenset((code,))) for code in codes))
