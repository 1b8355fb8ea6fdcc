"""What is kept of the digests for a while only: old deliveries, contents and filters nobody uses.

A delivery stops two things from coming twice: the digest of a period, and a piece of news by
another cadence. So it goes when it is old and every subscription of its chat has moved past it.
Each function does a bounded piece, so that nobody waits long for the writer; call it till it is 0.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.subscriptions.planning_lock import lock_planning
from storage.tables.subscriptions import Content, Delivery, StoredFilter, Subscription

KEPT = timedelta(days=400)
PIECE = 5_000


def forget_deliveries(session: Session, before: datetime, limit: int = PIECE) -> int:
    """Delete some of what was finished before a moment (UTC) and is told for good; how many."""
    lock_planning(session)
    planned_later = select(col(Delivery.id)).where(col(Delivery.planned_at) >= before)
    end = session.scalar(planned_later.order_by(col(Delivery.id)).limit(1))
    told_to = (
        select(func.min(col(Subscription.cursor)))
        .where(col(Subscription.chat_id) == col(Delivery.chat_id))
        .scalar_subquery()
    )
    old = [
        col(Delivery.finished_at) < before,
        func.coalesce(told_to, col(Delivery.upto)) >= col(Delivery.upto),
    ]
    if end is not None:
        old.append(col(Delivery.id) < end)
    numbers = select(col(Delivery.id)).where(*old).order_by(col(Delivery.id)).limit(limit)
    return _delete(session, Delivery, session.scalars(numbers).all())


def unnamed_contents(session: Session) -> tuple[list[int], int]:
    """The contents that no delivery names, and the last delivery that was looked at."""
    last = session.scalar(select(func.max(col(Delivery.id)))) or 0
    named = select(col(Delivery.content_id))
    return list(session.scalars(select(col(Content.id)).except_(named))), last


def forget_contents(session: Session, numbers: Sequence[int], last: int) -> int:
    """Delete contents that were unnamed up to a delivery, unless a later one names them."""
    lock_planning(session)
    named = select(col(Delivery.content_id)).where(col(Delivery.id) > last)
    later = set(session.scalars(named))
    return _delete(session, Content, [number for number in numbers if number not in later])


def unused_filters(session: Session) -> list[int]:
    """The filters that neither a subscription nor a content names."""
    used = select(col(Subscription.filter_id))
    free = set(session.scalars(select(col(StoredFilter.id)).except_(used)))
    for filters in session.scalars(select(col(Content.filters)).distinct()) if free else ():
        free.difference_update(json.loads(filters))
    return sorted(number for number in free if number is not None)


def forget_filters(session: Session, numbers: Sequence[int]) -> int:
    """Delete filters that were unused, unless somebody follows them by now; how many went."""
    lock_planning(session)
    same = col(StoredFilter.id).in_(numbers)
    held = session.scalars(select(col(StoredFilter.id)).where(same).with_for_update()).all()
    used = select(col(Subscription.filter_id)).where(col(Subscription.filter_id).in_(numbers))
    taken = set(session.scalars(used))
    return _delete(session, StoredFilter, [number for number in held if number not in taken])


def _delete(session: Session, model: Any, numbers: Iterable[int | None]) -> int:
    statement = delete(model).where(col(model.id).in_(list(numbers)))
    deleted = session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", deleted).rowcount
