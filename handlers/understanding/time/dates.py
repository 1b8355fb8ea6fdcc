"""Dates in digits (23.10.2025, 2025-10) and years (2025 жылы, прошлый год, last year)."""

from collections.abc import Sequence
from datetime import date

from handlers.understanding.numbers.senses import Word
from handlers.understanding.time import units
from handlers.understanding.time.units import Days, Unit

_CENTURY = 2000
_SHORT_YEARS = range(10, 51)
"""«25 жылы» is 2025; two digits outside these are a count or nothing."""

_MEASURED = ("capacity", "length", "scale", "tenge", "foreign")
_TIMED = ("since", "until", "by", "in", "between")
_COUNTED = ("facility", "counted", "month", "unit", "microdistrict", *_MEASURED)
_MONTHS = range(1, 13)


def written_at(words: Sequence[Word], index: int) -> tuple[int, Days, str] | None:
    """Return where a date in digits ends, its days and «day» or «month»; None if there is none.

    23.10.2025, 23/10/2025, 2025-10-23, 10.2025, 2025-10.
    """
    word = words[index]
    if "." in word.digits or "," in word.digits:
        return _dotted(word.digits.replace(",", "."), index + 1)
    return _hyphened(words, index)


def _dotted(digits: str, end: int) -> tuple[int, Days, str] | None:
    parts = digits.split(".")
    if len(parts) == 2 and len(parts[1]) == 4:  # noqa: PLR2004 - 10.2025
        return _month(int(parts[1]), int(parts[0]), end)
    if len(parts) != 3 or max(map(len, parts)) > 4:  # noqa: PLR2004 - day, month and year
        return None
    first, second, third = (int(part) for part in parts)
    if len(parts[0]) == 4:  # noqa: PLR2004 - 2025.10.23
        return _day(first, second, third, end)
    return _day(third + _CENTURY if len(parts[2]) == 2 else third, second, first, end)  # noqa: PLR2004


def _hyphened(words: Sequence[Word], index: int) -> tuple[int, Days, str] | None:
    numbers = _joined_numbers(words, index)
    if len(numbers) == 3:  # noqa: PLR2004 - day, month and year
        first, second, third = (word.whole or 0 for word in numbers)
        if numbers[0].year is not None:
            return _day(first, second, third, index + 3)
        if numbers[2].year is not None:
            return _day(third, second, first, index + 3)
    if len(numbers) < 2 or len(numbers[1].digits) != 2:  # noqa: PLR2004 - 2025-10
        return None
    year, month = numbers[0].year, numbers[1].whole
    after = words[index + 2] if index + 2 < len(words) else None
    counts = after is not None and any(sense in after for sense in _COUNTED)
    if year is None or month is None or counts:
        return None
    return _month(year, month, index + 2)


def _joined_numbers(words: Sequence[Word], index: int) -> list[Word]:
    """Return up to three plain numbers with one sign between each."""
    found: list[Word] = []
    for word in words[index : index + 3]:
        if not word.digits.isdecimal() or (found and found[-1].gap(word) != 1):
            break
        found.append(word)
    return found


def _month(year: int, month: int, end: int) -> tuple[int, Days, str] | None:
    if not 1 <= year <= date.max.year or month not in _MONTHS:
        return None
    return end, units.months(year, month), "month"


def _day(year: int, month: int, day: int, end: int) -> tuple[int, Days, str] | None:
    days = units.one_day(year, month, day)
    return None if days is None else (end, days, "day")


def year_at(words: Sequence[Word], index: int, today: date) -> tuple[int, int] | None:
    """Return where a year ends and the year: 2025 жылғы, в 25 году, былтыр, next year."""
    if index >= len(words):
        return None
    return _numbered_year(words, index) or _relative_year(words, index, today)


def _numbered_year(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    word = words[index]
    end = _after_year_words(words, index + 1)
    if word.year is not None:
        alone = end == index + 1 and not word.senses
        return None if alone and _is_another_number(words, index) else (end, word.year)
    if word.whole in _SHORT_YEARS and end > index + 1 and "in_year" in words[index + 1]:
        return end, _CENTURY + (word.whole or 0)
    return None


def _is_another_number(words: Sequence[Word], index: int) -> bool:
    """Tell whether four digits count or name something else: №2000, больше 2000, 2000 орын."""
    before = words[index - 1] if index else None
    after = words[index + 1] if index + 1 < len(words) else None
    if before is not None and ("number_sign" in before or "microdistrict" in before):
        return True
    compared = before is not None and ("more" in before or "less" in before)
    if before is not None and compared and not any(sense in before for sense in _TIMED):
        return True
    if after is None:
        return False
    thousands = len(after.digits) == 3 and words[index].gap(after) == 1  # noqa: PLR2004 - 2000 000
    return thousands or any(sense in after for sense in _MEASURED)


def _after_year_words(words: Sequence[Word], index: int) -> int:
    """Return the index behind «жылы», «года», «год», «г»; at most one."""
    if index < len(words) and words[index].senses.get("unit") == Unit.YEAR:
        return index + 1
    return index


def _relative_year(words: Sequence[Word], index: int, today: date) -> tuple[int, int] | None:
    word = words[index]
    if "relative_year" in word:
        end = _after_year_words(words, index + 1)
        return end, today.year + word.senses["relative_year"]
    after = words[index + 1] if index + 1 < len(words) else None
    if after is None or after.senses.get("unit") != Unit.YEAR:
        return None
    if "plural" in after and not after.latin:
        return None
    offset = -2 if "previous" in word else word.senses.get("rel")
    return None if offset is None else (index + 2, today.year + offset)
