"""Programmes: what was announced, what of it is in the list, what was promised and reached."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.frame.dates import when
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.callbacks import ListState
from handlers.views.districts import OPEN, projects
from handlers.views.footnotes import Footnotes, said, source_name
from handlers.views.lists import (
    heading,
    lines,
    page_buttons,
    pages,
    paired,
    paragraphs,
    position,
    rows,
    shortened,
)
from handlers.views.money import money
from handlers.views.names import Names
from handlers.views.numbers import measured
from handlers.views.parts import parted
from handlers.views.told_apart import told_apart, within
from storage.programmes.programmes import Figure, IndicatorFacts, ProgrammeCard, ProgrammeFacts
from storage.values.city import AREA

ROOT = "g:"
INDICATORS = "i"  # the action that opens a programme's indicators
ON_A_PAGE = 8  # programmes
MOST_SUMMARY = 700
MOST_LABEL = 34  # characters on a button as wide as the screen


def names_of(found: Iterable[ProgrammeFacts]) -> Names:
    """Return the programmes' names as the store has them."""
    return Names(programmes={facts.code: facts.names for facts in found})


def programmes_screen(t: Texts, names: Names, found: Sequence[ProgrammeFacts], page: int) -> Screen:
    """Return a page of the programmes, each followed by its sub-programmes."""
    page = min(page, pages(len(found), ON_A_PAGE) - 1)
    shown = found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    numbered = list(enumerate(shown, page * ON_A_PAGE + 1))
    body = [_tree_line(t, names, number, facts) for number, facts in numbered]
    top = heading(t("📋 <b>Programmes</b>"), position(t, page, len(found), ON_A_PAGE))
    buttons = [Button(str(number), open_data(facts.code)) for number, facts in numbered]
    turn = page_buttons(page, len(found), lambda at: f"{ROOT}{at}", ON_A_PAGE)
    return Screen(paragraphs(top, lines(*body)), rows(*paired(buttons, 4), turn))


def open_data(code: str) -> str:
    """Return what the button of a programme's card carries."""
    return ListState(topic="g", code=code).data(OPEN)


def _tree_line(t: Texts, names: Names, number: int, facts: ProgrammeFacts) -> Markup:
    indent = "\N{EM SPACE}" * facts.depth + ("↳ " if facts.depth else "")
    name = names.programme(t, facts.code)
    line = Markup("{}{}. <b>{}</b>").format(indent, number, shortened(name, 90))
    return heading(line, projects(t, facts.projects) if facts.projects else "")


def programme_screen(t: Texts, names: Names, card: ProgrammeCard, part: int = 0) -> Screen:
    """Return a programme's card: what was announced and by whom, what of it is in the list."""
    facts = card.facts
    summary = shortened(card.summaries.shown(t.language), MOST_SUMMARY)
    text = paragraphs(
        lines(
            Markup("📋 <b>{}</b>").format(names.programme(t, facts.code)),
            say.area(t, facts.area) if facts.area != AREA else "",
            _time(t, facts),
            t("💰 Plan: {sum}", sum=money(t, facts.planned_kzt)) if facts.planned_kzt else "",
        ),
        lines(t("<b>What was announced</b>"), summary, _source(t, card)) if summary else "",
        _in_list(t, card),
        _told_indicators(t, card),
        t("Sub-programmes: {number}", number=len(card.children)) if card.children else "",
    )
    state = ListState(topic="g", code=facts.code)
    screen = _with_ways(t, names, card, Screen(text))
    return parted(screen, part, lambda at: state.turned(at).data(OPEN))


def _time(t: Texts, facts: ProgrammeFacts) -> Markup:
    if facts.starts_on is None and facts.ends_on is None:
        return Markup()
    begin, end = facts.starts_on, facts.ends_on
    if begin and end and (begin.precision, end.precision) == ("year", "year"):
        return t("📅 {first}–{last}", first=begin.text, last=end.text)
    return Markup("📅 {} – {}").format(when(t, begin), when(t, end))


def _source(t: Texts, card: ProgrammeCard) -> Markup:
    if card.source is None:
        return Markup()
    return Markup("<i>{} – {}</i>").format(source_name(t, card.source), said(t, card.stated_on))


def _in_list(t: Texts, card: ProgrammeCard) -> Markup:
    if not card.facts.projects:
        return t("No project of this programme is in the list yet.")
    counts = [
        Markup("{}: {}").format(say.state(t, state), card.by_state[state])
        for state in say.STATE_EMOJI
        if card.by_state.get(state)
    ]
    return lines(
        t("<b>In the list</b>: {projects}", projects=projects(t, card.facts.projects)), *counts
    )


def _told_indicators(t: Texts, card: ProgrammeCard) -> Markup:
    count = len(card.indicators)
    return t.plural("📊 {n} indicator", "📊 {n} indicators", count) if count else Markup()


def _with_ways(t: Texts, names: Names, card: ProgrammeCard, screen: Screen) -> Screen:
    """The card with the ways to its projects, its figures, its parts, and back.

    Where the parts are more than two they stand behind a key.
    """
    code, facts = card.facts.code, card.facts
    state = ListState(topic="g", code=code)
    further = []
    if facts.projects:
        further.append(Button(heading(t("📋 Projects"), str(facts.projects)), state.data()))
    if card.indicators:
        further.append(Button(t("📊 Indicators"), state.data(INDICATORS)))
    titles = [names.programme(t, child.code) for child in card.children]
    labels = told_apart(titles, within(MOST_LABEL))
    children = [
        Button(label, open_data(child.code))
        for label, child in zip(labels, card.children, strict=True)
    ]
    back = Button(t("⬅️ Back"), open_data(facts.parent) if facts.parent else ROOT)
    return replace(screen, buttons=rows(further, *paired(children, 1)), last=(back,))


def indicators_screen(t: Texts, names: Names, card: ProgrammeCard, page: int) -> Screen:
    """Return a page of the indicators: what was promised beside what was reached."""
    figures = [(each, line) for each in card.indicators for line in _ordered(each)]
    notes, body = Footnotes(), []
    for indicator, shown in _grouped(figures):
        name = Markup("<b>{}</b>").format(indicator.names.shown(t.language))
        told = [_figure(t, names, indicator.unit, figure, notes) for figure in shown]
        body.append(lines(name, *told))
    top = lines(
        Markup("📋 <b>{}</b>").format(names.programme(t, card.facts.code)),
        t("📊 Indicators"),
    )
    state = ListState(topic="g", code=card.facts.code)
    text = paragraphs(top, *body, lines(t("<b>Sources</b>"), *notes.lines(t)))
    screen = Screen(text, ((Button(t("⬅️ Back"), state.data(OPEN)),),))
    return parted(screen, page, lambda at: state.turned(at).data(INDICATORS))


def _ordered(indicator: IndicatorFacts) -> list[Figure]:
    """The newest year first; in a year what was promised before what was reached, city first."""
    figures = (*indicator.baseline, *indicator.promised, *indicator.reached)
    return sorted(figures, key=lambda figure: (-(figure.year or 0), figure.district is not None))


def _grouped(
    figures: Iterable[tuple[IndicatorFacts, Figure]],
) -> list[tuple[IndicatorFacts, list[Figure]]]:
    groups: dict[str, tuple[IndicatorFacts, list[Figure]]] = {}
    for indicator, figure in figures:
        groups.setdefault(indicator.code, (indicator, []))[1].append(figure)
    return list(groups.values())


def _figure(t: Texts, names: Names, unit: str, figure: Figure, notes: Footnotes) -> Markup:
    """Return «🎯 мақсат, 2025: 37,8 % [1]»."""
    return Markup("{}: {} {}").format(
        figure_label(t, names, figure.value_type, figure.year, figure.district),
        measured(t, figure.value, unit),
        notes.mark(figure.source, figure.stated_on),
    )


def figure_label(
    t: Texts, names: Names, value_type: str, year: int | None, district: str | None
) -> Markup:
    """Return what a figure is, of which year and of which district: «🎯 мақсат, 2025»."""
    words = {
        "target": t("🎯 target"),
        "limit": t("🔝 limit"),
        "allocation": t("💰 set aside"),
        "actual": t("✅ reached"),
        "baseline": t("▫️ start"),
    }
    label: list[str] = [words.get(value_type, Markup.escape(value_type))]
    if year:
        label.append(str(year))
    if district:
        label.append(names.district_short(t, district))
    return Markup(", ").join(label)
