"""Cells of a table to canonical texts; a bad one is refused with what would be right."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from storage.values.partial_dates import FIRST_YEAR, LAST_YEAR, parse_partial
from storage.vocabulary import (
    AREAS,
    KINDS,
    PRECISIONS,
    SECTORS,
    STATUSES,
    Table,
    find_unit,
)

Parser = Callable[[str], str]

ERASED = "-"  # a cell that takes back what was said
TITLE, TEXT, LONG_TEXT, URL = 500, 1_000, 10_000, 1_000  # longest cells, in characters
MOST_KZT = 10**14  # a hundred trillion tenge: above the whole country's yearly product
MOST_CAPACITY = 10**12
_WORTH_NAMING = 60.0  # likeness in percent below which a suggestion puzzles

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_SPACES = " \u00a0\u202f\u2009"  # ordinary, no-break, narrow and thin: all part thousands
_WHOLE = re.compile(rf"[0-9]+|[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+")
_DECIMAL = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_URL = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*", re.IGNORECASE)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Signs nobody sees: they turn the text of a whole message round, or split a word for the search.
_UNSEEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LONE_DASHES = frozenset("–—−‒―")


class BadCellError(ValueError):
    """A cell that cannot be taken; `expected` says what would be right."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def cleaned(cell: str) -> str:
    """Return a cell's text in NFC, as one line, without control and unseen characters."""
    if cell.isascii() and cell.isprintable():
        return " ".join(cell.split())
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", cell))
    return " ".join(_CONTROL.sub(" ", seen).split())


def cleaned_lines(cell: str) -> str:
    """Return a cell's text like `cleaned`, with its line ends kept."""
    lines = (cleaned(line) for line in cell.splitlines())
    return "\n".join(lines).strip()


def text(limit: int, *, lines: bool = False) -> Parser:
    """Return a parser of free text of at most `limit` characters."""

    def parse(cell: str) -> str:
        value = cleaned_lines(cell) if lines else cleaned(cell)
        if len(value) > limit:
            raise BadCellError(f"at most {limit:,} characters, not {len(value):,}")
        if not any(sign.isprintable() and not sign.isspace() for sign in value):
            raise BadCellError("readable text, or a blank cell")
        if value in _LONE_DASHES:
            raise BadCellError("leave the cell blank to say nothing, or write - to erase")
        return value

    return parse


def one_of(known: tuple[str, ...]) -> Parser:
    """Return a parser of a few fixed words."""

    def parse(cell: str) -> str:
        value = cell.strip().lower()
        if value not in known:
            raise BadCellError(f"one of: {', '.join(known)}")
        return value

    return parse


def source_title(cell: str) -> str:
    """Return a source's title, which cannot be erased."""
    if cell.strip() == ERASED:
        raise BadCellError("a title, or a blank cell: a source is not erased")
    return _source_title(cell)


_source_title = text(TITLE)


def identifier(cell: str) -> str:
    """Return a project's id."""
    value = cell.strip()
    if not _ID.fullmatch(value):
        raise BadCellError("an id of 1 to 40 Latin letters, digits, _ or -")
    return value


def term(table: Table[Any]) -> Parser:
    """Return a parser of a vocabulary term: any of its names, to its code."""

    @lru_cache(maxsize=4096)
    def parse(cell: str) -> str:
        entry = table.find(cell)
        if entry is not None:
            return str(entry.code)
        raise BadCellError(unknown(table.suggest(cell), list(table)))

    return parse


def nearest(key: str, codes: Mapping[str, str]) -> list[str]:
    """Return up to three of the codes whose names are most like the key, best first."""
    found = process.extract(
        key, codes.keys(), scorer=fuzz.ratio, score_cutoff=_WORTH_NAMING, limit=6
    )
    return list(dict.fromkeys(codes[name] for name, _, _ in found))[:3]


def unknown(near: list[str], known: list[str]) -> str:
    """Return the sentence for an unknown code: the nearest ones first, else all there are."""
    if near:
        return f"unknown; did you mean {' or '.join(near)}?"
    return f"unknown; known are: {', '.join(known)}"


kind = term(KINDS)
sector = term(SECTORS)
status = term(STATUSES)
area = term(AREAS)
precision = term(PRECISIONS)


def unit(cell: str) -> str:
    """Return the code of a known unit of capacity, else the unit as it is written."""
    value = cleaned(cell)
    entry = find_unit(value)
    return entry.code if entry else text(TITLE)(value)


def joined(parse: Parser) -> Parser:
    """Return a parser of several values joined by |: sorted, each once."""

    @lru_cache(maxsize=4096)
    def parse_all(cell: str) -> str:
        values = {parse(part.strip()) for part in cell.split("|") if part.strip()}
        if not values:
            raise BadCellError("a value, or several joined by |")
        return "|".join(sorted(values))

    return parse_all


@lru_cache(maxsize=65536)
def money(cell: str) -> str:
    """Return whole tenge, spaces between thousands dropped."""
    value = cell.strip()
    if _WHOLE.fullmatch(value):
        amount = int("".join(sign for sign in value if sign.isdigit()))
        if amount > MOST_KZT:
            raise BadCellError(f"whole tenge, at most {MOST_KZT:,}: is the amount in tiyn?")
        return str(amount)
    if value.startswith(("-", "−")):
        raise BadCellError("an amount cannot be negative; - alone erases it")
    if _DECIMAL.fullmatch(value):
        raise BadCellError("whole tenge, without a fraction")
    raise BadCellError("whole tenge in digits, such as 1500000000 or 1 500 000 000")


@lru_cache(maxsize=4096)
def capacity(cell: str) -> str:
    """Return a number from 0 up, shortest form: 1500, 27.4."""
    value = "".join(sign for sign in cell.strip() if sign not in _SPACES)
    if not _DECIMAL.fullmatch(value):
        raise BadCellError("a number such as 1500 or 27.4; the unit stands in capacity_unit")
    number = float(value.replace(",", "."))
    if not 0 <= number <= MOST_CAPACITY:
        raise BadCellError(f"a number from 0 to {MOST_CAPACITY:,}")
    return f"{number:.6f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=65536)
def partial_date(cell: str) -> str:
    """Return YYYY, YYYY-MM or YYYY-MM-DD."""
    value = cell.strip()
    if value.isascii():  # \d would read digits of other scripts too
        with suppress(ValueError):
            return parse_partial(value).text
    raise BadCellError(_no_date(value))


def _no_date(value: str) -> str:
    other = _DAY_FIRST.fullmatch(value)
    if other is not None:
        day, month, year = map(int, other.groups())
        with suppress(ValueError):
            return f"a date as YYYY-MM-DD: perhaps {date(year, month, day).isoformat()}?"
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", value):
        if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
            return f"a year from {FIRST_YEAR} to {LAST_YEAR}"
        return "there is no such day: a date as YYYY-MM-DD, YYYY-MM or YYYY"
    return "a date as YYYY-MM-DD, YYYY-MM or YYYY"


def degrees(cell: str) -> str:
    """Return decimal degrees as text that float() reads."""
    value = cell.strip().replace(",", ".")
    if not _DECIMAL.fullmatch(value):
        raise BadCellError("decimal degrees such as 43.238949")
    return value


def url(cell: str) -> str:
    """Return a web address."""
    value = cell.strip()
    if not _URL.fullmatch(value) or len(value) > URL:
        raise BadCellError(f"an address that begins with https://, at most {URL:,} characters")
    return value
