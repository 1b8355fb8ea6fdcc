"""Numbers in digits and in words: 1 000 000; 2,6; екі жүз жиырма бес; сто двадцать."""

from collections.abc import Sequence
from fractions import Fraction

from handlers.understanding.numbers.senses import LONGEST_NUMBER, Word

_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
_GROUP = 3
"""Digits between the signs that part thousands."""


def count_at(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """Return where the whole number at `index` ends and its value, in digits or words, or None.

    «30», «он екі», «двадцать пять», «a hundred».
    """
    found = number_at(words, index)
    if found is None or found[1].denominator != 1:
        return None
    return found[0], int(found[1])


def number_at(words: Sequence[Word], index: int) -> tuple[int, Fraction] | None:
    """Return where the number at `index` ends and its value, without thousands and above."""
    if index >= len(words):
        return None
    return _digits_at(words, index) if words[index].digits else _spoken_at(words, index)


def _spoken_at(words: Sequence[Word], index: int) -> tuple[int, Fraction] | None:
    """Return the number that number words make up: екі жүз жиырма бес, сто двадцать."""
    start, total, least = index, 0, _THOUSAND
    while index < len(words) and (value := words[index].senses.get("number")) is not None:
        if value == _HUNDRED and index == start + 1 and 0 < total < _TEN:
            total, least = total * _HUNDRED, _HUNDRED
        elif value >= least:
            break
        else:
            total += value
            least = _HUNDRED if value >= _HUNDRED else 0 if value % _TEN else _TEN
        index += 1
    return (index, Fraction(total)) if index > start else None


def _digits_at(words: Sequence[Word], index: int) -> tuple[int, Fraction] | None:
    """Return the number of the digits here, groups of thousands put together: 1 000 000."""
    first = words[index].digits
    if not first.isdecimal():
        value = _marked(first, words[index + 1 : index + 2])
        return None if value is None else (index + 1, value)
    end, digits = index + 1, first
    while (
        len(first) <= _GROUP
        and end < len(words)
        and len(words[end].digits) == _GROUP
        and words[end].digits.isdecimal()
        and words[end - 1].gap(words[end]) == 1
        and not words[end - 1].senses
        and len(digits) < LONGEST_NUMBER - _GROUP
        and not _is_range(words, end - 1)
    ):
        digits, end = digits + words[end].digits, end + 1
    return end, Fraction(int(digits))


def _is_range(words: Sequence[Word], index: int) -> bool:
    """Tell whether three digits and three more before «млн» are two numbers: 500-700 млн."""
    first, second = words[index], words[index + 1]
    scaled = index + 2 < len(words) and "scale" in words[index + 2]
    return scaled and len(first.digits) == _GROUP and (first.whole or 0) < (second.whole or 0)


def _marked(digits: str, after: Sequence[Word]) -> Fraction | None:
    """Return the value of digits with commas or points: 2,6; 1.000.000; None for a date."""
    parts = digits.replace(",", ".").split(".")
    grouped = all(len(part) == _GROUP for part in parts[1:]) and 0 < len(parts[0]) <= _GROUP
    if len(parts) > 2:  # noqa: PLR2004 - two signs or more part thousands, or a date
        return Fraction(int("".join(parts))) if grouped else None
    scaled = any("scale" in word for word in after)
    english = "," in digits and any(word.latin for word in after)
    if grouped and (english or not scaled):
        return Fraction(int("".join(parts)))
    return Fraction(int(parts[0])) + Fraction(int(parts[1]), 10 ** len(parts[1]))
