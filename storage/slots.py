"""What is due together, read from the subscriptions alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.schedules import (
    ALWAYS,
    AT_ONCE,
    CADENCES,
    Cadence,
    is_quiet,
    last_due,
    next_due,
    period_of,
)
from storage.subscription_models import Subscription


@dataclass(frozen=True, slots=True)
class Slot:
    """What is due together: one cadence, one moment it was due at, one period it stands for."""

    cadence: Cadence
    due_at: datetime
    period: str
    upto: int
    next_due_at: datetime


def due_slots(session: Session, now: datetime, upto: int) -> Iterator[Slot]:
    """What is due: each cadence at each moment it was due at; in quiet hours nothing at once."""
    for cadence in CADENCES:
        if cadence == AT_ONCE and (is_quiet(now) or not _is_behind(session, upto)):
            continue
        after: datetime | None = None
        while (due_at := _next_moment(session, cadence, after, now)) is not None:
            yield _slot(cadence, due_at, now, upto)
            after = due_at


def _slot(cadence: Cadence, due_at: datetime, now: datetime, upto: int) -> Slot:
    if cadence == AT_ONCE:
        return Slot(cadence, due_at, period_of(cadence, due_at, upto), upto, ALWAYS)
    last = last_due(cadence, due_at, now)
    return Slot(cadence, due_at, period_of(cadence, last, upto), upto, next_due(cadence, last))


def _is_behind(session: Session, upto: int) -> bool:
    """Whether anything that is told at once has not seen all changes."""
    behind = (col(Subscription.cadence) == AT_ONCE, col(Subscription.cursor) < upto)
    return session.scalar(select(1).where(*behind).limit(1)) is not None


def _next_moment(
    session: Session, cadence: Cadence, after: datetime | None, now: datetime
) -> datetime | None:
    """The first moment after another up to `now` at which something of the cadence was due."""
    where = [col(Subscription.cadence) == cadence, col(Subscription.due_at) <= now]
    if after is not None:
        where.append(col(Subscription.due_at) > after)
    return session.scalar(select(func.min(col(Subscription.due_at))).where(*where))


def of_slot(slot: Slot) -> list[ColumnElement[bool]]:
    """What a row of Subscription must fulfil to be due in the slot."""
    found = [col(Subscription.cadence) == slot.cadence, col(Subscription.due_at) == slot.due_at]
    if slot.cadence == AT_ONCE:
        found.append(col(Subscription.cursor) < slot.upto)
    return found
