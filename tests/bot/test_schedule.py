"""The nightly job: who was not seen for 24 months is forgotten, at the start too."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.running import RefusedError
from bot.schedule import (
    build_schedule,
    check_offset,
    forget_digests,
    forget_questions,
    forget_the_unseen,
    years_before,
)
from storage.database.store import Store
from storage.people import last_question, missed_questions
from storage.subscriptions.subscriptions import remove
from storage.tables.facts import Person
from storage.values.city import CITY_TIME
from tests.storage.digest_world import World, almaty

NOW = datetime(2025, 11, 21, 3, 0, tzinfo=UTC)


def clock() -> datetime:
    return NOW


async def seen(store: Store, days: dict[int, datetime]) -> None:
    def add(session: Session) -> None:
        for chat_id, day in days.items():
            session.add(Person(chat_id=chat_id, created_at=day, last_seen_at=day))

    await store.write(add)


async def kept(store: Store) -> set[int]:
    return set(await store.read(lambda s: list(s.scalars(select(col(Person.chat_id))))))


@pytest.mark.parametrize(
    ("moment", "before"),
    [
        (datetime(2025, 11, 21, 3, tzinfo=UTC), datetime(2023, 11, 21, 3, tzinfo=UTC)),
        (datetime(2024, 2, 29, tzinfo=UTC), datetime(2022, 2, 28, tzinfo=UTC)),
    ],
)
def test_years_before(moment: datetime, before: datetime) -> None:
    assert years_before(moment, 2) == before


async def test_the_unseen_are_forgotten(store: Store) -> None:
    await seen(
        store,
        {
            1: datetime(2023, 11, 20, tzinfo=UTC),
            2: datetime(2023, 11, 22, tzinfo=UTC),
            3: datetime(2025, 11, 20, tzinfo=UTC),
        },
    )
    assert await forget_the_unseen(store, clock) == 1
    assert await kept(store) == {2, 3}
    assert await forget_the_unseen(store, clock) == 0
    await store.aclose()


async def test_questions_are_forgotten_after_a_day_and_missed_texts_after_90(store: Store) -> None:
    for age in (timedelta(hours=23), timedelta(days=2)):
        await store.write(last_question.remember, 1, {"intent": "count"}, [], NOW - age)
    for age in (timedelta(days=89), timedelta(days=91)):
        await store.write(missed_questions.note, "?? мектептер", "kk", "unclear", NOW - age)
    assert await forget_questions(store, clock) == (1, 1)
    assert await forget_questions(store, clock) == (0, 0)
    assert len(await store.read(last_question.asked_by, 1)) == 1
    (left,) = await store.read(missed_questions.top, datetime(2000, 1, 1, tzinfo=UTC))
    assert left.times == 1
    await store.aclose()


def test_a_machine_that_takes_the_city_to_be_elsewhere_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check_offset(NOW)
    monkeypatch.setattr("bot.schedule.CITY_TIME", ZoneInfo("Asia/Omsk"))  # as Almaty was until 2024
    with pytest.raises(RefusedError, match=r"UTC\+6 and not at UTC\+5: .*tzdata"):
        check_offset(NOW)


async def test_old_digests_are_forgotten_and_what_they_named(store: Store) -> None:
    friday = almaty("2026-02-20 18:00")

    def fill(session: Session) -> None:
        world = World(session)
        number = world.follow(1, friday - timedelta(days=3))
        world.done("school", friday - timedelta(days=2))
        assert world.told(friday)
        remove(session, 1, number)

    await store.write(fill)
    assert await forget_digests(store, lambda: friday + timedelta(days=399)) == (0, 0, 0)
    assert await forget_digests(store, lambda: friday + timedelta(days=401)) == (1, 1, 1)
    assert await forget_digests(store, lambda: friday + timedelta(days=401)) == (0, 0, 0)
    await store.aclose()


async def test_the_schedule_forgets_at_the_start_and_every_night(sqlite_store: Store) -> None:
    await seen(sqlite_store, {1: datetime(2020, 1, 1, tzinfo=UTC)})
    schedule = build_schedule(sqlite_store, lambda: datetime.now(UTC), lambda: None)
    schedule.start()
    try:
        async with asyncio.timeout(5):
            while await kept(sqlite_store):  # noqa: ASYNC110 - the store has no event
                await asyncio.sleep(0.01)
        jobs = {job.id: job for job in schedule.get_jobs()}
        digests = jobs.pop("digests")
        assert digests.trigger.interval == timedelta(minutes=2)
        nights = {name: job.next_run_time.astimezone(CITY_TIME) for name, job in jobs.items()}
        assert {name: (at.hour, at.minute) for name, at in nights.items()} == {
            "forget_the_unseen": (4, 30),
            "forget_questions": (4, 45),
            "forget_digests": (5, 0),
        }
        assert all(job.coalesce for job in jobs.values())
    finally:
        schedule.shutdown(wait=False)
    await sqlite_store.aclose()
