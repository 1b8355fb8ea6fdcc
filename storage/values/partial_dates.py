"""Dates as sources give them: a day, a month or a year, kept as partial as they were said."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """An interval of days written as YYYY, YYYY-MM or YYYY-MM-DD: `first` and `last` included."""

    first: date
    last: date
    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return {4: "year", 7: "month"}.get(len(self.text), "day")


def parse_partial(text: str) -> PartialDate:
    """Read YYYY, YYYY-MM or YYYY-MM-DD; ValueError for anything else and for impossible days."""
    match = _PARTIAL.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{text!r}: the year is not between {FIRST_YEAR} and {LAST_YEAR}")
    first = date(year, month or 1, day or 1)
    if month is None:
        last = date(year, 12, 31)
    elif day is None:
        last = date(year, month, calendar.monthrange(year, month)[1])
    else:
        last = first
    return PartialDate(first, last, match.group(0))


def partial_or_none(text: str | None) -> PartialDate | None:
    """The partial date of a stored text, None for a blank one."""
    return parse_partial(text) if text else None
