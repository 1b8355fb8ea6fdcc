"""Notes are written behind the answers, and are there for who asks at once."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from handlers.frame.notes import Notes
from storage.database.store import Store
from storage.people import last_question, people
from storage.tables.conversation import AskedQuestion

NOW = datetime(2026, 2, 20, 6, tzinfo=UTC)
CHAT, OTHER = 7, 8


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AskedQuestion)) or 0


async def test_a_question_is_there_before_it_is_written_and_after(store: Store) -> None:
    notes = Notes()
    first = notes.question(CHAT, {"kinds": ["school"]}, [3, 1], NOW)
    number = notes.question(CHAT, {"kinds": ["park"]}, [2], NOW)
    assert number > first
    waiting = notes.last_of(CHAT)
    assert waiting is not None
    assert waiting.id == number
    assert notes.numbered(first, CHAT) is not None
    assert notes.numbered(first, OTHER) is None
    assert notes.last_of(OTHER) is None
    await notes.write(store)
    assert notes.last_of(CHAT) is None
    assert await store.read(last_question.recall, CHAT, NOW) == waiting
    assert (await store.read(last_question.asked, first, CHAT)) is not None
    await store.aclose()


async def test_what_comes_while_one_writes_goes_together(store: Store) -> None:
    notes = Notes()
    for chat in range(40):
        notes.question(chat, {}, [], NOW)
    async with asyncio.TaskGroup() as group:
        group.create_task(notes.write(store))
        await asyncio.sleep(0)
        for chat in range(40):
            notes.question(chat, {}, [], NOW)
    assert await store.read(count) == 80
    await store.aclose()


async def test_one_note_that_fails_takes_no_other_with_it(store: Store) -> None:
    def broken(_: Session) -> None:
        raise OperationalError("INSERT", {}, OSError("disk"))

    notes = Notes()
    notes.add(partial(people.seen, chat_id=CHAT, now=NOW))
    notes.add(broken)
    notes.question(CHAT, {}, [], NOW)
    with structlog.testing.capture_logs() as logged:
        await notes.write(store)
    assert [(entry["event"], entry["notes"]) for entry in logged] == [("notes_not_written", 1)]
    assert await store.read(people.person, CHAT) is not None
    assert await store.read(count) == 1
    await store.aclose()


async def test_visits_are_noted_of_who_is_new_and_of_who_came_back(store: Store) -> None:
    notes, later = Notes(), NOW + timedelta(hours=2)
    await store.write(people.set_language, CHAT, "kk", NOW)
    await store.write(people.mark_blocked, CHAT, NOW)
    for chat in (CHAT, OTHER):
        notes.visit(chat, later)
    await notes.write(store)
    known, new = await store.read(people.person, CHAT), await store.read(people.person, OTHER)
    assert known is not None
    assert (known.language, known.created_at, known.last_seen_at) == ("kk", NOW, later)
    assert known.blocked_at is None
    assert new is not None
    assert (new.created_at, new.last_seen_at, new.keep_missed) == (later, later, True)
    await store.aclose()
