"""Amounts of money: «2,6 трлн», «500 миллионнан арзан», «от 2 до 5 млрд», "over a billion"."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from handlers.understanding.lexicon.tokens import Span, Token
from handlers.understanding.numbers.cardinals import number_at
from handlers.understanding.numbers.senses import Word, span_of, words_of
from storage.values.ranges import Amount

_BARE_FROM = 1_000_000
"""A number without «тысяч», «млн» or tenge is money from here on: nothing is counted so high."""

_THOUSANDS_FROM = 100_000
_ABOUT = Fraction(1, 10)
"""«Около миллиарда» allows a tenth either way."""

_FILLERS = 2
_RANGE_SIGNS = (1, 3)
_HALVES = {"half": Fraction(1, 2), "one_and_a_half": Fraction(3, 2), "article": Fraction(1)}
_MEASURED = ("capacity", "length", "foreign", "unit")
_ORDER = ("at_least", "at_most", "more", "less", "about")
_BY_BOUND = {"at_least": "more", "at_most": "less"}
_OPPOSITE = {"more": "less", "less": "more"}
_BETWEEN = ("between", "since", "more")
_JOINTS = ("and", "to", "until", "until_post", "less")


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number and its scale up to `end`; `scale` is None when no «млн» was said.

    `sure`: tenge or a scale was said, so that it is money by itself.
    """

    end: int
    number: Fraction
    scale: int | None
    sure: bool

    @property
    def tenge(self) -> int:
        return round(self.number * (self.scale or 1))


def find_amounts(tokens: Sequence[Token]) -> list[Span[Amount]]:
    """Return the sums of money that `tokens` name, in whole tenge, slot «amount». Never raises.

    Bounds are included («больше миллиарда» is from a billion on); a plain sum is both bounds, with
    «около» a tenth around it. Numbers of seats, metres, other currencies are no amounts.
    """
    words = words_of(tokens)
    found: list[Span[Amount]] = []
    index = 0
    while index < len(words):
        read = _amount_at(words, index) if words[index].says_something else None
        if read is None:
            index += 1
            continue
        end, amount = read
        found.append(span_of(tokens, words[index:end], "amount", amount))
        index = end
    return found


def _amount_at(words: Sequence[Word], index: int) -> tuple[int, Amount] | None:
    """Return where an amount ends and the amount, with the comparison before or behind it."""
    bound = _bound(words[index])
    start = index
    if bound or "between" in words[index]:
        start = _after_fillers(words, index + 1)
    ranged = _range_at(words, index, start)
    if ranged is not None:
        return ranged
    found = _sum_at(words, start, compared=bool(bound))
    if found is None:
        return None
    end = found.end
    if not bound:
        end, bound = _bound_after(words, end)
    if not found.sure and not (bound and found.number >= _BARE_FROM):
        return None if found.number < _BARE_FROM else (end, _bounded(found.tenge, bound))
    return end, _bounded(found.tenge, bound)


def _bound(word: Word) -> str:
    """Return «more», «less», «about» for a word that compares, "" for others."""
    sense = next((sense for sense in _ORDER if sense in word), "")
    return _BY_BOUND.get(sense, sense)


def _bounded(tenge: int, bound: str) -> Amount:
    if bound == "more":
        return Amount(tenge, None)
    if bound == "less":
        return Amount(None, tenge)
    if bound == "about":
        around = round(tenge * _ABOUT)
        return Amount(tenge - around, tenge + around)
    return Amount(tenge, tenge)


def _after_fillers(words: Sequence[Word], index: int) -> int:
    """Return the index behind «чем», «than», «на сумму» after a comparison."""
    for word in words[index : index + _FILLERS]:
        if "than" not in word or "article" in word:
            break
        index += 1
    return index


def _bound_after(words: Sequence[Word], index: int) -> tuple[int, str]:
    """Return where a comparison behind the sum ends and which it is: 1 миллиардтан аз емес."""
    if index >= len(words):
        return index, ""
    bound = _bound(words[index])
    behind = not words[index].latin or "ablative" in words[index - 1]
    if not bound or not behind or _opens_next(words, index):
        return index, ""
    if index + 1 < len(words) and "not" in words[index + 1]:
        return index + 2, _OPPOSITE.get(bound, bound)
    return index + 1, bound


def _opens_next(words: Sequence[Word], index: int) -> bool:
    """Tell whether the comparison belongs to the sum behind it: «2 млрд до 5 млрд»."""
    if "until_post" in words[index] or "ablative" in words[index - 1]:
        return False
    return _sum_at(words, _after_fillers(words, index + 1), compared=True) is not None


def _range_at(words: Sequence[Word], index: int, start: int) -> tuple[int, Amount] | None:
    """Return «от 2 до 5 млрд», «2-5 млрд», «2 миллиардтан 5 миллиардқа дейін»."""
    low = _sum_at(words, start, compared=True)
    if low is None or low.end >= len(words):
        return None
    led = start > index and any(sense in words[index] for sense in _BETWEEN)
    joint = words[low.end]
    tied = any(sense in joint for sense in _JOINTS) and "until_post" not in joint
    hyphen = words[low.end - 1].gap(joint) in _RANGE_SIGNS and bool(words[low.end - 1].digits)
    from_case = "ablative" in words[low.end - 1]
    if not tied and not hyphen and not from_case:
        return None
    high = _sum_at(words, low.end + 1 if tied else low.end, compared=True)
    if high is None:
        return None
    end = high.end
    closed = end < len(words) and any(x in words[end] for x in ("between_post", "until_post"))
    if not (led or closed or hyphen or from_case or "to" in joint):
        return None
    return _between(low, high, end + closed)


def _between(low: _Sum, high: _Sum, end: int) -> tuple[int, Amount] | None:
    """Return the amounts between two sums; the scale of the second counts for both."""
    if not (low.sure or high.sure) and high.number < _BARE_FROM:
        return None
    first, second = low.tenge, high.tenge
    if not low.scale and high.scale and round(low.number * high.scale) <= second:
        first = round(low.number * high.scale)
    if low.scale and not high.scale and high.number < low.scale:
        second = round(high.number * low.scale)
    return end, Amount(min(first, second), max(first, second))


def _sum_at(words: Sequence[Word], index: int, *, compared: bool) -> _Sum | None:
    """Return the sum at `index`: digits or words, scale, tenge; None when it measures other things.

    `compared`: a comparison stands before it, after which «миллиард» alone is one.
    """
    found = _scaled_at(words, index, compared=compared)
    if found is None:
        return None
    if found.end < len(words):
        after = words[found.end]
        if "tenge" in after:
            return _Sum(found.end + 1, found.number, found.scale, sure=True)
        if any(sense in after for sense in _MEASURED):
            return None
        if "scale" in after and found.scale is None:
            return None
    thousands = found.tenge >= _THOUSANDS_FROM
    money = found.scale is not None and (found.scale >= _BARE_FROM or compared or thousands)
    return _Sum(found.end, found.number, found.scale, sure=money)


def _scaled_at(words: Sequence[Word], index: int, *, compared: bool) -> _Sum | None:
    if index >= len(words):
        return None
    word = words[index]
    if "half_scale" in word:
        return _Sum(index + 1, Fraction(1, 2), word.senses["half_scale"], sure=True)
    end, number = number_at(words, index) or _halved(words, index) or (index, Fraction(0))
    if end == index:
        return _lone_scale(words, index, compared=compared)
    if end < len(words) and "and_a_half" in words[end]:
        number, end = number + Fraction(1, 2), end + 1
    return _with_scales(words, end, number)


def _with_scales(words: Sequence[Word], end: int, number: Fraction) -> _Sum:
    """Return the number with its scale, and what follows of a lower one: 1 млрд 200 млн."""
    if end >= len(words) or "scale" not in words[end]:
        return _Sum(end, number, None, sure=False)
    scale = words[end].senses["scale"]
    end += 1
    if end < len(words) and "and_a_half" in words[end]:  # 2 миллиарда с половиной
        number, end = number + Fraction(1, 2), end + 1
    if end < len(words) and words[end].senses.get("scale", 0) > scale:  # екі мың миллиард
        scale, end = scale * words[end].senses["scale"], end + 1
    least = scale
    while (lower := number_at(words, end)) is not None and lower[0] < len(words):
        smaller = words[lower[0]].senses.get("scale", 0)
        if not 0 < smaller < least:
            break
        number += lower[1] * Fraction(smaller, scale)
        least, end = smaller, lower[0] + 1
    return _Sum(end, number, scale, sure=True)


def _halved(words: Sequence[Word], index: int) -> tuple[int, Fraction] | None:
    """Return «жарты», «полтора», «half a», «a» before a scale."""
    number = next((value for name, value in _HALVES.items() if name in words[index]), None)
    if number is None:
        return None
    end = index + 1
    if end < len(words) and "article" in words[end]:
        end += 1
    scaled = end < len(words) and "scale" in words[end]
    return (end, number) if scaled else None


def _lone_scale(words: Sequence[Word], index: int, *, compared: bool) -> _Sum | None:
    """Return «миллиард» as one, where it is compared (больше миллиарда) or said with tenge."""
    if "scale" not in words[index] or "many" in words[index]:
        return None
    if words[index].senses["scale"] < _BARE_FROM:
        return None
    after = words[index + 1 : index + 2]
    behind = "ablative" in words[index] or any("tenge" in word for word in after)
    behind = behind or any(_bound(word) and not word.latin for word in after)
    asked = index > 0 and "how_many" in words[index - 1]  # қанша миллион теңге
    if asked or not (compared or behind):
        return None
    return _Sum(index + 1, Fraction(1), words[index].senses["scale"], sure=True)
