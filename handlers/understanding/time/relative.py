"""Stretches and distances of time from today: the last 30 days, two years ago, за месяц."""

from collections.abc import Sequence
from datetime import date

from handlers.understanding.numbers.cardinals import count_at
from handlers.understanding.numbers.senses import Word
from handlers.understanding.time import units
from handlers.understanding.time.point import Moment
from handlers.understanding.time.units import Unit

_LONGEST_COUNT = 1000


def stretch(words: Sequence[Word], index: int, today: date) -> Moment | None:
    """Return «the last 30 days», «ближайшие два месяца», «соңғы айларда»."""
    word = words[index]
    back = "recent" in word or word.senses.get("rel") == -1
    if not back and "coming" not in word and word.senses.get("rel") != 1:
        return None
    counted = _count(words, index + 1)
    end, count = counted or (index + 1, 1)
    unit = unit_at(words, end)
    if unit is None:
        return None
    if counted is None:
        if "rel" in word and ("plural" not in words[end] or words[end].latin):
            return None
        count = words[end].senses.get("vague", 1)
    days = (units.lately if back else units.soon)(today, unit, count)
    return Moment(end + 1, days, "stretch")


def ago(words: Sequence[Word], index: int, today: date) -> Moment | None:
    """Return «два года назад», «a month ago», «екі жыл бұрын», «через год», «екі айдан кейін»."""
    through = "through" in words[index]
    start = index + 1 if through else index
    end, count = _count(words, start) or (start, 1)
    unit = unit_at(words, end)
    if unit is None:
        return None
    after = words[end + 1] if end + 1 < len(words) else None
    if through:
        return Moment(end + 1, units.unit_around(today, unit, count), unit.name.lower())
    if after is not None and "ago" in after:
        days = units.unit_around(today, unit, -count)
        return Moment(end + 2, days, unit.name.lower())
    if after is not None and "after_post" in after and end > start:
        days = units.unit_around(today, unit, count)
        return Moment(end + 2, days, unit.name.lower())
    return None


def within(words: Sequence[Word], index: int, today: date) -> Moment | None:
    """Return «за месяц», «within 30 days», «30 күн ішінде»: up to today, or from today on."""
    before = "for" in words[index]
    start = index + 1 if before else index
    if before and start < len(words) and "roman" in words[start]:
        return None
    counted = _count(words, start)
    end, count = counted or (start, 1)
    unit = unit_at(words, end)
    if unit is None or (counted is None and before and "bare_for" not in words[index]):
        return None
    during = end + 1 < len(words) and "during_post" in words[end + 1]
    if not before and not during:
        return None
    end += 2 if during else 1
    earlier = units.lately(today, unit, count)
    return Moment(end, earlier, "stretch", units.soon(today, unit, count))


def _count(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """Return where a count of units ends and the count: 30, two, a, a couple of."""
    found = count_at(words, index)
    if found is None:
        one = index < len(words) and "article" in words[index]
        if not one:
            return None
        found = index + 1, 1
        if (several := count_at(words, index + 1)) is not None:
            found = several
    end, count = found
    if end < len(words) and "of" in words[end] and words[end].latin:
        end += 1
    return (end, count) if 0 < count <= _LONGEST_COUNT else None


def unit_at(words: Sequence[Word], index: int) -> Unit | None:
    """Return the unit of time at `index`, or None."""
    if index >= len(words) or "unit" not in words[index]:
        return None
    return Unit(words[index].senses["unit"])
