"""What may be taken out of the shipped data set: without it the rest is a whole one."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from storage.database.store import Store
from storage.imports import ImportOptions, check_and_import
from tests.storage.datasets.dataset import CITY_MAP, FIRST, FOLDER, rows

APART = "projects.smartalmaty.csv"
# An institute's settlement, 19 km from its district's centre (docs/dataset.md, readings).
EXPECTED = ["networks-medeu-alatau"]


def clock() -> datetime:
    """A day after the last statement."""
    return datetime(2026, 12, 1, tzinfo=UTC)


def test_nothing_is_wrong_with_it_and_the_one_warning_is_explained(sqlite_store: Store) -> None:
    report = check_and_import(
        sqlite_store, FOLDER, options=ImportOptions(dry_run=True), clock=clock
    )
    assert (report.errors, report.counts.rows_refused) == (0, 0)
    doubted = [rows("projects")[each.row - 2]["id"] for each in report.problems if each.row]
    assert doubted == EXPECTED
    assert len(report.problems) == len(EXPECTED)
    assert report.counts.projects_new == len(FIRST)


def test_without_the_citys_map_the_rest_goes_in(sqlite_store: Store, tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "almaty")
    (folder / APART).unlink()
    report = check_and_import(sqlite_store, folder, options=ImportOptions(), clock=clock)
    assert (report.errors, len(report.problems)) == (0, len(EXPECTED))
    own = {row["id"] for row in CITY_MAP} - {row["id"] for row in rows("projects")}
    assert report.counts.projects_new == len(FIRST) - len(own)
    again = check_and_import(sqlite_store, FOLDER, options=ImportOptions(), clock=clock)
    assert again.counts.projects_new == len(own) == 48
