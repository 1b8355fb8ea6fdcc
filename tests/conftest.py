"""Stores of both engines, empty and migrated."""

import os
import shutil
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import hypothesis
import pytest

from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import load_shipped
from tests import postgres

# Where everything is there, a skipped test is a mistake of the setup and fails.
REQUIRE = os.environ.get("QALA_TEST_REQUIRE", "") not in {"", "0"}

# How many examples a property gets: a handful at each run, many where there is time (at night).
# No deadline: a busy machine is no failure.
hypothesis.settings.register_profile("quick", max_examples=25, deadline=None)
hypothesis.settings.register_profile("thorough", max_examples=300, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

SHIPPED_ON = datetime(2025, 11, 20, tzinfo=UTC)

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


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def shared_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A store of a whole module, once on each engine: one fixture fills it, the tests only read."""
    if request.param == "postgres":
        with (
            postgres.database(request.getfixturevalue("migrated_postgres")) as name,
            Store(postgres.address(name)) as store,
        ):
            yield store
    else:
        with Store(_copied(request, tmp_path_factory.mktemp("shared"))) as store:
            yield store


@pytest.fixture(scope="session")
def shipped_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the shipped data set, imported once; nobody changes it."""
    file = tmp_path_factory.mktemp("shipped") / "almaty.db"
    shutil.copy(migrated_file, file)
    with Store(f"sqlite:///{file}") as store:
        report = load_shipped(store, lambda: SHIPPED_ON)
        assert report.exit_code == 0, report.summary()
    return file


@pytest.fixture(scope="session")
def shipped_sqlite(shipped_file: Path) -> Iterator[Store]:
    """The shipped data set on SQLite, to read only."""
    with Store(f"sqlite:///{shipped_file}") as store:
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
