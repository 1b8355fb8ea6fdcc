"""What an import says at the end: problems, counts, changes, one summary line, an exit code."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Severity = Literal["error", "warning"]
State = Literal["imported", "partly", "nothing", "refused"]
Clock = Callable[[], datetime]

PROBLEMS_KEPT = 1_000  # more than anyone reads; the rest are counted
CHANGES_KEPT = 10_000
_SHOWN = 80  # characters of a bad value that are repeated


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad cell, row or file, and what would be right.

    `row` counts as a spreadsheet does (the header is row 1); None where no row is meant. `column`
    and `value` are blank where the whole row or file is meant.
    """

    file: str
    row: int | None
    column: str
    value: str
    expected: str
    severity: Severity = "error"

    def __str__(self) -> str:
        row = f"row {self.row}" if self.row else ""
        place = ", ".join(part for part in (self.file, row, self.column) if part)
        said = f" «{_shortened(self.value)}»" if self.value else ""
        mark = "warning: " if self.severity == "warning" else ""
        where = f"{place}{said}: " if place or said else ""
        return f"{mark}{where}{self.expected}"


def _shortened(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """What an import makes of one project: `fields` are (field, old, new) as canonical texts."""

    key: str
    title: str
    new: bool
    fields: tuple[tuple[str, str, str], ...] = ()

    def lines(self) -> list[str]:
        """Return the lines that a dry run prints of this project."""
        if self.new:
            return [f"new      {self.key}: {self.title}"]
        said = [
            f"         {name}: {old or '(unknown)'} -> {new or '(unknown)'}"
            for name, old, new in self.fields
        ]
        return [f"changed  {self.key}: {self.title}", *said]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: bytes while `checking`, rows while `applying`."""

    stage: Literal["checking", "applying"]
    done: int
    total: int


Show = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The operator's choices; the last three speak for rows without source or day of their own."""

    dry_run: bool = False
    skip_bad: bool = False
    source_title: str = ""
    source_url: str = ""
    stated_on: str = ""


@dataclass(slots=True)
class Counts:
    """The figures of the summary line."""

    rows_read: int = 0
    rows_refused: int = 0
    projects_new: int = 0
    projects_changed: int = 0
    projects_unchanged: int = 0
    statements_added: int = 0


@dataclass(slots=True)
class ImportReport:
    """The outcome of an import. In a dry run `state` is what it would have been."""

    state: State = "nothing"
    dry_run: bool = False
    problems: list[Problem] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    changes: list[ProjectChange] = field(default_factory=list)
    references: dict[str, int] = field(default_factory=dict)
    errors: int = 0
    warnings: int = 0
    projects_touched: int = 0

    def add(self, problem: Problem) -> None:
        """Count a problem and keep it while there is room (errors always find some)."""
        if problem.severity == "error":
            self.errors += 1
            kept = self.errors
        else:
            self.warnings += 1
            kept = self.warnings
        if kept <= PROBLEMS_KEPT:
            self.problems.append(problem)

    def add_change(self, change: ProjectChange) -> None:
        """Count a project that is new or changes, and keep it while there is room."""
        self.projects_touched += 1
        if len(self.changes) < CHANGES_KEPT:
            self.changes.append(change)

    @property
    def problems_left_out(self) -> int:
        """How many problems were counted but are not in `problems`."""
        return self.errors + self.warnings - len(self.problems)

    @property
    def changes_left_out(self) -> int:
        """How many new or changed projects were counted but are not in `changes`."""
        return self.projects_touched - len(self.changes)

    @property
    def exit_code(self) -> int:
        """0: everything went in (or would), 1: nothing changed, 3: partly in."""
        return {"refused": 1, "partly": 3}.get(self.state, 0)

    def summary(self) -> str:
        """Return the one line that an import ends with."""
        counts = self.counts
        verdict = {
            "imported": "Would be imported" if self.dry_run else "Imported",
            "partly": "Would be imported in part" if self.dry_run else "Imported in part",
            "nothing": "Nothing new",
            "refused": "Nothing was changed",
        }[self.state]
        return (
            f"{verdict}: projects {counts.projects_new} new, {counts.projects_changed} changed, "
            f"{counts.projects_unchanged} unchanged; statements {counts.statements_added} added; "
            f"rows {counts.rows_refused} refused"
        )
