"""Numbers that are neither time nor money: №178 мектеп, top 5, within 500 metres."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.understanding.lexicon.tokens import Span, Token
from handlers.understanding.numbers.cardinals import count_at, number_at
from handlers.understanding.numbers.senses import Word, span_of, words_of

Role = Literal["facility", "limit", "radius"]

_LARGEST_FACILITY = 999
_LARGEST_LIMIT = 50
_LARGEST_RADIUS_M = 50_000
_PLURAL_FROM = 5
"""After five and more Russian counts with школ: «12 школы» can only be the school's number."""

_FEW = (2, 3, 4)
_SUPERLATIVE_REACH = 4
"""Words between «ең», «самые», "most" and the number: ең қымбат 3 жоба."""

_THINGS = ("capacity", "length", "scale", "tenge", "foreign", "unit", "month", "in_year", "address")
_MEASURES = ("length", "scale", "tenge", "foreign", "unit", "month", "in_year")
_PLACES = ("microdistrict", "numbered_place")


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A number and what it is.

    The number of a facility (school 178), how many are to be shown (top 5), or a radius in metres.
    """

    value: int
    role: Role


def find_numbers(tokens: Sequence[Token]) -> list[Span[NumberFound]]:
    """Return facility numbers, limits and radii of `tokens` in order; each Span's slot is its role.

    The span of a facility's number leaves the noun out (№178 of «№178 мектеп»), so that the noun
    can still tell the kind. Never raises.
    """
    words = words_of(tokens)
    found: list[Span[NumberFound]] = []
    index = 0
    while index < len(words):
        read = _at(words, index) if words[index].says_something else None
        if read is None:
            index += 1
            continue
        end, number = read
        found.append(span_of(tokens, words[index:end], number.role, number))
        index = end
    return found


def find_limits(tokens: Sequence[Token]) -> list[Span[NumberFound]]:
    """Return how many are to be shown: top 3, ең қымбат 5 жоба, 3 самых дорогих."""
    return [span for span in find_numbers(tokens) if span.value.role == "limit"]


def find_radii(tokens: Sequence[Token]) -> list[Span[NumberFound]]:
    """Return distances in whole metres: 2 км радиуста, within 500 m, в радиусе километра."""
    return [span for span in find_numbers(tokens) if span.value.role == "radius"]


def _at(words: Sequence[Word], index: int) -> tuple[int, NumberFound] | None:
    readers: tuple[tuple[Callable[[Sequence[Word], int], tuple[int, int] | None], Role], ...] = (
        (_radius_at, "radius"),
        (_limit_at, "limit"),
        (_facility_at, "facility"),
        (_spoken_facility_at, "facility"),
    )
    for read, role in readers:
        found = read(words, index)
        if found is not None:
            return found[0], NumberFound(found[1], role)
    return None


def _radius_at(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """Return «2 км радиуста», «в радиусе километра», «within 500 m», «500 метр жерде»."""
    led = "around" in words[index]
    start = index + 1 if led else index
    while led and start < len(words) and ("around" in words[start] or "of" in words[start]):
        start += 1
    if start < len(words) and "article" in words[start]:
        start += 1
    length = _length_at(words, start)
    if length is None:
        return None
    end, metres = length
    if end < len(words) and "radius" in words[end]:
        return end + 1, metres
    if end < len(words) and "away" in words[end]:
        return end, metres
    return (end, metres) if led else None


def _length_at(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    end, number = number_at(words, index) or (index, None)
    if end >= len(words) or "length" not in words[end]:
        return None
    after = words[end + 1] if end + 1 < len(words) else None
    of_a_thing = after is not None and ("capacity" in after or "microdistrict" in after)
    if of_a_thing and after is not None and "radius" not in after:  # в 12-м микрорайоне
        return None
    metres = round((1 if number is None else number) * words[end].senses["length"])
    return (end + 1, metres) if 0 < metres <= _LARGEST_RADIUS_M else None


def _limit_at(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """Return «топ-5», «3 самых», «5 ірі», «first 10», and the number after «ең қымбат»."""
    word = words[index]
    if "top" in word or "first_few" in word:
        found = count_at(words, index + 1)
        return found if found is not None and _is_limit(words, found) else None
    found = count_at(words, index)
    if found is None or not _is_limit(words, found):
        return None
    end = found[0]
    if end < len(words) and ("superlative" in words[end] or "large" in words[end]):
        return found
    return found if _after_superlative(words, index) else None


def _is_limit(words: Sequence[Word], found: tuple[int, int]) -> bool:
    end, count = found
    after = words[end] if end < len(words) else None
    measured = after is not None and any(sense in after for sense in _MEASURES)
    ordinal = "nth" in words[end - 1] or "ordinal" in words[end - 1]
    pronoun = count == 1 and not words[end - 1].digits  # the cheapest one
    return not pronoun and 0 < count <= _LARGEST_LIMIT and not measured and not ordinal


def _after_superlative(words: Sequence[Word], index: int) -> bool:
    """Tell whether «ең», «самые», "most" stands a word or two before the number."""
    reach = words[max(index - _SUPERLATIVE_REACH, 0) : index]
    return any("superlative" in word for word in reach) and not any(
        "number_sign" in word or "facility" in word for word in reach[-1:]
    )


def _facility_at(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """Return «№178», «178-мектеп», «школа 220», «220-я школа», "school No. 178"."""
    signed = _is_sign(words[index])
    start = index + 1 if signed else index
    if start >= len(words) or not _may_name(words, start):
        return None
    number = words[start].whole or 0
    if signed or _is_sign_after(words, start):
        end = start + 1 if signed else start + 2
        place = end < len(words) and "microdistrict" in words[end]
        return None if place or _in_place(words, index) else (end, number)
    if words[start].year is not None or number > _LARGEST_FACILITY or _in_place(words, start):
        return None
    if _before_noun(words, start, number) or _behind_noun(words, start):
        return start + 1, number
    return None


def _spoken_facility_at(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """Return «школа девяносто три», «тоқсан үшінші мектеп», "clinic number ninety four".

    Small numbers in words count or pick: «первая школа», «три школы».
    """
    signed = _is_sign(words[index])
    found = _spoken(words, index + 1 if signed else index)
    if found is None or not _SMALLEST_SPOKEN <= found[1] <= _LARGEST_FACILITY:
        return None
    end, number, ordinal = found
    behind = end < len(words) and "facility" in words[end] and (ordinal or signed)
    before = index > 0 and "facility" in words[index - 1]
    measured = end < len(words) and any(sense in words[end] for sense in (*_MEASURES, "counted"))
    if measured or not (behind or before or signed):
        return None
    plural = before and "plural_facility" in words[index - 1]
    return None if plural and not signed else (end, number)


_SMALLEST_SPOKEN = 11


def _spoken(words: Sequence[Word], index: int) -> tuple[int, int, bool] | None:
    """Return where a number in words ends, its value, and whether it is an ordinal."""
    if index >= len(words) or words[index].digits:
        return None
    end, number = count_at(words, index) or (index, 0)
    last = words[end].senses.get("ordinal") if end < len(words) else None
    if last is not None and _goes_on(number, last):
        return end + 1, number + last, True
    return (end, number, False) if end > index else None


def _goes_on(number: int, last: int) -> bool:
    """Tell whether an ordinal ends a number: девяносто третья, сто тридцатая, тридцатая."""
    return not number or (number % _HUNDRED == 0) or (number % _TEN == 0 and last < _TEN)


_TEN, _HUNDRED = 10, 100


def _is_sign(word: Word) -> bool:
    return "number_sign" in word


def _is_sign_after(words: Sequence[Word], index: int) -> bool:
    """Tell whether «нөмірлі» follows: 178 нөмірлі мектеп."""
    return index + 1 < len(words) and _is_sign(words[index + 1])


def _may_name(words: Sequence[Word], index: int) -> bool:
    """Tell whether plain digits stand here that measure nothing."""
    number = words[index].whole
    if number is None or number == 0 or len(words[index].digits) > 4:  # noqa: PLR2004
        return False
    after = words[index + 1] if index + 1 < len(words) else None
    return after is None or not any(sense in after for sense in _THINGS)


def _in_place(words: Sequence[Word], index: int) -> bool:
    """Tell whether the number belongs to a place: Ақсай-4, мкр 12."""
    return index > 0 and any(sense in words[index - 1] for sense in _PLACES)


def _before_noun(words: Sequence[Word], index: int, number: int) -> bool:
    """Tell whether a noun follows that the number names, not counts."""
    if index + 1 >= len(words) or "facility" not in words[index + 1]:
        return False
    noun, ordinal = words[index + 1], "nth" in words[index]
    if ordinal or "plural_facility" not in noun:
        return True
    few = number % 10 in _FEW and number % 100 - number % 10 != 10  # noqa: PLR2004 - 12, 13, 14
    return number >= _PLURAL_FROM and not few


def _behind_noun(words: Sequence[Word], index: int) -> bool:
    """Tell whether the noun stands before: школа 220, ТЭЦ-2; not «школа 12 мкр»."""
    if not index or "facility" not in words[index - 1]:
        return False
    after = words[index + 1 : index + 2]
    counts = any(
        any(sense in word for sense in ("microdistrict", "facility", "counted", "large"))
        for word in after
    )
    return not counts
