"""Periods: «биыл», «2023 пен 2025 арасында», «к концу года», "since March", "the last 30 days".

Kazakh puts its postpositions and endings behind the moment (қыркүйекке дейін), Russian and English
their prepositions before it; both are read from the same data.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.understanding.lexicon.tokens import Span, Token
from handlers.understanding.numbers.senses import Word, span_of, words_of
from handlers.understanding.time.bounds import DEADLINES, Phrase, days_of
from handlers.understanding.time.point import Moment
from handlers.understanding.time.points import moment_at
from handlers.understanding.time.units import Unit
from storage.values.ranges import Period, PeriodOf

_RANGE_SIGNS = (1, 3)
"""Signs between the ends of a range: 2024-2025, 2024 - 2025; a comma and a space part a list."""

_LISTED_SIGNS = 2
_CENTURY = 100
_LEADS = ("between", "since", "after", "until", "before", "by")
_POSTS = {"since_post": "since", "after_post": "after", "until_post": "until"} | {
    "before_post": "before",
    "by_post": "by",
}
_BY_ITSELF = ("day", "month", "part", "season", "school_year", "week", "quarter", "half")
"""A Kazakh dative of these is a deadline: 1 қыркүйекке; 2026 жылға is in 2026."""


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """What a phrase of time says.

    `period` is None for «as of today», which bounds nothing. `period_of` is «due» for a deadline
    that is not over yet, else None: the verb has to tell. `years` are years named side by side
    (2024 пен 2025), which may be meant to be compared; `period` then spans them.
    """

    period: Period | None
    period_of: PeriodOf | None = None
    years: tuple[int, ...] = ()


def find_periods(
    tokens: Sequence[Token], today: date, *, future: bool | None = None
) -> list[Span[PeriodValue]]:
    """Return the periods that `tokens` name, in order, each with the slot «period». Never raises.

    `today` is the city's date. `future` tells whether the text is about what is to come: a month
    without a year is then the coming one, else the latest that has begun. None: decided by the
    verbs and, where there are none, by the deadline words.
    """
    words = words_of(tokens)
    if future is None:
        future = _speaks_of_future(words)
    found: list[Span[PeriodValue]] = []
    index = 0
    while index < len(words):
        end, value = _value_at(words, index, today, future=future) or (index + 1, None)
        if value is not None:
            found.append(span_of(tokens, words[index:end], "period", value))
        index = end
    return found


def _speaks_of_future(words: Sequence[Word]) -> bool | None:
    if any("future" in word for word in words):
        return True
    return False if any("past" in word for word in words) else None


def _value_at(
    words: Sequence[Word], index: int, today: date, *, future: bool | None
) -> tuple[int, PeriodValue] | None:
    if "now" in words[index]:
        return index + 1, PeriodValue(None)
    phrase = _phrase_at(words, index, today)
    if phrase is None:
        return None
    if future is None:
        future = phrase.bound in DEADLINES
    period = days_of(phrase, future=future)
    if period.first is not None and period.last is not None and period.first > period.last:
        period = Period(period.last, period.first)
    due = phrase.bound in DEADLINES and period.last is not None and period.last > today
    return phrase.end, PeriodValue(period, "due" if due else None, phrase.years)


def _phrase_at(words: Sequence[Word], index: int, today: date) -> Phrase | None:
    lead = next((lead for lead in _LEADS if lead in words[index]), "")
    start = index
    led = lead or "in" in words[index]
    if led:
        start += 1
        while start < min(index + 3, len(words)) and "of" in words[start]:
            start += 1
    first = moment_at(words, start, today)
    if led and (first is None or words[index].senses.get("for") is not None):
        whole = moment_at(words, index, today)  # за месяц, within 30 days
        if whole is not None:
            first, lead = whole, ""
    days = _days_of_one_month(words, start, today)
    if days is not None:
        return Phrase(days[1].end, "", *days)
    if first is None:
        return None
    return _led(words, first, lead, today) if lead else _unled(words, first, today)


def _days_of_one_month(
    words: Sequence[Word], index: int, today: date
) -> tuple[Moment, Moment] | None:
    """Return the ends of «1-15 октября», «с 1 по 15 октября», «1 мен 15 қазан арасында»."""
    day = words[index].whole if index < len(words) else None
    if day is None or not 1 <= day <= 31 or index + 1 >= len(words):  # noqa: PLR2004 - days
        return None
    after = words[index + 1]
    joined = any(sense in after for sense in ("and", "to", "until"))
    if not joined and words[index].gap(after) not in _RANGE_SIGNS:
        return None
    last = moment_at(words, index + 2 if joined else index + 1, today)
    if last is None or last.grain != "day" or (after.whole or 0) > 31:  # noqa: PLR2004
        return None
    first = _on_day(last, day)
    return None if first is None else (first, _closed(words, last))


def _on_day(moment: Moment, day: int) -> Moment | None:
    try:
        this = moment.days[0].replace(day=day)
        coming = (moment.later or moment.days)[0].replace(day=day)
    except ValueError:
        return None
    later = (coming, coming) if moment.later is not None else None
    return replace(moment, days=(this, this), later=later)


def _closed(words: Sequence[Word], last: Moment) -> Moment:
    """Return the last moment with «арасында», «дейін», «ішінде» behind it taken in."""
    for sense in ("between_post", "until_post", "during_post"):
        if last.end < len(words) and sense in words[last.end]:
            return replace(last, end=last.end + 1)
    return last


def _led(words: Sequence[Word], first: Moment, lead: str, today: date) -> Phrase:
    """Return what a preposition and the moment behind it say: since 2025, с марта по май."""
    last = None
    if lead in {"between", "since"} and first.end < len(words):
        joints = ("and",) if lead == "between" else ("to", "until", "by")
        if any(joint in words[first.end] for joint in joints):
            last = moment_at(words, first.end + 1, today)
        elif words[first.end - 1].gap(words[first.end]) in _RANGE_SIGNS and lead == "between":
            last = moment_at(words, first.end, today)
    if last is not None:
        return Phrase(last.end, "", first, last)
    if lead == "between":
        return _unled(words, first, today)
    end = first.end
    if end < len(words) and "since_post" in words[end] and lead == "since":
        end += 1
    return Phrase(end, lead, first)


def _unled(words: Sequence[Word], first: Moment, today: date) -> Phrase:
    """Return what the moment and the words behind it say."""
    end = first.end
    if end >= len(words):
        return _by_case(words, first)
    after = words[end]
    ablative = "ablative" in words[end - 1]
    if ablative and (last := moment_at(words, end, today)) is not None and _is_until(words, last):
        return Phrase(_closed(words, last).end, "", first, last)
    for sense, bound in _POSTS.items():
        if sense in after and (not after.latin or _is_postposition(words, end)):
            return Phrase(end + 1, bound, first)
    if "during_post" in after:
        return Phrase(end + 1, "", first)
    return _joined(words, first, today) or _by_case(words, first)


def _is_postposition(words: Sequence[Word], index: int) -> bool:
    """Tell whether a Latin word ends the phrase: 2025 onwards, 2025 jylga deyin; not «on»."""
    return "in" not in words[index]


def _is_until(words: Sequence[Word], last: Moment) -> bool:
    after = words[last.end] if last.end < len(words) else None
    return "dative" in words[last.end - 1] or (after is not None and "until_post" in after)


def _by_case(words: Sequence[Word], first: Moment) -> Phrase:
    """Return what a Kazakh ending alone says: наурыздан, 1 қыркүйекке."""
    last = words[first.end - 1]
    compared = words[first.end : first.end + 1]
    if "ablative" in last and not any("more" in word or "less" in word for word in compared):
        return Phrase(first.end, "since", first)
    if "dative" in last and first.grain in _BY_ITSELF:
        return Phrase(first.end, "by", first)
    return Phrase(first.end, "", first)


def _joined(words: Sequence[Word], first: Moment, today: date) -> Phrase | None:
    """Return two moments side by side: 2024-2025, 2023 пен 2025 арасында, March to October."""
    after = words[first.end]
    gap = words[first.end - 1].gap(after)
    tied = any(sense in after for sense in ("and", "to", "versus"))
    last = _shortened(words, first) or moment_at(words, first.end + 1 if tied else first.end, today)
    if last is None or (first.grain != last.grain and not tied):
        return None
    closed = _closed(words, last)
    if closed.end > last.end or ("to" in after and "and" not in after):
        return Phrase(closed.end, "", first, last)
    if not tied and gap in _RANGE_SIGNS:
        return Phrase(last.end, "", first, last)
    if not tied and gap != _LISTED_SIGNS:
        return None
    if first.grain == last.grain == "year":
        return _listed_years(words, first, last, today)
    return Phrase(last.end, "", first, last) if first.grain == last.grain else None


def _listed_years(words: Sequence[Word], first: Moment, last: Moment, today: date) -> Phrase:
    """Return years side by side, two or more: «2023, 2024 и 2025»."""
    named = [first, last]
    while last.end < len(words):
        tied = "and" in words[last.end]
        following = moment_at(words, last.end + 1 if tied else last.end, today)
        listed = tied or words[last.end - 1].gap(words[last.end]) == _LISTED_SIGNS
        if following is None or following.grain != "year" or not listed:
            break
        named.append(last := following)
    named.sort(key=lambda moment: moment.days)
    years = tuple(dict.fromkeys(moment.days[0].year for moment in named))
    return Phrase(last.end, "", named[0], named[-1], years)


def _shortened(words: Sequence[Word], first: Moment) -> Moment | None:
    """Return the second year of «2024-25», the second day of «October 1-15»."""
    word, before = words[first.end], words[first.end - 1]
    number = word.whole
    if number is None or len(word.digits) > 2 or before.gap(word) not in _RANGE_SIGNS:  # noqa: PLR2004
        return None
    if first.grain == "year" and before.year is not None and len(word.digits) == 2:  # noqa: PLR2004
        year = before.year - before.year % _CENTURY + number
        later = first.days[1].replace(year=year)
        end = first.end + 1
        if end < len(words) and words[end].senses.get("unit") == Unit.YEAR:
            end += 1
        follows = number > before.year % _CENTURY
        return replace(first, end=end, days=(later, later)) if follows else None
    if first.grain != "day" or not before.digits or "." in before.digits:
        return None
    last = _on_day(first, number) if number > first.days[0].day else None
    return None if last is None else replace(last, end=first.end + 1, of_year=None)
