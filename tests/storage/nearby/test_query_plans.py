"""On SQLite questions about a point read the grid's index and no other, whatever the filters."""

from typing import Any, Self

import pytest
from sqlalchemy import Connection

from storage.database.store import Store
from storage.nearby.nearest import nearest
from storage.nearby.within import nearby
from storage.projects.project_filter import ProjectFilter
from storage.values.states import STATES
from tests.storage import oracle
from tests.storage.builder import CENTRE, Builder

FILTERS = (
    ProjectFilter(),
    ProjectFilter(sectors=("social",)),
    ProjectFilter(statuses=STATES["building"]),
    ProjectFilter(sectors=("social", "transport"), statuses=STATES["completed"]),
    ProjectFilter(kinds=("school",)),
    ProjectFilter(districts=("medeu",)),
    ProjectFilter(districts=("medeu",), sectors=("social",)),
    ProjectFilter(programmes=("schools",)),
)


class Plans:
    """How SQLite goes about each statement that reads projects, in a block.

    The driver's own trace tells of each: what is run past SQLAlchemy too.
    """

    def __init__(self, connection: Connection) -> None:
        self._driver: Any = connection.connection.dbapi_connection
        self.steps: set[str] = set()

    def __enter__(self) -> Self:
        self._statements: list[str] = []
        self._driver.set_trace_callback(self._statements.append)
        return self

    def __exit__(self, *_: object) -> None:
        self._driver.set_trace_callback(None)
        for statement in self._statements:
            if statement.lstrip().startswith(("SELECT", "WITH")):
                rows = self._driver.execute(f"EXPLAIN QUERY PLAN {statement}")
                self.steps |= {row[3] for row in rows if row[3].split()[1:2] == ["project"]}


@pytest.mark.parametrize("filters", FILTERS)
def test_the_grids_index_and_no_other(sqlite_store: Store, filters: ProjectFilter) -> None:
    with sqlite_store.writing() as session:
        builder = Builder(session)
        oracle.made_up(builder, 60, seed=2)
        builder.finish()
        with Plans(session.connection()) as plans:
            nearest(session, CENTRE, filters=filters)
            nearest(session, CENTRE, filters=filters, limit=60)
            nearby(session, CENTRE, 3_000, filters)
            nearby(session, CENTRE, 10_000, filters)
    assert plans.steps
    for step in plans.steps:
        assert " ix_project_cell_status_no_" in step, step
        assert "(cell" in step, step


@pytest.mark.parametrize("filters", FILTERS[:4])
def test_without_reading_rows_until_the_best_are_known(
    sqlite_store: Store, filters: ProjectFilter
) -> None:
    with sqlite_store.writing() as session:
        builder = Builder(session)
        for number in range(20):
            builder.project(f"p-{number}", point=CENTRE, sector="social", status="in_progress")
        with Plans(session.connection()) as plans:
            nearest(session, CENTRE, filters=filters)
    assert plans.steps
    assert all("USING COVERING INDEX" in step for step in plans.steps), plans.steps
