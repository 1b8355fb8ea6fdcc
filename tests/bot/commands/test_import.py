"""The progress bar of an import, and what is printed of a long report."""

import io

import pytest

from bot.commands.import_ import ProgressBar, print_report
from storage.imports import ImportReport, Problem, Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Watch:
    """Seconds that pass only when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def drive(out: io.StringIO, seconds: float) -> str:
    """What an import prints that reports every second, one percent each."""
    watch = Watch()
    bar = ProgressBar(out, watch)
    for step in range(101):
        bar(Progress("checking" if step < 50 else "applying", step, 100))
        watch.now += seconds / 100
    bar.close()
    return out.getvalue()


def test_a_bar_on_a_terminal() -> None:
    drawn = drive(Terminal(), 100).split("\r")
    assert drawn[1] == "Checking [..............................]   1%"
    assert "Writing  [###############...............]  50%" in drawn
    assert drawn[-3].startswith("Writing  [##############################] 100%")
    assert drawn[-2].isspace()  # wiped at the end
    assert drawn[-1] == ""


def test_a_short_import_draws_nothing() -> None:
    assert drive(Terminal(), 0.9) == ""


def test_a_line_now_and_then_where_nobody_watches() -> None:
    lines = drive(io.StringIO(), 100).splitlines()
    assert len(lines) == 10
    assert lines[0] == "Checking [###...........................]  10%"
    assert drive(io.StringIO(), 5) == ""


def test_nothing_to_do_is_no_division_by_zero() -> None:
    watch = Watch()
    bar = ProgressBar(Terminal(), watch)
    watch.now = 60
    bar(Progress("checking", 0, 0))
    bar(Progress("applying", 11, 10))
    bar.close()


def test_a_long_report_says_what_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    report = ImportReport(state="refused")
    for row in range(2, 1503):
        report.add(Problem("projects.csv", row, "status", "built", "a known status"))
    print_report(report)
    said = capsys.readouterr()
    problems = said.err.splitlines()
    assert problems[0] == "projects.csv, row 2, status «built»: a known status"
    assert problems[-1] == f"... and {1501 - (len(problems) - 1)} more"
    assert said.out == report.summary() + "\n"
