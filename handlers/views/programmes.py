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
from handlers.views.money import short_money
from handlers.views.names import Names
from handlers.views.numbers import measured
from handlers.views.parts import parted
from handlers.views.told_apart import told_apart, within
from storage.programmes.programmes import Figure, IndicatorFacts, ProgrammeCard, ProgrammeFacts
from storage.values.city import AREA

ROOT = "g:"
ELSEWHERE = "g:r"  # the programmes of the region
INDICATORS = "i"  # the action that opens a programme's indicators
ON_A_PAGE = 8  # programmes
MOST_SUMMARY = 700
MOST_LABEL = 34  # characters on a button as wide as the screen


def names_of(found: Iterable[ProgrammeFacts]) -> Names:
    """Return the programmes' names as the store has them."""
    return Names(programmes={facts.code: facts.names for facts in found})


def programmes_screen(
    t: Texts, names: Names, found: Sequence[ProgrammeFacts], page: int, *, elsewhere: bool = False
) -> Screen:
    """Return a page of the city's programmes, each followed by its sub-programmes.

    Those of other areas stand on pages of their own, `elsewhere`, behind a button; where the city
    has none they are all there is to show.
    """
    city, others = _by_area(found)
    elsewhere = bool(others) and (elsewhere or not city)
    group = others if elsewhere else city
    page = min(page, pages(len(group), ON_A_PAGE) - 1)
    shown = group[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    numbered = list(enumerate(shown, page * ON_A_PAGE + 1))
    empty = bool(group) and not any(facts.projects for facts in group)
    body = [_tree_line(t, names, number, facts, empty) for number, facts in numbered]
    of_area = say.area(t, others[0].area) if elsewhere else ""
    top = heading(t("📋 <b>Programmes</b>"), of_area, position(t, page, len(group), ON_A_PAGE))
    none = t("No project of theirs is in the list yet.") if empty else ""
    buttons = [Button(str(number), open_data(facts.code)) for number, facts in numbered]
    root = ELSEWHERE if elsewhere else ROOT
    turn = page_buttons(page, len(group), lambda at: f"{root}{at}", ON_A_PAGE)
    text = paragraphs(lines(top, none), lines(*body))
    return Screen(text, rows(*paired(buttons, 5), turn, _other_group(t, city, others, elsewhere)))


def _by_area(
    found: Iterable[ProgrammeFacts],
) -> tuple[list[ProgrammeFacts], list[ProgrammeFacts]]:
    """The city's programmes (and the country's), and the others; parts stand with their whole."""
    city: list[ProgrammeFacts] = []
    others: list[ProgrammeFacts] = []
    group = city
    for facts in found:
        if facts.depth == 0:
            group = city if facts.area in {"", AREA} else others
        group.append(facts)
    return city, others


def _other_group(
    t: Texts,
    city: Sequence[ProgrammeFacts],
    others: Sequence[ProgrammeFacts],
    elsewhere: bool,
) -> tuple[Button, ...]:
    """The way to the other group of programmes, nothing where there is one group only."""
    if not city or not others:
        return ()
    if elsewhere:
        return (Button(t("⬅️ Back"), ROOT),)
    label = heading(Markup("🗺 {}").format(say.area(t, others[0].area)), str(len(others)))
    return (Button(label, ELSEWHERE),)


def open_data(code: str) -> str:
    """Return what the button of a programme's card carries."""
    return ListState(topic="g", code=code).data(OPEN)


def _tree_line(
    t: Texts, names: Names, number: int, facts: ProgrammeFacts, all_empty: bool
) -> Markup:
    """A programme's line; that no project is known is said once where it holds for all."""
    indent = "\N{EM SPACE}" * facts.depth + ("↳ " if facts.depth else "")
    name = names.programme(t, facts.code)
    line = Markup("{}{}. <b>{}</b>").format(indent, number, shortened(name, 90))
    if facts.projects:
        return heading(line, projects(t, facts.projects))
    return heading(line, "" if all_empty else t("no projects in the list"))


def programme_screen(t: Texts, names: Names, card: ProgrammeCard, part: int = 0) -> Screen:
    """Return a programme's card: what was announced and by whom, what of it is in the list."""
    facts = card.facts
    summary = shortened(card.summaries.shown(t.language), MOST_SUMMARY)
    text = paragraphs(
        lines(
            Markup("📋 <b>{}</b>").format(names.programme(t, facts.code)),
            say.area(t, facts.area) if facts.area != AREA else "",
            _time(t, facts),
            t("💰 Plan: {sum}", sum=short_money(t, facts.planned_kzt)) if facts.planned_kzt else "",
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
        t("<b>In the list</b>: {projects}", projects=projects(t, card.facts.projects)),
        heading(*counts),  # in one paragraph: with the summary above, a phone has few lines left
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
    root = ROOT if facts.area in {"", AREA} else ELSEWHERE
    back = Button(t("⬅️ Back"), open_data(facts.parent) if facts.parent else root)
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
