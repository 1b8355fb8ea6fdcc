"""What is due becomes deliveries: set by set, from tables alone, in chunks of one transaction each.

A chunk is planned under a lock (an advisory one on PostgreSQL, the one writer on SQLite), so that
any number of processes may plan. Chats that follow the same share the matching and the content.
"""

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, case, func, select, type_coerce, update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.upsert import one_of, rows_text
from storage.digests.contents import Followed, Matcher
from storage.digests.due import Slot, due_slots, next_slot, of_slot
from storage.digests.planned_rows import deliver, keep_contents, told
from storage.news.matching import latest_change
from storage.subscriptions.planning_lock import lock_planning
from storage.subscriptions.schedules import Cadence
from storage.tables.subscriptions import Subscription

CHUNK = 2_500


@dataclass(frozen=True, slots=True)
class Planned:
    """What a step did: subscriptions looked at and deliveries made; `more` may be due."""

    subscriptions: int
    deliveries: int
    more: bool


Due = list[Any]
"""A subscription that is due: chat, filter, cursor, whether another cadence has told of it."""


class Ready(NamedTuple):
    """What becomes of rows: the contents of most chats, and what those follow that heard of it.

    `rows` are the rows as they were read, `more`: the slot may have further ones.
    """

    rows: str
    due: list[Due]
    more: bool
    made: dict[int, int]
    flagged: dict[int, Followed]


class Spot(NamedTuple):
    """Where a chunk begins: after a chat of a slot."""

    slot: Slot
    after: int | None


_NOTHING_READY = Ready("", [], False, {}, {})


@dataclass(slots=True)
class Planner:
    """Plans what is due at `now` (UTC), a chunk at each `step`, and remembers what chats share.

    `chunk` is rows of subscriptions, more than any chat has (`subscriptions.LIMIT`).

    Make one for each run: it takes in the changes that were there at its first step. After a step
    that was rolled back make another: this one would remember what was not stored. A step may be
    worked out before it (`look_ahead`), and the one after it meanwhile, in another thread
    (`look_past`).

    `early`: beside what is due, each chat's next digest of each cadence is planned now, for the
    period it would have had, and the one after is due next. Chats that pause or rest are left
    alone, and so are those with nothing to tell yet: their digest still comes when it is due.
    """

    now: datetime
    chunk: int = CHUNK
    early: bool = False
    _matcher: Matcher | None = None
    _slot: Slot | None = None
    _last_chat: int | None = None
    _ready: Ready = field(default=_NOTHING_READY)
    _matching: Lock = field(default_factory=Lock)

    def step(self, session: Session) -> Planned:
        """Plan the next chunk in the caller's transaction."""
        lock_planning(session)
        matcher = self._started(session)
        slot = self._slot
        if slot is None:
            return Planned(0, 0, more=False)
        rows = self._rows(session, Spot(slot, self._last_chat))
        ready = self._ready if self._ready.rows == rows else self._prepared(session, matcher, rows)
        self._ready = _NOTHING_READY
        made = self._plan(session, slot, matcher, ready) if ready.due else 0
        self._go_on(session, slot, ready)
        return Planned(len(ready.due), made, more=self._slot is not None)

    def look_ahead(self, session: Session) -> None:
        """Work out the next step without writing, so that the step holds the writer less.

        What changes until the step is noticed, and worked out again.
        """
        self._started(session)
        if self._slot is not None:
            self._ready = self._worked_out(session, Spot(self._slot, self._last_chat))

    @property
    def is_ready(self) -> bool:
        """Whether the next step is worked out."""
        return bool(self._ready.due)

    @property
    def past(self) -> Spot | None:
        """Where the chunk after the one that is ready begins; None where that is not known yet."""
        slot, ready = self._slot, self._ready
        return Spot(slot, ready.due[-1][0]) if slot and ready.more else None

    def look_past(self, session: Session, spot: Spot) -> Ready:
        """Work out a chunk as `look_ahead` does, while the step before it is under way."""
        return self._worked_out(session, spot)

    def make_ready(self, ready: Ready) -> None:
        """Let the next step be this one; it looks whether it still is."""
        self._ready = ready

    def _worked_out(self, session: Session, spot: Spot) -> Ready:
        return self._prepared(session, self._started(session), self._rows(session, spot))

    def forget(self) -> None:
        """Let go of what it remembers, at the end of a run; in a thread, for there may be much."""
        if self._matcher is not None:
            self._matcher.forget()

    def _started(self, session: Session) -> Matcher:
        if self._matcher is None:
            self._matcher = Matcher(latest_change(session))
            self._slot = self._following(session, None)
        return self._matcher

    def _following(self, session: Session, after: Slot | None) -> Slot | None:
        upto = self._matcher.upto if self._matcher else 0
        return next_slot(session, self.now, upto, after, early=self.early)

    def _rows(self, session: Session, spot: Spot) -> str:
        """The rows of a chunk, in the order of the chats: chat, filter, cursor, told before."""
        where = of_slot(spot.slot)
        if spot.after is not None:
            where.append(col(Subscription.chat_id) > spot.after)
        asked = select(
            *(col(Subscription.chat_id), col(Subscription.filter_id)),
            *(col(Subscription.cursor), type_coerce(col(Subscription.told_before), Integer)),
        )
        ordered = asked.where(*where).order_by(col(Subscription.chat_id)).limit(self.chunk)
        return rows_text(session, ordered)

    def _go_on(self, session: Session, slot: Slot, ready: Ready) -> None:
        """The next chunk begins after these chats; without any the slot has come to its end."""
        if ready.due:
            self._last_chat = ready.due[-1][0]
        if not ready.due or not (ready.more or self._has_more(session, slot)):
            self._last_chat = None
            self._slot = self._following(session, slot)

    def _has_more(self, session: Session, slot: Slot) -> bool:
        later = [*of_slot(slot), col(Subscription.chat_id) > (self._last_chat or 0)]
        return session.scalar(select(1).where(*later).limit(1)) is not None

    def _prepared(self, session: Session, matcher: Matcher, rows: str) -> Ready:
        """What the chats are told that no other cadence has told anything."""
        due: list[Due] = json.loads(rows)
        more = len(due) >= self.chunk
        if more:
            due = _whole_chats(due)
        followed: dict[int, Followed] = {}
        heard = set()
        for chat, filter_id, cursor, told_before in due:
            followed[chat] = (*followed.get(chat, ()), (filter_id, cursor))
            if told_before:
                heard.add(chat)
        flagged = {chat: followed.pop(chat) for chat in heard}
        different = set(followed.values())
        with self._matching:
            matcher.match(session, {each for found in different for each in found})
            contents = {each: matcher.content(each) for each in different}
        made = {
            chat: content
            for chat, found in followed.items()
            if (content := contents[found]) is not None
        }
        return Ready(rows, due, more, made, flagged)

    def _plan(self, session: Session, slot: Slot, matcher: Matcher, ready: Ready) -> int:
        """Make the deliveries of these chats, and move their subscriptions on."""
        made = dict(ready.made)
        if ready.flagged:
            with self._matching:
                made |= _unheard(session, matcher, ready.flagged)
        unstored = matcher.unstored
        keep_contents(session, {n: unstored[n] for n in set(made.values()) if n in unstored})
        for number in made.values():
            unstored.pop(number, None)
        known = deliver(session, slot.cadence, slot.period, slot.upto, made, self.now)
        chats = (ready.due[0][0], ready.due[-1][0])
        _move_on(session, slot, chats, made.keys() - known, known)
        if len(made) > len(known):
            _flag_others(session, slot, chats)
        return len(made) - len(known)


def plan(session: Session, now: datetime, chunk: int = CHUNK) -> Planned:
    """Plan the first chunk of what is due at `now` (UTC): for one who plans once. See `Planner`."""
    return Planner(now, chunk).step(session)


def due_subscriptions(session: Session, now: datetime) -> dict[Cadence, int]:
    """How many subscriptions a planner would look at now, by cadence; a digest may be empty."""
    upto = latest_change(session)
    found: dict[Cadence, int] = {}
    for slot in due_slots(session, now, upto):
        count = session.scalar(select(func.count()).select_from(Subscription).where(*of_slot(slot)))
        found[slot.cadence] = found.get(slot.cadence, 0) + (count or 0)
    return found


def _whole_chats(due: list[Due]) -> list[Due]:
    """All but the last chat, of which there may be more; all if there is but one."""
    return [each for each in due if each[0] != due[-1][0]] or due


def _unheard(session: Session, matcher: Matcher, flagged: dict[int, Followed]) -> dict[int, int]:
    """What the chats are told that another cadence may have told of it."""
    matcher.match(session, {each for found in flagged.values() for each in found})
    since = {chat: min(cursor for _, cursor in found) for chat, found in flagged.items()}
    heard = told(session, since)
    made = {}
    for chat, followed in flagged.items():
        known = heard.get(chat)
        content = matcher.content_but(followed, known) if known else matcher.content(followed)
        if content is not None:
            made[chat] = content
    return made


def _move_on(
    session: Session,
    slot: Slot,
    chats: tuple[int, int],
    new: AbstractSet[int],
    known: AbstractSet[int],
) -> None:
    """Let the subscriptions of these chats, planned ahead only of the new, be due next.

    The `known` had another digest of the period: their news waits for the next one.
    """
    chat, cursor = col(Subscription.chat_id), col(Subscription.cursor)
    within = [*of_slot(slot), chat.between(*chats)]
    onward = {"due_at": slot.next_due_at}
    if known:
        again = one_of(session, chat, known)
        _set(session, [*within, again], onward)
        within.append(~again)
    if slot.early:
        within.append(one_of(session, chat, new))
    read = {"cursor": case((cursor < slot.upto, slot.upto), else_=cursor), "told_before": False}
    _set(session, within, {**onward, **read})


def _flag_others(session: Session, slot: Slot, chats: tuple[int, int]) -> None:
    """Let the other cadences of these chats look up what this one has told."""
    others = [
        col(Subscription.chat_id).between(*chats),
        col(Subscription.cadence) != slot.cadence,
        col(Subscription.cursor) < slot.upto,
        col(Subscription.told_before).is_(False),
    ]
    _set(session, others, {"told_before": True})


def _set(session: Session, where: Sequence[ColumnElement[bool]], values: dict[str, Any]) -> None:
    statement = update(Subscription).where(*where).values(values)
    session.execute(statement.execution_options(synchronize_session=False))
