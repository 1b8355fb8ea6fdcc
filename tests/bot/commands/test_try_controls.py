"""The chat page's deeds: the next Friday by the city's clock, and projects finished for a try."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from bot.commands.try_controls import (
    MADE_UP,
    SOURCE,
    deeds,
    finish_some,
    next_friday,
    next_month,
    tomorrow,
)
from bot.sandbox.steering import MovableClock
from storage.database.store import Store
from storage.imports import load_shipped, retract
from storage.news.matching import latest_change
from storage.news.recent import completed_within
from storage.projects.project_filter import CITY
from storage.projects.summary import Listed
from storage.tables.facts import Change, Source, Statement

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
    for listed in completed(sqlite_store):
        for language, mark in MADE_UP.items():
            assert listed.titles.shown(language).startswith("🧪 ")
            assert listed.titles.own(language).startswith(f"{mark}: ") or not listed.titles.own(
                language
            )
    assert finish_some(sqlite_store, lambda: LATER) >= 1  # others
    with sqlite_store.reading() as session:
        made_up = session.scalars(select(col(Source.title)).where(col(Source.title) == SOURCE))
        assert len(made_up.all()) == 1


FACTS = ("statement", "change", "project", "project_district", "project_programme", "rollup")


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the list and of its search index, but for when a project was last touched."""
    found = {}
    with store.reading() as session:
        for table in (*FACTS, "source", "project_search"):
            rows = session.execute(text(f"SELECT * FROM {table}")).mappings().all()
            kept = ({k: v for k, v in row.items() if k != "updated_at"} for row in rows)
            found[table] = sorted(map(repr, (tuple(row.items()) for row in kept)))
    return found  # type: ignore[return-value]


def test_what_was_made_up_is_taken_back_without_a_trace(sqlite_store: Store) -> None:
    load_shipped(sqlite_store, lambda: LATER)
    before = everything(sqlite_store)
    assert retract(sqlite_store, SOURCE, lambda: LATER) == 0
    made_up = finish_some(sqlite_store, lambda: LATER) + finish_some(sqlite_store, lambda: LATER)
    assert everything(sqlite_store) != before
    assert retract(sqlite_store, SOURCE, lambda: LATER) == made_up
    after = everything(sqlite_store)
    for table, rows in before.items():
        assert after[table] == rows, table
    report = load_shipped(sqlite_store, lambda: LATER)
    assert (report.counts.projects_changed, report.counts.statements_added) == (0, 0)


def test_news_after_what_was_taken_back_is_told(sqlite_store: Store) -> None:
    """The numbers of changes only grow: nobody's place in the news is beyond what comes next."""
    load_shipped(sqlite_store, lambda: LATER)
    finish_some(sqlite_store, lambda: LATER)
    with sqlite_store.reading() as session:
        last = latest_change(session)
    retract(sqlite_store, SOURCE, lambda: LATER)
    finish_some(sqlite_store, lambda: LATER)
    with sqlite_store.reading() as session:
        changes = session.scalars(
            select(col(Change.id)).where(col(Change.created_at) == LATER, col(Change.id) > last)
        ).all()
    assert changes


def test_an_import_of_several_sources_keeps_its_changes(sqlite_store: Store) -> None:
    load_shipped(sqlite_store, lambda: LATER)
    with sqlite_store.reading() as session:
        title = session.scalars(
            select(col(Source.title))
            .join(Statement, col(Statement.source_id) == col(Source.id))
            .where(col(Source.title) != "")
            .order_by(col(Statement.id))
        ).first()
        before = session.scalars(select(col(Change.id))).all()
    assert title
    assert retract(sqlite_store, title, lambda: LATER) > 0
    with sqlite_store.reading() as session:
        assert session.scalars(select(col(Change.id))).all() == before


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
