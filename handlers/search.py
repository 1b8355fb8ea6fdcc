"""Any other text: a place or a district by its name, else a search in all that is known."""

from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from handlers.context import Context, Qala
from handlers.districts import district_screen
from handlers.nearby import near_screen, radius_m
from handlers.projects import names_of, stored_names
from handlers.quoted import query_of
from handlers.screens import Button, Screen, empty_screen, show
from handlers.views import search as view
from handlers.views.callbacks import SearchState, read_search
from handlers.views.lists import PAGE, lines, pages, paired, rows
from handlers.views.names import unknown_districts
from handlers.views.search import MOST_QUERY
from storage import search
from storage.search import WHOLE_NAME, SearchFound

MOST_OTHERS = 2  # further meanings of a name


async def on_text(update: Update, context: Context) -> None:
    """Around the place or the district that the text names exactly, else what is found for it."""
    words = context.text.split()
    query = " ".join(words[1:] if context.text.startswith("/") else words)
    if await context.is_empty():
        await show(update, context, empty_screen(context.t))
    elif not query:
        await show(update, context, view.ask_screen(context.t))
    else:
        await show(update, context, await _answer(update, context, query[:MOST_QUERY]))


async def _answer(update: Update, context: Context, query: str) -> Screen:
    state = SearchState(query)
    found = await _found(context, state)
    named = await _named(update, context, found)
    if named is None:
        return await _found_screen(context, state, found)
    screen, others = named
    instead = view.instead_button(context.t, query) if found.projects.total else ()
    text = lines(screen.text, view.mended(context.t, found.mended))
    return replace(screen, text=text, buttons=rows(*screen.buttons, *paired(others), instead))


async def _named(
    update: Update, context: Context, found: SearchFound
) -> tuple[Screen, list[Button]] | None:
    """What the text names exactly: a district's page or a place's surroundings.

    With it the ways to what else has that name: «Алатау» is a district and a microdistrict.
    """
    names = await stored_names(context, unknown_districts(d.slug for d in found.districts), ())
    districts = view.district_buttons(context.t, names, found, WHOLE_NAME)
    places = view.place_buttons(context.t, found, radius_m(context), WHOLE_NAME)
    scores = [next((one.score for one in each), 0.0) for each in (found.districts, found.places)]
    if districts and scores[0] >= scores[1]:
        screen = await district_screen(context, found.districts[0].slug)
        return (screen, [*districts[1:], *places][:MOST_OTHERS]) if screen else None
    if not places:
        return None
    screen = await near_screen(update, context, found.places[0].point)
    return screen, [*districts, *places[1:]][:MOST_OTHERS]


async def pressed(update: Update, context: Context) -> None:
    """Another page of what was found; a long text is read from the message itself."""
    press = update.callback_query
    state = read_search((press.data or "") if press else "")
    if state is None:
        return
    state = replace(state, query=state.query or query_of(update))
    if not state.query:
        await show(update, context, view.ask_screen(context.t))
        return
    found = await _found(context, state)
    if not found.projects.items and state.page:
        state = state.turned(pages(found.projects.total) - 1)
        found = await _found(context, state)
    await show(update, context, await _found_screen(context, state, found))


async def _found(context: Context, state: SearchState) -> SearchFound:
    return await context.store.read(
        search.search, state.query, offset=state.page * PAGE, limit=PAGE
    )


async def _found_screen(context: Context, state: SearchState, found: SearchFound) -> Screen:
    if found.nothing:
        return view.nothing_screen(context.t, state.query, found.mended)
    names = await names_of(context, found.projects.items)
    return view.found_screen(context.t, names, state, found, radius_m(context), context.today)


def register(application: Qala) -> None:
    """/search, /near with words, every text that is no command, buttons."""
    application.add_handler(CommandHandler(["search", "near"], on_text))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, on_text))
    application.add_handler(
        CallbackQueryHandler(pressed, lambda data: read_search(str(data)) is not None)
    )
