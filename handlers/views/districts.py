"""Districts: the city's, each with counts by state and by sector, and lists of their projects."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from handlers.frame.dates import when
from handlers.frame.screens import Behind, Button, Screen
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.callbacks import ListState
from handlers.views.choices import more_behind, narrowed_behind, narrowing
from handlers.views.entries import entry, listing, silent_last
from handlers.views.lists import (
    card_buttons,
    heading,
    lines,
    page_buttons,
    paired,
    paragraphs,
    position,
    rows,
)
from handlers.views.names import Names
from handlers.views.numbers import number
from storage.places.districts import DistrictFacts, Spread
from storage.projects.summary import Listed
from storage.values.pages import Page
from storage.values.states import STATES
from storage.vocabulary import SECTORS

ROOT = "d:"
OPEN, SECTORS_OPEN = "o", "c"  # the actions that open a district's own page, and its sectors
WHOLE_CITY = ListState()
ROWS = 3  # of two districts each; those with the shortest names stand beside the whole city
AT_ONCE = 3  # states on a district's page, the others stand with the sectors


def projects(t: Texts, count: int) -> Markup:
    """Return «12 жоба», «12 проектов», "12 projects"."""
    return t.plural("{n} project", "{n} projects", count)


def districts_screen(
    t: Texts, names: Names, districts: Sequence[DistrictFacts], spread: Spread
) -> Screen:
    """Return the districts with their counts; `spread` says where all the others are."""
    body = [_district_line(t, names, facts) for facts in districts]
    note = t("A project in two districts is counted in both.")
    text = paragraphs(
        t("🏘 <b>Districts of Almaty</b>"), lines(*body), lines(added_up(t, spread), note)
    )
    short = sorted(districts, key=lambda facts: len(names.district_short(t, facts.slug)))
    last = short[: max(0, len(districts) - ROWS * 2)]
    buttons = [
        _district_button(f"{names.district_short(t, each.slug)} · {each.projects}", each.slug)
        for each in districts
        if each not in last
    ]
    beside = [_district_button(names.district_short(t, each.slug), each.slug) for each in last]
    whole_city = Button(t("🏙 Whole city"), WHOLE_CITY.data())
    return Screen(text, rows(*paired(buttons), (*beside, whole_city)))


def _district_button(label: str, slug: str) -> Button:
    return Button(label, ListState(code=slug).data(OPEN))


def added_up(t: Texts, spread: Spread) -> Markup:
    """Return where all projects are, so that districts add up to the whole city."""
    return t(
        "{projects} in all: {districts}.",
        projects=projects(t, spread.projects),
        districts=where_they_are(t, spread),
    )


def where_they_are(t: Texts, spread: Spread) -> Markup:
    """Return «8 районов 231, весь город 12, район не назван 62»."""
    counted = [
        t.plural(
            "{n} district {count}",
            "{n} districts {count}",
            spread.districts,
            count=spread.in_districts,
        ),
        t("the whole city {count}", count=spread.citywide) if spread.citywide else "",
        t("district not stated {count}", count=spread.unstated) if spread.unstated else "",
    ]
    return Markup(", ").join(part for part in counted if part)


def _district_line(t: Texts, names: Names, facts: DistrictFacts) -> Markup:
    counts = " ".join(
        f"{say.STATE_EMOJI[state]}{facts.by_state[state]}"
        for state in say.STATE_EMOJI
        if facts.by_state.get(state)
    )
    name = names.district(t, facts.slug)
    return heading(Markup("<b>{}</b>: {}").format(name, facts.projects), counts)


def district_screen(t: Texts, names: Names, facts: DistrictFacts) -> Screen:
    """Return a district's page: how many projects by state and by sector, with their lists."""
    whole = ListState(code=facts.slug)
    states = [state for state in STATES if facts.by_state.get(state)]
    sectors = [sector for sector in SECTORS if facts.by_sector.get(sector)]
    text = paragraphs(
        lines(
            Markup("🏘 <b>{}</b>").format(names.district(t, facts.slug)),
            projects(t, facts.projects),
            _residents(t, facts),
        ),
        lines(*_counted([(say.state(t, s), facts.by_state[s]) for s in _present(facts.by_state)])),
        lines(*_counted(_sector_counts(t, facts.by_sector))),
    )
    everything = Button(heading(t("📋 All"), str(facts.projects)), whole.data())
    by_state = [
        Button(f"{say.state(t, s)} · {facts.by_state[s]}", whole.in_state(s).data()) for s in states
    ]
    buttons = [*([everything] if facts.projects else []), *by_state[:AT_ONCE]]
    by_sector = [
        Button(f"{say.sector(t, s)} · {facts.by_sector[s]}", whole.in_sector(s).data())
        for s in sectors
    ]
    sectors_key = Button(t("🗂 Sectors"), whole.data(SECTORS_OPEN))
    return Screen(
        text,
        rows(*paired(buttons)),
        narrow=Behind(
            sectors_key, (*by_sector, *by_state[AT_ONCE:]), Button(t("⬅️ Back"), whole.data(OPEN))
        ),
        last=(Button(t("⬅️ Districts"), ROOT),),
    )


def _present(counts: Mapping[str, int]) -> list[str]:
    return [state for state in say.STATE_EMOJI if counts.get(state)]


def _sector_counts(t: Texts, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    known = [code for code in (*SECTORS, "unknown") if counts.get(code)]
    return [(say.sector(t, code), counts[code]) for code in known]


def _counted(found: Sequence[tuple[str, int]]) -> list[Markup]:
    return [Markup("{}: {}").format(label, count) for label, count in found]


def _residents(t: Texts, facts: DistrictFacts) -> Markup:
    if facts.population is None:
        return Markup()
    residents = t("Residents: {number}", number=number(t, facts.population))
    return heading(residents, when(t, facts.population_on) if facts.population_on else "")


def list_title(t: Texts, names: Names, state: ListState) -> Markup:
    """Return what a list is of: a district, a programme, or the whole city."""
    if state.topic == "g":
        return Markup("📋 <b>{}</b>").format(names.programme(t, state.code))
    if not state.code:
        return t("🏙 <b>Whole city</b>")
    return Markup("🏘 <b>{}</b>").format(names.district(t, state.code))


def list_screen(
    t: Texts, names: Names, state: ListState, page: Page[Listed], today: date
) -> Screen:
    """Return a page of a district's or programme's projects."""
    counted = projects(t, page.total) if page.total else t("No such project is in the list.")
    top = lines(
        list_title(t, names, state),
        narrowing(t, state),
        heading(counted, position(t, state.page, page.total)),
    )
    whose = Button(list_title(t, names, state), state.data(OPEN))
    entries = [entry(t, names, listed, today) for listed in page.items]
    return Screen(
        listing(t, top, silent_last(t, entries, page.items, today)),
        rows(
            card_buttons(page.items, state.data()),
            page_buttons(state.page, page.total, lambda number: state.turned(number).data()),
        ),
        narrow=narrowed_behind(t, state, state.data),
        more=more_behind(
            t, state.data, *([whose] if state.code else []), Button(t("🏘 Districts"), ROOT)
        ),
    )
