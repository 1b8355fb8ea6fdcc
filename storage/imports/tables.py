"""Rows of districts.csv, places.csv, programmes.csv and indicators.csv, checked."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from storage.imports import cells
from storage.imports.cells import BadCellError, Parser, one_of
from storage.imports.coordinates import BadPointError, point
from storage.imports.parsing import RowProblems, parsed
from storage.imports.reading import BadFileError, Columns, CsvTable, Row
from storage.imports.reference import NAMES, Reference, Values
from storage.imports.report import ImportOptions, ImportReport, Problem
from storage.imports.upserting import Records, place_key
from storage.values.partial_dates import FIRST_YEAR, LAST_YEAR
from storage.values.place_kinds import PLACE_KINDS
from storage.vocabulary import DISTRICTS, PROGRAMMES

VALUE_TYPES = ("target", "actual", "baseline", "limit", "allocation")
_CODE = re.compile(r"[a-z0-9_-]{1,40}")
_FIGURE = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_SAID: dict[str, Parser] = {
    "source_title": cells.source_title,
    "source_url": cells.url,
    "stated_on": cells.partial_date,
}
_NAMED: dict[str, Parser] = dict.fromkeys(NAMES, cells.text(cells.TITLE))

RowReader = Callable[[RowProblems], Values | None]


def code(cell: str) -> str:
    """Return a code of Latin letters."""
    value = cell.strip().lower()
    if not _CODE.fullmatch(value):
        raise BadCellError("a code of 1 to 40 Latin letters, digits, _ or -")
    return value


def programme_code(cell: str) -> str:
    """Return a programme's code; another name of a programme we know is that programme."""
    found = PROGRAMMES.find(cell)
    return found.code if found else code(cell)


def district_slug(cell: str) -> str:
    """Return a district's slug; another name of a district we know is that district."""
    found = DISTRICTS.find(cell)
    return found.slug if found else code(cell)


def figure(cell: str) -> str:
    """Return a number of either sign as text that float() reads."""
    value = "".join(cell.split()).replace(",", ".")
    if not _FIGURE.fullmatch(value):
        raise BadCellError("a number such as 113 or 37.8; its unit stands in unit")
    return value


def population(cell: str) -> str:
    """Return a whole number, spaces between thousands dropped."""
    value = "".join(cell.split())
    if not re.fullmatch(r"[0-9]{1,12}", value):
        raise BadCellError("a whole number such as 230000 or 230 000")
    return value


def year(cell: str) -> str:
    """Return a year."""
    value = cell.strip()
    if not re.fullmatch(r"[0-9]{4}", value) or not FIRST_YEAR <= int(value) <= LAST_YEAR:
        raise BadCellError(f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    return value


class ReferenceTables:
    """Reads the four tables of a folder; what is bad goes to the report."""

    def __init__(self, reference: Reference, options: ImportOptions, report: ImportReport) -> None:
        self.records = Records()
        self.broken = False  # a whole file could not be read
        self._parents: set[str] = set()  # programmes that others may belong to
        self._reference = reference
        self._options = options
        self._report = report

    def read(self, folder: Path) -> None:
        """Read what files there are, in the order in which they refer to each other."""
        for values in self._table(folder / "districts.csv", DISTRICT_COLUMNS, self._district):
            self.records.districts.append((values.pop("slug"), values))
        self._reference.add_districts(self.records.districts)
        for values in self._table(folder / "places.csv", PLACE_COLUMNS, self._place):
            self.records.places.append((place_key(values), values))
        self._read_programmes(folder / "programmes.csv")
        for values in self._table(folder / "indicators.csv", INDICATOR_COLUMNS, self._indicator):
            self.records.indicators.append(values)

    def _table(self, path: Path, columns: Columns, read: RowReader) -> Iterator[Values]:
        """Yield the good rows of a file that may be absent."""
        if not path.exists():
            return
        try:
            table = CsvTable(path, columns)
            for row, _ in table.rows():
                values = self._row(path.name, row, read)
                if values is not None:
                    yield values
            for warning in table.warnings:
                self._report.add(warning)
        except BadFileError as error:
            self.broken = True
            self._report.add(error.problem)

    def _row(self, file: str, row: Row, read: RowReader) -> Values | None:
        problems = RowProblems(file, row)
        values = read(problems)
        self._report.counts.rows_read += 1
        for problem in problems.found:
            self._report.add(problem)
        if problems.bad:
            self._report.counts.rows_refused += 1
            return None
        return values

    def _district(self, problems: RowProblems) -> Values:
        values: Values = dict(parsed(problems, DISTRICT_PARSERS))
        _need(problems, "slug")
        _take_point(problems, values)
        if "population" in values:
            values["population"] = int(values["population"])
        return values

    def _place(self, problems: RowProblems) -> Values:
        district = cells.joined(self._reference.district)
        values: Values = dict(parsed(problems, PLACE_PARSERS | {"district": district}))
        _need(problems, "kind")
        if not {"latitude", "longitude"} & problems.row.cells.keys():
            _need(problems, "latitude")
        if not any(name in problems.row.cells for name in NAMES):
            problems.add("name_kk", "a name in at least one language")
        _take_point(problems, values)
        if "district" in values:
            values["districts"] = values.pop("district")
        return values

    def _read_programmes(self, path: Path) -> None:
        self._parents = set(self._reference.programmes) | _codes(path)
        rows = list(self._table(path, PROGRAMME_COLUMNS, self._programme))
        self.records.programmes = [(values.pop("code"), values) for values in rows]
        self._reference.add_programmes(self.records.programmes)
        self._refuse_circles(path.name)

    def _refuse_circles(self, file: str) -> None:
        """Report programmes that belong to themselves by way of others."""
        programmes, told = self._reference.programmes, set[str]()
        for start, _ in self.records.programmes:
            chain, code = [start], programmes[start].get("parent")
            while code and code not in chain:
                chain.append(code)
                code = programmes.get(code, {}).get("parent")
            if code == start and not told & set(chain):
                told.update(chain)
                expected = f"it belongs to itself: {', '.join(chain)}"
                self._report.add(Problem(file, None, "code", start, expected))
                self.broken = True

    def _programme(self, problems: RowProblems) -> Values:
        values: Values = dict(parsed(problems, PROGRAMME_PARSERS))
        _need(problems, "code")
        parent = values.get("parent")
        if parent and parent not in self._parents:
            problems.add("parent", cells.unknown([], sorted(self._parents)))
        if parent and parent == values.get("code"):
            problems.add("parent", "another programme's code, or a blank cell")
        if "planned_kzt" in values:
            values["planned_kzt"] = int(values["planned_kzt"])
        self._fill_source(values)
        return values

    def _indicator(self, problems: RowProblems) -> Values:
        named = {"programme": self._reference.programme, "district": self._reference.district}
        values: Values = dict(parsed(problems, INDICATOR_PARSERS | named))
        _need(problems, "programme", "code", "value_type", "value")
        if "value" in values:
            values["value"] = float(values["value"])
        if "year" in values:
            values["year"] = int(values["year"])
        self._fill_source(values)
        return values

    def _fill_source(self, values: Values) -> None:
        """Let the operator's defaults speak where the row names no source or no day."""
        options = self._options
        if "source_title" not in values and "source_url" not in values:
            values["source_title"] = options.source_title
            values["source_url"] = options.source_url
        if "stated_on" not in values and options.stated_on:
            values["stated_on"] = options.stated_on


def _codes(path: Path) -> set[str]:
    """Return the codes of programmes.csv: a row may name a parent that stands below it."""
    if not path.exists():
        return set()
    with suppress(BadFileError):
        named = (row.cells.get("code", "") for row, _ in CsvTable(path, PROGRAMME_COLUMNS).rows())
        return {found for cell in named if (found := _code_or_blank(cell))}
    return set()  # what is wrong with the file is reported when its rows are read


def _code_or_blank(cell: str) -> str:
    with suppress(BadCellError):
        return programme_code(cell)
    return ""


def _need(problems: RowProblems, *columns: str) -> None:
    for column in columns:
        if column not in problems.row.cells:
            problems.add(column, "needed in every row")


def _take_point(problems: RowProblems, values: Values) -> None:
    """Turn latitude and longitude into lat_e6 and lon_e6."""
    given = problems.row.cells
    latitude, longitude = given.get("latitude", "").strip(), given.get("longitude", "").strip()
    if not latitude and not longitude:
        return
    try:
        found = point(latitude, longitude)
    except BadPointError as error:
        problems.add(error.column, error.expected)
    else:
        values |= {"lat_e6": found.lat_e6, "lon_e6": found.lon_e6}


DISTRICT_PARSERS: dict[str, Parser] = {
    "slug": district_slug,
    "kato": cells.text(20),
    **_NAMED,
    "area": cells.area,
    "population": population,
    "population_on": cells.partial_date,
    "population_source": cells.text(cells.TEXT),
}
DISTRICT_COLUMNS = Columns((*DISTRICT_PARSERS, "latitude", "longitude"), ("slug",))

PLACE_PARSERS: dict[str, Parser] = {
    **_NAMED,
    "kind": one_of(PLACE_KINDS),
    "aliases": cells.text(cells.TEXT),
}
PLACE_COLUMNS = Columns(
    (*PLACE_PARSERS, "district", "latitude", "longitude"), ("kind", "latitude", "longitude")
)

PROGRAMME_PARSERS: dict[str, Parser] = {
    "code": programme_code,
    "parent": programme_code,
    **_NAMED,
    "area": cells.area,
    "starts_on": cells.partial_date,
    "ends_on": cells.partial_date,
    "planned_kzt": cells.money,
    "summary_kk": cells.text(cells.LONG_TEXT, lines=True),
    "summary_ru": cells.text(cells.LONG_TEXT, lines=True),
    "summary_en": cells.text(cells.LONG_TEXT, lines=True),
    **_SAID,
}
PROGRAMME_COLUMNS = Columns(tuple(PROGRAMME_PARSERS), ("code",))

INDICATOR_PARSERS: dict[str, Parser] = {
    "code": code,
    **_NAMED,
    "unit": cells.unit,
    "value_type": one_of(VALUE_TYPES),
    "value": figure,
    "year": year,
    **_SAID,
}
INDICATOR_COLUMNS = Columns(
    (*INDICATOR_PARSERS, "programme", "district"), ("programme", "code", "value_type", "value")
)
