"""Rows of projects.csv: each checked and brought into the form in which it waits to be applied."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from storage.geo.points import Point, distance_m
from storage.imports import cells
from storage.imports.cells import ERASED, BadCellError, Parser, one_of
from storage.imports.coordinates import BadPointError, point
from storage.imports.parsing import RowProblems, parsed
from storage.imports.reading import Columns, Row
from storage.imports.reference import Reference
from storage.imports.report import ImportOptions, Problem
from storage.values.partial_dates import PartialDate, parse_partial

FAR_M = 15_000  # a point farther from its district's centre is worth a second look
_NEED_POINT = frozenset({"exact", "street", "area"})

FUNDING = ("public", "private")  # the budget's money; a private investor's
ADDRESSES = ("address", "address_kk", "address_ru", "address_en")
TITLES = ("title_kk", "title_ru", "title_en")
PARSERS: dict[str, Parser] = {
    **dict.fromkeys(TITLES, cells.text(cells.TITLE)),
    "description_kk": cells.text(cells.LONG_TEXT, lines=True),
    "description_ru": cells.text(cells.LONG_TEXT, lines=True),
    "description_en": cells.text(cells.LONG_TEXT, lines=True),
    "sector": cells.sector,
    "kind": cells.kind,
    "status": cells.status,
    "area": cells.area,
    **dict.fromkeys(ADDRESSES, cells.text(cells.TEXT)),
    "funding": one_of(FUNDING),
    "location_precision": cells.precision,
    "planned_kzt": cells.money,
    "contracted_kzt": cells.money,
    "spent_kzt": cells.money,
    "starts_on": cells.partial_date,
    "due_on": cells.partial_date,
    "completed_on": cells.partial_date,
    "contractor": cells.text(cells.TEXT),
    "capacity": cells.capacity,
    "capacity_unit": cells.unit,
    "photo_url": cells.url,
    "link": cells.url,
}
ABOUT_THE_ROW: dict[str, Parser] = {
    "id": cells.identifier,
    "source_title": cells.source_title,
    "source_url": cells.url,
    "stated_on": cells.partial_date,
    "promised_on": cells.partial_date,
}
COLUMNS = Columns(
    known=(
        *("id", *TITLES, "description_kk", "description_ru", "description_en", "sector", "kind"),
        *("status", "district", "area", *ADDRESSES, "latitude", "longitude", "location_precision"),
        *("programme", "planned_kzt", "contracted_kzt", "spent_kzt", "funding"),
        *("starts_on", "due_on"),
        *("completed_on", "contractor", "capacity", "capacity_unit", "photo_url", "link"),
        *("source_title", "source_url", "stated_on", "promised_on"),
    ),
    required=("id",),
)

parse_cached = lru_cache(maxsize=8192)(parse_partial)


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What one row of a file states of one project.

    `fields` maps statement fields to canonical values.
    """

    key: str
    number: int
    fields: dict[str, str]
    source_title: str
    source_url: str
    stated_on: str
    promised_on: str
    file: str = ""

    @property
    def titled(self) -> bool:
        """Whether the row gives a title."""
        return any(self.fields.get(title) for title in TITLES)

    def payload(self) -> str:
        """Return the row as JSON, as it waits in `staged_row`."""
        about = [*(self.source_title, self.source_url, self.stated_on, self.promised_on, self.file)]
        return json.dumps([about, self.fields], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def staged(cls, key: str, number: int, payload: str) -> "StatedRow":
        """Return the row that waited."""
        about, fields = json.loads(payload)
        return cls(key, number, fields, *about)


class RowChecker:
    """Checks the rows of one file; `today` is the day in Almaty."""

    def __init__(
        self, file: str, reference: Reference, options: ImportOptions, today: date
    ) -> None:
        self._file = file
        self._reference = reference
        self._options = options
        self._today = today
        self._parsers = {
            **ABOUT_THE_ROW,
            **{column: _erasable(parse) for column, parse in PARSERS.items()},
            "district": _erasable(cells.joined(reference.district)),
            "programme": _erasable(cells.joined(reference.programme)),
        }

    def check(self, row: Row) -> tuple[StatedRow | None, list[Problem]]:
        """Return what the row states, None when it is bad, and its problems and warnings."""
        problems = RowProblems(self._file, row)
        values = parsed(problems, self._parsers)
        if "id" not in row.cells:
            problems.add("id", "the project's id is needed in every row")
        self._take_point(problems, values)
        self._check_titles(problems, values)
        self._check_dates(problems, values)
        self._check_promise(problems, values)
        if problems.bad:
            return None, problems.found
        return self._stated(row, values), problems.found

    def _stated(self, row: Row, values: dict[str, str]) -> StatedRow:
        title, url = values.pop("source_title", ""), values.pop("source_url", "")
        if not title and not url:
            title, url = self._options.source_title, self._options.source_url
        stated_on = values.pop("stated_on", "") or self._options.stated_on
        promised_on = values.pop("promised_on", "")
        key = values.pop("id")
        return StatedRow(key, row.number, values, title, url, stated_on, promised_on, self._file)

    def _take_point(self, problems: RowProblems, values: dict[str, str]) -> None:
        """Turn latitude and longitude into one value, and see that the precision suits it."""
        given = problems.row.cells
        latitude, longitude = given.get("latitude", "").strip(), given.get("longitude", "").strip()
        precision = values.get("location_precision")
        if latitude == longitude == ERASED:
            values["point"] = ""
            latitude = longitude = ""
        if not latitude and not longitude:
            if precision in _NEED_POINT and not _has_bad_point(problems):
                expected = "a latitude and a longitude beside it, or district, city or none"
                problems.add("location_precision", expected)
            return
        try:
            found = point(latitude, longitude)
        except BadPointError as error:
            problems.add(error.column, error.expected)
            return
        if precision in {"none", "city"}:
            problems.add("location_precision", "exact, street, area or district where a point is")
        values["point"] = f"{found.latitude:.6f},{found.longitude:.6f}"
        values["location_precision"] = precision or "exact"
        self._check_distance(problems, values, found)

    def _check_distance(self, problems: RowProblems, values: dict[str, str], found: Point) -> None:
        slugs = [slug for slug in values.get("district", "").split("|") if slug]
        centres = [self._reference.centre(slug) for slug in slugs]
        distances = [distance_m(found, centre) for centre in centres if centre]
        if len(distances) == len(slugs) and distances and min(distances) > FAR_M:
            away = f"{min(distances) / 1000:.0f} km from the centre of {' or '.join(slugs)}"
            value = f"{found.latitude}, {found.longitude}"
            expected = f"{away}: is the point or the district right?"
            problems.add("latitude", expected, value=value, severity="warning")

    def _check_titles(self, problems: RowProblems, values: dict[str, str]) -> None:
        erased = [title for title in TITLES if values.get(title) == ""]
        if erased and not any(values.get(title) for title in TITLES):
            problems.add(erased[0], "a title can be erased only where the row gives another one")

    def _check_dates(self, problems: RowProblems, values: dict[str, str]) -> None:
        starts = _partial(values, "starts_on")
        for column, said in (("due_on", "due"), ("completed_on", "completed")):
            ends = _partial(values, column)
            if starts and ends and ends.last < starts.first:
                expected = f"{said} before its start on {starts}: a day after that"
                problems.add(column, expected)
        completed = _partial(values, "completed_on")
        if completed and completed.first > self._today:
            expected = f"later than today ({self._today}): is it due_on that is meant?"
            problems.add("completed_on", expected, severity="warning")

    def _check_promise(self, problems: RowProblems, values: dict[str, str]) -> None:
        stated, promised = _partial(values, "stated_on"), _partial(values, "promised_on")
        if stated and stated.first > self._today:
            expected = f"later than today ({self._today}): is the day right?"
            problems.add("stated_on", expected, severity="warning")
        if promised and not values.get("due_on"):
            expected = "goes with a due_on in the same row: not read"
            problems.add("promised_on", expected, severity="warning")
        if promised and stated and promised.first > stated.last:
            expected = f"a day up to stated_on ({stated})"
            problems.add("promised_on", expected, severity="warning")


def _erasable(parse: Parser) -> Callable[[str], str]:
    def parse_or_erase(cell: str) -> str:
        return "" if cell == ERASED or cell.strip() == ERASED else parse(cell)

    return parse_or_erase


def _partial(values: dict[str, str], column: str) -> PartialDate | None:
    value = values.get(column)
    return parse_cached(value) if value else None


def _has_bad_point(problems: RowProblems) -> bool:
    return any(problem.column in {"latitude", "longitude"} for problem in problems.found)


def checked_options(options: ImportOptions) -> tuple[ImportOptions, list[Problem]]:
    """Return the operator's choices with canonical defaults, and what is wrong with them."""
    problems, values = [], {}
    for name in ("source_title", "source_url", "stated_on"):
        value = getattr(options, name).strip()
        try:
            values[name] = ABOUT_THE_ROW[name](value) if value else ""
        except BadCellError as error:
            option = f"--{name.replace('_', '-')}"
            problems.append(Problem("", None, option, value, error.expected))
    said = [values.get(name, "") for name in ("source_title", "source_url", "stated_on")]
    title, url, day = said
    return replace(options, source_title=title, source_url=url, stated_on=day), problems
