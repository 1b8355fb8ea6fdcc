"""The chat page's deeds: the next Friday by the city's clock, and projects finished for a try."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.commands.try_controls import SOURCE, deeds, finish_some, next_friday, next_month, tomorrow
from bot.sandbox.steering import MovableClock
from storage.database.store import Store
from storage.imports import load_shipped
from storage.news.recent import completed_within
from storage.projects.project_filter import CITY
from storage.projects.summary import Listed
from storage.tables.facts import Source

NOW = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)  # a Thursday, 17:00 in Almaty


@pytest.mark.parametrize(
    ("move", "now", "then"),
    [
        (next_friday, NOW, datetime(2025, 11, 21, 13, tzinfo=UTC)),
        (
            next_friday,
            datetime(2025, 11, 21, 13, tzinfo=UTC),
            datetime(2025, 11, 28, 13, tzinfo=UTC),
        ),
        (next_month, NOW, datetime(2025, 12, 1, 13, tzinfo=UTC)),
        (tomorrow, NOW, datetime(2025, 11, 21, 4, tzinfo=UTC)),
        (
            tomorrow,
            datetime(2025, 12, 31, 20, tzinfo=UTC),
            datetime(2026, 1, 2, 4, tzinfo=UTC),
        ),
    ],
)
def test_moments_are_the_citys(move: object, now: datetime, then: datetime) -> None:
    assert callable(move)
    assert move(now) == then


LATER = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # after everything that the data set says


def completed(store: Store) -> list[Listed]:
    with store.reading() as session:
        return list(completed_within(session, date(2026, 11, 20), 1, CITY, limit=50).items)


def test_one_project_of_each_district_is_finished_and_said_to_be_made_up(
    sqlite_store: Store,
) -> None:
    load_shipped(sqlite_store, lambda: LATER)
    first = finish_some(sqlite_store, lambda: LATER)
    assert 1 <= first <= 8
    assert len(completed(sqlite_store)) == first
    assert finish_some(sqlite_store, lambda: LATER) >= 1  # others
    with sqlite_store.reading() as session:
        made_up = session.scalars(select(col(Source.title)).where(col(Source.title) == SOURCE))
        assert len(made_up.all()) == 1


def test_an_empty_store_has_nothing_to_finish(sqlite_store: Store) -> None:
    assert finish_some(sqlite_store, lambda: NOW) == 0


async def test_the_deeds_of_the_page(sqlite_store: Store) -> None:
    clock = MovableClock(lambda: NOW)
    offered = {deed.name: deed for deed in deeds(sqlite_store, clock)}
    assert list(offered) == ["finish", "tomorrow", "next_friday", "next_month"]
    assert await offered["finish"].act() == 0
    assert await offered["next_friday"].act() == 1
    assert clock() == next_friday(NOW)
    await sqlite_store.aclose()
