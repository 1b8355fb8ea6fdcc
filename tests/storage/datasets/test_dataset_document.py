"""docs/dataset.md and the README say of the data set what its files hold."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.storage.datasets.dataset import CITY_MAP, FIRST, FOLDER, PROJECTS, Row, latest, of, rows

ROOT = Path(__file__).parents[3]
DOCUMENT = (ROOT / "docs" / "dataset.md").read_text("utf8")
CITY_MAPS_OWN = {row["id"] for row in CITY_MAP} - {row["id"] for row in rows("projects")}
POINTED = {key for key in FIRST if any(row["latitude"] for row in of(key))}


def latest_point(project: str) -> Row:
    """The row whose point the card shows."""
    return [row for row in of(project) if row["latitude"]][-1]


def figures(pattern: str) -> tuple[int, ...]:
    """What the document says where it says it, as numbers."""
    found = re.search(pattern, DOCUMENT)
    assert found, pattern
    return tuple(int(each) for each in found.groups())


@pytest.mark.parametrize("table", sorted(path.stem for path in FOLDER.glob("*.csv")))
def test_the_rows_of_every_file(table: str) -> None:
    assert figures(rf"\| {re.escape(table)}\.csv \|[^\n]* (\d+) \|\n") == (len(rows(table)),)


def test_how_many_objects_and_how_many_have_a_point() -> None:
    own = set(FIRST) - CITY_MAPS_OWN
    assert figures(r"(\d+) of the (\d+) objects have a point \((\d+) of (\d+) without") == (
        len(POINTED),
        len(FIRST),
        len({row["id"] for row in rows("projects") if row["latitude"]}),
        len(own),
    )
    city = sum(FIRST[key]["area"] == "almaty" for key in own)
    assert figures(r"about (\d+) objects in the city and (\d+) in what") == (city, len(own) - city)
    assert figures(r"works \(gis\.smartalmaty\.kz\): (\d+) objects more") == (len(CITY_MAPS_OWN),)


def test_how_exact_the_points_are() -> None:
    held = Counter(latest_point(key)["location_precision"] for key in POINTED)
    said = figures(r"Of these (\d+) are exact, (\d+) of a street, (\d+) of an area")
    assert said == (held["exact"], held["street"], held["area"])


def test_how_many_rows_have_no_day() -> None:
    blank = sum(not row["stated_on"] for row in PROJECTS)
    assert figures(r"`stated_on` is blank for (\d+) rows") == (blank,)


def test_enough_of_it_has_a_point() -> None:
    assert len(FIRST) >= 290
    assert len(POINTED) >= 130


def test_the_readme_promises_no_more_than_there_is() -> None:
    found = re.search(r"over (\d+) real projects", (ROOT / "README.md").read_text("utf8"))
    assert found
    assert 0 <= len(FIRST) - int(found.group(1)) < 100


@pytest.mark.parametrize(
    ("project", "status", "due_on", "completed_on"),
    [
        ("clinic-3-repair", "in_progress", "", ""),
        ("power-plant-2-gas", "in_progress", "2026-09", ""),
        ("clinic-sayaly", "in_progress", "2024-06", ""),
        ("school-216", "completed", "2025-04", "2025"),
        ("factory-glass", "final_stage", "", ""),
    ],
)
def test_of_states_that_contradict_each_other_the_one_it_names_counts(
    project: str, status: str, due_on: str, completed_on: str
) -> None:
    assert re.search(rf"^\| {project} \| .+ \| .+ \|$", DOCUMENT, re.MULTILINE)
    held = tuple(latest(project, field) for field in ("status", "due_on", "completed_on"))
    assert held == (status, due_on, completed_on)
    told = {(row["status"], row["due_on"]) for row in of(project)} - {("", "")}
    assert len(told) > 1  # none of them was taken out
