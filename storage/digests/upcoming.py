"""What one chat would be told now, by each of its cadences; nothing is written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.digests.contents import Matcher, content_of
from storage.digests.deliveries import Item
from storage.digests.planned_rows import told
from storage.news.matching import latest_change
from storage.subscriptions.schedules import CADENCES, Cadence
from storage.tables.subscriptions import Subscriber, Subscription


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The digest of one cadence as it stands; `due_at` (UTC) is None while the chat rests.

    Without items there is nothing to tell yet. `filters` are the numbers of those that bring news.
    """

    cadence: Cadence
    due_at: datetime | None
    language: str
    filters: tuple[int, ...]
    items: tuple[Item, ...]
    content_id: int


def upcoming(session: Session, chat_id: int) -> tuple[Upcoming, ...]:
    """The digests that the chat would get if all of them were due now, whether it pauses or not.

    What one cadence tells is not told again by another, in the order in which they are planned.
    """
    rows = session.execute(
        select(
            *(col(Subscription.cadence), col(Subscription.due_at), col(Subscriber.language)),
            *(col(Subscription.filter_id), col(Subscription.cursor)),
        )
        .join(Subscriber, col(Subscriber.chat_id) == col(Subscription.chat_id))
        .where(col(Subscription.chat_id) == chat_id)
        .order_by(col(Subscription.id))
    ).all()
    if not rows:
        return ()
    matcher = Matcher(latest_change(session))
    matcher.match(session, {(row.filter_id, row.cursor) for row in rows})
    heard = dict(told(session, {chat_id: min(row.cursor for row in rows)}).get(chat_id, {}))
    found = []
    for cadence in CADENCES:
        own = [row for row in rows if row.cadence == cadence]
        if not own:
            continue
        followed = tuple((row.filter_id, row.cursor) for row in own)
        filters, news = matcher.news(followed, heard)
        items = tuple(sorted(Item(*each[:3]) for each in news.values()))
        heard |= {key: each.change for key, each in news.items()}
        number, _ = content_of(filters, items)
        due_at, language = own[0].due_at, own[0].language
        found.append(Upcoming(cadence, due_at, language, tuple(sorted(filters)), items, number))
    return tuple(found)
