"""A made-up city of some 180 projects from a seed, as the bot imports it; dates are about one day.

    .venv/bin/python -m benchmarks.exam.city 3            # as a table, to write questions about
    .venv/bin/python -m benchmarks.exam.city 3 --to DIR   # as a data set: DIR/projects.csv

Names are those of the shipped places, other ones for each seed, and some that no list of places
has (names.csv). What is unknown differs by seed as well: money, due dates, points. Everything is
said on the day itself, so that late is what is past due and not finished. The same seed makes the
same list, byte for byte.
"""

import argparse
import csv
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path

from storage.imports import SHIPPED

DAY = date(2026, 12, 1)
"""The bot's day in an exam; questions of time are written for it."""

_HERE = Path(__file__).parent
_DISTRICTS = (
    *("alatau", "almaly", "auezov", "bostandyk", "zhetysu", "medeu", "nauryzbay", "turksib"),
)
_STATES = {
    "announced": 6,
    "planned": 22,
    "in_progress": 42,
    "final_stage": 14,
    "completed": 56,
    "suspended": 6,
    "cancelled": 4,
}
_PROGRAMMES = ("", "", "", "", "participatory_budget", "republic_day", "comfort_school")
_BUILDERS = ("«Көкжал Құрылыс» ЖШС", "ТОО «СтройАрал»", "BalkhashGroup LLP", "")
_PLACES_A_DISTRICT, _UNLISTED_A_DISTRICT = 6, 2
_NEAR_DEGREES = 0.003  # some 300 metres around the place a project is named after


@dataclass(frozen=True)
class Gaps:
    """Which share of the projects has a sum, a due date, a point."""

    money: float
    due: float
    point: float


_GAPS = (Gaps(0.8, 0.95, 1.0), Gaps(0.35, 0.9, 0.9), Gaps(0.9, 0.6, 0.8), Gaps(0.75, 0.9, 0.4))


@dataclass(frozen=True)
class Place:
    """A name in three languages with its point; a name of no list of places has its district's."""

    kk: str
    ru: str
    en: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Project:
    """A row of projects.csv; "" is unknown, sums are whole tenge, dates ISO."""

    id: str
    title_kk: str
    title_ru: str
    title_en: str
    sector: str
    kind: str
    status: str
    district: str
    address: str
    latitude: str
    longitude: str
    location_precision: str
    programme: str
    planned_kzt: str
    contracted_kzt: str
    spent_kzt: str
    starts_on: str
    due_on: str
    completed_on: str
    contractor: str
    source_title: str
    source_url: str
    stated_on: str

    @property
    def titles(self) -> tuple[str, str, str]:
        """In Kazakh, Russian and English."""
        return self.title_kk, self.title_ru, self.title_en

    @property
    def due(self) -> date | None:
        """The day it is due, None if unknown."""
        return date.fromisoformat(self.due_on) if self.due_on else None

    @property
    def completed(self) -> date | None:
        """The day it was completed, None if it was not or is unknown."""
        return date.fromisoformat(self.completed_on) if self.completed_on else None

    @property
    def planned(self) -> int | None:
        """The planned sum, tenge."""
        return int(self.planned_kzt) if self.planned_kzt else None


def build(seed: int, day: date = DAY) -> list[Project]:
    """Return the city's projects."""
    chance = random.Random(seed)
    gaps = _GAPS[seed % len(_GAPS)]
    places = _places(chance)
    kinds = [row for row in _rows(_HERE / "kinds.csv") for _ in range(int(row["count"]))]
    chance.shuffle(kinds)
    numbers = chance.sample(range(11, 249), len(kinds))
    taken: set[tuple[str, str]] = set()
    found = []
    for row, number in zip(kinds, numbers, strict=True):
        free = [(d, p) for d in _DISTRICTS for p in places[d] if (row["kind"], p.ru) not in taken]
        district, place = chance.choice(free)
        taken.add((row["kind"], place.ru))
        key = f"E-{len(found) + 1:03d}"
        found.append(_project(chance, gaps, (district, place), row, (key, number), day))
    return found


def _project(
    chance: random.Random,
    gaps: Gaps,
    where: tuple[str, Place],
    row: dict[str, str],
    named: tuple[str, int],
    day: date,
) -> Project:
    (district, place), (key, number) = where, named
    status = chance.choices(list(_STATES), list(_STATES.values()))[0]
    planned, contracted, spent = _money(chance, gaps, row, status)
    starts, due, completed = _dates(chance, gaps, status, day)
    pointed = chance.random() < gaps.point
    point = [f"{each + chance.uniform(-1, 1) * _NEAR_DEGREES:.6f}" for each in _point(place)]
    kk, ru, en = (
        row[language].format(p=getattr(place, language), n=number)
        for language in ("kk", "ru", "en")
    )
    return Project(
        *(key, kk, ru, en, row["sector"], row["kind"], status, district, place.ru),
        *(point if pointed else ("", "")),
        "exact" if pointed else "district",
        chance.choice(_PROGRAMMES) if status != "announced" else "",
        *(planned, contracted, spent, starts, due, completed),
        chance.choice(_BUILDERS) if contracted else "",
        *("List of the exam", f"https://example.org/{key}", day.isoformat()),
    )


def _point(place: Place) -> tuple[float, float]:
    return place.latitude, place.longitude


def _money(
    chance: random.Random, gaps: Gaps, row: dict[str, str], status: str
) -> tuple[str, str, str]:
    if chance.random() > gaps.money:
        return "", "", ""
    planned = chance.randint(int(row["least_mln"]), int(row["most_mln"])) * 1_000_000
    if status in {"announced", "planned", "cancelled"} or chance.random() < 0.3:
        return str(planned), "", ""
    contracted = int(planned * chance.uniform(0.82, 1)) // 1000 * 1000
    if chance.random() < 0.3:
        return str(planned), str(contracted), ""
    share = chance.uniform(0.93, 1) if status == "completed" else chance.uniform(0.1, 0.8)
    return str(planned), str(contracted), str(int(contracted * share) // 1000 * 1000)


def _dates(chance: random.Random, gaps: Gaps, status: str, day: date) -> tuple[str, str, str]:
    known = chance.random() < gaps.due
    if status == "completed":
        done = day - timedelta(
            chance.choice((2, 5, 9, 13, 20, 41, 60, 88, 120, 190, 330, 510, 700))
        )
        due = done - timedelta(chance.choice((-30, -5, 0, 20, 45, 110)))
        starts = min(done, due) - timedelta(chance.randint(150, 700))
        return starts.isoformat(), due.isoformat() if known else "", done.isoformat()
    if status in {"in_progress", "final_stage", "suspended"}:
        ahead = (-20, 8, 15, 28, 40) if status == "final_stage" else _AHEAD
        due = day + timedelta(chance.choice(ahead))
        starts = min(day, due) - timedelta(chance.randint(60, 600))
        return starts.isoformat(), due.isoformat() if known else "", ""
    if status == "planned":
        starts = day + timedelta(chance.randint(20, 260))
        due = starts + timedelta(chance.randint(180, 700))
        return starts.isoformat(), due.isoformat() if known else "", ""
    return "", "", ""


_AHEAD = (-95, -40, 12, 35, 70, 130, 220, 400)


def _places(chance: random.Random) -> dict[str, list[Place]]:
    """Return some names for each district: of the shipped places, and of no list of places."""
    unlisted = _rows(_HERE / "names.csv")
    chance.shuffle(unlisted)
    found: dict[str, list[Place]] = {}
    for district in _DISTRICTS:
        listed = [_place(row) for row in _rows(SHIPPED / "places.csv") if _fits(row, district)]
        own = chance.sample(listed, min(_PLACES_A_DISTRICT, len(listed)))
        middle = own[0]
        for _ in range(_UNLISTED_A_DISTRICT):
            row = unlisted.pop()
            apart = [each + chance.uniform(-1, 1) * 0.01 for each in _point(middle)]
            own.append(Place(row["kk"], row["ru"], row["en"], *apart))
        found[district] = own
    return found


def _fits(row: dict[str, str], district: str) -> bool:
    return row["district"] == district and row["kind"] in {"microdistrict", "estate"}


def _place(row: dict[str, str]) -> Place:
    names = (row["name_kk"], row["name_ru"], row["name_en"])
    return Place(*names, float(row["latitude"]), float(row["longitude"]))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(projects: Iterable[Project], folder: Path) -> Path:
    """Write the city as a data set into `folder`, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "projects.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        names = [field.name for field in fields(Project)]
        writer.writerow(names)
        writer.writerows([getattr(each, name) for name in names] for each in projects)
    return folder


def table(projects: Sequence[Project]) -> str:
    """Return the city as lines for those who write questions about it."""
    columns = (
        *("id", "kind", "status", "district", "title_kk", "title_ru", "title_en", "planned_kzt"),
        *("spent_kzt", "starts_on", "due_on", "completed_on", "programme", "contractor"),
    )
    lines = [" | ".join(columns)]
    lines += [" | ".join(getattr(each, name) for name in columns) for each in projects]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seed", type=int)
    parser.add_argument("--to", type=Path)
    arguments = parser.parse_args()
    projects = build(arguments.seed)
    if arguments.to:
        write(projects, arguments.to)
    else:
        sys.stdout.write(table(projects) + "\n")


if __name__ == "__main__":
    main()
