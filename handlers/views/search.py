"""What a typed text may mean: projects, places, districts, and what was mended in it."""

from collections.abc import Iterable, Mapping
from datetime import date

from markupsafe import Markup

from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts, plain
from handlers.views.callbacks import MORE, ListState, NearState, SearchState
from handlers.views.choices import behind_more
from handlers.views.districts import OPEN, projects
from handlers.views.entries import entry, listing
from handlers.views.freshness import data_day
from handlers.views.lists import (
    card_buttons,
    heading,
    lines,
    page_buttons,
    paragraphs,
    position,
    rows,
    shortened,
)
from handlers.views.names import Names
from handlers.views.told_apart import told_apart, within
from storage.places.named import DistrictFound
from storage.places.places import PlaceFound
from storage.search.search import SearchFound
from storage.values.partial_dates import PartialDate

MOST_MEANT = 4  # places and districts offered beside the projects
IN_THE_ROW = 2  # of them stand under the list, the others behind ⋯
MOST_QUERY = 200  # characters of a text that are searched and kept in the message
MOST_LABEL = 30


def found_screen(
    t: Texts,
    names: Names,
    state: SearchState,
    found: SearchFound,
    radius_m: int,
    today: date,
    above: Markup | str = "",
) -> Screen:
    """Return a page of the projects found, with the places and districts the text may mean."""
    page, meant = found.projects, _meant(t, names, found, radius_m) if not state.page else []
    top = lines(
        asked(state.query),
        mended(t, found.mended),
        heading(projects(t, page.total), position(t, state.page, page.total))
        if page.total
        else t("No project of that name. Perhaps you mean a place:"),
        t("<i>No project has all these words; these have some.</i>") if found.partial else "",
    )
    return Screen(
        listing(
            t, paragraphs(above, top), [entry(t, names, listed, today) for listed in page.items]
        ),
        rows(
            card_buttons(page.items, state.data()),
            page_buttons(state.page, page.total, lambda number: state.turned(number).data()),
        ),
        more=behind_more(t, state.with_open(MORE).data(), state.data(), *meant[IN_THE_ROW:]),
        last=tuple(meant[:IN_THE_ROW]),
    )


def asked(query: str) -> Markup:
    """Return the line that carries the text: the next page is searched by it."""
    return Markup("🔎 <code>{}</code>").format(query)


def mended(t: Texts, words: Mapping[str, str]) -> Markup:
    """Return which words were read as which: «мектпе → мектеп деп түсіндім»."""
    if not words:
        return Markup()
    pairs = ", ".join(f"{typed} → {used}" for typed, used in words.items())
    return t("I read it as: {words}", words=pairs)


def _meant(t: Texts, names: Names, found: SearchFound, radius_m: int) -> list[Button]:
    districts = district_buttons(t, names, found.districts)
    return [*districts, *place_buttons(t, found.places, radius_m)][:MOST_MEANT]


def place_buttons(t: Texts, places: Iterable[PlaceFound], radius_m: int) -> list[Button]:
    """Return the ways to what is within `radius_m` of each of the places."""
    found = list(places)
    names = told_apart([each.names.shown(t.language) for each in found], within(MOST_LABEL))
    return [
        Button(f"📍 {name}", NearState(point=place.point, radius_m=radius_m).data())
        for place, name in zip(found, names, strict=True)
    ]


def district_buttons(t: Texts, names: Names, districts: Iterable[DistrictFound]) -> list[Button]:
    """Return the ways to the districts' pages."""
    return [
        Button(f"🏘 {names.district_short(t, one.slug)}", ListState(code=one.slug).data(OPEN))
        for one in districts
    ]


def nothing_screen(
    t: Texts, query: str, words: Mapping[str, str], until: PartialDate | None = None
) -> Screen:
    """Return that nothing was found, how old the data is, and what to try instead."""
    text = paragraphs(
        lines(asked(query), mended(t, words), t("<b>Nothing found.</b>"), data_day(t, until)),
        t("Try one word, a street, a microdistrict or a district. For example:"),
    )
    return Screen(text, example_rows(t))


def ask_screen(t: Texts) -> Screen:
    """Return the question what to look for, with examples to press."""
    text = lines(
        t("🔎 <b>What shall I look for?</b>"),
        t("Just write it to me: a word, a street, a microdistrict or a district. For example:"),
    )
    return Screen(text, example_rows(t))


def example_rows(t: Texts) -> tuple[tuple[Button, ...], ...]:
    """Return buttons that search, and the ways to look without words."""
    words = (t("school"), t("park"), t("Nauryzbay"))
    examples = tuple(Button(word, SearchState(plain(word)).data()) for word in words)
    ways = (Button(t("🏘 Districts"), "d:"), Button(t("📍 Near me"), "n:"))
    return (examples, ways)


def instead_button(query: str) -> tuple[Button, ...]:
    """Return the way to search projects for a text that was taken for a place; () if too long."""
    data = SearchState(query).data()
    label = f"🔎 {shortened(query, MOST_LABEL)}"
    return (Button(label, data),) if data.endswith(query) else ()
