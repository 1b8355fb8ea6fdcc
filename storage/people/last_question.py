"""What a chat asked last and what it was shown, so that "and in Medeu?" has something to follow."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

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
    row = {
        "chat_id": chat_id,
        "question": json.dumps(question, separators=(",", ":")),
        "shown": json.dumps(list(shown), separators=(",", ":")),
        "asked_at": now,
    }
    returned = insert(AskedQuestion).values(row).returning(col(AskedQuestion.id))
    return int(session.scalars(returned).one() or 0)


def recall(
    session: Session, chat_id: int, now: datetime, within: timedelta = FOLLOWED_WITHIN
) -> StoredQuestion | None:
    """The last question of the chat, None if there is none or it is older than `within`."""
    found = _one(session, col(AskedQuestion.chat_id) == chat_id)
    return found if found and now - found.asked_at <= within else None


def asked(session: Session, asked_id: int, chat_id: int) -> StoredQuestion | None:
    """The question with this number, None if it is gone or another chat's."""
    return _one(session, col(AskedQuestion.id) == asked_id, col(AskedQuestion.chat_id) == chat_id)


def asked_by(session: Session, chat_id: int) -> list[StoredQuestion]:
    """All questions that are kept of the chat, the oldest first."""
    rows = session.execute(_chosen(col(AskedQuestion.chat_id) == chat_id).order_by(*_IN_ORDER))
    return [_asked(row) for row in rows]


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


def _one(session: Session, *where: ColumnElement[bool]) -> StoredQuestion | None:
    row = session.execute(_chosen(*where).order_by(col(AskedQuestion.id).desc()).limit(1)).first()
    return _asked(row) if row else None


def _asked(row: Any) -> StoredQuestion:
    number, question, shown, asked_at = row
    return StoredQuestion(number, json.loads(question), tuple(json.loads(shown)), asked_at)


def _deleted(session: Session, where: ColumnElement[bool]) -> int:
    result = session.execute(delete(AskedQuestion).where(where))
    return cast("CursorResult[Any]", result).rowcount
