"""What the operator reads: sentences, lines, the summary."""

import pytest

from storage.imports import Counts, ImportReport, Problem, ProjectChange
from storage.imports.report import CHANGES_KEPT, State


def test_a_problem_is_one_line() -> None:
    problem = Problem("projects.csv", 7, "status", "in\nwork " + "x" * 200, "unknown", "warning")
    said = str(problem)
    assert said.startswith("warning: projects.csv, row 7, status «in work xxx")
    assert said.endswith("…»: unknown")
    assert "\n" not in said
    assert str(Problem("", None, "", "", "busy")) == "busy"
    assert str(Problem("a.csv", None, "", "", "empty")) == "a.csv: empty"


@pytest.mark.parametrize(
    ("state", "dry_run", "code", "verdict"),
    [
        ("imported", False, 0, "Imported: "),
        ("imported", True, 0, "Would be imported: "),
        ("partly", False, 3, "Imported in part: "),
        ("partly", True, 3, "Would be imported in part: "),
        ("nothing", False, 0, "Nothing new: "),
        ("refused", False, 1, "Nothing was changed: "),
    ],
)
def test_the_summary_line(state: State, dry_run: bool, code: int, verdict: str) -> None:
    report = ImportReport(state, dry_run, counts=Counts(9, 1, 2, 3, 4, 50))
    assert report.exit_code == code
    assert report.summary() == (
        f"{verdict}projects 2 new, 3 changed, 4 unchanged; statements 50 added; rows 1 refused"
    )


def test_a_long_list_of_changes_is_counted() -> None:
    report = ImportReport()
    for number in range(CHANGES_KEPT + 5):
        report.add_change(ProjectChange(str(number), "Сквер", new=True))
    assert (len(report.changes), report.changes_left_out) == (CHANGES_KEPT, 5)


def test_errors_find_room_beside_many_warnings() -> None:
    report = ImportReport()
    for _ in range(1500):
        report.add(Problem("a.csv", 1, "x", "", "odd", "warning"))
    report.add(Problem("a.csv", 2, "x", "", "wrong"))
    assert str(report.problems[-1]) == "a.csv, row 2, x: wrong"
    assert (report.errors, report.warnings, report.problems_left_out) == (1, 1500, 500)
