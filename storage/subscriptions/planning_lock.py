"""The lock between planners of digests and changes of subscriptions, on PostgreSQL."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.database.upsert import is_sqlite

LOCK = 0x51414C43  # the lock of imports, plus one


def lock_planning(session: Session) -> None:
    """Let other planners, and changes of subscriptions, wait for this transaction.

    On SQLite the one writer does. It comes before all other locks of the transaction.
    """
    _take(session, func.pg_advisory_xact_lock)


def hold_planning(session: Session) -> None:
    """Let planners wait for this transaction, which changes subscriptions; others need not wait.

    So a planner never sees half of a change, and neither waits for rows of the other, which might
    be a deadlock. It comes before all other locks of the transaction.
    """
    _take(session, func.pg_advisory_xact_lock_shared)


def _take(session: Session, lock: Any) -> None:
    if not is_sqlite(session):
        session.execute(select(lock(LOCK)))
