"""What a run of the planner would make, worked out without writing anything."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.digests.contents import Followed, Matcher
from storage.digests.due import Slot, slot_of
from storage.digests.planned_rows import Heard, planned_already, told
from storage.news.matching import latest_change
from storage.subscriptions.schedules import AT_ONCE, CADENCES, Cadence, cadence_of, is_quiet
from storage.tables.subscriptions import Subscriber, Subscription

CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many subscriptions would be looked at, and what that would make.

    `deliveries` counts the messages by cadence, `chats` those that get any, `texts` the different
    texts among them, each in each language.
    """

    subscriptions: int
    deliveries: dict[Cadence, int]
    chats: int
    texts: int


class _Message(NamedTuple):
    """A digest that a chat would get."""

    chat_id: int
    slot: Slot
    text: tuple[int, str]


@dataclass(slots=True)
class _Tally:
    """What was counted so far; a chat comes in one chunk only."""

    subscriptions: int = 0
    chats: int = 0
    deliveries: Counter[Cadence] = field(default_factory=Counter)
    texts: set[tuple[int, str]] = field(default_factory=set)

    def add(self, messages: Iterable[_Message]) -> None:
        chats = set()
        for message in messages:
            chats.add(message.chat_id)
            self.deliveries[message.slot.cadence] += 1
            self.texts.add(message.text)
        self.chats += len(chats)


def forecast(session: Session, now: datetime, *, early: bool = False) -> Forecast:
    """What a `Planner` of the same moment (UTC) and the same `early` would make; only reads.

    The memory it takes grows with the different texts, not with the chats. What waits to be sent
    already is not counted.
    """
    matcher, tally = Matcher(latest_change(session)), _Tally()
    for rows in _chunks(session, _due(now, matcher.upto, early=early)):
        tally.subscriptions += len(rows)
        tally.add(_unplanned(session, _messages(session, matcher, rows, now)))
        matcher.unstored.clear()
    deliveries = {each: tally.deliveries[each] for each in CADENCES if tally.deliveries[each]}
    return Forecast(tally.subscriptions, deliveries, tally.chats, len(tally.texts))


def _due(now: datetime, upto: int, *, early: bool) -> Any:
    """What a row of Subscription must fulfil to be looked at now."""
    at_once, due_at = col(Subscription.cadence) == AT_ONCE, col(Subscription.due_at)
    behind = and_(at_once, due_at <= now, col(Subscription.cursor) < upto)
    paused = col(Subscriber.paused_until)
    soon = and_(due_at > now, or_(paused.is_(None), paused <= now))
    timed = and_(~at_once, or_(due_at <= now, soon) if early else due_at <= now)
    return timed if is_quiet(now) else or_(timed, behind)


def _chunks(session: Session, due: Any) -> Iterator[Sequence[Any]]:
    """The rows that are due, in the order of the chats and never apart from their chat."""
    asked = (
        select(
            *(col(Subscription.chat_id), col(Subscription.cadence), col(Subscription.due_at)),
            *(col(Subscription.filter_id), col(Subscription.cursor)),
            *(col(Subscription.told_before), col(Subscriber.language)),
        )
        .join(Subscriber, col(Subscriber.chat_id) == col(Subscription.chat_id))
        .where(due)
        .order_by(col(Subscription.chat_id))
        .limit(CHUNK)
    )
    rows = session.execute(asked).all()
    while rows:
        last = rows[-1].chat_id
        whole = [row for row in rows if row.chat_id != last] if len(rows) == CHUNK else rows
        yield whole
        rows = session.execute(asked.where(col(Subscription.chat_id) > whole[-1].chat_id)).all()


def _messages(
    session: Session, matcher: Matcher, rows: Sequence[Any], now: datetime
) -> list[_Message]:
    """What the chats would get if no digest of the same period had gone out."""
    matcher.match(session, {(row.filter_id, row.cursor) for row in rows})
    before: dict[int, int] = {}
    for row in rows:
        if row.told_before:
            before[row.chat_id] = min(row.cursor, before.get(row.chat_id, row.cursor))
    heard = told(session, before)
    slots: dict[tuple[str, datetime], Slot] = {}
    found: list[_Message] = []
    for chat, group in groupby(rows, key=itemgetter(0)):
        known = heard.get(chat, {})
        for (cadence, due_at), followed, language in _by_slot(group):
            if (cadence, due_at) not in slots:
                slots[cadence, due_at] = slot_of(cadence_of(cadence), due_at, now, matcher.upto)
            content = _content(matcher, followed, known)
            if content is not None:
                found.append(_Message(chat, slots[cadence, due_at], (content, language)))
    return found


def _by_slot(rows: Iterable[Any]) -> list[tuple[tuple[str, datetime], Followed, str]]:
    """A chat's rows by what is due together, in the order in which that is planned."""
    slots = defaultdict(list)
    for row in rows:
        slots[row.cadence, row.due_at].append(row)
    ordered = sorted(slots.items(), key=lambda each: (CADENCES.index(each[0][0]), each[0][1]))
    return [
        (key, tuple([(row.filter_id, row.cursor) for row in found]), found[0].language)
        for key, found in ordered
    ]


def _content(matcher: Matcher, followed: Followed, heard: Heard) -> int | None:
    """What a digest would tell; from now on it counts as heard."""
    content = matcher.content_but(followed, heard) if heard else matcher.content(followed)
    if content is not None:
        _, news = matcher.news(followed, heard)
        heard |= {key: each.change for key, each in news.items()}
    return content


def _unplanned(session: Session, messages: list[_Message]) -> Iterator[_Message]:
    """Those of which the chat has not had a digest of the same period."""
    by_slot: dict[Slot, list[_Message]] = defaultdict(list)
    for message in messages:
        by_slot[message.slot].append(message)
    for slot, found in by_slot.items():
        chats = [each.chat_id for each in found]
        known = planned_already(session, slot.cadence, slot.period, chats)
        yield from (each for each in found if each.chat_id not in known)
