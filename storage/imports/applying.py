"""Writes the plans of a batch: projects, statements, links, changes, sums and search index."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, tuple_, update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.imports.bulk import insert_rows, next_ids
from storage.imports.indexing import WordList, index_projects, insert_new
from storage.imports.planning import ProjectPlan
from storage.imports.reference import Reference
from storage.imports.rollup import deltas, grow_rollup
from storage.tables.core import table_of
from storage.tables.facts import (
    Change,
    Project,
    ProjectDistrict,
    ProjectProgramme,
    Source,
    Statement,
)

_SOURCES_KEPT = 50_000  # in memory; a source that is forgotten is looked up again
_SOURCES_AT_ONCE = 200

STATEMENT = (
    *("project_id", "field", "value", "stated_on", "promised_on"),
    *("source_id", "import_id", "digest"),
)
CHANGE = ("project_id", "import_id", "field", "old", "new", "created_at")
CREATED = "created"


class Sources:
    """Ids of sources, by title and address; those that are new are added."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], int] = {}

    def ids(self, session: Session, wanted: Iterable[tuple[str, str]]) -> dict[Any, int]:
        """Return the id of each wanted (title, address)."""
        if len(self._ids) > _SOURCES_KEPT:
            self._ids.clear()
        missing = sorted(set(wanted) - self._ids.keys())
        for start in range(0, len(missing), _SOURCES_AT_ONCE):
            self._find(session, missing[start : start + _SOURCES_AT_ONCE])
        return self._ids

    def _find(self, session: Session, asked: list[tuple[str, str]]) -> None:
        rows = [{"title": title, "url": url} for title, url in asked]
        session.execute(insert_new(session, Source), rows)
        pair = tuple_(col(Source.title), col(Source.url))
        found = session.execute(
            select(col(Source.title), col(Source.url), col(Source.id)).where(pair.in_(asked))
        )
        self._ids.update({(title, url): number for title, url, number in found if number})


class Writer:
    """Writes one import's batches; holds what is the same for all of them."""

    def __init__(self, import_id: int, reference: Reference, now: datetime) -> None:
        self._import_id = import_id
        self._reference = reference
        self._now = now
        self._sources = Sources()
        self._words = WordList()

    def write(self, session: Session, plans: list[ProjectPlan]) -> None:
        """Write the plans of whole projects, in one transaction of the caller's."""
        created = [plan for plan in plans if plan.created]
        changed = [plan for plan in plans if plan.changed]
        self._insert_projects(session, created)
        self._update_projects(session, changed)
        self._insert_statements(session, plans)
        self._insert_changes(session, [*created, *changed])
        self._link(session, created, [plan for plan in changed if _links_differ(plan)])
        touched = [*created, *changed]
        grow_rollup(session, deltas((plan.old, plan.new) for plan in touched))
        self._index(session, created, changed)

    def _insert_projects(self, session: Session, created: list[ProjectPlan]) -> None:
        if not created:
            return
        ids = next_ids(session, Project, len(created))
        columns = ("id", "key", "updated_at", *created[0].new)
        rows = []
        for plan, project_id in zip(created, ids, strict=True):
            plan.project_id = project_id
            rows.append((project_id, plan.key, self._now, *plan.new.values()))
        insert_rows(session, Project, columns, rows)

    def _update_projects(self, session: Session, changed: list[ProjectPlan]) -> None:
        if not changed:
            return
        names = list(changed[0].new)
        statement = (
            update(table_of(Project))
            .where(col(Project.id) == bindparam("of_id"))
            .values({name: bindparam(f"to_{name}") for name in (*names, "updated_at")})
        )
        rows = [
            {f"to_{name}": plan.new[name] for name in names}
            | {"of_id": plan.project_id, "to_updated_at": self._now}
            for plan in changed
        ]
        session.connection().execute(statement, rows)

    def _insert_statements(self, session: Session, plans: list[ProjectPlan]) -> None:
        wanted = {statement.source for plan in plans for statement in plan.statements}
        sources = self._sources.ids(session, wanted)
        rows = [
            (
                *(plan.project_id, said.field, said.value, said.stated_on, said.promised_on),
                *(sources[source], self._import_id, digest),
            )
            for plan in plans
            for said, source, digest in plan.statements
        ]
        insert_rows(session, Statement, STATEMENT, rows)

    def _insert_changes(self, session: Session, touched: list[ProjectPlan]) -> None:
        rows: list[tuple[Any, ...]] = []
        for plan in touched:
            said = ((CREATED, "", ""),) if plan.created else plan.changes
            rows += [(plan.project_id, self._import_id, *change, self._now) for change in said]
        insert_rows(session, Change, CHANGE, rows)

    def _link(
        self, session: Session, created: list[ProjectPlan], changed: list[ProjectPlan]
    ) -> None:
        moved = [plan.project_id for plan in changed]
        for model, column, known in (
            (ProjectDistrict, "districts", self._reference.districts),
            (ProjectProgramme, "programmes", self._reference.programmes),
        ):
            table = table_of(model)
            if moved:
                session.execute(delete(table).where(table.c.project_id.in_(moved)))
            rows = [
                (plan.project_id, known[code]["id"])
                for plan in (*created, *changed)
                for code in plan.new[column].split("|")
                if code
            ]
            names = [each.name for each in table.c if each.name != "project_id"]
            insert_rows(session, model, ("project_id", *names), rows)

    def _index(
        self, session: Session, created: list[ProjectPlan], changed: list[ProjectPlan]
    ) -> None:
        again = [plan for plan in changed if plan.old and plan.old["stems"] != plan.new["stems"]]
        for plans, anew in ((created, True), (again, False)):
            found = [(plan.project_id or 0, plan.new["stems"]) for plan in plans]
            index_projects(session, found, anew=anew)
            self._words.add(session, (stems for _, stems in found))


def _links_differ(plan: ProjectPlan) -> bool:
    old = plan.old or {}
    return any(old.get(column) != plan.new[column] for column in ("districts", "programmes"))
