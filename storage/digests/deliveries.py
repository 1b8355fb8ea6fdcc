"""The way of a digest: pending, sending, then sent, failed or unknown. Never sent twice blindly."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import ColumnElement, CursorResult, and_, func, or_, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.news.filters import NewsKind
from storage.subscriptions.schedules import (
    AT_ONCE,
    NOTE,
    DeliveryCadence,
    delivery_cadence_of,
    is_quiet,
)
from storage.tables.subscriptions import Content, Delivery, Subscriber

State = Literal["pending", "sending", "sent", "failed", "unknown"]
Verdict = Literal["sent", "failed", "unknown"]
ATTEMPTS = 2
"""What may have arrived is sent again at most once, and only where the operator wants that."""

LONGEST_LEASE = timedelta(hours=1)
"""An end that lies further ahead comes from a clock that was wrong."""


class Item(NamedTuple):
    """A piece of news in a digest; a project may come with several kinds."""

    project: int
    kind: NewsKind
    change: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery to be sent now. Texts may be shared by content and language.

    `filters` are the numbers of the filters that brought it, as `storage.news.filters` keeps
    them. A note that nothing was new has no items, and all filters of the chat.
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


def claim(
    session: Session,
    now: datetime,
    limit: int,
    lease: timedelta,
    skip: Collection[int] = (),
) -> tuple[Claimed, ...]:
    """Take up to `limit` pending deliveries for `lease`, the oldest first; each is taken once.

    Those whose lease ended become unknown before. Chats that pause or rest keep theirs, and what
    is told at once waits for the end of the quiet hours, as do notes. `skip` are numbers to leave
    for later.
    """
    expire_leases(session, now)
    taken = list(session.scalars(_pending(now, limit, skip)))
    if not taken:
        return ()
    values = {
        "state": "sending",
        "lease_until": now + lease,
        "attempts": col(Delivery.attempts) + 1,
    }
    _change(session, values, col(Delivery.id).in_(taken))
    return _claimed(session, taken)


def _pending(now: datetime, limit: int, skip: Collection[int]) -> Any:
    """The numbers of what may be sent, held against other processes."""
    ready = _ready(now)
    if skip:
        ready.append(col(Delivery.id).not_in(list(skip)))
    return (
        select(col(Delivery.id))
        .join(Subscriber, col(Subscriber.chat_id) == col(Delivery.chat_id))
        .where(*ready)
        .order_by(col(Delivery.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Delivery)
    )


def _ready(now: datetime) -> list[ColumnElement[bool]]:
    """What a delivery and its chat must fulfil to be sent at a moment."""
    paused = col(Subscriber.paused_until)
    ready = [
        col(Delivery.state) == "pending",
        col(Subscriber.rests_since).is_(None),
        or_(paused.is_(None), paused <= now),
    ]
    if is_quiet(now):
        ready.append(col(Delivery.cadence).not_in([AT_ONCE, NOTE]))
    return ready


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


def is_wanted(session: Session, taken: Claimed, now: datetime) -> bool:
    """Whether the delivery is still the claimer's, and its chat neither pauses nor rests.

    It is not where the chat ended it, where its lease ended, and where the chat became another.
    """
    paused = col(Subscriber.paused_until)
    asked = (
        select(1)
        .select_from(Delivery)
        .join(Subscriber, col(Subscriber.chat_id) == col(Delivery.chat_id))
        .where(_claim_of(taken), col(Delivery.chat_id) == taken.chat_id)
        .where(col(Subscriber.rests_since).is_(None), or_(paused.is_(None), paused <= now))
    )
    return session.scalar(asked) is not None


def extend(session: Session, taken: Sequence[Claimed], until: datetime) -> int:
    """Keep claimed deliveries for longer, till a moment (UTC); how many were still claimed."""
    return _change(session, {"lease_until": until}, or_(*map(_claim_of, taken))) if taken else 0


def acknowledge(
    session: Session,
    delivery_id: int,
    verdict: Verdict,
    now: datetime,
    reason: str = "",
    *,
    attempt: int | None = None,
) -> bool:
    """Note what became of one claimed delivery; False if it was not being sent.

    A word that comes after the lease ended still counts: it is no longer unknown then. With
    `attempt` (`Claimed.attempts`) only the word of who claimed it last is taken, and what was sent
    is not sent again even if that was on its way.
    """
    values = {"state": verdict, "reason": reason, "finished_at": now, "lease_until": None}
    states = ["sending", "unknown"]
    where = [col(Delivery.id) == delivery_id]
    if attempt is not None:
        where.append(col(Delivery.attempts) == attempt)
        states += ["pending"] if verdict == "sent" else []
    return _change(session, values, *where, col(Delivery.state).in_(states)) > 0


def release(session: Session, taken: Sequence[Claimed]) -> int:
    """Give back claimed deliveries of which it is certain that nothing was sent; how many.

    What another claimed since, because the lease had ended, stays the other's.
    """
    if not taken:
        return 0
    values = {
        "state": "pending",
        "lease_until": None,
        "attempts": col(Delivery.attempts) - 1,
    }
    return _change(session, values, or_(*map(_claim_of, taken)))


def _claim_of(taken: Claimed) -> ColumnElement[bool]:
    """The row as its claimer left it: each claim counts the attempts up."""
    return and_(
        col(Delivery.id) == taken.id,
        col(Delivery.attempts) == taken.attempts,
        col(Delivery.state) == "sending",
    )


def expire_leases(session: Session, now: datetime) -> int:
    """Nobody knows of deliveries whose lease ended whether they arrived: unknown; how many."""
    values = {"state": "unknown", "reason": "lease", "finished_at": now, "lease_until": None}
    until = col(Delivery.lease_until)
    ended = or_(until <= now, until > now + LONGEST_LEASE)
    return _change(session, values, col(Delivery.state) == "sending", ended)


def resend_unknown(session: Session, before: datetime | None = None) -> int:
    """Let what may not have arrived be sent once more, for operators who want that; how many.

    `before`: only what has been unknown since an earlier moment (UTC), so that late words come in.
    """
    again = [col(Delivery.state) == "unknown", col(Delivery.attempts) < ATTEMPTS]
    if before is not None:
        again.append(col(Delivery.finished_at) < before)
    values = {"state": "pending", "reason": "", "finished_at": None}
    return _change(session, values, *again)


def waiting(session: Session, now: datetime) -> int:
    """How many deliveries could be sent at a moment (UTC)."""
    same = col(Subscriber.chat_id) == col(Delivery.chat_id)
    ready = select(func.count()).select_from(Delivery).join(Subscriber, same).where(*_ready(now))
    return session.scalar(ready) or 0


def finished(session: Session, since: datetime) -> tuple[int, datetime | None]:
    """How many deliveries were done with since a moment (UTC), and when the first of them was."""
    recent = col(Delivery.id) > _last_planned_before(session, since - timedelta(days=7))
    done = select(func.count(), func.min(col(Delivery.finished_at)))
    number, first = session.execute(done.where(recent, col(Delivery.finished_at) >= since)).one()
    return number, first


def counts(session: Session, since: datetime | None = None) -> Counts:
    """Deliveries by state and failures by reason, of those planned since a moment (UTC) or ever."""
    planned = [] if since is None else [col(Delivery.id) > _last_planned_before(session, since)]
    number = func.count()
    states = select(col(Delivery.state), number).where(*planned).group_by(col(Delivery.state))
    failed = select(col(Delivery.reason), number).where(*planned, col(Delivery.state) == "failed")
    reasons = failed.group_by(col(Delivery.reason))
    return Counts(
        {row[0]: row[1] for row in session.execute(states)},
        {row[0]: row[1] for row in session.execute(reasons)},
    )


def _last_planned_before(session: Session, moment: datetime) -> int:
    """The number below which everything was planned earlier; only the latest rows are looked at."""
    earlier = select(col(Delivery.id)).where(col(Delivery.planned_at) < moment)
    return session.scalar(earlier.order_by(col(Delivery.id).desc()).limit(1)) or 0


def _quietly(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)


def _change(session: Session, values: dict[str, Any], *where: ColumnElement[bool]) -> int:
    changed = session.execute(_quietly(update(Delivery).where(*where).values(values)))
    return cast("CursorResult[Any]", changed).rowcount
