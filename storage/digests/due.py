"""What is due together, read from the subscriptions alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.subscriptions.schedules import (
    ALWAYS,
    AT_ONCE,
    CADENCES,
    Cadence,
    is_quiet,
    last_due,
    next_due,
    period_of,
)
from storage.tables.subscriptions import Subscriber, Subscription


@dataclass(frozen=True, slots=True)
class Slot:
    """What is due together: one cadence, one moment it was due at, one period it stands for.

    `early`: the moment is still to come, and `now` was asked for before it (UTC).
    """

    cadence: Cadence
    due_at: datetime
    period: str
    upto: int
    next_due_at: datetime
    now: datetime

    @property
    def early(self) -> bool:
        return self.due_at > self.now


def due_slots(session: Session, now: datetime, upto: int, *, early: bool = False) -> Iterator[Slot]:
    """What is due: each cadence at each moment it was due at; in quiet hours nothing at once."""
    slot = next_slot(session, now, upto, early=early)
    while slot is not None:
        yield slot
        slot = next_slot(session, now, upto, slot, early=early)


def next_slot(
    session: Session,
    now: datetime,
    upto: int,
    after: Slot | None = None,
    *,
    early: bool = False,
) -> Slot | None:
    """What is due after another slot, None at the end; `early` takes in what is still to come."""
    for cadence in CADENCES[CADENCES.index(after.cadence) if after else 0 :]:
        if cadence == AT_ONCE and (is_quiet(now) or not _is_behind(session, upto)):
            continue
        later = after.due_at if after and after.cadence == cadence else None
        until = None if early and cadence != AT_ONCE else now
        due_at = _next_moment(session, cadence, later, until)
        if due_at is not None:
            return slot_of(cadence, due_at, now, upto)
    return None


def slot_of(cadence: Cadence, due_at: datetime, now: datetime, upto: int) -> Slot:
    """The slot of what is, was or will be due at a moment, as it is planned at `now`."""
    if cadence == AT_ONCE:
        return Slot(cadence, due_at, period_of(cadence, due_at, upto), upto, ALWAYS, now)
    last = last_due(cadence, due_at, now)
    period = period_of(cadence, last, upto)
    return Slot(cadence, due_at, period, upto, next_due(cadence, last), now)


def _is_behind(session: Session, upto: int) -> bool:
    """Whether anything that is told at once has not seen all changes."""
    behind = (col(Subscription.cadence) == AT_ONCE, col(Subscription.cursor) < upto)
    return session.scalar(select(1).where(*behind).limit(1)) is not None


def _next_moment(
    session: Session, cadence: Cadence, after: datetime | None, until: datetime | None
) -> datetime | None:
    """The first moment after one and up to another at which something of the cadence is due."""
    where = [col(Subscription.cadence) == cadence]
    if until is not None:
        where.append(col(Subscription.due_at) <= until)
    if after is not None:
        where.append(col(Subscription.due_at) > after)
    return session.scalar(select(func.min(col(Subscription.due_at))).where(*where))


def of_slot(slot: Slot) -> list[ColumnElement[bool]]:
    """What a row of Subscription must fulfil to be due in the slot."""
    found = [col(Subscription.cadence) == slot.cadence, col(Subscription.due_at) == slot.due_at]
    if slot.cadence == AT_ONCE:
        found.append(col(Subscription.cursor) < slot.upto)
    if slot.early:  # nobody who pauses is woken before the time
        paused = select(col(Subscriber.chat_id)).where(col(Subscriber.paused_until) > slot.now)
        found.append(col(Subscription.chat_id).not_in(paused))
    return found
