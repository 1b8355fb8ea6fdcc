"""The one database that tests use in turn: none of them finds anything of the one before."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from storage.database.store import Store
from storage.tables.facts import District, Project, ProjectDistrict
from tests import postgres
from tests.storage.builder import Builder

pytestmark = pytest.mark.postgres


@pytest.fixture
def reused(migrated_postgres: str) -> Iterator[postgres.Reused]:
    reused = postgres.Reused(migrated_postgres)
    yield reused
    reused.drop()


def build(url: str, projects: int = 1) -> list[int]:
    """The numbers of projects in a district that a test leaves behind."""
    with Store(url) as store, store.writing() as session:
        builder = Builder(session)
        return [
            builder.project(f"p{number}", districts=("medeu",), address="Абай " * 300)
            for number in range(projects)
        ]


@pytest.mark.parametrize("projects", [1, 300])
def test_rows_are_gone_and_numbers_begin_anew(reused: postgres.Reused, projects: int) -> None:
    url = reused.fresh()
    first = build(url, projects)
    assert reused.fresh() == url
    with Store(url) as store, store.reading() as session:
        for column in (Project.id, District.id, ProjectDistrict.project_id):
            assert session.scalars(select(col(column))).all() == []
    assert build(url) == first[:1] == [1]


def test_a_connection_left_open_holds_up_nobody(reused: postgres.Reused) -> None:
    url = reused.fresh()
    with Store(url) as store, store.engine.connect() as left:
        left.execute(text("SELECT pg_advisory_lock(1)"))
        left.execute(text("LOCK TABLE project"))
        assert reused.fresh() == url
        left.invalidate()
    with Store(url) as store, store.reading() as session:
        assert session.scalar(text("SELECT pg_try_advisory_lock(1)"))


@pytest.mark.parametrize("change", ["CREATE TABLE ballast ()", "DROP TABLE alembic_version"])
def test_other_tables_make_it_another_database(reused: postgres.Reused, change: str) -> None:
    url = reused.fresh()
    with Store(url) as store, store.writing() as session:
        session.execute(text(change))
    other = reused.fresh()
    assert other != url
    assert build(other) == [1]
