"""One moment of a text: a day, a week, a month, a part of a year, a year, «the last 30 days»."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from handlers.understanding.numbers.senses import Word
from handlers.understanding.time import units
from handlers.understanding.time.calendar_names import PartOfYear, part_at
from handlers.understanding.time.dates import written_at, year_at
from handlers.understanding.time.point import Moment
from handlers.understanding.time.relative import ago, stretch, unit_at, within
from handlers.understanding.time.units import Days, Unit

_SEARCHED_YEARS = 5
"""29 February comes back within so many years, but for the turn of most centuries."""


def moment_at(words: Sequence[Word], index: int, today: date) -> Moment | None:
    """Return the moment that the words from `index` on name, or None."""
    if index >= len(words) or not words[index].says_something:
        return None
    for read in _READERS:
        found = read(words, index, today)
        if found is not None:
            return _with_part_after(words, found)
    return None


def _with_part_after(words: Sequence[Word], found: Moment) -> Moment:
    """Return the moment with what Kazakh puts after it: жылдың соңы, қазанның басы."""
    if found.end >= len(words) or found.part or found.grain == "day":
        return found
    part = words[found.end].senses.get("part")
    return found if part is None else _part_of(replace(found, end=found.end + 1), part)


def _part_of(moment: Moment, part: int) -> Moment:
    later = moment.later and units.part_of(moment.later, part)
    days = units.part_of(moment.days, part)
    return Moment(moment.end, days, "part", later, part=part)


def _written(words: Sequence[Word], index: int, _today: date) -> Moment | None:
    found = written_at(words, index)
    return None if found is None else Moment(found[0], found[1], found[2])


def _of_the_day(words: Sequence[Word], index: int, today: date) -> Moment | None:
    offset = words[index].senses.get("dayword")
    if offset is None:
        return None
    return Moment(index + 1, units.unit_around(today, Unit.DAY, offset), "day")


def _begun_with_part(words: Sequence[Word], index: int, today: date) -> Moment | None:
    """Return «the end of next year», «в начале месяца», «late October»; «жыл соңы» too."""
    part = words[index].senses.get("part")
    if part is None:
        return _unit_and_part(words, index, today)
    start = _after_fillers(words, index + 1)
    if start < len(words) and "part" in words[start]:
        return None
    inner = moment_at(words, start, today) or _bare_unit(words, start, today)
    if inner is None or inner.part:
        return None
    return _part_of(inner, part)


def _unit_and_part(words: Sequence[Word], index: int, today: date) -> Moment | None:
    """Return the part of this unit: «жыл соңына», «ай басында», «year end 2026»."""
    unit = _bare_unit(words, index, today)
    if unit is None or unit.end >= len(words) or "part" not in words[unit.end]:
        return None
    part = words[unit.end].senses["part"]
    end = unit.end + 1
    dated = year_at(words, end, today) if words[index].latin else None
    if dated is not None and unit.grain == "year":
        return _part_of(Moment(dated[0], units.year_days(dated[1]), "year"), part)
    return _part_of(replace(unit, end=end), part)


def _bare_unit(words: Sequence[Word], index: int, today: date) -> Moment | None:
    unit = unit_at(words, index)
    if unit is None or unit is Unit.DAY:
        return None
    return Moment(index + 1, units.unit_around(today, unit), unit.name.lower())


def _after_fillers(words: Sequence[Word], index: int) -> int:
    for word in words[index : index + 2]:
        if "of" not in word:
            break
        index += 1
    return index


def _with_year(words: Sequence[Word], index: int, today: date) -> Moment | None:
    """Return a year, or the part of it that follows: «2025 жылғы қазан», «былтыр жазда»."""
    found = year_at(words, index, today)
    if found is None:
        return None
    end, year = found
    last = words[end - 1]
    if "ablative" not in last and "dative" not in last:
        part = part_at(words, _after_fillers(words, end), beside_year=True)
        inside = part.of_year(year) if part is not None else None
        if part is not None and inside is not None:
            return Moment(part.end, inside, part.grain)
    return Moment(end, units.year_days(year), "year")


def _open_part(words: Sequence[Word], index: int, today: date) -> Moment | None:
    """Return a part of a year, with the year where it follows: «в октябре», «Q2 2026»."""
    if words[index].senses.get("unit") == Unit.YEAR:  # жылдың екінші тоқсаны
        part = part_at(words, index + 1) if "ablative" not in words[index] else None
        if part is None or part.grain not in {"quarter", "half"}:
            return None
    else:
        part = part_at(words, index)
    if part is None:
        return None
    dated = year_at(words, _after_fillers(words, part.end), today)
    days = part.of_year(dated[1]) if dated is not None else None
    if dated is not None and days is not None:
        return Moment(dated[0], days, part.grain)
    return _floating(part, today)


def _floating(part: PartOfYear, today: date) -> Moment | None:
    years = range(today.year - _SEARCHED_YEARS, today.year + _SEARCHED_YEARS + 1)
    known = [days for year in years if (days := part.of_year(year)) is not None]
    begun = [days for days in known if days[0] <= today]
    school = part.grain == "school_year"  # «by the school year» is by its first day
    coming = [days for days in known if days[0 if school else 1] >= today]
    if not begun or not coming:
        return None
    return Moment(part.end, begun[-1], part.grain, coming[0], part.of_year)


def _relative(words: Sequence[Word], index: int, today: date) -> Moment | None:
    """Return «last week», «осы айда», «прошлым летом», «the month before last»."""
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else None
    if after is None:
        return None
    if "before_last" in after and (unit := unit_at(words, index)) is not None:
        days = units.unit_around(today, unit, -2)
        return Moment(index + 2, days, unit.name.lower())
    offset = -1 if "previous" in word else word.senses.get("rel")
    if offset is None:
        return None
    unit = unit_at(words, index + 1)
    if unit is not None and unit is not Unit.DAY:
        days = units.unit_around(today, unit, offset)
        return Moment(index + 2, days, unit.name.lower())
    part = part_at(words, index + 1, beside_year=True)
    if part is None:
        return None
    found = _offset_part(part, offset, today, gone="gone" in word)
    return Moment(part.end, found, part.grain) if found is not None else None


def _offset_part(part: PartOfYear, offset: int, today: date, *, gone: bool) -> Days | None:
    """Return «this», «last», «next» summer or October.

    This one belongs to the calendar year (a winter that goes on, to the last); «last summer» and
    «өткен жазда» are the latest that is over, «прошлым летом» last year's.
    """
    if offset == 0:
        going_on = part.of_year(today.year - 1)
        if going_on is not None and going_on[1] >= today:
            return going_on
        return part.of_year(today.year)
    if offset > 0:
        years = range(today.year, today.year + _SEARCHED_YEARS)
        known = (part.of_year(year) for year in years)
        return next((days for days in known if days is not None and days[0] > today), None)
    this_year = part.of_year(today.year)
    if gone and part.grain == "season" and this_year is not None and this_year[1] < today:
        return this_year
    return part.of_year(today.year + offset)


def _weekday(words: Sequence[Word], index: int, today: date) -> Moment | None:
    """Return «в понедельник», «last Friday», «келесі дүйсенбіде»."""
    offset = words[index].senses.get("rel")
    start = index if offset is None else index + 1
    number = words[start].senses.get("weekday") if start < len(words) else None
    if number is None:
        return None
    since = (today.weekday() - number) % 7
    latest = units.shifted(today, Unit.DAY, -since)
    coming = units.shifted(latest, Unit.DAY, 7 if since else 0)
    if offset is None:
        return Moment(start + 1, (latest, latest), "day", (coming, coming))
    if offset < 0:
        day = latest if since else units.shifted(latest, Unit.DAY, -7)
    else:
        day = coming if since else units.shifted(coming, Unit.DAY, 7 * offset)
    return Moment(start + 1, (day, day), "day")


_READERS: tuple[Callable[[Sequence[Word], int, date], Moment | None], ...] = (
    _written,
    _of_the_day,
    stretch,
    ago,
    within,
    _begun_with_part,
    _with_year,
    _open_part,
    _relative,
    _weekday,
)
