"""A prepared statement says what SQLAlchemy says of it, on both engines."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import BigInteger, bindparam, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.lists import among
from storage.database.prepared import Prepared
from storage.database.store import Store
from storage.tables.facts import Import, Source

NOW = datetime(2026, 2, 20, 6, 17, 42, tzinfo=UTC)
IMPORTS = select(col(Import.id), col(Import.title), col(Import.started_at), col(Import.finished_at))


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.writing() as session:
        for number in range(1, 4):
            finished = NOW if number == 2 else None
            session.add(
                Import(state="applied", title=f"{number}", started_at=NOW, finished_at=finished)
            )
        session.flush()
        yield session


def test_values_come_as_sqlalchemy_gives_them(session: Session) -> None:
    wanted = IMPORTS.where(col(Import.id) >= bindparam("least", type_=BigInteger))
    prepared, ordered = Prepared(wanted.order_by(col(Import.id))), wanted.order_by(col(Import.id))
    for least in (1, 2, 9):
        rows = [tuple(row) for row in prepared.rows(session, {"least": least})]
        usual = session.connection().execute(ordered, {"least": least}).all()
        assert rows == [tuple(row) for row in usual]
    assert prepared.rows(session, {"least": 2})[0][3] == NOW


def test_a_list_in_one_parameter(session: Session) -> None:
    prepared = Prepared(IMPORTS.where(among(col(Import.id), "numbers")).order_by(col(Import.id)))
    for numbers in ([], [3], [1, 3, 7]):
        found = [row[0] for row in prepared.rows(session, {"numbers": numbers})]
        assert found == [number for number in numbers if number <= 3]


def test_a_list_that_is_written_out_goes_the_usual_way(session: Session) -> None:
    wanted = col(Import.title).in_(bindparam("titles", expanding=True))
    prepared = Prepared(IMPORTS.where(wanted).order_by(col(Import.id)))
    assert [row[0] for row in prepared.rows(session, {"titles": ["1", "3"]})] == [1, 3]
    assert [row[0] for row in prepared.rows(session, {"titles": ["2"]})] == [2]


def test_errors_are_sqlalchemys(sqlite_store: Store) -> None:
    prepared = Prepared(select(col(Source.id)).where(col(Source.title) == bindparam("title")))
    with sqlite_store.writing() as session:
        session.execute(text("ALTER TABLE source RENAME TO elsewhere"))
        with pytest.raises(OperationalError, match="no such table") as raised:
            prepared.rows(session, {"title": "told to nobody"})
    assert "told to nobody" not in str(raised.value)


def test_it_belongs_to_the_transaction(sqlite_store: Store) -> None:
    prepared = Prepared(IMPORTS)
    with sqlite_store.reading() as session:
        assert prepared.rows(session, {}) == []
        with sqlite_store.writing() as other:
            other.add(Import(state="applied", title="later", started_at=NOW))
        assert prepared.rows(session, {}) == []
    with sqlite_store.reading() as session:
        assert len(prepared.rows(session, {})) == 1
