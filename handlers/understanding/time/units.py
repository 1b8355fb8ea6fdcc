"""Days, weeks, months, quarters, half-years, years and seasons as pairs of first and last day."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import IntEnum

Days = tuple[date, date]
"""The first and the last day, both included."""


class Unit(IntEnum):
    """The units of time, numbered as in the data files."""

    DAY = 1
    WEEK = 2
    MONTH = 3
    QUARTER = 4
    HALF = 5
    YEAR = 6


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_SEASON_BEGINS = {1: 3, 2: 6, 3: 9, 4: 12}
"""Spring in March, summer in June, autumn in September, winter in December."""

_SCHOOL_BEGINS, _SCHOOL_MONTHS = 9, 9
"""The school year: 1 September to 31 May."""


def months(year: int, month: int, count: int = 1) -> Days:
    """Return the first and last day of `count` months; `month` may be below 1 or above 12.

    Years outside the calendar give its first or last one.
    """
    return _month(year, month)[0], _month(year, month + count - 1)[1]


def _month(year: int, month: int) -> Days:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year = min(max(year, MINYEAR), MAXYEAR)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_days(year: int) -> Days:
    """Return the days of a calendar year."""
    return months(year, 1, 12)


def quarter(year: int, number: int) -> Days:
    """Return the days of a quarter, `number` 1 to 4."""
    return months(year, number * 3 - 2, 3)


def half(year: int, number: int) -> Days:
    """Return the days of a half-year, `number` 1 or 2."""
    return months(year, number * 6 - 5, 6)


def season(year: int, number: int) -> Days:
    """Return the days of the season that begins in `year`: 1 spring, 2 summer, 3 autumn, 4 winter.

    A winter ends in the February after.
    """
    return months(year, _SEASON_BEGINS[number], 3)


def school_year(year: int) -> Days:
    """Return the days of the school year that begins in `year`."""
    return months(year, _SCHOOL_BEGINS, _SCHOOL_MONTHS)


def one_day(year: int, month: int, day: int) -> Days | None:
    """Return the day as both ends; None for a day that no calendar has (31 June)."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found


def unit_around(day: date, unit: Unit, offset: int = 0) -> Days:
    """Return the calendar unit `offset` units after the one that `day` is in.

    Weeks run from Monday to Sunday (ISO 8601).
    """
    if unit in _DAYS:
        first = day - timedelta(days=day.weekday()) if unit is Unit.WEEK else day
        first = shifted(first, Unit.DAY, offset * _DAYS[unit])
        return first, shifted(first, Unit.DAY, _DAYS[unit] - 1)
    length = _MONTHS[unit]
    begins = (day.month - 1) // length * length + 1
    return months(day.year, begins + offset * length, length)


def shifted(day: date, unit: Unit, count: int) -> date:
    """Return the day `count` units later (earlier when negative); 31 January + 1 month: 28 Feb."""
    if unit in _DAYS:
        number = day.toordinal() + count * _DAYS[unit]
        return date.fromordinal(min(max(number, 1), date.max.toordinal()))
    first, last = _month(day.year, day.month + count * _MONTHS[unit])
    return min(first + timedelta(days=day.day - 1), last)


def lately(today: date, unit: Unit, count: int) -> Days:
    """Return the last `count` units up to `today`: 30 days are today and the 29 days before it."""
    return min(shifted(shifted(today, unit, -count), Unit.DAY, 1), today), today


def soon(today: date, unit: Unit, count: int) -> Days:
    """Return the next `count` units from `today` on."""
    return today, max(shifted(shifted(today, unit, count), Unit.DAY, -1), today)


def part_of(days: Days, part: int) -> Days:
    """Return the beginning (1), the middle (2) or the end (3) of `days`.

    Of a year: the first quarter, May to August, the last quarter; of shorter stretches: thirds.
    """
    first, last = days
    if (last - first).days > 300:  # noqa: PLR2004 - a year
        begins, count = {1: (1, 3), 2: (5, 4), 3: (10, 3)}[part]
        return months(first.year, begins, count)
    length = (last - first).days + 1
    third = max(length // 3, 1)
    if part == 1:
        return first, first + timedelta(days=third - 1)
    if part == 3:  # noqa: PLR2004 - the end
        return last - timedelta(days=third - 1), last
    return min(first + timedelta(days=third), last), max(last - timedelta(days=third), first)
