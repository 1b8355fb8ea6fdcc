"""What is due becomes deliveries: set by set, from tables alone, in chunks of one transaction each.

A chunk is planned under a lock (an advisory one on PostgreSQL, the one writer on SQLite), so that
any number of processes may plan. Chats that follow the same share the matching and the content.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.newsboard import Board, News, latest_change, load_board
from storage.newsfilters import stored_filters
from storage.planned import Contents, deliver, keep_contents, lock_planning, planned_already, told
from storage.schedules import (
    Cadence,
)
from storage.slots import Slot, due_slots, of_slot
from storage.subscription_models import Subscription

CHUNK = 10_000
_KEPT = 200_000  # so many filters' news and contents are remembered at most
_CONTENT_BITS = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Planned:
    """What a step did: subscriptions looked at and deliveries made; `more` may be due."""

    subscriptions: int
    deliveries: int
    more: bool


class _Due(NamedTuple):
    """A subscription that is due."""

    chat_id: int
    filter_id: int
    cursor: int
    told_before: bool


_Followed = tuple[tuple[int, int], ...]  # (filter, cursor) of a chat


@dataclass(slots=True)
class Planner:
    """Plans what is due at `now` (UTC), a chunk at each `step`, and remembers what chats share.

    Make one for each run: it takes in the changes that were there at its first step. After a step
    that was rolled back make another: this one would remember what was not stored.
    """

    now: datetime
    chunk: int = CHUNK
    _upto: int | None = None
    _slots: list[Slot] | None = None
    _last_chat: int | None = None
    _boards: dict[int, Board] = field(default_factory=dict)
    _matched: dict[tuple[int, int], tuple[News, ...]] = field(default_factory=dict)
    _contents: dict[_Followed, int | None] = field(default_factory=dict)

    def step(self, session: Session) -> Planned:
        """Plan the next chunk in the caller's transaction."""
        lock_planning(session)
        slots = self._still_due(session)
        if not slots:
            return Planned(0, 0, more=False)
        slot = slots[0]
        due = self._due(session, slot)
        if len(due) < self.chunk:
            slots.pop(0)
            self._last_chat = None
        else:
            due = _whole_chats(due)
            self._last_chat = due[-1].chat_id
        made = self._plan(session, slot, due) if due else 0
        return Planned(len(due), made, more=bool(slots))

    def look_ahead(self, session: Session) -> None:
        """Match what the next step needs; it only reads, so that the step holds the writer less."""
        slots = self._still_due(session)
        if slots:
            self._match(session, self._due(session, slots[0]))

    def _still_due(self, session: Session) -> list[Slot]:
        if self._upto is None:
            self._upto = latest_change(session)
        if self._slots is None:
            self._slots = list(due_slots(session, self.now, self._upto))
        return self._slots

    def _due(self, session: Session, slot: Slot) -> list[_Due]:
        where = of_slot(slot)
        if self._last_chat is not None:
            where.append(col(Subscription.chat_id) > self._last_chat)
        rows = session.execute(
            select(
                *(col(Subscription.chat_id), col(Subscription.filter_id)),
                *(col(Subscription.cursor), col(Subscription.told_before)),
            )
            .where(*where)
            .order_by(col(Subscription.chat_id))
            .limit(self.chunk)
        )
        return list(map(_Due._make, rows))

    def _plan(self, session: Session, slot: Slot, due: Sequence[_Due]) -> int:
        """Make the deliveries of these chats, and move their subscriptions on."""
        chats = (due[0].chat_id, due[-1].chat_id)
        known = planned_already(session, slot.cadence, slot.period, chats)
        self._match(session, due)
        made = list(self._contents_of(session, (each for each in due if each.chat_id not in known)))
        deliver(session, slot, made, self.now)
        within = [*of_slot(slot), col(Subscription.chat_id).between(*chats)]
        onward = {"due_at": slot.next_due_at}
        if known:  # another digest of the period went out: theirs waits for the next one
            _move_on(session, [*within, col(Subscription.chat_id).in_(known)], onward)
            within.append(col(Subscription.chat_id).not_in(known))
        _move_on(session, within, {**onward, "cursor": slot.upto, "told_before": False})
        if made:
            _flag_others(session, slot, chats)
        return len(made)

    def _match(self, session: Session, due: Sequence[_Due]) -> None:
        """Find the news of each filter since each cursor, once."""
        if len(self._matched) > _KEPT or len(self._contents) > _KEPT:
            self._matched.clear()
            self._contents.clear()
        wanted = {(each.filter_id, each.cursor) for each in due} - self._matched.keys()
        filters = stored_filters(session, {number for number, _ in wanted})
        for number, cursor in wanted:
            follows = filters.get(number)
            board = self._board(session, cursor)
            self._matched[number, cursor] = board.matching(follows) if follows and board else ()

    def _board(self, session: Session, cursor: int) -> Board:
        if cursor not in self._boards:
            if len(self._boards) >= 100:  # noqa: PLR2004 - each holds the news since its cursor
                self._boards.clear()
            self._boards[cursor] = load_board(session, cursor, self._upto or 0)
        return self._boards[cursor]

    def _contents_of(self, session: Session, due: Iterable[_Due]) -> Iterator[tuple[int, int]]:
        """Each chat that has news, with the number of its digest's content."""
        chats = [(chat, list(rows)) for chat, rows in groupby(due, key=itemgetter(0))]
        flagged = {chat: rows for chat, rows in chats if any(each.told_before for each in rows)}
        heard = told(
            session, {chat: min(each.cursor for each in rows) for chat, rows in flagged.items()}
        )
        fresh: Contents = {}
        for chat, rows in chats:
            followed = tuple((each.filter_id, each.cursor) for each in rows)
            if chat in heard:
                content = self._content(followed, heard[chat], fresh)
            elif followed in self._contents:
                content = self._contents[followed]
            else:
                content = self._contents[followed] = self._content(followed, {}, fresh)
            if content is not None:
                yield chat, content
        keep_contents(session, fresh)

    def _content(
        self,
        followed: _Followed,
        heard: dict[tuple[int, str], int],
        fresh: Contents,
    ) -> int | None:
        """The fingerprint of what the filters brought and was not heard; None if nothing."""
        found: dict[tuple[int, str], News] = {}
        filters = []
        for number, cursor in followed:
            news = [
                each
                for each in self._matched[number, cursor]
                if heard.get((each.project, each.kind), 0) < each.change
            ]
            if news:
                filters.append(number)
                found |= {(each.project, each.kind): each for each in news}
        if not found:
            return None
        texts = (_json(sorted(filters)), _json([each[:3] for each in sorted(found.values())]))
        fingerprint = _fingerprint(*texts)
        fresh[fingerprint] = texts
        return fingerprint


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


def _whole_chats(due: list[_Due]) -> list[_Due]:
    """All but the last chat, of which there may be more; all if there is but one."""
    return [each for each in due if each.chat_id != due[-1].chat_id] or due


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _fingerprint(filters: str, items: str) -> int:
    """63 bits over the filters and what they brought."""
    digest = blake2b(f"{filters} {items}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) & _CONTENT_BITS


def _move_on(
    session: Session, where: Sequence[ColumnElement[bool]], values: dict[str, Any]
) -> None:
    statement = update(Subscription).where(*where).values(values)
    session.execute(statement.execution_options(synchronize_session=False))


def _flag_others(session: Session, slot: Slot, chats: tuple[int, int]) -> None:
    """Let the other cadences of these chats look up what this one has told."""
    others = [
        col(Subscription.chat_id).between(*chats),
        col(Subscription.cadence) != slot.cadence,
        col(Subscription.cursor) < slot.upto,
        col(Subscription.told_before).is_(False),
    ]
    _move_on(session, others, {"told_before": True})
