"""The way of a digest: pending, sending, then sent, failed or unknown. Never sent twice blindly."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import ColumnElement, CursorResult, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.newsfilters import NewsKind
from storage.planned import lock_planning
from storage.schedules import AT_ONCE, NOTE, DeliveryCadence, delivery_cadence_of, is_quiet
from storage.subscription_models import Content, Delivery, Subscriber

State = Literal["pending", "sending", "sent", "failed", "unknown"]
Verdict = Literal["sent", "failed", "unknown"]
ATTEMPTS = 2
"""What may have arrived is sent again at most once, and only where the operator wants that."""


class Item(NamedTuple):
    """A piece of news in a digest; a project may come with several kinds."""

    project: int
    kind: NewsKind
    change: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery to be sent now. Texts may be shared by content and language.

    `filters` are the numbers of the filters that brought it (`newsfilters.stored_filters`). A note
    that nothing was new has no items, and all filters of the chat.
    """

    id: int
    chat_id: int
    language: str
    cadence: DeliveryCadence
    period: str
    content_id: int
    filters: tuple[int, ...]
    items: tuple[Item, ...]
    attempts: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many deliveries are in each state, and how many failed for each reason."""

    states: dict[str, int]
    failed: dict[str, int]


def claim(session: Session, now: datetime, limit: int, lease: timedelta) -> tuple[Claimed, ...]:
    """Take up to `limit` pending deliveries for `lease`, the oldest first; each is taken once.

    Those whose lease ended become unknown before. Chats that pause or rest keep theirs, and what
    is told at once waits for the end of the quiet hours, as do notes.
    """
    expire_leases(session, now)
    taken = list(session.scalars(_pending(now, limit)))
    if not taken:
        return ()
    values = {
        "state": "sending",
        "lease_until": now + lease,
        "attempts": col(Delivery.attempts) + 1,
    }
    _change(session, values, col(Delivery.id).in_(taken))
    return _claimed(session, taken)


def _pending(now: datetime, limit: int) -> Any:
    """The numbers of what may be sent, held against other processes."""
    paused = col(Subscriber.paused_until)
    ready = [
        col(Delivery.state) == "pending",
        col(Subscriber.rests_since).is_(None),
        or_(paused.is_(None), paused <= now),
    ]
    if is_quiet(now):
        ready.append(col(Delivery.cadence).not_in([AT_ONCE, NOTE]))
    return (
        select(col(Delivery.id))
        .join(Subscriber, col(Subscriber.chat_id) == col(Delivery.chat_id))
        .where(*ready)
        .order_by(col(Delivery.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Delivery)
    )


def _claimed(session: Session, taken: Sequence[int | None]) -> tuple[Claimed, ...]:
    rows = session.execute(
        select(
            *(col(Delivery.id), col(Delivery.chat_id), col(Subscriber.language)),
            *(col(Delivery.cadence), col(Delivery.period), col(Delivery.content_id)),
            *(col(Content.filters), col(Content.items), col(Delivery.attempts)),
        )
        .join(Subscriber, col(Subscriber.chat_id) == col(Delivery.chat_id))
        .join(Content, col(Content.id) == col(Delivery.content_id))
        .where(col(Delivery.id).in_(taken))
        .order_by(col(Delivery.id))
    )
    return tuple(
        Claimed(
            *(
                int(number or 0),
                chat_id,
                language,
                delivery_cadence_of(cadence),
                period,
                content_id,
            ),
            tuple(json.loads(filters)),
            tuple(map(Item._make, json.loads(items))),
            attempts,
        )
        for number, chat_id, language, cadence, period, content_id, filters, items, attempts in rows
    )


def acknowledge(
    session: Session, delivery_id: int, verdict: Verdict, now: datetime, reason: str = ""
) -> bool:
    """Note what became of one claimed delivery; False if it was not being sent.

    A word that comes after the lease ended still counts: it is no longer unknown then.
    """
    values = {"state": verdict, "reason": reason, "finished_at": now, "lease_until": None}
    open_still = col(Delivery.state).in_(["sending", "unknown"])
    return _change(session, values, col(Delivery.id) == delivery_id, open_still) > 0


def release(session: Session, delivery_ids: Sequence[int]) -> int:
    """Give back claimed deliveries of which it is certain that nothing was sent; how many."""
    values = {
        "state": "pending",
        "lease_until": None,
        "attempts": col(Delivery.attempts) - 1,
    }
    own = (col(Delivery.id).in_(list(delivery_ids)), col(Delivery.state) == "sending")
    return _change(session, values, *own)


def expire_leases(session: Session, now: datetime) -> int:
    """Nobody knows of deliveries whose lease ended whether they arrived: unknown; how many."""
    values = {"state": "unknown", "reason": "lease", "finished_at": now, "lease_until": None}
    ended = (col(Delivery.state) == "sending", col(Delivery.lease_until) <= now)
    return _change(session, values, *ended)


def resend_unknown(session: Session) -> int:
    """Let what may not have arrived be sent once more, for operators who want that; how many."""
    again = (col(Delivery.state) == "unknown", col(Delivery.attempts) < ATTEMPTS)
    values = {"state": "pending", "reason": "", "finished_at": None}
    return _change(session, values, *again)


def counts(session: Session, since: datetime | None = None) -> Counts:
    """Deliveries by state and failures by reason, of those planned since a moment (UTC) or ever."""
    planned = [] if since is None else [col(Delivery.planned_at) >= since]
    number = func.count()
    states = select(col(Delivery.state), number).where(*planned).group_by(col(Delivery.state))
    failed = select(col(Delivery.reason), number).where(*planned, col(Delivery.state) == "failed")
    reasons = failed.group_by(col(Delivery.reason))
    return Counts(
        {row[0]: row[1] for row in session.execute(states)},
        {row[0]: row[1] for row in session.execute(reasons)},
    )


def forget_deliveries(session: Session, before: datetime) -> int:
    """Delete what was finished before a moment (UTC), and contents no longer named; how many."""
    lock_planning(session)
    old = session.execute(_quietly(delete(Delivery).where(col(Delivery.finished_at) < before)))
    named = exists().where(col(Delivery.content_id) == col(Content.id))
    session.execute(_quietly(delete(Content).where(~named)))
    return cast("CursorResult[Any]", old).rowcount


def _quietly(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)


def _change(session: Session, values: dict[str, Any], *where: ColumnElement[bool]) -> int:
    changed = session.execute(_quietly(update(Delivery).where(*where).values(values)))
    return cast("CursorResult[Any]", changed).rowcount
