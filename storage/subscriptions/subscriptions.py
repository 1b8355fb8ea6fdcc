"""What a chat subscribed to: added, changed, removed, and what a filter would have brought."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.news.filters import NewsFilter, of_key, store_filter
from storage.news.matching import Board, News, latest_change, load_board
from storage.subscriptions.schedules import CADENCES, Schedule, cadence_of
from storage.subscriptions.subscribers import (
    forget_waiting,
    keep_subscriber,
    lock_subscriber,
    set_schedule,
    wake,
)
from storage.tables.facts import Change
from storage.tables.subscriptions import StoredFilter, Subscription

LIMIT = 20
"""So many subscriptions a chat may have."""

WEEK, WEEKS = timedelta(days=7), 4


class TooManySubscriptionsError(ValueError):
    """The chat has as many subscriptions as it may."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription. `due_at` is when it is looked at next (UTC), None while the chat rests."""

    id: int
    schedule: Schedule
    filter: NewsFilter
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The news of the last four weeks that pass a filter, the latest first.

    `weeks` counts them by week, the oldest first.
    """

    news: tuple[News, ...]
    weeks: tuple[int, ...]

    @property
    def a_week(self) -> float:
        """The expected number of news a week."""
        return len(self.news) / WEEKS


def subscriptions(session: Session, chat_id: int) -> tuple[Subscribed, ...]:
    """The chat's subscriptions, by cadence and in the order they were added."""
    rows = session.execute(
        select(
            *(col(Subscription.id), col(Subscription.cadence), col(Subscription.day)),
            *(col(Subscription.hour), col(StoredFilter.key), col(Subscription.due_at)),
        )
        .join(StoredFilter, col(StoredFilter.id) == col(Subscription.filter_id))
        .where(_of(chat_id))
        .order_by(col(Subscription.id))
    )
    found = [
        Subscribed(int(number or 0), Schedule(cadence_of(cadence), day, hour), of_key(key), due_at)
        for number, cadence, day, hour, key, due_at in rows
    ]
    return tuple(sorted(found, key=lambda each: CADENCES.index(each.schedule.cadence)))


def add(
    session: Session,
    chat_id: int,
    wanted: NewsFilter,
    schedule: Schedule,
    language: str,
    now: datetime,
) -> int:
    """The number of the chat's subscription to this filter at this cadence, new or not.

    It starts with the news after `now`. Day and hour hold for all of the chat's subscriptions of
    the cadence; the language is the chat's if it had no subscriptions. TooManySubscriptionsError
    beyond 20 in a chat, ValueError for a filter that makes no sense.
    """
    keep_subscriber(session, chat_id, language, now)
    filter_id = store_filter(session, wanted)
    known = _same(session, chat_id, schedule.cadence, filter_id)
    if known is None:
        count = select(func.count()).select_from(Subscription).where(_of(chat_id))
        number = session.scalar(count) or 0
        if number >= LIMIT:
            raise TooManySubscriptionsError(f"a chat may have {LIMIT} subscriptions")
        if not number:  # nothing is left that somebody would have to be asked about
            wake(session, chat_id, now)
        row = Subscription(
            chat_id=chat_id,
            cadence=schedule.cadence,
            filter_id=filter_id,
            cursor=latest_change(session),
            created_at=now,
        )
        session.add(row)
        session.flush()
        known = row.id
    set_schedule(session, chat_id, schedule, now)
    return known or 0


def change(
    session: Session,
    chat_id: int,
    subscription_id: int,
    wanted: NewsFilter,
    schedule: Schedule,
    now: datetime,
) -> int | None:
    """Give a subscription another filter or schedule; None if the chat has none of this number.

    It goes on from the news it was told last. If the chat has the same one already, that one
    stays, with the news that the changed one was not told yet, and the changed one goes; the number
    of the one that is left comes back.
    """
    lock_subscriber(session, chat_id)
    own = (_of(chat_id), col(Subscription.id) == subscription_id)
    columns = (col(Subscription.cadence), col(Subscription.cursor))
    row = session.execute(select(*columns).where(*own)).one_or_none()
    if row is None:
        return None
    before, cursor = row
    filter_id = store_filter(session, wanted)
    same = _same(session, chat_id, schedule.cadence, filter_id)
    if same not in {None, subscription_id}:
        session.execute(delete(Subscription).where(*own))
        behind = (col(Subscription.id) == same, col(Subscription.cursor) > cursor)
        values: dict[str, Any] = {"cursor": cursor, "told_before": True}
        session.execute(update(Subscription).where(*behind).values(values))
    else:
        values = {"filter_id": filter_id, "cadence": schedule.cadence}
        if before != schedule.cadence:  # it is due no more when the other cadence was
            values |= {"told_before": True, "due_at": None}
        session.execute(update(Subscription).where(*own).values(values))
    set_schedule(session, chat_id, schedule, now)
    return same or subscription_id


def remove(session: Session, chat_id: int, subscription_id: int) -> bool:
    """Remove a subscription of the chat; whether it had one of this number.

    With the last one goes what waits to be sent: nobody follows anything there any more.
    """
    lock_subscriber(session, chat_id)
    own = (_of(chat_id), col(Subscription.id) == subscription_id)
    known = session.scalar(select(col(Subscription.id)).where(*own)) is not None
    session.execute(delete(Subscription).where(*own))
    if session.scalar(select(1).where(_of(chat_id)).limit(1)) is None:
        forget_waiting(session, chat_id)
    return known


def preview(session: Session, wanted: NewsFilter, now: datetime) -> Preview:
    """What a filter would have brought in the four weeks up to `now`. ValueError as `add`."""
    return preview_on(load_board(session, *recent_span(session, now)), wanted, now)


def recent_span(session: Session, now: datetime) -> tuple[int, int]:
    """The last change before the four weeks up to `now`, and the last of all."""
    return _last_before(session, now - WEEKS * WEEK), latest_change(session)


def preview_on(board: Board, wanted: NewsFilter, now: datetime) -> Preview:
    """As `preview`, on the board of `recent_span`."""
    since = now - WEEKS * WEEK
    news = [each for each in board.matching(wanted.canonical()) if since <= each.at <= now]
    ages = [min((now - each.at) // WEEK, WEEKS - 1) for each in news]
    weeks = tuple(ages.count(age) for age in reversed(range(WEEKS)))
    return Preview(tuple(sorted(news, key=lambda each: -each.change)), weeks)


def _last_before(session: Session, moment: datetime) -> int:
    """The number of the last change before a moment; times grow with the numbers."""
    numbers: Sequence[int] = range(latest_change(session) + 1)

    def is_later(number: int) -> bool:
        following = (
            select(col(Change.created_at))
            .where(col(Change.id) > number)
            .order_by(col(Change.id))
            .limit(1)
        )
        at = session.scalar(following)
        return at is None or at >= moment

    return bisect_left(numbers, True, key=is_later)


def _of(chat_id: int) -> ColumnElement[bool]:
    return col(Subscription.chat_id) == chat_id


def _same(session: Session, chat_id: int, cadence: str, filter_id: int) -> int | None:
    return session.scalar(
        select(col(Subscription.id)).where(
            _of(chat_id),
            col(Subscription.cadence) == cadence,
            col(Subscription.filter_id) == filter_id,
        )
    )
