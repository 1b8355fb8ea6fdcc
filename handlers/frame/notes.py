"""What is written down of an answer, behind it: visits, questions, what was not understood.

Nobody waits for it. What comes while a transaction is under way goes into the next one together;
what waits to be written is found by whoever asks for it, so that a follow-up that comes at once
follows its question.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from storage.database.store import Store
from storage.people import last_question, people
from storage.people.last_question import StoredQuestion

Note = Callable[[Session], object]

log = structlog.stdlib.get_logger(__name__)


class Notes:
    """The notes of one process that wait to be written."""

    def __init__(self) -> None:
        self._visits: dict[int, datetime] = {}
        self._questions: dict[int, tuple[int, StoredQuestion]] = {}  # by number, with the chat
        self._others: list[Note] = []
        self._turn = asyncio.Lock()

    @property
    def is_writing(self) -> bool:
        """Whether somebody writes what waits: then there is nothing to begin."""
        return self._turn.locked()

    def add(self, note: Note) -> None:
        """Let a note wait: a function of a session that writes."""
        self._others.append(note)

    def visit(self, chat_id: int, at: datetime) -> None:
        """Let a visit (UTC) wait."""
        self._visits[chat_id] = at

    def question(
        self, chat_id: int, values: Mapping[str, Any], shown: Sequence[int], now: datetime
    ) -> int:
        """Let a question wait (JSON values); the number to ask for it by, at once."""
        number = last_question.new_number()
        self._questions[number] = chat_id, StoredQuestion(number, values, tuple(shown), now)
        return number

    def last_of(self, chat_id: int) -> StoredQuestion | None:
        """The chat's last question, if it still waits."""
        for chat, asked in reversed(self._questions.values()):
            if chat == chat_id:
                return asked
        return None

    def numbered(self, number: int, chat_id: int) -> StoredQuestion | None:
        """The question with this number, if it still waits and is the chat's."""
        chat, asked = self._questions.get(number, (None, None))
        return asked if chat == chat_id else None

    async def write(self, store: Store) -> None:
        """Return when all that waits is written; what cannot be written is logged."""
        async with self._turn:
            while self._visits or self._questions or self._others:
                await self._write_waiting(store)

    async def _write_waiting(self, store: Store) -> None:
        visits, self._visits = self._visits, {}
        others, self._others = self._others, []
        questions = dict(self._questions)  # they can be asked for until they are written
        try:
            await store.write(_all, _together(visits, questions, others))
        except (SQLAlchemyError, OSError) as error:
            await self._write_singly(store, _singly(visits, questions, others), error)
        for number in questions:
            self._questions.pop(number, None)

    async def _write_singly(self, store: Store, notes: Sequence[Note], error: Exception) -> None:
        """One note that cannot be written takes no other with it."""
        lost = 0
        for note in notes:
            try:
                await store.write(note)
            except (SQLAlchemyError, OSError) as own:
                lost, error = lost + 1, own
        if lost:
            log.warning("notes_not_written", notes=lost, error=type(error).__name__)


Questions = Mapping[int, tuple[int, StoredQuestion]]


def _together(
    visits: Mapping[int, datetime], questions: Questions, others: Sequence[Note]
) -> list[Note]:
    """The notes of a kind as one."""
    notes = list(others)
    if visits:
        notes.append(partial(people.seen_all, visits=visits))
    if questions:
        notes.append(partial(last_question.remember_all, asked=list(questions.values())))
    return notes


def _singly(
    visits: Mapping[int, datetime], questions: Questions, others: Sequence[Note]
) -> list[Note]:
    """Each note by itself."""
    return [
        *others,
        *(partial(people.seen_all, visits={chat: at}) for chat, at in visits.items()),
        *(partial(last_question.remember_all, asked=[each]) for each in questions.values()),
    ]


def _all(session: Session, notes: Sequence[Note]) -> None:
    for note in notes:
        note(session)
