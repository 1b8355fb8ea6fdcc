"""Answers out of a programme's figures: what was promised beside what was reached."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from handlers.answers.views.buttons import Pressed, these_projects
from handlers.answers.views.lists import AnswerContext
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.understanding.question import Question
from handlers.views import names as say
from handlers.views.footnotes import Footnotes
from handlers.views.lists import heading, lines, paragraphs, rows
from handlers.views.money import NBSP
from handlers.views.names import Names
from handlers.views.numbers import measured, number
from handlers.views.parts import parted
from handlers.views.programmes import figure_label, open_data
from handlers.views.told_apart import told_apart, within
from storage.programmes.indicators import IndicatorRow
from storage.programmes.programmes import PROMISES
from storage.values.city import AREA
from storage.vocabulary.figures import counted_as

MOST_NAME = 32  # characters on a button
_OF_ONE = frozenset({"limit", "total"})
"""Intents that ask for one figure, though no indicator is named."""


def figures_screen(
    asked: AnswerContext, found: Sequence[IndicatorRow], listed: int | None = None
) -> Screen:
    """Return the one figure that was asked for; all of them where several are, or were pressed for.

    A figure that no source states is called unknown. `listed`: how many of what it counts the list
    has; None where it counts something else.
    """
    t, question = asked.t, asked.question
    if not found:
        told = t("<b>Not known:</b> no source names such a figure.")
        return Screen(paragraphs(asked.understood(), told), _buttons(asked, found))
    grouped = _by_indicator(found, question.area or AREA)
    one = question.indicator or question.intent in _OF_ONE or len(grouped) == 1
    if question.every or not one or _of_several_years(question):
        return all_screen(asked, grouped)
    return one_screen(asked, found, listed)


def _of_several_years(question: Question) -> bool:
    """Whether a time was named that no single figure is of: «с 2020 по 2024 год»."""
    first, last = (question.period.first, question.period.last) if question.period else (None, None)
    return first is not None and last is not None and first.year != last.year


def one_screen(
    asked: AnswerContext, found: Sequence[IndicatorRow], listed: int | None = None
) -> Screen:
    """Return the newest figure with its day and source; the others stand behind a button.

    A promise stands beside what was reached of it in that year, and how much of it is in the list.
    """
    t, chosen = asked.t, chosen_of(found, asked.question)
    newest, notes = chosen[-1], Footnotes()
    told = [_line(t, row, asked.names, notes) for row in chosen]
    if listed is not None:
        told.append(t("Of these {n} are in the list.", n=listed))
    elif newest.value_type == "target":
        told.append(t("What was reached is not known."))
    sources = lines(*notes.lines(t)) if len(chosen) > 1 else notes.lines(t)[0]
    text = paragraphs(asked.understood(), lines(_title(t, newest), *told), sources)
    buttons = _buttons(asked, chosen)
    if listed:
        buttons = ((these_projects(t, asked.number),), *buttons)
    if others := len(found) - len(chosen):
        label = t("🕰 Older and other figures: {n}", n=others)
        buttons = ((Button(label, Pressed(asked.number, "o").data()),), *buttons)
    return Screen(text, buttons)


def chosen_of(found: Sequence[IndicatorRow], question: Question) -> list[IndicatorRow]:
    """Return the newest figure, after the promise that it answers to, if there is one of its year.

    The city's before the region's unless that is asked about, the whole before districts; of sums
    of one year the largest is the whole.
    """
    area = question.area or AREA

    def first(row: IndicatorRow) -> tuple[Any, ...]:
        told = row.stated_on.last if row.stated_on else date.min
        whole = row.district is None or bool(question.districts)
        reached = row.value_type not in PROMISES
        size = row.value if question.indicator is None else 0
        return (row.area == area, whole, row.year or 0, size, reached, told)

    newest = max(found, key=first)
    promised = [
        row
        for row in found
        if row.value_type in PROMISES
        and _subject(row) == _subject(newest)
        and row.value_type == "target"
        and newest.value_type == "actual"
    ]
    return [*promised[-1:], newest]


def _title(t: Texts, row: IndicatorRow) -> Markup:
    """What the figure is of, with the area where that is not the city."""
    name = Markup("<b>{}</b>").format(row.names.shown(t.language))
    return heading(name, "" if row.area == AREA else say.area(t, row.area))


def _subject(row: IndicatorRow) -> tuple[Any, ...]:
    return row.programme, row.code, row.year, row.district


def all_screen(asked: AnswerContext, grouped: Sequence[Sequence[IndicatorRow]]) -> Screen:
    """Return the figures by indicator, the newest first, each with its source."""
    t = asked.t
    ordered = [row for group in grouped for row in group]
    notes = Footnotes()
    body = [
        lines(
            _title(t, group[0]),
            *(figure_line(t, asked.names, row, notes) for row in group),
        )
        for group in grouped
    ]
    text = paragraphs(
        asked.understood(),
        *body,
        lines(t("<b>Sources</b>"), *notes.lines(t)),
    )
    screen = Screen(text, _buttons(asked, ordered))
    return parted(screen, asked.page, lambda part: Pressed(asked.number, "p", part).data())


def _by_indicator(found: Sequence[IndicatorRow], area: str) -> list[list[IndicatorRow]]:
    """The figures of each indicator: the newest first, the whole before its districts.

    Those of the area asked about stand before the others.
    """

    def indicator(row: IndicatorRow) -> tuple[str, str]:
        return row.programme, row.code

    groups = [list(group) for _, group in groupby(found, key=indicator)]
    groups.sort(key=lambda group: group[0].area != area)
    return [sorted(group, key=_newest_first) for group in groups]


def _newest_first(row: IndicatorRow) -> tuple[int, bool, bool, int]:
    told = row.stated_on.last.toordinal() if row.stated_on else 0
    return -(row.year or 0), row.district is not None, row.value_type not in PROMISES, -told


def _line(t: Texts, row: IndicatorRow, names: Names, notes: Footnotes) -> Markup:
    value = Markup("<b>{}</b>").format(told_value(t, row))
    told = Markup("{}: {}").format(_label(t, names, row), value)
    return Markup("{} {}").format(told, notes.mark(row.source, row.stated_on))


def told_value(t: Texts, row: IndicatorRow) -> str:
    """Return a figure with its unit, or with what it counts: «113 іс-шара»."""
    counted = counted_as(row.programme, row.code)
    noun = counted.noun(row.value, t.language) if counted else ""
    return f"{number(t, row.value)}{NBSP}{noun}" if noun else measured(t, row.value, row.unit)


def figure_line(t: Texts, names: Names, row: IndicatorRow, notes: Footnotes) -> Markup:
    """Return «🎯 мақсат, 2025: 37,8 % [1]»."""
    value = told_value(t, row)
    mark = notes.mark(row.source, row.stated_on)
    return Markup("{}: {} {}").format(_label(t, names, row), value, mark)


def _label(t: Texts, names: Names, row: IndicatorRow) -> Markup:
    return figure_label(t, names, row.value_type, row.year, row.district)


def _buttons(asked: AnswerContext, found: Sequence[IndicatorRow]) -> tuple[tuple[Button, ...], ...]:
    t = asked.t
    codes = dict.fromkeys(row.programme for row in found)
    if not found and asked.question.programme:
        codes = dict.fromkeys([asked.question.programme])
    shown = list(codes)[:2]
    names = told_apart([asked.names.programme(t, code) for code in shown], within(MOST_NAME))
    programmes = [
        Button(f"📋 {name}", open_data(code)) for code, name in zip(shown, names, strict=True)
    ]
    wider = []
    if not found and asked.question.districts:
        wider = [Button(t("🏙 All districts"), Pressed(asked.number, "d").data())]
    return rows(wider, *((button,) for button in programmes))
