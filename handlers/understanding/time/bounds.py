"""From a phrase of time to its first and last day: since, after, until, before, by, between."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.understanding.time.point import Moment
from handlers.understanding.time.units import Days
from storage.values.ranges import Period

DEADLINES = ("until", "before", "by")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the words up to `end` say: a bound («since», «until», ...; "" for neither)."""

    end: int
    bound: str
    first: Moment
    last: Moment | None = None
    years: tuple[int, ...] = ()


def days_of(phrase: Phrase, *, future: bool) -> Period:
    """Return the days of a phrase; an open end is None."""
    first = phrase.first.in_time(future=future)
    if phrase.last is not None:
        return _between(phrase.first, phrase.last, future=future)
    if phrase.bound == "since":
        return Period(first[0], None)
    if phrase.bound == "after":
        return Period(_next_day(first[1]), None)
    if phrase.bound in DEADLINES:
        return Period(None, _deadline(phrase, _not_begun(phrase, first) if future else first))
    return Period(*first)


def _not_begun(phrase: Phrase, days: Days) -> Days:
    """Return the next autumn for «до осени» in autumn: a deadline before it is still to come."""
    moment = phrase.first
    going_on = moment.later == days and moment.of_year is not None and moment.days == days
    if not going_on or moment.of_year is None or phrase.bound == "by" or moment.grain == "day":
        return days
    return moment.of_year(days[0].year + 1) or days


def _deadline(phrase: Phrase, days: Days) -> date:
    """Return the last day that a deadline allows.

    By 2026, к 1 сентября: that year or day too. Until, before, до, дейін: up to the day before,
    but a single day counts unless the word is «before», and the end of something is its last day.
    """
    moment = phrase.first
    if moment.grain == "school_year" or (moment.part == 1 and phrase.bound == "by"):
        return days[0]
    counts = moment.part == 3 or (moment.grain == "day" and phrase.bound == "until")  # noqa: PLR2004
    if phrase.bound == "by" or counts or moment.grain == "stretch":
        return days[1]
    return days[0] - timedelta(days=1) if days[0] > date.min else days[0]


def _next_day(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _between(first: Moment, last: Moment, *, future: bool) -> Period:
    """Return the days from one moment to another; a year that only one has counts for both."""
    if first.of_year is not None and last.later is None:
        begins = _begins_before(first, last.days[0])
        return Period(begins, last.days[1])
    begins = first.in_time(future=future)[0]
    if last.of_year is None:
        return Period(begins, last.in_time(future=future)[1])
    return Period(begins, _ends_after(last, begins))


def _begins_before(moment: Moment, day: date) -> date:
    for year in (day.year, day.year - 1):
        days = moment.of_year(year) if moment.of_year is not None and year > 0 else None
        if days is not None and days[0] <= day:
            return days[0]
    return moment.days[0]


def _ends_after(moment: Moment, day: date) -> date:
    for year in (day.year, day.year + 1):
        days = moment.of_year(year) if moment.of_year is not None else None
        if days is not None and days[1] >= day:
            return days[1]
    return moment.days[1]
