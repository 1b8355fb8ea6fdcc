"""An accepted import is applied in batches of whole projects, or only rehearsed."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Self

from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.store import Store
from storage.imports.applying import Writer
from storage.imports.bulk import make_room
from storage.imports.planning import ProjectPlan, plan
from storage.imports.reference import Reference
from storage.imports.report import Counts, ImportReport, Progress, ProjectChange, Show
from storage.imports.staging import count_staged, forget_batch, next_batch
from storage.tables.facts import Import

_COUNTED = ("projects_new", "projects_changed", "projects_unchanged", "statements_added")


class Application:
    """Applies the rows of one import that wait, or rehearses it; counts go to the report."""

    def __init__(self, store: Store, import_id: int, report: ImportReport) -> None:
        self._store = store
        self._import_id = import_id
        self._report = report
        self._done = 0
        with store.reading() as session:
            self._total = count_staged(session, import_id)

    def rehearse(self, reference: Reference, show: Show) -> None:
        """Count and note what would change; nothing is written."""
        for _, plans in self._planned(reference):
            self._note(plans, show)

    def run(self, now: datetime, show: Show) -> None:
        """Write batch by batch, each in one transaction with the removal of its waiting rows."""
        with self._store.reading() as session:
            reference = Reference.load(session)
        writer = Writer(self._import_id, reference, now)
        with Turns(together=not self._store.sqlite) as turns:
            for after, plans in self._planned(reference):
                turns.take(partial(self._write, writer, plans, after, show))

    def _planned(self, reference: Reference) -> Iterator[tuple[str, list[ProjectPlan]]]:
        """Yield the plans batch by batch, each with the last project's id of the batch before.

        No two batches speak of one project, and the import lock keeps others from changing any: a
        batch may be planned while the one before it is written.
        """
        after = ""
        while True:
            with self._store.reading() as session:
                rows = next_batch(session, self._import_id, after)
                plans = plan(session, rows, reference)
            if not plans:
                return
            yield after, plans
            after = plans[-1].key

    def _write(self, writer: Writer, plans: list[ProjectPlan], after: str, show: Show) -> None:
        with self._store.writing() as session:
            make_room(session)
            writer.write(session, plans)
            _count(session, self._import_id, counted(plans))
            forget_batch(session, self._import_id, after, plans[-1].key)
        self._note(plans, show)

    def _note(self, plans: list[ProjectPlan], show: Show) -> None:
        counts, batch = self._report.counts, counted(plans)
        for name in _COUNTED:
            setattr(counts, name, getattr(counts, name) + getattr(batch, name))
        for planned in plans:
            if planned.statements:
                for warning in planned.warnings():
                    self._report.add(warning)
            if planned.created or planned.changed:
                change = ProjectChange(planned.key, planned.title, planned.created, planned.told)
                self._report.add_change(change)
            self._done += planned.rows
        show(Progress("applying", self._done, self._total))


class Turns:
    """Takes pieces of work one after the other, the last one `together` with what its giver does.

    PostgreSQL works in processes of its own while we plan. SQLite works in ours and lets go of the
    interpreter at every row: a second thread would make it wait for its turn each time.
    """

    def __init__(self, *, together: bool) -> None:
        self._thread = ThreadPoolExecutor(1, "import-writer") if together else None
        self._under_way: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._wait()
        finally:
            if self._thread is not None:
                self._thread.shutdown()

    def take(self, work: Callable[[], None]) -> None:
        """Wait for the work before, raise what it raised, and begin this one."""
        if self._thread is None:
            work()
        else:
            self._wait()
            self._under_way = self._thread.submit(work)

    def _wait(self) -> None:
        before, self._under_way = self._under_way, None
        if before is not None:
            before.result()


def counted(plans: list[ProjectPlan]) -> Counts:
    """Return what a batch adds to the counts."""
    new = sum(planned.created for planned in plans)
    changed = sum(planned.changed for planned in plans)
    return Counts(
        projects_new=new,
        projects_changed=changed,
        projects_unchanged=len(plans) - new - changed,
        statements_added=sum(len(planned.statements) for planned in plans),
    )


def _count(session: Session, import_id: int, batch: Counts) -> None:
    grown = {
        getattr(Import, name): getattr(Import, name) + getattr(batch, name) for name in _COUNTED
    }
    session.execute(update(Import).where(col(Import.id) == import_id).values(grown))
