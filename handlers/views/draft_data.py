"""A subscription being made or changed: all of it stands in the data of its buttons.

`u:<screen><page>:<target>.<when>.<news>.<where>.<sectors>.<kinds>.<programmes>`, numbers in base
36, choices as the bits of their numbers: the vocabulary's, and the store's for districts and
programmes. Reading gives None for what this version did not write and for what is gone since.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from handlers.views.callbacks import fits
from storage.geo.circle import Circle
from storage.geo.points import HOME_E6, Point, on_the_globe
from storage.news.filters import NEWS_KINDS, NewsFilter, NewsKind
from storage.subscriptions.schedules import CADENCES, Cadence, Schedule
from storage.tables.numbers import Numbered
from storage.vocabulary import KINDS, SECTORS

TOO_MUCH = "u:m"
"""What a button carries whose draft does not fit into one: choices enough for two subscriptions."""

ONE_NEEDED = "u:i"
"""What the last mark of a menu carries that cannot be without any."""

OF_A_PROJECT: tuple[NewsKind, ...] = ("completed", "slipped", "state", "budget")
"""What is news of a project that somebody follows, unless they choose."""

DRAFT = re.compile(
    r"u:([a-zA-Z+])(\d{0,2}):([0-9a-z]{1,8})\.([0-3])(?:([0-9a-s])([0-9a-n]))?\.([0-9a-v])"
    r"\.(|d[0-9a-z]{1,24}|n[0-9a-z]{9,11}|p[0-9a-z]{1,11})"
    r"\.([0-9a-z]{0,8})\.([0-9a-z]{0,12})\.([0-9a-z]{0,24})"
)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_COORDINATE = 4  # digits of a coordinate: thousandths of a degree from the south pole, from 180° W


@dataclass(frozen=True, slots=True)
class Draft:
    """What is wanted and how often; `target` is the subscription that is changed, 0 for a new one.

    Without `at` (day and hour) the chat's own times of the cadence hold.
    """

    wanted: NewsFilter = field(default_factory=NewsFilter)
    cadence: Cadence = "weekly"
    at: tuple[int, int] | None = None
    target: int = 0

    def wanting(self, wanted: NewsFilter) -> "Draft":
        """The same with another filter."""
        return replace(self, wanted=wanted.canonical())

    def timed(self, schedule: Schedule) -> "Draft":
        """The same with these times."""
        return replace(self, cadence=schedule.cadence, at=(schedule.day, schedule.hour))

    def schedule(self, own: Mapping[Cadence, Schedule]) -> Schedule:
        """When it comes: as chosen, else at the chat's `own` times, else at the usual ones."""
        if self.at is not None:
            return Schedule(self.cadence, *self.at)
        return own.get(self.cadence) or Schedule.usual(self.cadence)


def draft_data(screen: str, draft: Draft, numbers: Numbered) -> str:
    """What the button carries that opens a draft on a screen; `TOO_MUCH` if it does not fit.

    Also for a district or programme that the store has no number of.
    """
    wanted = draft.wanted
    try:
        where = _where(wanted, numbers)
        programmes = _mask(numbers.programmes[code] for code in wanted.programmes)
    except KeyError:
        return TOO_MUCH
    when = str(CADENCES.index(draft.cadence)) + "".join(map(_b36, draft.at or ()))
    news = _mask(NEWS_KINDS.index(kind) for kind in wanted.news)
    sectors = _mask(SECTORS[code].number for code in wanted.sectors)
    kinds = _mask(KINDS[code].number for code in wanted.kinds)
    parts = (_b36(draft.target), when, news, where, sectors, kinds, programmes)
    data = f"u:{screen}:{'.'.join(parts)}"
    return data if fits(data) and DRAFT.fullmatch(data) else TOO_MUCH


def read_draft(data: str, numbers: Numbered) -> tuple[str, int, Draft] | None:
    """The screen, its page and the draft of a button."""
    match = DRAFT.fullmatch(data)
    if match is None:
        return None
    screen, page, target, cadence, day, hour, *choices = match.groups()
    try:
        wanted = _wanted(choices, numbers)
        at = (int(day, 36), int(hour, 36)) if day else None
        draft = Draft(wanted, CADENCES[int(cadence)], at, int(target, 36))
        draft.schedule({})
    except (KeyError, IndexError, ValueError):
        return None
    return screen, int(page or 0), draft


def _wanted(choices: list[str], numbers: Numbered) -> NewsFilter:
    """The filter of a button; KeyError or ValueError for one that makes no sense, or no more."""
    news, where, sectors, kinds, programmes = choices
    chosen = NewsFilter(
        news=tuple(NEWS_KINDS[bit] for bit in _bits(news)),
        sectors=_named(sectors, {entry.number: code for code, entry in SECTORS.items()}),
        kinds=_named(kinds, {entry.number: code for code, entry in KINDS.items()}),
        programmes=_named(programmes, _turned(numbers.programmes)),
    )
    kind, rest = where[:1], where[1:]
    if kind == "d":
        chosen = replace(chosen, districts=_named(rest, _turned(numbers.districts)))
    elif kind == "n":
        radius_m = int(rest[2 * _COORDINATE :], 36)
        chosen = replace(chosen, near=Circle(_point(rest), radius_m))
    elif kind == "p":
        chosen = replace(chosen, projects=(int(rest, 36),))
    return chosen.canonical()


def _where(wanted: NewsFilter, numbers: Numbered) -> str:
    if wanted.project is not None:
        return "p" + _b36(wanted.project)
    if wanted.near is not None:
        near, radius_m = wanted.near.point.rounded(), round(wanted.near.radius_m)
        degrees = (near.lat_e6 // HOME_E6 + 90_000, near.lon_e6 // HOME_E6 + 180_000)
        return f"n{''.join(_b36(each, _COORDINATE) for each in degrees)}{_b36(radius_m)}"
    if wanted.districts:
        return "d" + _mask(numbers.districts[slug] for slug in wanted.districts)
    return ""


def _point(text: str) -> Point:
    cut = partial(int, base=36)
    lat, lon = cut(text[:_COORDINATE]) - 90_000, cut(text[_COORDINATE : 2 * _COORDINATE]) - 180_000
    point = Point(lat * HOME_E6, lon * HOME_E6)
    if not on_the_globe(point.latitude, point.longitude):
        raise ValueError("a point beyond the globe")
    return point


def _turned(numbers: Mapping[str, int]) -> dict[int, str]:
    return {number: code for code, number in numbers.items()}


def _named(mask: str, codes: Mapping[int, str]) -> tuple[str, ...]:
    """The codes of a mask; KeyError if one of them is gone: the rest would be another wish."""
    return tuple(codes[bit] for bit in _bits(mask))


def _mask(bits: Iterable[int]) -> str:
    """The numbers as bits; "" for none."""
    whole = sum(1 << bit for bit in set(bits))
    return _b36(whole) if whole else ""


def _bits(mask: str) -> list[int]:
    whole = int(mask, 36) if mask else 0
    return [bit for bit in range(whole.bit_length()) if whole >> bit & 1]


def _b36(number: int, width: int = 1) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits.rjust(width, "0")
