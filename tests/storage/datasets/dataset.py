"""The shipped data set's files, read with csv and re alone: no importer stands between."""

import calendar
import csv
import re
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[3] / "storage" / "datasets" / "almaty"
KAZAKHSTAN = (40.5, 55.5, 46.4, 87.4)
ALMATY = (43.03, 43.41, 76.73, 77.17)
REGION = (42.5, 46.5, 73.5, 80.5)  # Almaty region and the one that was a part of it until 2022
PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

Row = dict[str, str]
Day = tuple[int, int, int]


class Interval(NamedTuple):
    first: Day
    last: Day


def interval(text: str) -> Interval:
    """The first and last day of YYYY, YYYY-MM or YYYY-MM-DD; ValueError for anything else."""
    match = PARTIAL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    length = calendar.monthrange(year, month or 12)[1]  # ValueError for a month 13
    if day > length or not 1990 <= year <= 2030 or "00" in text.split("-")[1:]:
        raise ValueError(text)
    return Interval((year, month or 1, day or 1), (year, month or 12, day or length))


def rows(table: str) -> list[Row]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def projects() -> list[Row]:
    """The statements of projects.csv and of the files beside it, in the order they are read."""
    more = sorted(path.stem for path in FOLDER.glob("projects.*.csv"))
    return [row for table in ("projects", *more) for row in rows(table)]


PROJECTS = projects()
CITY_MAP = rows("projects.smartalmaty")
PROGRAMMES = rows("programmes")
INDICATORS = rows("indicators")
PLACES = rows("places")
FIRST = {row["id"]: row for row in reversed(PROJECTS)}  # the first row of every id


def of(project: str) -> list[Row]:
    """The rows of one project by the day stated: blank first, ties in the order of the file."""
    return sorted((r for r in PROJECTS if r["id"] == project), key=lambda r: r["stated_on"])


def latest(project: str, field: str) -> str:
    """The value that holds, "" where none was said or the last one was taken back."""
    found = next((row[field] for row in reversed(of(project)) if row[field]), "")
    return "" if found == "-" else found


def due_dates(project: str) -> list[str]:
    """Every due date, by the day of its promise: the first one is the first promise."""
    due = [row for row in of(project) if row["due_on"]]
    return [r["due_on"] for r in sorted(due, key=lambda r: r["promised_on"] or r["stated_on"])]


def inside(row: Row, box: tuple[float, float, float, float]) -> bool:
    south, north, west, east = box
    return south <= float(row["latitude"]) <= north and west <= float(row["longitude"]) <= east
