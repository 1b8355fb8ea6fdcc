"""What a chat asked last and what it was shown, so that "and in Medeu?" has something to follow."""

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, insert, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from storage.tables.conversation import AskedQuestion

FOLLOWED_WITHIN = timedelta(minutes=30)
"""A question that comes later than this after another one does not follow it."""

KEPT = timedelta(days=1)
"""So long the buttons under an answer can take its question up again."""


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question as it was remembered. `shown` are numbers of projects in the order shown; UTC."""

    id: int
    question: Mapping[str, Any]
    shown: tuple[int, ...]
    asked_at: datetime


def remember(
    session: Session,
    chat_id: int,
    question: Mapping[str, Any],
    shown: Sequence[int],
    now: datetime,
) -> int:
    """Keep a question (JSON values) and the list shown for it; the number to ask for it by."""
    number = new_number()
    remember_all(session, [(chat_id, StoredQuestion(number, question, tuple(shown), now))])
    return number


def remember_all(session: Session, asked: Sequence[tuple[int, StoredQuestion]]) -> None:
    """Keep the questions of many chats at once, under the numbers that they have."""
    rows = [
        {
            "id": each.id,
            "chat_id": chat_id,
            "question": json.dumps(each.question, separators=(",", ":")),
            "shown": json.dumps(each.shown, separators=(",", ":")),
            "asked_at": each.asked_at,
        }
        for chat_id, each in asked
    ]
    session.connection().execute(_INSERT, rows)


_INSERT = insert(SQLModel.metadata.tables["asked_question"])


def new_number() -> int:
    """A number that no other question has, greater than all given out before it.

    The button under an answer carries it before it is stored. Milliseconds since 2025, then ten
    bits by chance: of two processes that ask in the same millisecond one in 1,024 pairs gets the
    same number, and then the later question is not kept.
    """
    now = (time.time_ns() // 1_000_000 - _SINCE_MS) << _BITS
    return _given.after(now | secrets.randbits(_BITS))


class _Given:
    """The last number that this process gave out."""

    def __init__(self) -> None:
        self._last = 0

    def after(self, wished: int) -> int:
        """The number wished for, or the next one after the last."""
        self._last = max(wished, self._last + 1)
        return self._last


_BITS = 10
_SINCE_MS = 1_735_689_600_000  # 2025-01-01T00:00Z: numbers stay below 2**53 for 270 years
_given = _Given()


def recall(
    session: Session, chat_id: int, now: datetime, within: timedelta = FOLLOWED_WITHIN
) -> StoredQuestion | None:
    """The last question of the chat, None if there is none or it is older than `within`."""
    return if_followed(_one(session, col(AskedQuestion.chat_id) == chat_id), now, within)


def if_followed(
    asked: StoredQuestion | None, now: datetime, within: timedelta = FOLLOWED_WITHIN
) -> StoredQuestion | None:
    """The question, None where what comes at `now` (UTC) is too late to follow it."""
    return asked if asked and now - asked.asked_at <= within else None


def asked(session: Session, asked_id: int, chat_id: int) -> StoredQuestion | None:
    """The question with this number, None if it is gone or another chat's."""
    return _one(session, col(AskedQuestion.id) == asked_id, col(AskedQuestion.chat_id) == chat_id)


def asked_by(session: Session, chat_id: int) -> list[StoredQuestion]:
    """All questions that are kept of the chat, the oldest first."""
    rows = session.execute(_chosen(col(AskedQuestion.chat_id) == chat_id).order_by(*_IN_ORDER))
    return [stored_question(row) for row in rows]


def forget_chat(session: Session, chat_id: int) -> int:
    """Delete the questions of the chat; how many there were."""
    return _deleted(session, col(AskedQuestion.chat_id) == chat_id)


def forget_older(session: Session, before: datetime) -> int:
    """Delete the questions asked before `before` (UTC); how many."""
    return _deleted(session, col(AskedQuestion.asked_at) < before)


_IN_ORDER = (col(AskedQuestion.id),)


def _chosen(*where: ColumnElement[bool]) -> Any:
    chosen = (col(AskedQuestion.id), col(AskedQuestion.question), col(AskedQuestion.shown))
    return select(*chosen, col(AskedQuestion.asked_at)).where(*where)


def last_of(chat_id: Any) -> Any:
    """The statement for a chat's last question: the columns of `stored_question`."""
    return _last(col(AskedQuestion.chat_id) == chat_id)


def _last(*where: ColumnElement[bool]) -> Any:
    return _chosen(*where).order_by(col(AskedQuestion.id).desc()).limit(1)


def _one(session: Session, *where: ColumnElement[bool]) -> StoredQuestion | None:
    row = session.execute(_last(*where)).first()
    return stored_question(row) if row else None


def stored_question(row: Sequence[Any]) -> StoredQuestion:
    """The question of a row of its id, question, shown and asked_at."""
    number, question, shown, asked_at = row
    return StoredQuestion(number, json.loads(question), tuple(json.loads(shown)), asked_at)


def _deleted(session: Session, where: ColumnElement[bool]) -> int:
    result = session.execute(delete(AskedQuestion).where(where))
    return cast("CursorResult[Any]", result).rowcount
