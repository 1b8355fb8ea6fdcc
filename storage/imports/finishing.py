"""The decision about an import and its end."""

from datetime import datetime

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.store import Store
from storage.imports.report import ImportReport
from storage.imports.upserting import Records, upsert_records
from storage.tables.facts import ACCEPTED, APPLIED, Import

_WORTH_ANALYSING = 1_000  # projects


def accept(
    session: Session, import_id: int, records: list[Records], report: ImportReport, package: str
) -> None:
    """Decide that an import goes in, and write what it says of the reference tables.

    From here on it is rolled forward. The report learns how many reference rows differ.
    """
    for said in records:
        for table, rows in upsert_records(session, said).items():
            report.references[table] = report.references.get(table, 0) + rows
    values = {
        "state": ACCEPTED,
        "package": package,
        "rows_read": report.counts.rows_read,
        "rows_refused": report.counts.rows_refused,
    }
    session.execute(update(Import).where(col(Import.id) == import_id).values(values))


def says_something_new(session: Session, report: ImportReport, package: str) -> bool:
    """Return whether an import changed anything: statements, reference rows, the package."""
    if report.counts.statements_added or any(report.references.values()):
        return True
    latest = select(col(Import.package)).where(
        col(Import.state) == APPLIED, col(Import.package) != ""
    )
    return bool(package) and package != session.scalar(latest.order_by(col(Import.id).desc()))


def finish(store: Store, import_id: int, now: datetime | None, *, forget: bool = False) -> None:
    """Close an applied import; one that changed nothing is forgotten, so that none is recorded."""
    with store.writing() as session:
        own = col(Import.id) == import_id
        if forget:
            session.execute(delete(Import).where(own))
            return
        ended = now or session.scalar(select(col(Import.started_at)).where(own))
        session.execute(update(Import).where(own).values(state=APPLIED, finished_at=ended))
        touched = session.execute(
            select(col(Import.projects_new), col(Import.projects_changed)).where(own)
        ).one()
        if not store.sqlite and sum(touched) >= _WORTH_ANALYSING:
            for table in ("project", "statement", "project_district", "project_programme"):
                session.execute(text(f"ANALYZE {table}"))  # plans would rest on the empty tables
