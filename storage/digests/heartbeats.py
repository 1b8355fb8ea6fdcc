"""Notes that nothing was new, for chats that want to hear once a month that the bot is there."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.upsert import one_of
from storage.digests.contents import content_of
from storage.digests.planned_rows import Contents, deliver, keep_contents
from storage.news.matching import latest_change
from storage.subscriptions.planning_lock import lock_planning
from storage.subscriptions.schedules import AT_ONCE, NOTE, is_quiet
from storage.tables.subscriptions import Delivery, Subscriber, Subscription
from storage.values.city import CITY_TIME


def plan_notes(session: Session, now: datetime, limit: int = 10_000) -> int:
    """Plan a note for up to `limit` chats of `chats_for_notes`; for how many.

    A note is a delivery of the cadence `note` for the month of the city. Its content has no items
    and all filters of the chat.
    """
    lock_planning(session)
    chats = chats_for_notes(session, now, limit)
    contents: Contents = {}
    made: dict[int, int] = {}
    for chat, filters in _followed(session, chats).items():
        made[chat], texts = content_of(filters, ())
        contents[made[chat]] = texts
    keep_contents(session, contents)
    period = f"{now.astimezone(CITY_TIME):%Y-%m}"
    known = deliver(session, NOTE, period, latest_change(session), made, now)
    return len(made) - len(known)


def chats_for_notes(session: Session, now: datetime, limit: int) -> tuple[int, ...]:
    """Chats that want notes and for which nothing was planned for a whole month (UTC `now`).

    Neither those that pause, rest or subscribed later, nor those of which something is due now. In
    quiet hours there are none. It only reads, about a second for a million chats that want notes
    and were told: ask it outside of a writing transaction whether there is anything to plan.
    """
    if is_quiet(now):
        return ()
    since, paused = _month_before(now), col(Subscriber.paused_until)
    asked = (
        select(col(Subscriber.chat_id))
        .where(
            *(col(Subscriber.notes).is_(True), col(Subscriber.rests_since).is_(None)),
            *(or_(paused.is_(None), paused <= now), col(Subscriber.created_at) <= since),
            *(~_told(since, f"{now.astimezone(CITY_TIME):%Y-%m}"), _subscribed(since)),
            ~_owed(now, latest_change(session)),
        )
        .order_by(col(Subscriber.chat_id))
        .limit(limit)
    )
    return tuple(session.scalars(asked))


def _month_before(now: datetime) -> datetime:
    """The same time of the city a month earlier, on the month's last day if it is shorter."""
    local = now.astimezone(CITY_TIME)
    last = local.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(local.day, last.day)).astimezone(UTC)


def _told(since: datetime, period: str) -> ColumnElement[bool]:
    noted = and_(col(Delivery.cadence) == NOTE, col(Delivery.period) == period)
    recent = or_(col(Delivery.planned_at) > since, noted)
    return exists().where(col(Delivery.chat_id) == col(Subscriber.chat_id), recent)


def _subscribed(since: datetime) -> ColumnElement[bool]:
    """The chat has followed something for as long."""
    own = col(Subscription.chat_id) == col(Subscriber.chat_id)
    return exists().where(own, col(Subscription.created_at) <= since)


def _owed(now: datetime, upto: int) -> ColumnElement[bool]:
    """A digest of the chat is due and was not planned yet: it may bring news."""
    own = col(Subscription.chat_id) == col(Subscriber.chat_id)
    behind = or_(col(Subscription.cadence) != AT_ONCE, col(Subscription.cursor) < upto)
    return exists().where(own, col(Subscription.due_at) <= now, behind)


def _followed(session: Session, chats: Sequence[int]) -> dict[int, list[int]]:
    """The filters of each chat, each once."""
    asked = select(col(Subscription.chat_id), col(Subscription.filter_id)).distinct()
    found: dict[int, list[int]] = {}
    for chat, filter_id in session.execute(
        asked.where(one_of(session, col(Subscription.chat_id), chats))
    ):
        found.setdefault(chat, []).append(filter_id)
    return found
