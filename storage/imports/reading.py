"""Reads CSV tables as operators have them: any delimiter, any column order, any line ends.

Whatever is wrong with a file as a whole is raised as BadFileError, which holds a Problem.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from storage.imports.report import Problem

DELIMITERS = (",", ";", "\t")
CELL_LIMIT = 131_072  # csv's own limit; mostly an unclosed quote makes a longer cell
_SNIFFED = 65_536
_LIKE = 0.7  # likeness from which a column is suggested
_NOT_CSV = {
    b"PK\x03\x04": "this is a spreadsheet (XLSX or ODS): save it as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "this is an old Excel file: save it as CSV UTF-8",
    b"\xff\xfe": "this is UTF-16: save it as CSV UTF-8",
    b"\xfe\xff": "this is UTF-16: save it as CSV UTF-8",
    b"%PDF": "this is a PDF: the table is needed as CSV UTF-8",
}


class BadFileError(Exception):
    """A file that cannot be read as a table at all."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a table may have and which it must have."""

    known: Sequence[str]
    required: Sequence[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row's number as a spreadsheet counts (header: 1) and its cells that are not blank.

    `surplus` is the first cell beyond the header, blank when there is none.
    """

    number: int
    cells: dict[str, str]
    surplus: str = ""


class CsvTable:
    """One CSV file: `warnings` about its header, then `rows()` once, streaming.

    Raises BadFileError when opened for a file that is missing, empty, no text or without header,
    and while iterating for bytes that are not UTF-8, NUL bytes and quotes that are never closed.
    """

    def __init__(self, path: Path, columns: Columns) -> None:
        self.path = path
        self.name = path.name
        self.size = 0
        self.warnings: list[Problem] = []
        self._columns = columns
        self._delimiter = ","
        self._check_start()

    def bad(
        self, expected: str, row: int | None = None, column: str = "", value: str = ""
    ) -> BadFileError:
        """Return the error of this file, to raise."""
        return BadFileError(Problem(self.name, row, column, value, expected))

    def _check_start(self) -> None:
        try:
            self.size = self.path.stat().st_size
            with self.path.open("rb") as raw:
                start = raw.read(_SNIFFED)
        except OSError as error:
            raise self.bad(_no_file(error)) from error
        for magic, expected in _NOT_CSV.items():
            if start.startswith(magic):
                raise self.bad(expected)
        if not start.removeprefix(b"\xef\xbb\xbf").strip():
            raise self.bad("the file is empty: a header with the columns' names is needed")
        text = start.decode("utf-8-sig", errors="replace")
        self._delimiter = _delimiter(text, self._columns.known)

    def rows(self) -> Iterator[tuple[Row, int]]:
        """Yield every row that is not blank, with the number of bytes read so far."""
        with self.path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            try:
                yield from self._parsed(raw, text)
            except UnicodeDecodeError as error:
                raise self._not_utf8() from error

    def _parsed(self, raw: io.BufferedReader, text: TextIO) -> Iterator[tuple[Row, int]]:
        reader = csv.reader(text, delimiter=self._delimiter, strict=True)
        number, names = 0, None
        while True:
            number += 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise self._broken(error, number) from error
            if cells is None:
                break
            if names is None:
                names = self._header(cells) if any(map(str.strip, cells)) else None
                continue
            row = _row(number, names, cells)
            if row is not None:
                self._refuse_nul(row)
                yield row, raw.tell()

    def _header(self, cells: list[str]) -> list[str]:
        names = ["_".join(cell.strip().lower().split()) for cell in cells]
        if any("\0" in name for name in names):
            raise self.bad("the file holds NUL bytes: save it again as CSV UTF-8", 1)
        for name in self._columns.required:
            if name not in names:
                expected = f"a column named {name}: the first row must hold the columns' names"
                raise self.bad(expected, 1, name)
        for place, name in enumerate(names, 1):
            if name and name in names[: place - 1]:
                raise self.bad("two columns have this name: keep one", 1, name)
            if name not in self._columns.known:
                self.warnings.append(self._unknown(name, place))
        return [name if name in self._columns.known else "" for name in names]

    def _unknown(self, name: str, place: int) -> Problem:
        column = name or f"column {place}"
        near = get_close_matches(name, self._columns.known, n=1, cutoff=_LIKE)
        expected = f"unknown, not read; did you mean {near[0]}?" if near else "unknown, not read"
        return Problem(self.name, 1, column, "", expected, "warning")

    def _refuse_nul(self, row: Row) -> None:
        for column, cell in row.cells.items():
            if "\0" in cell:
                expected = "the cell holds a NUL byte: save the file again as CSV UTF-8"
                raise self.bad(expected, row.number, column)

    def _broken(self, error: csv.Error, number: int) -> BadFileError:
        unclosed = 'a quote (") opened in or before this row is never closed'
        if "limit" in str(error):
            return self.bad(f"{unclosed}, or a cell has over {CELL_LIMIT:,} characters", number)
        if "end of data" in str(error):
            return self.bad(unclosed, number)
        return self.bad(f"quotes are not in order here: {error}", number)

    def _not_utf8(self) -> BadFileError:
        """Find the line that is not UTF-8: the decoder itself reads blocks, not lines."""
        expected = "not UTF-8 (perhaps Windows-1251): save the file as CSV UTF-8"
        with self.path.open("rb") as raw:
            bad = (number for number, line in enumerate(raw, 1) if not _is_utf8(line))
            return self.bad(expected, next(bad, None))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _row(number: int, names: list[str], cells: list[str]) -> Row | None:
    """Return the row's named cells, None for a blank row."""
    pairs = zip(names, cells, strict=False)
    found = {name: cell for name, cell in pairs if name and cell and not cell.isspace()}
    surplus = ""
    if len(cells) > len(names):
        surplus = next((cell for cell in cells[len(names) :] if cell.strip()), "")
    return Row(number, found, surplus) if found or surplus else None


def _delimiter(text: str, known: Sequence[str]) -> str:
    """Return the delimiter under which the first line holds the most known columns."""
    lines = (line for line in text.splitlines() if line.strip())
    first = next(lines, "").lower().replace('"', "")

    def recognised(delimiter: str) -> tuple[int, int]:
        names = [name.strip() for name in first.split(delimiter)]
        return sum(name in known for name in names), len(names)

    return max(DELIMITERS, key=recognised)


def _no_file(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return f"the file cannot be read: {error.strerror or error}"
