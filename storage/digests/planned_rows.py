"""What the planner writes and looks up: deliveries, their shared contents, what was told."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import BigInteger, func, literal, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.upsert import insert_new, one_of, pairs_of, texts_of
from storage.subscriptions.schedules import DeliveryCadence
from storage.tables.columns import UTCDateTime
from storage.tables.subscriptions import Content, Delivery

Heard = dict[tuple[int, str], int]
"""(project, kind of news): the last change of it that a chat was told."""

Contents = dict[int, tuple[str, str]]
"""Fingerprint: JSON of the filters that brought it, and of [project, kind, change] each."""

_COLUMNS = (
    *("chat_id", "content_id", "cadence", "period", "upto", "state", "reason", "attempts"),
    "planned_at",
)


def told(session: Session, since: Mapping[int, int]) -> dict[int, Heard]:
    """What each chat was told, or will be, of the changes after the one it is given with.

    What failed was not told; what may have arrived was. Chats that heard nothing are left out.
    """
    asked = (
        select(col(Delivery.chat_id), col(Delivery.upto), col(Content.items))
        .join(Content, col(Content.id) == col(Delivery.content_id))
        .where(
            one_of(session, col(Delivery.chat_id), since.keys()), col(Delivery.state) != "failed"
        )
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
    if contents:
        rows = select(*texts_of(session, contents))
        columns = ("id", "filters", "items")
        session.connection().execute(insert_new(session, Content, columns, rows))


def planned_already(
    session: Session,
    cadence: str,
    period: str,
    chats: Collection[int],
    upto: int | None = None,
) -> frozenset[int]:
    """Which of the chats have a delivery of this cadence and period, up to a delivery's number."""
    asked = select(col(Delivery.chat_id)).where(
        one_of(session, col(Delivery.chat_id), chats),
        col(Delivery.cadence) == cadence,
        col(Delivery.period) == period,
    )
    if upto is not None:
        asked = asked.where(col(Delivery.id) <= upto)
    return frozenset(session.scalars(asked))


def deliver(
    session: Session,
    cadence: DeliveryCadence,
    period: str,
    upto: int,
    made: Mapping[int, int],
    now: datetime,
) -> frozenset[int]:
    """Add a pending delivery for each chat with its content; the chats that had one already."""
    if not made:
        return frozenset()
    before = session.scalar(select(func.max(col(Delivery.id)))) or 0
    chat, content = pairs_of(session, made)
    rows = select(
        *(chat, content, literal(cadence), literal(period)),
        *(literal(upto, BigInteger), literal("pending"), literal(""), literal(0)),
        literal(now, UTCDateTime),
    )
    adding = insert_new(session, Delivery, _COLUMNS, rows)
    added = session.connection().execute(adding, execution_options={"preserve_rowcount": True})
    if added.rowcount == len(made):
        return frozenset()
    return planned_already(session, cadence, period, made.keys(), before)
