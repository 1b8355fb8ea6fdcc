"""What a search finds; around the place, or the district, whose name a text is."""

import re
from dataclasses import replace

from telegram import Update

from handlers.frame.context import Context
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Markup
from handlers.looks.district import district_screen
from handlers.looks.names import names_of, stored_names
from handlers.looks.near import near_screen
from handlers.views import search as view
from handlers.views.callbacks import SearchState
from handlers.views.lists import PAGE, lines, paragraphs, rows
from handlers.views.names import unknown_districts
from handlers.views.search import MOST_QUERY
from storage.places.named import named_places
from storage.places.places import PlaceFound
from storage.projects.data_day import data_day
from storage.search import search
from storage.search.search import WHOLE_NAME, SearchFound

MOST_OTHERS = 2  # further meanings of a name
IN_A_ROW = 3
NUMBERED = re.compile(r"[^\W\d]+[ -]\d+")
BUT_NUMBER = 0.7  # the score of a text that is one of a name's two words


async def found_screen(context: Context, text: str, above: Markup | str = "") -> Screen:
    """What is found for the words of a text, under what is said `above` it."""
    state = SearchState(" ".join(text.split())[:MOST_QUERY])
    return await page_of_found(context, state, await search_for(context, state), above)


async def named_screen(update: Update, context: Context, text: str) -> Screen | None:
    """Around the place or the district whose name the text is; None for any other text."""
    state = SearchState(" ".join(text.split())[:MOST_QUERY])
    found = await search_for(context, state)
    meant = await _named(update, context, state.query, found)
    if meant is None:
        return None
    screen, others = meant
    instead = view.instead_button(state.query) if found.projects.total else ()
    text = lines(screen.text, view.mended(context.t, found.mended))
    further = (*others, *instead)[:IN_A_ROW]
    return replace(screen, text=text, buttons=rows(*screen.buttons, further))


async def _named(
    update: Update, context: Context, query: str, found: SearchFound
) -> tuple[Screen, list[Button]] | None:
    """What the text names: a district's page or a place's surroundings.

    With it the ways to what else has that name: «Алатау» is a district and a microdistrict.
    """
    districts = [one for one in found.districts if one.score >= WHOLE_NAME]
    places = [place for place in found.places if names_place(query, place)]
    names = await stored_names(context, unknown_districts(one.slug for one in districts), ())
    to_districts = view.district_buttons(context.t, names, districts)
    to_places = view.place_buttons(context.t, places, context.radius_m)
    if districts and not (places and places[0].score > districts[0].score):
        screen = await district_screen(context, districts[0].slug)
        return (screen, [*to_districts[1:], *to_places][:MOST_OTHERS]) if screen else None
    if not places:
        return None
    screen = await near_screen(update, context, places[0].point)
    return screen, [*to_districts, *to_places[1:]][:MOST_OTHERS]


def names_place(query: str, place: PlaceFound) -> bool:
    """Whether the text is the place's whole name, or all of it but its number.

    «Самал» names Самал-1, Самал-2 and Самал-3; nobody is asked which before something is shown.
    """
    if place.score >= WHOLE_NAME:
        return True
    one_word = query.isalpha()
    return one_word and place.score >= BUT_NUMBER and bool(NUMBERED.fullmatch(place.names.kk))


async def search_for(context: Context, state: SearchState) -> SearchFound:
    """A page of the projects that the words find, and the places and districts they name."""
    named = await context.facts(named_places)
    return await context.once(
        search.search, state.query, offset=state.page * PAGE, limit=PAGE, named=named
    )


async def page_of_found(
    context: Context, state: SearchState, found: SearchFound, above: Markup | str = ""
) -> Screen:
    """The page as a screen; that nothing was found where nothing was."""
    if found.nothing:
        until = await context.facts(data_day)
        nothing = view.nothing_screen(context.t, state.query, found.mended, until)
        return replace(nothing, text=paragraphs(above, nothing.text))
    names = await names_of(context, found.projects.items)
    t, radius_m, today = context.t, context.radius_m, context.today
    return view.found_screen(t, names, state, found, radius_m, today, above)
