"""Answers out of a programme's figures: what was promised beside what was reached."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from handlers.answers.views.buttons import Pressed
from handlers.answers.views.lists import AnswerContext
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.views.footnotes import Footnotes
from handlers.views.lists import lines, paragraphs, rows
from handlers.views.names import Names
from handlers.views.numbers import measured
from handlers.views.parts import parted
from handlers.views.programmes import figure_label, open_data
from handlers.views.told_apart import told_apart, within
from storage.programmes.indicators import IndicatorRow
from storage.programmes.programmes import PROMISES

MOST_NAME = 32  # characters on a button


def figures_screen(asked: AnswerContext, found: Sequence[IndicatorRow]) -> Screen:
    """Return the figures by indicator, the newest year first, each with its source.

    The sentence sets the latest promise beside what was reached of it, where one figure is asked
    for; a figure that no source states is called unknown.
    """
    t = asked.t
    if not found:
        told = t("<b>Not known:</b> no source names such a figure.")
        return Screen(paragraphs(asked.understood(), told), _buttons(asked, found))
    grouped = _by_indicator(found)
    ordered = [row for group in grouped for row in group]
    notes = Footnotes()
    sentence = _sentence(t, grouped[0]) if len(grouped) == 1 else Markup()
    body = [
        lines(
            Markup("<b>{}</b>").format(group[0].names.shown(t.language)),
            *(figure_line(t, asked.names, row, notes) for row in group),
        )
        for group in grouped
    ]
    text = paragraphs(
        asked.understood(),
        sentence,
        *body,
        lines(t("<b>Sources</b>"), *notes.lines(t)),
    )
    screen = Screen(text, _buttons(asked, ordered))
    return parted(screen, asked.page, lambda part: Pressed(asked.number, "p", part).data())


def _by_indicator(found: Sequence[IndicatorRow]) -> list[list[IndicatorRow]]:
    """The figures of each indicator: the newest year first, the whole before its districts."""

    def indicator(row: IndicatorRow) -> tuple[str, str]:
        return row.programme, row.code

    groups = [list(group) for _, group in groupby(found, key=indicator)]
    return [sorted(group, key=_newest_first) for group in groups]


def _newest_first(row: IndicatorRow) -> tuple[int, bool, bool]:
    return -(row.year or 0), row.district is not None, row.value_type not in PROMISES


def _sentence(t: Texts, group: Sequence[IndicatorRow]) -> Markup:
    """The latest promise against what was reached in that year."""
    whole = [row for row in group if row.district is None] or list(group)
    promised = next((row for row in whole if row.value_type in PROMISES), None)
    if promised is None:
        return _line(t, whole[0])
    if promised.value_type != "target":
        return _line(t, promised)
    reached = [row for row in whole if row.value_type == "actual" and row.year == promised.year]
    if not reached:
        unknown = t("What was reached is not known.")
        return lines(_line(t, promised), unknown)
    return lines(_line(t, promised), _line(t, reached[-1]))


def _line(t: Texts, row: IndicatorRow) -> Markup:
    value = Markup("<b>{}</b>").format(measured(t, row.value, row.unit))
    return Markup("{}: {}").format(_label(t, Names(), row), value)


def figure_line(t: Texts, names: Names, row: IndicatorRow, notes: Footnotes) -> Markup:
    """Return «🎯 мақсат, 2025: 37,8 % [1]»."""
    value = measured(t, row.value, row.unit)
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
    return rows(*((button,) for button in programmes))
