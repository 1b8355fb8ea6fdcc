"""Stores of both engines, empty and migrated."""

import os
import shutil
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from storage.database.schema import upgrade
from storage.database.store import Store, database_url

# The address of a server on which the tests may create databases.
POSTGRES = os.environ.get("QALA_TEST_POSTGRES", "")
# Where everything is there, a skipped test is a mistake of the setup and fails.
REQUIRE = os.environ.get("QALA_TEST_REQUIRE", "") not in {"", "0"}

DROPS = 20

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


@contextmanager
def _database(template: str) -> Iterator[str]:
    """A PostgreSQL database of its own, made from a template; its name."""
    if not POSTGRES:
        pytest.skip("QALA_TEST_POSTGRES is not set: the address of a PostgreSQL server to test on")
    name = f"qala_test_{uuid4().hex[:12]}"
    server = create_engine(database_url(POSTGRES), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield name
    _drop(server, name)
    server.dispose()


def _address(name: str) -> str:
    return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The address of a fresh, empty PostgreSQL database."""
    with _database("template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'") as name:
        yield _address(name)


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    """The name of a PostgreSQL database at the newest schema, from which others are made."""
    with _database("template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'") as name:
        with Store(_address(name)) as store:
            upgrade(store)
        yield name


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file at the newest schema, of which others are copies."""
    file = tmp_path_factory.mktemp("migrated") / "qala.db"
    with Store(f"sqlite:///{file}") as store:
        upgrade(store)
    return file


def _drop(server: Engine, name: str) -> None:
    """Drop a database, a little later where the server itself holds it (autovacuum)."""
    for _ in range(DROPS):
        try:
            with server.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        except DBAPIError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"The database {name} could not be dropped.")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database, once on each engine: empty, but for a test of the `store` in it.

    That one is a copy of one that was migrated: walking all migrations for each test took longer
    than most of the tests.
    """
    migrated = "store" in request.fixturenames
    if request.param == "postgres" and migrated:
        with _database(request.getfixturevalue("migrated_postgres")) as name:
            yield _address(name)
    elif request.param == "postgres":
        yield request.getfixturevalue("postgres_url")
    else:
        yield _copied(request, tmp_path) if migrated else f"sqlite:///{tmp_path / 'qala.db'}"


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
