"""Takes back what a source said, as if it never had: for what was made up to try the bot.

An import only ever adds; this is the one way back, and `qala run` knows nothing of it.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.store import Store
from storage.imports.applying import Writer
from storage.imports.locking import import_lock
from storage.imports.planning import replan
from storage.imports.reference import Reference
from storage.imports.report import Clock
from storage.tables.facts import Change, Project, Source, Statement


def retract(store: Store, source_title: str, clock: Clock) -> int:
    """Take back all that sources of this title said; how many projects are as they were before.

    Their statements go, and the changes that their imports brought; the projects, which others must
    have spoken of, are derived anew. Nobody else may hold facts of the store in memory meanwhile.
    """
    with import_lock(store), store.writing() as session:
        sources = session.scalars(
            select(col(Source.id)).where(col(Source.title) == source_title)
        ).all()
        said = col(Statement.source_id).in_(sources)
        projects = session.scalars(select(col(Statement.project_id)).where(said).distinct()).all()
        if not projects:
            return 0
        imports = _imports_of(session, sources)
        session.execute(delete(Statement).where(said))
        session.execute(delete(Change).where(col(Change.import_id).in_(imports)))
        keys = session.scalars(select(col(Project.key)).where(col(Project.id).in_(projects))).all()
        session.execute(delete(Source).where(col(Source.id).in_(sources)))
        reference = Reference.load(session)
        Writer(0, reference, clock()).write(session, replan(session, list(keys), reference))
        return len(projects)


def _imports_of(session: Session, sources: Sequence[int | None]) -> list[int]:
    """The imports that brought what these sources said and nothing else."""
    statements = select(col(Statement.import_id)).distinct()
    own = set(session.scalars(statements.where(col(Statement.source_id).in_(sources))))
    others = set(session.scalars(statements.where(col(Statement.source_id).not_in(sources))))
    return sorted(own - others)
