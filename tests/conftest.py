"""Stores of both engines, empty and migrated."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from storage.database.schema import upgrade
from storage.database.store import Store
from tests import postgres

# Where everything is there, a skipped test is a mistake of the setup and fails.
REQUIRE = os.environ.get("QALA_TEST_REQUIRE", "") not in {"", "0"}

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def required(report: Report) -> Report:
    """The report, failed instead of skipped where nothing may be skipped."""
    if REQUIRE and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason}\n(QALA_TEST_REQUIRE is set: nothing may be skipped)"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """See `required`."""
    return required((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """See `required`: a whole module may skip itself."""
    return required((yield))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than processors (`-n auto`): some tests wait for a timer or for another process."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The address of a fresh, empty PostgreSQL database."""
    with postgres.database() as name:
        yield postgres.address(name)


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    """The name of a PostgreSQL database at the newest schema, from which others are made."""
    with postgres.database() as name:
        with Store(postgres.address(name)) as store:
            upgrade(store)
        yield name


@pytest.fixture(scope="session")
def reused_postgres(migrated_postgres: str) -> Iterator[postgres.Reused]:
    """The PostgreSQL database that this process's tests of a store use in turn."""
    reused = postgres.Reused(migrated_postgres)
    yield reused
    reused.drop()


@pytest.fixture
def migrated_postgres_url(reused_postgres: postgres.Reused) -> str:
    """The address of an empty PostgreSQL database at the newest schema."""
    return reused_postgres.fresh()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file at the newest schema, of which others are copies."""
    file = tmp_path_factory.mktemp("migrated") / "qala.db"
    with Store(f"sqlite:///{file}") as store:
        upgrade(store)
    return file


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database, once on each engine: empty, but for a test of the `store` in it.

    That one was migrated once: walking all migrations for each test took longer than most tests.
    """
    migrated = "store" in request.fixturenames
    if request.param == "postgres":
        name = "migrated_postgres_url" if migrated else "postgres_url"
        return str(request.getfixturevalue(name))
    return _copied(request, tmp_path) if migrated else f"sqlite:///{tmp_path / 'qala.db'}"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store at the newest schema, once on each engine."""
    with Store(store_url) as store:
        yield store


@pytest.fixture
def sqlite_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite store at the newest schema."""
    with Store(_copied(request, tmp_path)) as store:
        yield store


def _copied(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an SQLite file of its own at the newest schema."""
    file = tmp_path / "qala.db"
    shutil.copy(request.getfixturevalue("migrated_file"), file)
    return f"sqlite:///{file}"
