"""Checked rows wait in `staged_row` until their import is accepted, then leave batch by batch.

Every step is a short transaction: residents are answered and their settings saved meanwhile.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.store import Store
from storage.imports.bulk import insert_rows
from storage.imports.rows import StatedRow
from storage.tables.facts import STAGING, Import, Project, StagedRow

BATCH_ROWS = 500  # about 6,000 statements: a transaction of some 50 ms
_STAGED_AT_ONCE = 2_000
_DELETED_AT_ONCE = 10_000
_KEYS_AT_ONCE = 500


class Staging:
    """The rows of one import that is being checked; `begin` it, then `add`, then `flush`."""

    def __init__(self, store: Store, import_id: int) -> None:
        self.store = store
        self.import_id = import_id
        self._waiting: list[StatedRow] = []
        # id -> file and number of its first row, while no row has a title
        self._untitled: dict[str, tuple[str, int]] = {}

    @classmethod
    def begin(cls, store: Store, title: str, now: datetime) -> "Staging":
        """Open an import in the store."""
        with store.writing() as session:
            row = Import(state=STAGING, title=title, started_at=now)
            session.add(row)
            session.flush()
            if row.id is None:
                raise RuntimeError("the store gave the import no id")
            return cls(store, row.id)

    def add(self, row: StatedRow) -> None:
        """Let a row wait."""
        if not row.titled:
            self._untitled.setdefault(row.key, (row.file, row.number))
        self._waiting.append(row)
        if len(self._waiting) >= _STAGED_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what is still in memory."""
        rows = [(self.import_id, row.key, row.number, row.payload()) for row in self._waiting]
        self._waiting.clear()
        if rows:
            with self.store.writing() as session:
                insert_rows(
                    session, StagedRow, ("import_id", "project_key", "row", "payload"), rows
                )

    def nameless(self) -> Iterator[tuple[str, str, int]]:
        """Yield (id, file, first row) of the projects that are new and have no title in any row."""
        keys = list(self._untitled)
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            asked = keys[start : start + _KEYS_AT_ONCE]
            with self.store.reading() as session:
                stored = select(col(Project.key)).where(col(Project.key).in_(asked))
                named = set(session.scalars(stored))
                named |= {row.key for row in _staged(session, self.import_id, asked) if row.titled}
            yield from ((key, *self._untitled[key]) for key in asked if key not in named)

    def drop(self, keys: list[str]) -> int:
        """Take the rows of some projects out again; returns how many there were."""
        dropped = 0
        with self.store.writing() as session:
            for start in range(0, len(keys), _KEYS_AT_ONCE):
                asked = keys[start : start + _KEYS_AT_ONCE]
                condition = col(StagedRow.project_key).in_(asked)
                own = col(StagedRow.import_id) == self.import_id
                rows = session.scalars(
                    delete(StagedRow).where(own, condition).returning(col(StagedRow.id))
                )
                dropped += len(rows.all())
        return dropped


def _staged(session: Session, import_id: int, keys: list[str]) -> list[StatedRow]:
    query = (
        select(col(StagedRow.project_key), col(StagedRow.row), col(StagedRow.payload))
        .where(col(StagedRow.import_id) == import_id, col(StagedRow.project_key).in_(keys))
        .order_by(col(StagedRow.project_key), col(StagedRow.id))
    )
    return [StatedRow.staged(*row) for row in session.execute(query)]


def count_staged(session: Session, import_id: int) -> int:
    """Return how many rows of an import wait."""
    query = select(func.count()).where(col(StagedRow.import_id) == import_id)
    return session.scalar(query) or 0


def next_batch(session: Session, import_id: int, after: str) -> list[StatedRow]:
    """Return the next rows that wait, after a project's id: always all rows of a project."""
    query = (
        select(col(StagedRow.project_key), col(StagedRow.row), col(StagedRow.payload))
        .where(col(StagedRow.import_id) == import_id, col(StagedRow.project_key) > after)
        .order_by(col(StagedRow.project_key), col(StagedRow.id))
        .limit(BATCH_ROWS + 1)
    )
    rows = [StatedRow.staged(*row) for row in session.execute(query)]
    if len(rows) <= BATCH_ROWS:
        return rows
    cut = rows[-1].key
    whole = [row for row in rows if row.key != cut]
    return whole or _staged(session, import_id, [cut])


def forget_batch(session: Session, import_id: int, after: str, upto: str) -> None:
    """Remove the rows of the projects after one id up to another: they are applied."""
    session.execute(
        delete(StagedRow).where(
            col(StagedRow.import_id) == import_id,
            col(StagedRow.project_key) > after,
            col(StagedRow.project_key) <= upto,
        )
    )


def discard(store: Store, import_id: int) -> None:
    """Remove an import that was never accepted, a piece at a time."""
    chosen = select(col(StagedRow.id)).where(col(StagedRow.import_id) == import_id)
    while True:
        with store.writing() as session:
            ids = [number for number in session.scalars(chosen.limit(_DELETED_AT_ONCE)) if number]
            if not ids:
                session.execute(delete(Import).where(col(Import.id) == import_id))
                return
            session.execute(
                delete(StagedRow).where(
                    col(StagedRow.import_id) == import_id,
                    col(StagedRow.id).between(min(ids), max(ids)),
                )
            )
