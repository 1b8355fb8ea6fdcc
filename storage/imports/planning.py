"""What a batch of rows makes of its projects: reads the store, writes nothing.

The same plan is written by an import and printed by a dry run.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.imports.deriving import (
    Columns,
    Said,
    derive,
    derived_differences,
    differences,
    partial,
)
from storage.imports.indexing import project_stems
from storage.imports.reference import Reference
from storage.imports.report import Problem
from storage.imports.rows import TITLES, StatedRow
from storage.tables.core import table_of
from storage.tables.facts import Project, Statement

_DIGEST_BITS = (1 << 63) - 1


class NewStatement(NamedTuple):
    """A statement that is not stored yet."""

    said: Said
    source: tuple[str, str]
    digest: int


@dataclass(slots=True)
class ProjectPlan:
    """What becomes of one project; `project_id` is None while it is new."""

    key: str
    project_id: int | None
    old: Columns | None
    new: Columns
    statements: list[NewStatement]
    rows: int
    last_row: tuple[str, int]  # its file and number
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def created(self) -> bool:
        return self.old is None

    @property
    def changed(self) -> bool:
        """Whether a stored project gets another value in any column."""
        return self.old is not None and any(
            self.old[column] != value for column, value in self.new.items()
        )

    @property
    def title(self) -> str:
        """The first title there is."""
        return next((self.new[title] for title in TITLES if self.new[title]), self.key)

    @property
    def told(self) -> tuple[tuple[str, str, str], ...]:
        """What a dry run tells: the changes, and what became of the history."""
        if self.old is None or not self.new:
            return ()
        return self.changes + derived_differences(self.old, self.new)

    def warnings(self) -> list[Problem]:
        """Return what the project's latest dates, of several rows, contradict each other in."""
        starts = partial(self.new["starts_on"])
        found = []
        for column in ("due_on", "completed_on"):
            ends = partial(self.new[column])
            if starts and ends and ends.last < starts.first:
                expected = f"{self.key} would now end before its start on {starts}: are both right?"
                problem = Problem(*self.last_row, column, str(ends), expected, "warning")
                found.append(problem)
        return found


@dataclass(slots=True)
class _Stored:
    columns: Columns
    said: list[Said] = field(default_factory=list)
    digests: set[int] = field(default_factory=set)


def digest(said: Said, source: tuple[str, str]) -> int:
    """Return the 63 bits that make two statements of a project the same."""
    field, value, stated_on, promised_on = said
    text = f"{field}\x1f{value}\x1f{stated_on}\x1f{promised_on}\x1f{source[0]}\x1f{source[1]}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") & _DIGEST_BITS


def plan(session: Session, rows: list[StatedRow], reference: Reference) -> list[ProjectPlan]:
    """Return the plan of each project that the rows speak of; all rows of a project together."""
    grouped: dict[str, list[StatedRow]] = defaultdict(list)
    for row in rows:
        grouped[row.key].append(row)
    stored = _stored(session, list(grouped))
    return [_plan_project(key, own, stored.get(key), reference) for key, own in grouped.items()]


def replan(session: Session, keys: list[str], reference: Reference) -> list[ProjectPlan]:
    """Return the plans that bring stored projects in step with the statements that are left."""
    plans = []
    for key, stored in _stored(session, keys).items():
        old, new = stored.columns, derive(stored.said, reference)
        new["stems"] = project_stems(new, reference)
        plans.append(ProjectPlan(key, old["id"], old, new, [], rows=0, last_row=("", 0)))
    return plans


def _plan_project(
    key: str, rows: list[StatedRow], stored: _Stored | None, reference: Reference
) -> ProjectPlan:
    known = stored.digests if stored else set()
    said = stored.said if stored else []
    fresh, last = _fresh(rows, known), (rows[-1].file, rows[-1].number)
    old = stored.columns if stored else None
    if old is not None and not fresh:
        new: Columns = {}  # nothing was said: nothing to derive, nothing changes
        return ProjectPlan(key, old["id"], old, new, fresh, len(rows), last)
    new = derive([*said, *(statement.said for statement in fresh)], reference)
    new["stems"] = project_stems(new, reference)
    project_id = old["id"] if old else None
    planned = ProjectPlan(key, project_id, old, new, fresh, len(rows), last)
    planned.changes = differences(old, new) if old else ()
    return planned


def _fresh(rows: list[StatedRow], known: set[int]) -> list[NewStatement]:
    """Return the statements of the rows that are not known yet, each once."""
    fresh = []
    for row in rows:
        source = (row.source_title, row.source_url)
        for name, value in row.fields.items():
            promised = row.promised_on if name == "due_on" else ""
            said = Said(name, value, row.stated_on, promised)
            mark = digest(said, source)
            if mark not in known:
                known.add(mark)
                fresh.append(NewStatement(said, source, mark))
    return fresh


def _stored(session: Session, keys: list[str]) -> dict[str, _Stored]:
    """Return the stored projects of the keys with all their statements in the order stored."""
    projects: dict[int, _Stored] = {}
    table = table_of(Project)
    for row in session.execute(select(table).where(col(Project.key).in_(keys))).mappings():
        projects[row["id"]] = _Stored(dict(row))
    if projects:
        for project_id, *said, mark in session.execute(_statements(list(projects))):
            stored = projects[project_id]
            stored.said.append(Said(*said))
            stored.digests.add(mark)
    return {stored.columns["key"]: stored for stored in projects.values()}


def _statements(project_ids: list[int]) -> Any:
    return (
        select(
            col(Statement.project_id),
            col(Statement.field),
            col(Statement.value),
            col(Statement.stated_on),
            col(Statement.promised_on),
            col(Statement.digest),
        )
        .where(col(Statement.project_id).in_(project_ids))
        .order_by(col(Statement.id))
    )
