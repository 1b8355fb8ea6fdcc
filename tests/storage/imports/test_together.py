"""Imports take turns; everybody else goes on reading and writing meanwhile."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import col

from storage.database.store import Store
from storage.imports import ImportReport, check_and_import, resume, seed
from storage.imports.locking import import_lock
from storage.tables.facts import Change, District, Import, Person, Project
from tests.storage.imports.conftest import NOW, clock, errors, rows_of, write

HEAD = "id,title_kk,title_ru,kind,status,district,latitude,longitude,due_on,planned_kzt,stated_on\n"
LONGEST_WAIT = 1 / 3
"""Of the time that the import takes; one that held the store throughout would take all of it."""


def _many(count: int) -> str:
    return HEAD + "".join(
        f"m{number:05},Мектеп №{number},Школа №{number},school,planned,medeu,"
        f"43.2,76.9{number % 10},2025,{number},2024\n"
        for number in range(count)
    )


def _in_thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_people_are_served_during_an_import(sqlite_store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, _many(5_000))
    url = f"sqlite:///{sqlite_store.file}"
    reports: list[ImportReport] = []

    def take_in() -> None:
        with Store(url) as own:
            reports.append(check_and_import(own, path, clock=clock))

    importing = _in_thread(take_in)
    waits, seen, number = [], set(), 0
    began = time.monotonic()
    while importing.is_alive():
        number += 1
        started = time.monotonic()
        with sqlite_store.writing() as session:
            session.add(Person(chat_id=number, created_at=NOW, last_seen_at=NOW))
        with sqlite_store.reading() as session:
            seen.add(session.scalar(select(func.count()).select_from(Project)))
        waits.append(time.monotonic() - started)
        time.sleep(0.005)
    importing.join()
    took = time.monotonic() - began
    assert reports[0].counts.projects_new == 5_000
    assert len(waits) > 20
    assert max(waits) < LONGEST_WAIT * took
    assert len(seen) > 3  # projects become visible batch by batch


def test_a_second_import_waits_its_turn(store: Store, tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "projects.csv", tmp_path / "b" / "projects.csv"]
    for path, name in zip(paths, "ab", strict=True):
        path.parent.mkdir()
        path.write_text(_many(600).replace("m0", name), encoding="utf-8")
    reports: list[ImportReport] = []

    def take_in(path: Path) -> Callable[[], None]:
        def work() -> None:
            with Store(store.url.render_as_string(hide_password=False)) as own:
                reports.append(check_and_import(own, path, clock=clock))

        return work

    threads = [_in_thread(take_in(path)) for path in paths]
    for thread in threads:
        thread.join()
    assert [report.state for report in reports] == ["imported", "imported"]
    order = [row["import_id"] for row in rows_of(store, Change)]
    assert order == sorted(order)  # the numbers of changes were given out under the lock
    assert len(rows_of(store, Project)) == 1200


def test_waiting_has_an_end_and_a_sentence(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, "id,title_ru\na,Сквер\n")
    with import_lock(store):
        report = check_and_import(store, path, clock=clock, lock_timeout_s=0)
        assert resume(store) == 0
    assert errors(report) == ["another import is under way: try again when it is done"]
    assert (report.state, report.exit_code) == ("refused", 1)
    assert check_and_import(store, path, clock=clock).exit_code == 0


def test_a_rehearsal_does_not_disturb_what_waits(sqlite_store: Store, tmp_path: Path) -> None:
    with sqlite_store.writing() as session:
        session.add(Import(state="applied", started_at=NOW - timedelta(days=1)))
    path = write(tmp_path, "id,title_ru\na,Сквер\n")
    check_and_import(sqlite_store, path, clock=clock)
    states = select(col(Import.state))
    with sqlite_store.reading() as session:
        assert session.scalars(states).all() == ["applied", "applied"]


def test_seeding_leaves_an_import_under_way_alone(store: Store) -> None:
    assert seed(store) > 20
    assert seed(store) == 0
    assert len(rows_of(store, District)) == 8
