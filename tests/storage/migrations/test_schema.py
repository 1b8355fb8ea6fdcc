"""The migrations: every step up and down, and equal to the models at the end."""

import asyncio
import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from storage.database.schema import (
    alembic_config,
    current_revision,
    downgrade,
    head_revision,
    include_object,
    upgrade,
)
from storage.database.store import Store
from storage.imports.deriving import Said, silent_from, status_on
from storage.tables.facts import Person, Project, Statement
from storage.vocabulary import STATUSES


def test_stairway(store_url: str) -> None:
    script = ScriptDirectory.from_config(alembic_config())
    steps = [revision.revision for revision in reversed(list(script.walk_revisions()))]
    with Store(store_url) as store:
        assert current_revision(store) is None
        for step, before in zip(steps, ["base", *steps], strict=False):
            upgrade(store, step)
            downgrade(store, before)
            upgrade(store, step)
            assert current_revision(store) == step
        downgrade(store, "base")
        with store.engine.connect() as connection:
            assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_the_day_of_the_status_is_told_of_what_is_stored(store_url: str) -> None:
    """The migration finds the same as the import derives: `storage.imports.deriving.status_on`."""
    histories = [
        [],
        [("in_progress", "2025-03")],
        [("in_progress", "2025-03"), ("final_stage", "2024")],
        [("in_progress", "2025-03"), ("", "2025-03-01")],
        [("", "2025-03-01"), ("in_progress", "2025-03")],
        [("in_progress", "")],
        [("planned", "2023-11-02"), ("in_progress", "")],
        [("planned", "2025"), ("completed", "2025-01-02")],
    ]
    with Store(store_url) as store:
        upgrade(store)
        with store.writing() as session:
            for number, history in enumerate(histories, 1):
                now = datetime(2025, 11, 20, tzinfo=UTC)
                session.add(Project(id=number, key=f"p{number}", updated_at=now))
                session.add_all(
                    Statement(
                        project_id=number, field="status", value=value, stated_on=day,
                        source_id=1, import_id=1, digest=digest,
                    )
                    for digest, (value, day) in enumerate(history)
                )  # fmt: skip
        downgrade(store, "0004")
        upgrade(store)
        with store.reading() as session:
            found = session.scalars(select(col(Project.status_on)).order_by(col(Project.id))).all()
    assert list(found) == [
        status_on(Said("status", value, day, "") for value, day in history) for history in histories
    ]
    assert found[2] == date(2025, 3, 1)


def test_the_day_of_silence_is_told_of_what_is_stored(store_url: str) -> None:
    """The migration finds the same as the import: `storage.imports.deriving.silent_from`."""
    due = date(2024, 6, 30)
    cases: list[tuple[int, date | None, list[tuple[str, str]]]] = [
        (3, due, [("status", "2024-03-10"), ("planned_kzt", "2026-01-05")]),
        (4, due, [("status", "2024-03"), ("due_on", "2025-02")]),
        (2, due, [("starts_on", "2023"), ("status", "")]),
        (1, due, [("completed_on", "2024-02-29")]),
        (0, due, [("title_ru", "2025")]),
        (3, due, []),
        (3, None, [("status", "2024-03-10")]),
        (STATUSES["completed"].number, due, [("status", "2024-03-10")]),
        (STATUSES["suspended"].number, due, [("status", "2024-03-10")]),
    ]
    with Store(store_url) as store:
        upgrade(store)
        with store.writing() as session:
            for number, (status, last, history) in enumerate(cases, 1):
                now = datetime(2025, 11, 20, tzinfo=UTC)
                session.add(
                    Project(
                        id=number, key=f"p{number}", status_no=status, due_last=last, updated_at=now
                    )
                )
                session.add_all(
                    Statement(
                        project_id=number, field=field, value="x", stated_on=day,
                        source_id=1, import_id=1, digest=digest,
                    )
                    for digest, (field, day) in enumerate(history)
                )  # fmt: skip
        downgrade(store, "0005")
        upgrade(store)
        with store.reading() as session:
            found = session.scalars(
                select(col(Project.silent_from)).order_by(col(Project.id))
            ).all()
    assert list(found) == [
        silent_from(status, last, [Said(field, "x", day, "") for field, day in history])
        for status, last, history in cases
    ]
    assert list(found[:3]) == [date(2025, 3, 10), date(2026, 2, 28), date(2024, 12, 31)]


def test_models_match_migrations(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": include_object}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_upgrade_is_repeatable_and_says_whether_it_did_anything(store_url: str) -> None:
    with Store(store_url) as store:
        assert upgrade(store)
        assert not upgrade(store)
        assert current_revision(store) == head_revision()


def test_processes_that_start_together_migrate_once(store_url: str) -> None:
    done: list[bool] = []
    failed: list[Exception] = []

    def start() -> None:
        try:
            with Store(store_url) as store:
                done.append(upgrade(store))
        except Exception as error:  # noqa: BLE001 - reported by the test's thread
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(done) == [False, False, False, True]


async def test_datetimes_stay_aware(store: Store) -> None:
    almaty = datetime(2025, 10, 25, 4, 30, tzinfo=timezone(timedelta(hours=5)))

    def add(session: Session) -> None:
        session.add(Person(chat_id=2**40, created_at=almaty, last_seen_at=almaty))

    await store.write(add)
    seen = await store.read(lambda session: session.scalar(select(col(Person.last_seen_at))))
    assert seen == almaty
    assert seen is not None
    assert seen.tzinfo is UTC
    assert seen.day == 24
    await store.aclose()


async def test_a_naive_datetime_is_refused(store: Store) -> None:
    naive = datetime(2025, 10, 25)  # noqa: DTZ001 - the very thing that is refused

    def add(session: Session) -> None:
        session.add(Person(chat_id=1, created_at=naive, last_seen_at=naive))

    with pytest.raises(Exception, match="without a time zone"):
        await store.write(add)
    await store.aclose()


async def test_foreign_keys_are_on(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await store.write(
            lambda session: session.execute(
                text("INSERT INTO project_district (project_id, district_id) VALUES (9, 9)")
            )
        )
    await store.aclose()


async def test_concurrent_read_modify_writes_are_not_lost(store: Store) -> None:
    now = datetime.now(UTC)

    def add(session: Session) -> None:
        session.add(Person(chat_id=1, created_at=now, last_seen_at=now, radius_m=0))

    def grow(session: Session) -> None:
        person = session.scalar(select(Person).with_for_update())
        assert person is not None
        person.radius_m = (person.radius_m or 0) + 1

    await store.write(add)
    async with asyncio.TaskGroup() as group:
        for _ in range(40):
            group.create_task(store.write(grow))
    assert await store.read(lambda session: session.scalar(select(col(Person.radius_m)))) == 40
    await store.aclose()


def test_addresses_of_unknown_engines_are_refused() -> None:
    with pytest.raises(ValueError, match="use sqlite"):
        Store("mysql://localhost/qala")
    with pytest.raises(ValueError, match="must name a file"):
        Store("sqlite://")
    with pytest.raises(ValueError, match="not an address"):
        Store("qala.db")
