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


class ChunkStart(NamedTuple):
    """Where a chunk begins: after a chat of a slot."""

    slot: Slot
    after: int | None


class PreparedChunk(NamedTuple):
    """What becomes of rows: the contents of most chats, and what those follow that heard of it.

    `rows` are the rows as they were read, `more`: the slot may have further ones.
    """

    rows: str
    due: list[Due]
    more: bool
    made: dict[int, int]
    flagged: dict[int, Followed]


NOT_PREPARED = PreparedChunk("", [], False, {}, {})


@dataclass(slots=True)
class Planner:
    """Plans what is due at `now` (UTC), a chunk at each `step`, and remembers what chats share.

    `chunk` is rows of subscriptions, more than any chat has (`subscriptions.LIMIT`).

    Make one for each run: it takes in the changes that were there at its first step. After a step
    that was rolled back make another: this one would remember what was not stored. A step may be
    handed what `prepare` worked out before it, also in another thread while the step before it
    is under way (`Pipeline`): the two share the matcher, one at a time, and only a step moves on.

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
    _matching: Lock = field(default_factory=Lock)

    def prepare(self, session: Session, start: ChunkStart | None = None) -> PreparedChunk:
        """Work out the chunk at `start`, the next one by default, without writing anything.

        So the step holds the writer less. What changes until the step is noticed there.
        """
        matcher = self._started(session)
        start = start or self._start
        if start is None:
            return NOT_PREPARED
        return self._prepared(session, matcher, self._rows(session, start))

    def start_after(self, chunk: PreparedChunk) -> ChunkStart | None:
        """Where the chunk after the next one begins; None where that is not known yet."""
        if self._slot is None or not chunk.more:
            return None
        return ChunkStart(self._slot, chunk.due[-1][0])

    def step(self, session: Session, chunk: PreparedChunk = NOT_PREPARED) -> Planned:
        """Plan the next chunk in the caller's transaction.

        A `chunk` whose rows are no longer those of the store is worked out again.
        """
        lock_planning(session)
        matcher, start = self._started(session), self._start
        if start is None:
            return Planned(0, 0, more=False)
        rows = self._rows(session, start)
        if chunk.rows != rows:
            chunk = self._prepared(session, matcher, rows)
        made = self._plan(session, start.slot, matcher, chunk) if chunk.due else 0
        self._go_on(session, start.slot, chunk)
        return Planned(len(chunk.due), made, more=self._slot is not None)

    def forget(self) -> None:
        """Let go of what it remembers, at the end of a run; in a thread, for there may be much."""
        if self._matcher is not None:
            self._matcher.forget()

    @property
    def _start(self) -> ChunkStart | None:
        return ChunkStart(self._slot, self._last_chat) if self._slot else None

    def _started(self, session: Session) -> Matcher:
        if self._matcher is None:
            self._matcher = Matcher(latest_change(session))
            self._slot = self._following(session, None)
        return self._matcher

    def _following(self, session: Session, after: Slot | None) -> Slot | None:
        upto = self._matcher.upto if self._matcher else 0
        return next_slot(session, self.now, upto, after, early=self.early)

    def _rows(self, session: Session, start: ChunkStart) -> str:
        """The rows of a chunk, in the order of the chats: chat, filter, cursor, told before."""
        where = of_slot(start.slot)
        if start.after is not None:
            where.append(col(Subscription.chat_id) > start.after)
        asked = select(
            *(col(Subscription.chat_id), col(Subscription.filter_id)),
            *(col(Subscription.cursor), type_coerce(col(Subscription.told_before), Integer)),
        )
        ordered = asked.where(*where).order_by(col(Subscription.chat_id)).limit(self.chunk)
        return rows_text(session, ordered)

    def _go_on(self, session: Session, slot: Slot, chunk: PreparedChunk) -> None:
        """The next chunk begins after these chats; without any the slot has come to its end."""
        if chunk.due:
            self._last_chat = chunk.due[-1][0]
        if not chunk.due or not (chunk.more or self._has_more(session, slot)):
            self._last_chat = None
            self._slot = self._following(session, slot)

    def _has_more(self, session: Session, slot: Slot) -> bool:
        later = [*of_slot(slot), col(Subscription.chat_id) > (self._last_chat or 0)]
        return session.scalar(select(1).where(*later).limit(1)) is not None

    def _prepared(self, session: Session, matcher: Matcher, rows: str) -> PreparedChunk:
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
        return PreparedChunk(rows, due, more, made, flagged)

    def _plan(self, session: Session, slot: Slot, matcher: Matcher, chunk: PreparedChunk) -> int:
        """Make the deliveries of these chats, and move their subscriptions on."""
        made = dict(chunk.made)
        if chunk.flagged:
            with self._matching:
                made |= _unheard(session, matcher, chunk.flagged)
        unstored = matcher.unstored
        keep_contents(session, {n: unstored[n] for n in set(made.values()) if n in unstored})
        for number in made.values():
            unstored.pop(number, None)
        known = deliver(session, slot.cadence, slot.period, slot.upto, made, self.now)
        chats = (chunk.due[0][0], chunk.due[-1][0])
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
