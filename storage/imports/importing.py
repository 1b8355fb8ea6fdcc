"""Takes a data set in: check everything, decide once, apply project by project.

The decision is one short transaction that marks the import accepted. What was not accepted leaves
no trace; what was is rolled forward by `resume`, whatever stopped it.
"""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.store import Store
from storage.imports.application import Application
from storage.imports.checking import Checked, check
from storage.imports.finishing import accept, finish, says_something_new
from storage.imports.locking import LOCK_TIMEOUT_S, ImportBusyError, import_lock
from storage.imports.report import Clock, ImportOptions, ImportReport, Problem, Progress, Show
from storage.imports.seeding import SHIPPED
from storage.imports.staging import discard
from storage.tables.facts import ACCEPTED, STAGING, Import


def check_and_import(
    store: Store,
    path: Path,
    *,
    options: ImportOptions | None = None,
    clock: Clock,
    progress: Show | None = None,
    lock_timeout_s: float = LOCK_TIMEOUT_S,
) -> ImportReport:
    """Take in the data set at `path`, a folder or projects.csv alone, and return what became of it.

    Nothing that is wrong with the data raises: it stands in the report. The store must be at the
    newest schema. `clock` returns an aware datetime.
    """
    options = options or ImportOptions()
    show = progress or _silent
    try:
        with import_lock(store, lock_timeout_s):
            _tidy(store, clock)
            return _import(store, path, options, clock, show)
    except ImportBusyError as error:
        report = ImportReport(state="refused", dry_run=options.dry_run)
        report.add(Problem("", None, "", "", str(error)))
        return report


def load_shipped(store: Store, clock: Clock, progress: Show | None = None) -> ImportReport:
    """Take in the data set that comes with the program."""
    return check_and_import(store, SHIPPED, clock=clock, progress=progress)


def resume(store: Store, clock: Clock | None = None) -> int:
    """Finish imports that were accepted and stopped half-way; returns how many.

    Those that were never accepted are removed. Does nothing while another process imports. Without
    a clock the time is that of the import's start.
    """
    try:
        with import_lock(store, 0):
            return _tidy(store, clock)
    except ImportBusyError:
        return 0


def _tidy(store: Store, clock: Clock | None) -> int:
    with store.reading() as session:
        query = select(Import).where(col(Import.state).in_((STAGING, ACCEPTED)))
        left = session.scalars(query).all()
    resumed = 0
    for each in left:
        import_id = each.id or 0
        if each.state == STAGING:
            discard(store, import_id)
        else:
            now = clock() if clock else each.started_at
            Application(store, import_id, ImportReport()).run(now, _silent)
            finish(store, import_id, now)
            resumed += 1
    return resumed


def _import(
    store: Store, path: Path, options: ImportOptions, clock: Clock, show: Show
) -> ImportReport:
    checked = check(store, path, options, clock, show)
    report = checked.report
    if checked.refused:
        report.state = "refused"
        checked.discard()
        return report
    if options.dry_run:
        try:
            something = _rehearse(store, checked, show)
        finally:
            checked.discard()
    else:
        something = _apply(store, checked, clock, show)
    if report.errors:
        report.state = "partly"
    else:
        report.state = "imported" if something else "nothing"
    return report


def _rehearse(store: Store, checked: Checked, show: Show) -> bool:
    """Count and note what the import would change, without writing it."""
    application = Application(store, checked.import_id, checked.report)
    application.rehearse(checked.reference, show)
    with Session(store.engine) as session:  # rolled back at its end
        accept(session, checked.import_id, checked.said, checked.report, checked.package)
        return says_something_new(session, checked.report, checked.package)


def _apply(store: Store, checked: Checked, clock: Clock, show: Show) -> bool:
    with store.writing() as session:
        accept(session, checked.import_id, checked.said, checked.report, checked.package)
    Application(store, checked.import_id, checked.report).run(clock(), show)
    with store.reading() as session:
        something = says_something_new(session, checked.report, checked.package)
    finish(store, checked.import_id, clock(), forget=not something)
    return something


def _silent(_: Progress) -> None:
    pass
