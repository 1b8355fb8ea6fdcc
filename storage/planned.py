"""What the planner writes and looks up: deliveries, their shared contents, what was told."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.columns import UTCDateTime
from storage.schedules import DeliveryCadence
from storage.subscription_models import Content, Delivery
from storage.upserting import insert_new, is_sqlite

Heard = dict[tuple[int, str], int]
"""(project, kind of news): the last change of it that a chat was told."""

Contents = dict[int, tuple[str, str]]
"""Fingerprint: JSON of the filters that brought it, and of [project, kind, change] each."""

LOCK = 0x51414C43  # the lock of imports, plus one
_COLUMNS = (
    *("chat_id", "content_id", "cadence", "period", "upto", "state", "reason", "attempts"),
    "planned_at",
)


def lock_planning(session: Session) -> None:
    """Let other planners wait for this transaction; on SQLite the one writer does."""
    if not is_sqlite(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def told(session: Session, since: Mapping[int, int]) -> dict[int, Heard]:
    """What each chat was told, or will be, of the changes after the one it is given with.

    What failed was not told; what may have arrived was. Chats that heard nothing are left out.
    """
    asked = (
        select(col(Delivery.chat_id), col(Delivery.upto), col(Content.items))
        .join(Content, col(Content.id) == col(Delivery.content_id))
        .where(col(Delivery.chat_id).in_(list(since)), col(Delivery.state) != "failed")
        .where(col(Delivery.upto) > min(since.values(), default=0))
    )
    heard: dict[int, Heard] = defaultdict(dict)
    for chat, upto, items in session.execute(asked) if since else ():
        if upto > since[chat]:
            for project, kind, change in json.loads(items):
                known = heard[chat].get((project, kind), 0)
                heard[chat][project, kind] = max(change, known)
    return dict(heard)


def keep_contents(session: Session, contents: Contents) -> None:
    """Store what stands in digests."""
    rows = [
        {"id": number, "filters": filters, "items": items}
        for number, (filters, items) in contents.items()
    ]
    if rows:
        session.connection().execute(insert_new(session, Content), rows)


def planned_already(
    session: Session, cadence: str, period: str, chats: Sequence[int]
) -> frozenset[int]:
    """Which of the chats have a delivery of this cadence and period."""
    asked = select(col(Delivery.chat_id)).where(
        col(Delivery.chat_id).in_(chats),
        col(Delivery.cadence) == cadence,
        col(Delivery.period) == period,
    )
    return frozenset(session.scalars(asked))


def deliver(
    session: Session,
    cadence: DeliveryCadence,
    period: str,
    upto: int,
    made: Sequence[tuple[int, int]],
    now: datetime,
) -> frozenset[int]:
    """Add a pending delivery for each (chat, content); the chats that had none of the period."""
    if not made:
        return frozenset()
    chat, content = _pairs(session, made)
    rows = select(
        *(chat, content, literal(cadence), literal(period)),
        *(literal(upto, BigInteger), literal("pending"), literal(""), literal(0)),
        literal(now, UTCDateTime),
    )
    adding = insert_new(session, Delivery, _COLUMNS, rows).returning(col(Delivery.chat_id))
    return frozenset(session.connection().scalars(adding))


def _pairs(session: Session, made: Sequence[tuple[int, int]]) -> tuple[Any, Any]:
    """Two columns of many rows that travel in one parameter."""
    if is_sqlite(session):
        value = func.json_each(json.dumps(made)).table_valued("value").c.value
        return func.json_extract(value, "$[0]"), func.json_extract(value, "$[1]")
    chats, contents = (
        func.unnest(bindparam(None, list(each), type_=ARRAY(BigInteger)))
        for each in zip(*made, strict=True)
    )
    return chats, contents
