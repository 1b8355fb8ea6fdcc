"""Leases: what only one process may do at a time. They end by themselves where a process died."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.upsert import insert_new
from storage.tables.subscriptions import Lease

LONGEST = timedelta(hours=1)
"""An end that lies further ahead comes from a clock that was wrong, and is no lease."""


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a lease, and until when (UTC)."""

    holder: str
    until: datetime


def take(session: Session, name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """Take the lease, or keep it for longer; False while another holds it."""
    row = {"name": name, "holder": holder, "until": now + length}
    session.execute(insert_new(session, Lease).values(row))
    until = col(Lease.until)
    mine = or_(col(Lease.holder) == holder, until <= now, until > now + LONGEST)
    taken = session.execute(update(Lease).where(col(Lease.name) == name, mine).values(row))
    return cast("CursorResult[Any]", taken).rowcount > 0


def give_back(session: Session, name: str, holder: str) -> bool:
    """Let others take the lease at once; False if this holder had it no longer."""
    own = (col(Lease.name) == name, col(Lease.holder) == holder)
    given = session.execute(delete(Lease).where(*own))
    return cast("CursorResult[Any]", given).rowcount > 0


def held(session: Session, name: str, now: datetime) -> Held | None:
    """Who holds the lease now; None if nobody does."""
    until = col(Lease.until)
    asked = select(col(Lease.holder), until).where(col(Lease.name) == name)
    row = session.execute(asked.where(until > now, until <= now + LONGEST)).one_or_none()
    return None if row is None else Held(*row)


def ahead(session: Session, name: str, now: datetime) -> datetime | None:
    """Until when the lease is held by a clock that is far ahead of `now` (UTC), else None."""
    until = col(Lease.until)
    asked = select(until).where(col(Lease.name) == name, until > now + LONGEST)
    return session.scalar(asked)
