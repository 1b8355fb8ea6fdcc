"""`qala import`: what an import prints while it runs and when it is done."""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.commands.prepare import prepare
from storage.database.store import Store
from storage.imports import ImportOptions, ImportReport, Progress, check_and_import

LABELS = {"checking": "Checking", "applying": "Writing "}
BAR = 30  # characters
QUIET_S = 1.0  # a short import shows no bar
DRAW_EVERY_S = 0.1
LINE_EVERY_S = 10.0  # where nobody looks at a terminal


class ProgressBar:
    """Draws how far an import is on a terminal; elsewhere a line now and then. Call it, close it.

    Times are seconds of the given monotonic clock.
    """

    def __init__(self, out: TextIO, now: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._now = now
        self._terminal = out.isatty()
        self._next = now() + (QUIET_S if self._terminal else LINE_EVERY_S)
        self._width = 0

    def __call__(self, progress: Progress) -> None:
        if self._now() < self._next or not progress.total:
            return
        self._next = self._now() + (DRAW_EVERY_S if self._terminal else LINE_EVERY_S)
        text = _drawn(progress)
        if self._terminal:
            self._out.write("\r" + text.ljust(self._width))
            self._width = len(text)
        else:
            self._out.write(text + "\n")
        self._out.flush()

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._width:
            self._out.write("\r" + " " * self._width + "\r")
            self._out.flush()


def _drawn(progress: Progress) -> str:
    share = min(progress.done / progress.total, 1)
    full = round(BAR * share)
    return f"{LABELS[progress.stage]} [{'#' * full}{'.' * (BAR - full)}] {share:4.0%}"


def import_data_set(
    store: Store, path: Path, options: ImportOptions, clock: Callable[[], datetime]
) -> int:
    """Import and print: the exit code (0 all went in, 1 nothing changed, 3 partly in)."""
    prepare(store, clock)
    bar = ProgressBar(sys.stderr)
    try:
        report = check_and_import(store, path, options=options, clock=clock, progress=bar)
    finally:
        bar.close()
    print_report(report)
    return report.exit_code


def print_report(report: ImportReport) -> None:
    """The problems on standard error; what (would have) changed and one summary line at the end."""
    for problem in report.problems:
        print(str(problem).removeprefix(": "), file=sys.stderr)  # noqa: T201 - a command's output
    if report.problems_left_out:
        print(f"... and {report.problems_left_out} more", file=sys.stderr)  # noqa: T201
    sys.stderr.flush()
    for line in _change_lines(report):
        print(line)  # noqa: T201
    print(report.summary(), flush=True)  # noqa: T201


def _change_lines(report: ImportReport) -> list[str]:
    """What a dry run would change, project by project."""
    if not report.dry_run:
        return []
    lines = [line for change in report.changes for line in change.lines()]
    lines += [f"{table}: {number}" for table, number in report.references.items() if number]
    if report.changes_left_out:
        lines.append(f"... and {report.changes_left_out} more projects")
    return lines
