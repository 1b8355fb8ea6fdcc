"""Which edition of the list there is: everything that an import brings is as of one of them."""

from typing import Any, NamedTuple

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.tables.facts import APPLIED, STAGING, Import


class Edition(NamedTuple):
    """The last import that is in, and how far: an import goes in batch by batch.

    Two looks at the same edition see the same projects, places, districts, programmes and sums.
    """

    import_id: int
    applied: int  # projects and statements that it has brought so far
    state: str

    @property
    def is_whole(self) -> bool:
        """Whether all of it is in."""
        return self.state == APPLIED


def edition(session: Session) -> Edition | None:
    """The edition as of now, None before the first import."""
    latest = latest_import()
    row = session.connection().execute(select(*latest.c)).one_or_none()
    return Edition(*row) if row else None


def latest_import() -> Subquery:
    """The row of the newest edition, none before the first import: its columns are `Edition`'s."""
    counted = (
        col(Import.projects_new)
        + col(Import.projects_changed)
        + col(Import.projects_unchanged)
        + col(Import.statements_added)
    )
    columns: tuple[Any, ...] = (col(Import.id).label("import_id"), counted.label("applied"))
    return (
        select(*columns, col(Import.state).label("state"))
        .where(col(Import.state) != STAGING)
        .order_by(col(Import.id).desc())
        .limit(1)
        .subquery("edition")
    )
