"""The chats that subscribed: their language, pauses, rests, moves and ends."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    and_,
    delete,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from storage.database.upsert import insert_new
from storage.subscriptions.planning_lock import hold_planning
from storage.subscriptions.schedules import Schedule, cadence_of, first_due
from storage.tables.columns import UTCDateTime
from storage.tables.subscriptions import Delivery, StoredFilter, Subscriber, Subscription

TOGETHER = timedelta(minutes=10)
"""What failed so shortly before a rest failed for the reason of the rest."""


@dataclass(frozen=True, slots=True)
class SubscriberFacts:
    """A chat with subscriptions; times are UTC, None: neither paused nor at rest."""

    chat_id: int
    language: str
    paused_until: datetime | None
    rests_since: datetime | None
    rests_because: str
    notes: bool
    subscriptions: int


def subscriber(session: Session, chat_id: int) -> SubscriberFacts | None:
    """What is kept of the chat's subscriptions as a whole, None if it never had any."""
    own = select(func.count()).select_from(Subscription)
    count = own.where(col(Subscription.chat_id) == chat_id).scalar_subquery()
    row = session.execute(
        select(
            *(col(Subscriber.chat_id), col(Subscriber.language), col(Subscriber.paused_until)),
            *(col(Subscriber.rests_since), col(Subscriber.rests_because)),
            *(col(Subscriber.notes), count),
        ).where(_is(chat_id))
    ).one_or_none()
    return None if row is None else SubscriberFacts(*row)


def export_subscriptions(session: Session, chat_id: int) -> dict[str, Any]:
    """Everything stored of the chat's subscriptions as plain JSON values; empty if nothing is."""
    known = session.execute(
        select(
            *(col(Subscriber.language), col(Subscriber.paused_until), col(Subscriber.rests_since)),
            *(col(Subscriber.rests_because), col(Subscriber.notes), col(Subscriber.created_at)),
        ).where(_is(chat_id))
    ).one_or_none()
    if known is None:
        return {}
    return {
        **_plain(known),
        "subscriptions": [
            {**_plain(row), "filter": json.loads(row.key)} for row in _rows(session, chat_id)
        ],
        "deliveries": [_plain(row) for row in _delivered(session, chat_id)],
    }


def _rows(session: Session, chat_id: int) -> Any:
    columns = (
        *(col(Subscription.cadence), col(Subscription.day), col(Subscription.hour)),
        *(col(Subscription.due_at), col(Subscription.created_at), col(StoredFilter.key)),
    )
    same = col(StoredFilter.id) == col(Subscription.filter_id)
    return session.execute(
        select(*columns)
        .join(StoredFilter, same)
        .where(_owned(chat_id))
        .order_by(col(Subscription.id))
    )


def _delivered(session: Session, chat_id: int) -> Any:
    columns = (
        *(col(Delivery.cadence), col(Delivery.period), col(Delivery.state)),
        *(col(Delivery.planned_at), col(Delivery.finished_at)),
    )
    own = col(Delivery.chat_id) == chat_id
    return session.execute(select(*columns).where(own).order_by(col(Delivery.id)))


def _plain(row: Any) -> dict[str, Any]:
    """A row as JSON values: moments as ISO texts, without the filter's key."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row._mapping.items()  # noqa: SLF001 - a Row's documented mapping
        if name != "key"
    }


def keep_subscriber(session: Session, chat_id: int, language: str, now: datetime) -> None:
    """Keep the chat, in this language if it is new, and hold it against other changes."""
    hold_planning(session)
    row = {"chat_id": chat_id, "language": language, "rests_because": "", "created_at": now}
    session.execute(insert_new(session, Subscriber).values(row))
    lock_subscriber(session, chat_id)


def lock_subscriber(session: Session, chat_id: int) -> None:
    """Let planners and other changes of the chat's subscriptions wait for this transaction."""
    hold_planning(session)
    session.execute(select(col(Subscriber.chat_id)).where(_is(chat_id)).with_for_update())


def set_digest_language(session: Session, chat_id: int, language: str) -> bool:
    """Set the language of the chat's digests; whether the chat has subscriptions at all."""
    return _set(session, chat_id, language=language)


def set_notes(session: Session, chat_id: int, wanted: bool) -> bool:
    """Whether the chat hears that nothing was new, once a month; whether the chat is known."""
    return _set(session, chat_id, notes=wanted)


def pause(session: Session, chat_id: int, until: datetime | None, now: datetime) -> bool:
    """Send nothing until a moment (UTC; None: go on now); whether the chat is known.

    What happens meanwhile is told once, at the first time that is due after it.
    """
    hold_planning(session)
    known = _set(session, chat_id, paused_until=until)
    _reschedule(session, chat_id, now)
    return known


def rest(session: Session, chat_id: int, because: str, now: datetime) -> bool:
    """The chat cannot be written to: nothing is planned or sent; whether the chat is known."""
    hold_planning(session)
    since = func.coalesce(col(Subscriber.rests_since), literal(now, UTCDateTime))
    known = _set(session, chat_id, rests_since=since, rests_because=because)
    _reschedule(session, chat_id, now)
    return known


def wake(session: Session, chat_id: int, now: datetime) -> bool:
    """The chat can be written to again; whether it rested.

    What failed as the rest began is sent after all. What happened meanwhile is told once, at the
    next time that is due.
    """
    hold_planning(session)
    since = session.scalar(select(col(Subscriber.rests_since)).where(_is(chat_id)))
    if since is None:
        return False
    failed = (col(Delivery.chat_id) == chat_id, col(Delivery.state) == "failed")
    again = update(Delivery).where(*failed, col(Delivery.finished_at) >= since - TOGETHER)
    session.execute(again.values(state="pending", reason="", finished_at=None))
    _set(session, chat_id, rests_since=None, rests_because="")
    _reschedule(session, chat_id, now)
    return True


def end_everything(session: Session, chat_id: int) -> int:
    """Forget the chat's subscriptions, what waits for it and what it was told; how many it had."""
    lock_subscriber(session, chat_id)
    session.execute(delete(Delivery).where(col(Delivery.chat_id) == chat_id))
    ended = session.execute(delete(Subscription).where(col(Subscription.chat_id) == chat_id))
    session.execute(delete(Subscriber).where(_is(chat_id)))
    return cast("CursorResult[Any]", ended).rowcount


def forget_waiting(session: Session, chat_id: int) -> None:
    """Forget the chat's deliveries that were not sent yet."""
    waiting = col(Delivery.state).in_(["pending", "sending"])
    session.execute(delete(Delivery).where(col(Delivery.chat_id) == chat_id, waiting))


def move(session: Session, old: int, new: int, now: datetime) -> bool:
    """A group got another id: all that was the old chat's is the new one's; whether it was known.

    What the new chat has already stays as it is there, and the same of the old one goes.
    """
    lock_subscriber(session, old)
    row = session.execute(
        select(
            *(col(Subscriber.language), col(Subscriber.paused_until)),
            *(col(Subscriber.notes), col(Subscriber.created_at)),
        ).where(_is(old))
    ).one_or_none()
    if row is None or old == new:
        return False
    language, paused_until, notes, created_at = row
    values = {"chat_id": new, "language": language, "paused_until": paused_until}
    values |= {"rests_because": "", "notes": notes, "created_at": created_at}
    session.execute(insert_new(session, Subscriber).values(values))
    _move_rows(session, Subscription, ("cadence", "filter_id"), old, new)
    _move_rows(session, Delivery, ("cadence", "period"), old, new)
    flagged = update(Subscription).where(col(Subscription.chat_id) == new)
    session.execute(flagged.values(told_before=True))
    session.execute(delete(Subscriber).where(_is(old)))
    _reschedule(session, new, now)
    return True


def set_schedule(session: Session, chat_id: int, schedule: Schedule, now: datetime) -> None:
    """Set day and hour of all of the chat's subscriptions of the schedule's cadence.

    Those that have them already stay due when they were, even if that moment has passed.
    """
    same = and_(_owned(chat_id), col(Subscription.cadence) == schedule.cadence)
    kept = select(func.min(col(Subscription.due_at))).where(
        same, col(Subscription.day) == schedule.day, col(Subscription.hour) == schedule.hour
    )
    values = {"day": schedule.day, "hour": schedule.hour}
    due_at = session.scalar(kept) or _first_due(session, chat_id, schedule, now)
    session.execute(update(Subscription).where(same).values(due_at=due_at, **values))


def _reschedule(session: Session, chat_id: int, now: datetime) -> None:
    """Let each cadence of the chat be due when it is next, at one time for all of it."""
    oldest = col(Subscription.id).in_(
        select(func.min(col(Subscription.id)))
        .where(_owned(chat_id))
        .group_by(col(Subscription.cadence))
    )
    columns = (col(Subscription.cadence), col(Subscription.day), col(Subscription.hour))
    for cadence, day, hour in session.execute(select(*columns).where(oldest)).all():
        due_at = _first_due(session, chat_id, Schedule(cadence_of(cadence), day, hour), now)
        same = (_owned(chat_id), col(Subscription.cadence) == cadence)
        values = {"day": day, "hour": hour, "due_at": due_at}
        session.execute(update(Subscription).where(*same).values(values))


def _first_due(
    session: Session, chat_id: int, schedule: Schedule, now: datetime
) -> datetime | None:
    columns = (col(Subscriber.paused_until), col(Subscriber.rests_since))
    paused_until, rests_since = session.execute(select(*columns).where(_is(chat_id))).one()
    return first_due(schedule, paused_until, rests_since, now)


def _is(chat_id: int) -> ColumnElement[bool]:
    return col(Subscriber.chat_id) == chat_id


def _owned(chat_id: int) -> ColumnElement[bool]:
    return col(Subscription.chat_id) == chat_id


def _set(session: Session, chat_id: int, **values: Any) -> bool:
    changed = session.execute(update(Subscriber).where(_is(chat_id)).values(values))
    return cast("CursorResult[Any]", changed).rowcount > 0


def _move_rows(session: Session, model: Any, key: Iterable[str], old: int, new: int) -> None:
    """Give the old chat's rows to the new one, but for those whose key it has already."""
    there = aliased(model)
    same = [getattr(there, name) == getattr(model, name) for name in key]
    taken = exists().where(there.chat_id == new, *same)
    mine = model.chat_id == old
    session.execute(delete(model).where(mine, taken).execution_options(synchronize_session=False))
    session.execute(update(model).where(mine).values(chat_id=new))
