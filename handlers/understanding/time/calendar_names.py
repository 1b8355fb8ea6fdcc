"""The parts of a year that a text may name: a day of a month, a month, a quarter, a season."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from handlers.understanding.numbers.senses import Word
from handlers.understanding.time import units
from handlers.understanding.time.units import Days, Unit

_LAST_DAY = 31
_MONTH_CUES = frozenset(
    ("in", "since", "until", "before", "after", "by", "between", "part", "rel", "to")
)
_COUNTED = frozenset(
    ("facility", "counted", "capacity", "scale", "tenge", "length", "unit", "microdistrict")
)
"""A number before one of these counts things: it is no day of a month."""


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """A part of some year, named by the words up to `end`; `of_year` gives its days in a year."""

    end: int
    grain: str
    of_year: Callable[[int], Days | None]


def part_at(words: Sequence[Word], index: int, *, beside_year: bool = False) -> PartOfYear | None:
    """Return the part of a year that the words from `index` on name, or None.

    `beside_year`: a year or «this», «next» stands before it, so that short forms count.
    """
    if index >= len(words) or _is_a_street(words, index):
        return None
    return (
        _day_of_month(words, index)
        or _month(words, index, beside_year=beside_year)
        or _numbered(words, index)
        or _named(words, index, beside_year=beside_year)
    )


def _is_a_street(words: Sequence[Word], index: int) -> bool:
    """Tell whether «улица», «парк» stand before: улица 8 марта."""
    before = index - 1 if index and words[index - 1].digits else index
    named = (words[place - 1] for place in {index, before} if place)
    return any("not_a_month_after" in word for word in named)


def _day_of_month(words: Sequence[Word], index: int) -> PartOfYear | None:
    """Return «23 октября», «1-ші қыркүйек», «first of May», «23rd October»."""
    found = _day_number(words, index)
    if found is None:
        return None
    end, day = found
    if end < len(words) and "of" in words[end] and words[end].latin:
        end += 1
    month = _month_number(words, end, short=True)
    if month is None or words[end - 1].gap(words[end]) > 1:  # Мамыр-3, Мамыр-5
        return None
    return PartOfYear(end + 1, "day", partial(_day, month, day))


def _day_number(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    word = words[index]
    day = word.whole if len(word.digits) < 3 else None  # noqa: PLR2004 - 1 to 31
    end = index + 1
    if day is None:
        day = word.senses.get("ordinal")
        tens = word.senses.get("number") in {20, 30}
        unit = words[end].senses.get("ordinal") if tens and end < len(words) else None
        if unit is not None and unit < 10:  # noqa: PLR2004 - двадцать третье
            day, end = word.senses["number"] + unit, end + 1
    return (end, day) if day is not None and 1 <= day <= _LAST_DAY else None


def _day(month: int, day: int, year: int) -> Days | None:
    return units.one_day(year, month, day)


def _month_number(words: Sequence[Word], index: int, *, short: bool) -> int | None:
    if index >= len(words):
        return None
    if index + 1 < len(words) and "not_a_month_before" in words[index + 1]:
        return None
    senses = words[index].senses
    return senses.get("month", senses.get("month_short") if short else None)


def _month(words: Sequence[Word], index: int, *, beside_year: bool) -> PartOfYear | None:
    """Return «қазан айында», «в октябре», «October 23»; short forms only where a cue stands."""
    before = words[index - 1] if index else None
    after = words[index + 1] if index + 1 < len(words) else None
    cued = _is_cued(before)
    dated = after is not None and (
        after.year is not None or after.senses.get("unit") == Unit.MONTH or "month" in after
    )
    month = _month_number(words, index, short=beside_year or cued or dated)
    if month is not None and _is_of_a_place(words, index, beside_year=beside_year):
        return None
    if month is None:
        if _month_number(words, index, short=True) is None or not words[index].latin:
            return None
        return _day_after(words, index)  # May 5
    if after is not None and after.senses.get("unit") == Unit.MONTH:
        return PartOfYear(index + 2, "month", partial(_months, month))
    return _day_after(words, index) or PartOfYear(index + 1, "month", partial(_months, month))


def _is_of_a_place(words: Sequence[Word], index: int, *, beside_year: bool) -> bool:
    """Tell whether a genitive has neither its year nor its day: Мамырдың жылу желілері."""
    if beside_year or "genitive" not in words[index]:
        return False
    after = words[index + 1] if index + 1 < len(words) else None
    return after is None or not (after.digits or "part" in after or "ordinal" in after)


def _is_cued(before: Word | None) -> bool:
    """Tell whether the word before lets a short form be a month: in May, between March and May."""
    if before is None:
        return False
    return any(cue in before for cue in _MONTH_CUES) or ("and" in before and before.latin)


def _months(month: int, year: int) -> Days:
    return units.months(year, month)


def _day_after(words: Sequence[Word], index: int) -> PartOfYear | None:
    """Return «October 23», «қазанның 23-і»: the day after its month, where it counts nothing."""
    month = _month_number(words, index, short=True)
    if month is None or index + 1 >= len(words):
        return None
    number = words[index + 1]
    day = number.whole if len(number.digits) < 3 else None  # noqa: PLR2004 - 1 to 31
    tied = "nth" in number or words[index].latin
    if day is None or not tied or not 1 <= day <= _LAST_DAY:
        return None
    if index + 2 < len(words) and any(sense in words[index + 2] for sense in _COUNTED):
        return None
    return PartOfYear(index + 2, "day", partial(_day, month, day))


def _numbered(words: Sequence[Word], index: int) -> PartOfYear | None:
    """Return «екінші тоқсан», «2 квартал», «II квартал», «Q2», «first half»."""
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else None
    if after is None:
        return None
    if "letter_of_quarter" in word or "letter_of_half" in word:
        unit: Unit | None = Unit.QUARTER if "letter_of_quarter" in word else Unit.HALF
        number = after.whole if word.gap(after) <= 1 else None
    else:
        unit = _quarter_or_half(after)
        number = word.senses.get("ordinal", word.senses.get("roman", word.whole))
    if unit is None or number is None or not 1 <= number <= (4 if unit is Unit.QUARTER else 2):
        return None
    end = _after_year_word(words, index + 2)
    days = units.quarter if unit is Unit.QUARTER else units.half
    return PartOfYear(end, unit.name.lower(), partial(_of_number, days, number))


def _of_number(days: Callable[[int, int], Days], number: int, year: int) -> Days:
    return days(year, number)


def _quarter_or_half(word: Word) -> Unit | None:
    unit = word.senses.get("unit")
    return Unit(unit) if unit in {Unit.QUARTER, Unit.HALF} else None


def _after_year_word(words: Sequence[Word], index: int) -> int:
    """Return the index behind «of the year», «года», where no number or «last» names the year."""
    end = index
    for word in words[index : index + 3]:
        end += 1
        if word.senses.get("unit") == Unit.YEAR:
            return end
        if "of" not in word:
            break
    return index


def _named(words: Sequence[Word], index: int, *, beside_year: bool) -> PartOfYear | None:
    """Return a season, the school year, New Year."""
    word = words[index]
    before = words[index - 1] if index else None
    if index + 1 < len(words) and "not_a_month_before" in words[index + 1]:
        return None  # the summer stage
    cued = beside_year or _is_cued(before)
    number = word.senses.get("season", word.senses.get("season_short") if cued else None)
    if number is not None:
        return PartOfYear(index + 1, "season", partial(_of_number, units.season, number))
    if "school_year" in word:
        return PartOfYear(index + 1, "school_year", units.school_year)
    if "new_year" in word:
        return PartOfYear(index + 1, "day", partial(_day, 12, 31))
    return None
