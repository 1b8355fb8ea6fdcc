"""An import that is stopped: undecided it leaves no trace, decided it is finished later."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import check_and_import, finishing, load_shipped, resume, staging
from storage.tables.facts import (
    Change,
    Import,
    Project,
    ProjectDistrict,
    Rollup,
    StagedRow,
    Statement,
    Word,
    WordTrigram,
)
from tests.storage.imports.conftest import NOW, clock, rows_of, write

TABLES = (Project, Statement, Change, ProjectDistrict, Rollup, Word, WordTrigram)
ROWS = "id,title_ru,status,due_on,planned_kzt,district,stated_on\n" + "".join(
    f"p{number % 1500:04},Школа {number},planned,2025,{number},medeu,2024-0{1 + number % 9}\n"
    for number in range(3000)
)


class PowerCut(BaseException):
    """Ends an import like the end of its process: nothing tidies up after it."""


def _cut_power(patch: pytest.MonkeyPatch, name: str, real: Callable[..., Any], calls: int) -> None:
    """Let the power go before the call of that number of a function of the importer."""
    left = calls

    def failing(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        if left == 0:
            raise PowerCut
        left -= 1
        return real(*args, **kwargs)

    patch.setattr(f"storage.imports.{name}", failing)


def _tables(store: Store) -> dict[str, Any]:
    """The tables, numbers as ranks: PostgreSQL does not give out a lost transaction's again."""
    return {str(model.__tablename__): _ranked(rows_of(store, model)) for model in TABLES}


def _ranked(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for name in [name for name in (rows[0] if rows else {}) if name.endswith("id")]:
        ranks = {number: rank for rank, number in enumerate(sorted({row[name] for row in rows}))}
        rows = [row | {name: ranks[row[name]]} for row in rows]
    return rows


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The tables after an import that nothing stopped."""
    folder = tmp_path_factory.mktemp("whole")
    with Store(f"sqlite:///{folder / 'qala.db'}") as store:
        upgrade(store)
        check_and_import(store, write(folder, ROWS), clock=clock)
        return _tables(store)


@pytest.mark.parametrize("batches", [0, 1, 4])
def test_a_decided_import_is_rolled_forward(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    uninterrupted: dict[str, Any],
    batches: int,
) -> None:
    with monkeypatch.context() as patch:
        _cut_power(patch, "application.forget_batch", staging.forget_batch, batches)
        with pytest.raises(PowerCut):
            check_and_import(store, write(tmp_path, ROWS), clock=clock)
    assert len(rows_of(store, Project)) == batches * 250
    assert [row["state"] for row in rows_of(store, Import)] == ["accepted"]
    assert resume(store) == 1
    assert _tables(store) == uninterrupted
    (taken,) = rows_of(store, Import)
    assert (taken["state"], taken["finished_at"]) == ("applied", NOW)
    assert (taken["projects_new"], taken["statements_added"]) == (
        1500,
        len(uninterrupted["statement"]),
    )
    assert rows_of(store, StagedRow) == []
    assert resume(store, clock) == 0


def test_an_import_stopped_at_its_very_end_is_closed(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _cut_power(patch, "importing.finish", finishing.finish, 0)
        with pytest.raises(PowerCut):
            check_and_import(sqlite_store, write(tmp_path, ROWS), clock=clock)
    assert resume(sqlite_store) == 1
    assert [row["state"] for row in rows_of(sqlite_store, Import)] == ["applied"]


def test_the_next_import_finishes_the_last_one_first(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _cut_power(patch, "application.forget_batch", staging.forget_batch, 1)
        with pytest.raises(PowerCut):
            check_and_import(sqlite_store, write(tmp_path, ROWS), clock=clock)
    report = check_and_import(sqlite_store, write(tmp_path, ROWS), clock=clock)
    assert (report.state, report.counts.projects_unchanged) == ("nothing", 1500)
    assert [row["state"] for row in rows_of(sqlite_store, Import)] == ["applied"]


def test_an_error_while_checking_leaves_no_trace(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_power(monkeypatch, "checking._refuse_nameless", print, 0)
    with pytest.raises(PowerCut):
        check_and_import(store, write(tmp_path, ROWS), clock=clock)
    for model in (*TABLES, Import, StagedRow):
        assert rows_of(store, model) == []


def test_resuming_waits_for_nobody(sqlite_store: Store, tmp_path: Path) -> None:
    load_shipped(sqlite_store, clock)
    assert resume(sqlite_store) == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from storage.imports import check_and_import
from storage.database.store import Store
from tests.storage.imports.conftest import clock

stage, left = sys.argv[3], int(sys.argv[4])

def die(progress):
    global left
    if progress.stage == stage:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

with Store(sys.argv[1]) as store:
    check_and_import(store, Path(sys.argv[2]), clock=clock, progress=die)
"""


def _killed(store: Store, path: Path, stage: str, calls: int) -> None:
    url = store.url.render_as_string(hide_password=False)
    url = url.replace("+pysqlite", "").replace("+psycopg", "")
    command = [sys.executable, "-c", KILLED, url, str(path), stage, str(calls)]
    root = Path(__file__).parents[3]
    done = subprocess.run(
        command, cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL


def test_killed_while_checking(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, ROWS)
    _killed(store, path, "checking", 3)  # at the end: the first 2,000 rows wait in the store
    assert [row["state"] for row in rows_of(store, Import)] == ["staging"]
    assert len(rows_of(store, StagedRow)) == 2000
    assert resume(store) == 0
    for model in (*TABLES, Import, StagedRow):
        assert rows_of(store, model) == []


def test_killed_while_applying(store: Store, tmp_path: Path, uninterrupted: dict[str, Any]) -> None:
    path = write(tmp_path, ROWS)
    _killed(store, path, "applying", 3)
    assert len(rows_of(store, Project)) == 750
    assert resume(store) == 1
    assert _tables(store) == uninterrupted
