"""Small data sets written where a test needs them, and the store's rows as plain values."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import ImportOptions, ImportReport, check_and_import
from storage.tables.core import table_of
from storage.tables.facts import (
    Change,
    District,
    Import,
    Indicator,
    Place,
    Programme,
    Project,
    ProjectDistrict,
    ProjectProgramme,
    Rollup,
    Source,
    StagedRow,
    Statement,
    Word,
    WordTrigram,
)

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
ALL_TABLES: tuple[type[SQLModel], ...] = (
    *(Change, District, Import, Indicator, Place, Programme, Project, ProjectDistrict),
    *(ProjectProgramme, Rollup, Source, StagedRow, Statement, Word, WordTrigram),
)
Importer = Callable[..., ImportReport]


def clock() -> datetime:
    """The day on which the tests import."""
    return NOW


@pytest.fixture
def importer(tmp_path: Path) -> Importer:
    """Imports a CSV text (or files by name) into a store: `importer(store, text, dry_run=True)`."""

    def run(store: Store, said: str | bytes | dict[str, str], **options: Any) -> ImportReport:
        path = write(tmp_path, said)
        return check_and_import(store, path, options=ImportOptions(**options), clock=clock)

    return run


def write(folder: Path, said: str | bytes | dict[str, str]) -> Path:
    """Write a data set: a text is projects.csv alone, a dict the files of a folder."""
    if isinstance(said, dict):
        folder = folder / f"set{len(list(folder.iterdir()))}"
        folder.mkdir()
        for name, text in said.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        return folder
    path = folder / "projects.csv"
    path.write_bytes(said if isinstance(said, bytes) else said.encode())
    return path


def rows_of(store: Store, model: type[SQLModel]) -> list[dict[str, Any]]:
    """All rows of a table in the order of its key."""
    table = table_of(model)
    with store.reading() as session:
        found = session.execute(select(table).order_by(*table.primary_key)).mappings()
        return [dict(row) for row in found]


def project(store: Store, key: str) -> dict[str, Any]:
    """The one project with the key."""
    (found,) = [row for row in rows_of(store, Project) if row["key"] == key]
    return found


def statements(store: Store, key: str, field: str) -> list[tuple[str, str]]:
    """(value, stated_on) of a project's field in the order stored."""
    number = project(store, key)["id"]
    return [
        (row["value"], row["stated_on"])
        for row in rows_of(store, Statement)
        if row["project_id"] == number and row["field"] == field
    ]


def errors(report: ImportReport) -> list[str]:
    """The sentences of what is wrong."""
    return [str(problem) for problem in report.problems if problem.severity == "error"]


def warnings(report: ImportReport) -> list[str]:
    """The sentences of what is worth a second look."""
    return [str(problem) for problem in report.problems if problem.severity == "warning"]


@pytest.fixture(scope="module")
def quiet_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty SQLite store shared by a module's tests, none of which changes it."""
    with Store(f"sqlite:///{tmp_path_factory.mktemp('quiet') / 'qala.db'}") as store:
        upgrade(store)
        yield store
        assert rows_of(store, Project) == []
