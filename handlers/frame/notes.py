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
from storage.people import last_question
from storage.people.last_question import StoredQuestion

Note = Callable[[Session], object]

log = structlog.stdlib.get_logger(__name__)


class Notes:
    """The notes of one process that wait to be written, in order."""

    def __init__(self) -> None:
        self._waiting: list[Note] = []
        self._questions: dict[
            int, tuple[int, StoredQuestion]
        ] = {}  # by number: the chat, the question
        self._turn = asyncio.Lock()

    @property
    def is_writing(self) -> bool:
        """Whether somebody writes what waits: then there is nothing to begin."""
        return self._turn.locked()

    def add(self, note: Note) -> None:
        """Let a note wait: a function of a session that writes."""
        self._waiting.append(note)

    def question(
        self, chat_id: int, values: Mapping[str, Any], shown: Sequence[int], now: datetime
    ) -> int:
        """Let a question wait (JSON values); the number to ask for it by, at once."""
        number = last_question.new_number()
        asked = StoredQuestion(number, values, tuple(shown), now)
        self._questions[number] = chat_id, asked
        self.add(partial(_remember, chat_id=chat_id, asked=asked))
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
            while self._waiting:
                await self._write_waiting(store)

    async def _write_waiting(self, store: Store) -> None:
        notes, self._waiting = self._waiting, []
        numbers = list(self._questions)
        try:
            await store.write(_all, notes)
        except (SQLAlchemyError, OSError) as error:
            await self._write_singly(store, notes, error)
        for number in numbers:
            self._questions.pop(number, None)

    async def _write_singly(self, store: Store, notes: Sequence[Note], error: Exception) -> None:
        """One note that cannot be written takes no other with it."""
        lost = len(notes) if len(notes) == 1 else 0
        for note in notes if not lost else ():
            try:
                await store.write(note)
            except (SQLAlchemyError, OSError) as own:
                lost, error = lost + 1, own
        if lost:
            log.warning("notes_not_written", notes=lost, error=type(error).__name__)


def _all(session: Session, notes: Sequence[Note]) -> None:
    for note in notes:
        note(session)


def _remember(session: Session, *, chat_id: int, asked: StoredQuestion) -> None:
    last_question.remember(
        session, chat_id, asked.question, asked.shown, asked.asked_at, number=asked.id
    )
