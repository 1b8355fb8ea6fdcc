"""A list as it fits on a phone: at most five projects, three short lines each.

Where the whole would be longer than a phone shows at once, the blank lines between the projects go,
and under a title of two lines the others become one: as few of them as need be, the last ones
first. Where that is still too long, titles are cut to one line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from handlers.frame.dates import brief, late, when
from handlers.frame.phone import BOLD, LINE_PX, MOST_LINES, lines_taken, width
from handlers.frame.texts import Texts, plain
from handlers.views import names as say
from handlers.views.lists import (
    ENDED,
    MONEY,
    WHERE,
    cost,
    cost_signed,
    distance_words,
    heading,
    lines,
    paragraphs,
)
from handlers.views.money import TENGE
from handlers.views.names import Names
from handlers.views.told_apart import told_apart, within
from storage.projects.summary import Listed
from storage.values.partial_dates import PartialDate

DOT = " · "
MOST_TITLE = 120  # characters of a title where there is room


@dataclass(frozen=True, slots=True)
class Entry:
    """A project in a list: its sign, its title, the lines below; `above` heads a group."""

    sign: str
    title: str
    below: tuple[str, ...]
    above: str = ""


def entry(
    t: Texts, names: Names, listed: Listed, today: date, *further: str, above: str = ""
) -> Entry:
    """Return a project as a list shows it: state and date, what is `further` told, where."""
    below = (state_line(t, listed, today), *further, where_line(t, names, listed))
    return told_of(t, listed, *below, above=above)


def told_of(t: Texts, listed: Listed, *below: str, above: str = "") -> Entry:
    """Return a project under whose title these lines stand."""
    title = listed.titles.shown(t.language)
    return Entry(say.kind_emoji(listed.kind), title, below, above)


def listing(t: Texts, top: Markup, entries: Sequence[Entry], bottom: Markup | str = "") -> Markup:
    """Return the whole text: `top`, the projects with their numbers, `bottom`."""
    names, ends = tuple(each.title for each in entries), t.language == "kk"
    room = MOST_LINES - _taken(top) - _taken(bottom)
    long = _titles(names, ends=ends, cut=False)
    whole = _items(entries, long)
    if sum(each.lines for each in whole) + len(whole) - 1 <= room:
        return paragraphs(top, paragraphs(*(each.text for each in whole)), bottom)
    three = _in_three_lines(entries, long, ends=ends)
    short = _titles(names, ends=ends, cut=True)
    told = _less_where_need_be(three, _in_two_lines(entries, short), room)
    told = _whole_where_room(whole, told, room)
    for less in _shorter(entries):
        if sum(each.lines for each in told) <= room:
            break
        told = _whole_where_room(_items(less, long), _items(less, short), room)
    return paragraphs(top, lines(*(each.text for each in told)), bottom)


def _in_three_lines(entries: Sequence[Entry], whole: Sequence[str], *, ends: bool) -> list["_Item"]:
    """The projects with a title of up to two lines; under one of two, one line that says most.

    Lines that are an answer with its sources stay, and the title above them is cut to its line.
    """
    one = _titles(tuple(whole), ends=ends, cut=True)
    two = told_apart(whole, _on_two, ends=ends)
    titles, told = [], []
    for each, first, second in zip(entries, one, two, strict=True):
        stays = _is_answer(each) or lines_taken(_head(5, "🏫", second)) == 1
        titles.append(first if stays else second)
        told.append(each if stays else replace(each, below=(_most_of(each.below),)))
    return _items(told, titles)


def _in_two_lines(entries: Sequence[Entry], short: Sequence[str]) -> list["_Item"]:
    """The projects with a title of one line, and one line below it; answers keep theirs."""
    told = [
        each if _is_answer(each) else replace(each, below=(_most_of(each.below),))
        for each in entries
    ]
    return _items(told, short)


def _is_answer(entry: Entry) -> bool:
    return any("<" in line for line in entry.below)


def _less_where_need_be(
    more: Sequence["_Item"], less: Sequence["_Item"], room: int
) -> list["_Item"]:
    """As many of the first as there is room for; the last ones in fewer lines."""
    told = list(more)
    for at in reversed(range(len(told))):
        if sum(each.lines for each in told) <= room:
            break
        told[at] = less[at]
    return told


def _most_of(below: Sequence[str]) -> str:
    """One line out of those below a title: state and place, with date and cost where they fit."""
    below = [each for each in below if each]  # nothing is known of where some are
    first, last = (below or [""])[0], (below or [""])[-1]
    if len(below) <= 1:
        return first
    state, place, priced = first.split(DOT)[0], last.split(DOT)[0], last.split(DOT)[-1]
    told = [DOT.join(below), DOT.join((first, last))]
    if place != last or TENGE in last:  # a distance or a sum, not the district alone
        by_sign = [f"{state.split(' ')[0]} {last}"]
        told += [DOT.join((state, last)), DOT.join((state, place, priced))]
        told += by_sign if TENGE in last else []
        told += [DOT.join((state, place)), *by_sign]
    return next((each for each in told if width(each) <= LINE_PX), first)


SHORTER = (-1, 2, 1, 0)
"""How many lines below a title stay where all have no room: all but the last, two, one, none."""


def _shorter(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The same with fewer and fewer lines below the titles: the last projects lose theirs first."""
    for below in SHORTER:
        for most in reversed(range(len(entries))):
            less = [replace(each, below=each.below[:below]) for each in entries[most:]]
            yield [*entries[:most], *less]
        entries = [replace(each, below=each.below[:below]) for each in entries]


def _whole_where_room(whole: Sequence["_Item"], cut: Sequence["_Item"], room: int) -> list["_Item"]:
    """The projects with their titles cut, but for the first ones that have room whole."""
    room -= sum(each.lines for each in cut)
    told = []
    for long, short in zip(whole, cut, strict=True):
        more = long.lines - short.lines
        told.append(long if more <= room else short)
        room -= more if more <= room else 0
    return told


def silent_last(
    t: Texts, entries: Sequence[Entry], items: Sequence[Listed], today: date
) -> list[Entry]:
    """Return the entries of these projects with a line above the first silent one.

    For lists in which what is past due and for a year nobody told of stands after the rest.
    """
    found = list(entries)
    first = next((at for at, each in enumerate(items) if each.is_silent(today)), None)
    if first is not None:
        told = t("<i>Due date passed, no news for a year or more:</i>")
        found[first] = replace(found[first], above=lines(found[first].above, told))
    return found


@lru_cache(maxsize=4096)
def _titles(names: tuple[str, ...], *, ends: bool, cut: bool) -> tuple[str, ...]:
    """The titles of a page told apart, `cut` to a line each; the same pages are seen again.

    `ends`: a name says at its end what it is, «... шағынауданындағы мектеп».
    """
    return tuple(told_apart(names, _in_line if cut else within(MOST_TITLE), ends=ends))


@dataclass(frozen=True, slots=True)
class _Item:
    """A project as it is written, and how many lines of a phone that takes."""

    text: Markup
    lines: int


def _items(entries: Sequence[Entry], titles: Sequence[str]) -> list[_Item]:
    found = []
    for number, (each, title) in enumerate(zip(entries, titles, strict=True), 1):
        head = _head(number, each.sign, title)
        parts = (each.above, head, *each.below)
        found.append(_Item(lines(*parts), sum(map(lines_taken, parts))))
    return found


@lru_cache(maxsize=4096)
def _head(number: int, sign: str, title: str) -> Markup:
    return Markup("<b>{}. {} {}</b>").format(number, sign, title)


def _taken(part: str) -> int:
    """How many lines a paragraph takes with the blank one beside it."""
    return lines_taken(part) + 1 if part else 0


_NUMBER_PX = width("5. 🏫 ", bold=True)


def _in_line(title: str) -> bool:
    """Whether a title takes no more than its line, after its number and sign."""
    return _NUMBER_PX + width(title) * BOLD <= LINE_PX


def _on_two(title: str) -> bool:
    """Whether a title takes no more than two lines, with its number and sign."""
    return lines_taken(_head(5, "🏫", title)) <= 2  # noqa: PLR2004 - as the name says


def fitting(*candidates: Markup) -> Markup:
    """Return the first that takes one line of a phone, else the last."""
    return next((each for each in candidates if width(plain(each)) <= LINE_PX), candidates[-1])


def state_line(t: Texts, listed: Listed, today: date) -> Markup:
    """Return the state with the date that matters in it; how late it is, where it is overdue."""
    if listed.is_unheard(today):
        return unheard_line(t, listed.due_on)
    days = listed.overdue_days(today)
    return _state_line(t, listed.status, listed.completed_on, listed.due_on, days)


@lru_cache(maxsize=4096)
def _state_line(
    t: Texts,
    status: str | None,
    completed_on: PartialDate | None,
    due_on: PartialDate | None,
    days: int,
) -> Markup:
    if days:
        return overdue_line(t, days, due_on)
    state = say.status(t, status)
    if status == "completed":
        return heading(state, when(t, completed_on) if completed_on else "")
    if due_on is None or status in ENDED:
        return heading(state)
    short = brief(t, due_on)
    dates = (t("due {date}", date=when(t, due_on)), t("due {date}", date=short), short)
    return fitting(*(heading(state, each) for each in dates))


@lru_cache(maxsize=4096)
def overdue_line(t: Texts, days: int, due_on: PartialDate | None) -> Markup:
    """Return how many days it is overdue, with its due date where that fits beside it."""
    told = Markup("⏰ {}").format(late(t, days))
    if due_on is None:
        return told
    due = brief(t, due_on)
    return fitting(heading(told, t("due {date}", date=due)), heading(told, due), told)


@lru_cache(maxsize=4096)
def unheard_line(t: Texts, due_on: PartialDate | None) -> Markup:
    """Return that the due date passed without news since, with that date where it fits."""
    told = t("⌛ Due date passed, no news since")
    if due_on is None:
        return told
    return fitting(heading(told, brief(t, due_on)), told)


def where_line(t: Texts, names: Names, listed: Listed) -> Markup:
    """Return distance, districts and cost as far as they are known; "" where nothing is."""
    near, districts = distance_words(t, listed), names.where(t, listed.districts)
    return _where_line(near, districts, cost(t, listed), cost_signed(t, listed))


@lru_cache(maxsize=4096)
def _where_line(near: str, districts: str, priced: str, signed: str) -> Markup:
    if not (near or districts):
        return MONEY + priced if priced else Markup()
    return fitting(
        WHERE + heading(near, districts, priced),
        WHERE + heading(near, districts, signed),
        WHERE + heading(near or districts, priced),
        WHERE + heading(near or districts, signed),
    )
