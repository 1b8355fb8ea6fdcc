"""Texts that were not understood, kept without the person, so that the vocabulary can grow."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.tables.conversation import MissedQuestion
from storage.words import fold, normalise
from storage.words.languages import Language

KEPT = timedelta(days=90)
MOST_LETTERS = 300
"""Of a longer text the beginning is kept: a question is short, a letter tells of its writer."""

_HIDDEN = "…"
_ABOUT_A_PERSON = re.compile(
    r"\S+@\S+"  # an address of mail
    r"|(?<!\w)@\w+"  # a name in Telegram
    r"|(?:https?://|www\.|t\.me/)\S+"
    r"|\+?\d(?:[\s()./-]{0,2}\d){9,}"  # ten digits or more: a telephone, a card
)


@dataclass(frozen=True, slots=True)
class Missed:
    """Texts that are one but for case, signs and Kazakh letters: `text` is how most wrote it.

    `languages` and `reasons` are those it was missed in and for, the commonest first; UTC.
    """

    text: str
    times: int
    languages: tuple[str, ...]
    reasons: tuple[str, ...]
    last_at: datetime


def note(session: Session, text: str, language: Language, reason: str, now: datetime) -> None:
    """Keep a text, without telephone numbers, addresses and names in Telegram, and the hour.

    The minute is not kept: with it the text could be laid beside who wrote when. A text of which
    nothing is left is not kept.
    """
    kept = impersonal(text)
    if normalise(kept):
        hour = now.replace(minute=0, second=0, microsecond=0)
        row = {"text": kept, "language": language, "reason": reason, "asked_at": hour}
        session.execute(insert(MissedQuestion).values(row))


def impersonal(text: str) -> str:
    """The beginning of the text on one line, with what tells of a person left out."""
    beginning = text[: 2 * MOST_LETTERS].replace("\0", "").encode(errors="ignore").decode()
    return " ".join(_ABOUT_A_PERSON.sub(_HIDDEN, beginning).split())[:MOST_LETTERS]


def top(session: Session, since: datetime, limit: int = 50) -> list[Missed]:
    """What was missed most often since `since` (UTC), the latest first of those equally often."""
    rows = session.execute(
        select(
            col(MissedQuestion.text),
            col(MissedQuestion.language),
            col(MissedQuestion.reason),
            col(MissedQuestion.asked_at),
        )
        .where(col(MissedQuestion.asked_at) >= since)
        .order_by(col(MissedQuestion.id))
    )
    groups: dict[str, _Group] = {}
    for text, language, reason, asked_at in rows:
        groups.setdefault(fold(normalise(text)), _Group()).add(text, language, reason, asked_at)
    found = sorted((group.missed() for group in groups.values()), key=_often_and_lately)
    return found[:limit]


def _often_and_lately(missed: Missed) -> tuple[int, float, str]:
    return -missed.times, -missed.last_at.timestamp(), missed.text


@dataclass(slots=True)
class _Group:
    """The texts that fold to the same."""

    texts: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    days: list[datetime] = field(default_factory=list)

    def add(self, text: str, language: str, reason: str, asked_at: datetime) -> None:
        self.texts[text] += 1
        self.languages[language] += 1
        self.reasons[reason] += 1
        self.days.append(asked_at)

    def missed(self) -> Missed:
        return Missed(
            self.texts.most_common(1)[0][0],
            self.texts.total(),
            tuple(language for language, _ in self.languages.most_common()),
            tuple(reason for reason, _ in self.reasons.most_common()),
            max(self.days),
        )


def forget_older(session: Session, before: datetime) -> int:
    """Delete what was missed before `before` (UTC); how many texts."""
    result = session.execute(delete(MissedQuestion).where(col(MissedQuestion.asked_at) < before))
    return cast("CursorResult[Any]", result).rowcount
