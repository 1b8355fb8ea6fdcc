"""What the fields that a digest tells of were before: the net change in the time it covers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.digests.deliveries import Item
from storage.news.filters import NewsKind
from storage.tables.facts import Change
from storage.values.partial_dates import parse_partial
from storage.values.states import state_of

COVERS: Mapping[str, timedelta] = {
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=31),
}
_ONE_DAY = timedelta(days=1)
FIELDS: Mapping[NewsKind, tuple[str, ...]] = {
    "slipped": ("due_on",),
    "state": ("status",),
    "budget": ("planned_kzt", "contracted_kzt"),
}


class Move(NamedTuple):
    """A field's value before and after, as canonical texts."""

    old: str
    new: str


class _Row(NamedTuple):
    id: int
    old: str
    new: str
    at: datetime


def net_moves(session: Session, items: Sequence[Item], cadence: str) -> dict[int, dict[str, Move]]:
    """By project and field, from the value before what a digest of the cadence covers to the last.

    Chats with the same digest may have been told different changes before it, so that the time is
    counted back from the last change: a week for a weekly digest. Where that gives no news (what
    changed came back, or took longer), it is the shortest stretch of changes that does.
    """
    asked = [each for each in items if each.kind in FIELDS]
    if not asked:
        return {}
    rows = _rows(session, asked)
    covers = COVERS.get(cadence, _ONE_DAY)
    found: dict[int, dict[str, Move]] = defaultdict(dict)
    for each in asked:
        for field, told in _lately(each, rows, covers).items():
            if move := _move(each.kind, told, covers):
                found[each.project][field] = move
    return dict(found)


def _lately(
    item: Item, rows: Mapping[tuple[int, str], list[_Row]], covers: timedelta
) -> dict[str, list[_Row]]:
    """The changes of those of the item's fields that changed in the time, up to the item's last."""
    found = {
        field: [row for row in rows.get((item.project, field), ()) if row.id <= item.change]
        for field in FIELDS[item.kind]
    }
    ends = max((told[-1].at for told in found.values() if told), default=None)
    return {
        field: told
        for field, told in found.items()
        if told and ends and told[-1].at > ends - covers
    }


def _rows(session: Session, items: Iterable[Item]) -> dict[tuple[int, str], list[_Row]]:
    """All changes of these projects' fields, in their order."""
    fields = {field for names in FIELDS.values() for field in names}
    rows = session.execute(
        select(
            *(col(Change.project_id), col(Change.field), col(Change.id)),
            *(col(Change.old), col(Change.new), col(Change.created_at)),
        )
        .where(col(Change.project_id).in_({each.project for each in items}))
        .where(col(Change.field).in_(fields))
        .order_by(col(Change.id))
    )
    found: dict[tuple[int, str], list[_Row]] = defaultdict(list)
    for project, field, *row in rows:
        found[project, field].append(_Row._make(row))
    return found


def _move(kind: NewsKind, rows: Sequence[_Row], covers: timedelta) -> Move | None:
    """The change that the rows of one field make together, as far back as it is news."""
    last = rows[-1]
    within = [row for row in rows if row.at > last.at - covers]
    before = rows[: len(rows) - len(within)]
    for row in (*within, *reversed(before)):
        if _is_news(kind, row.old, last.new):
            return Move(row.old, last.new)
    return None


def _is_news(kind: NewsKind, old: str, new: str) -> bool:
    """As `storage.news.matching` tells news."""
    if not old:
        return False
    if kind == "state":
        return state_of(old) != state_of(new)
    if not new or old == new:
        return False
    return kind != "slipped" or parse_partial(new).last > parse_partial(old).last
