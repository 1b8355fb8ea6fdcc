"""A search in all that is known; the name of a place or a district opens what it names."""

from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers.frame.context import Context, Qala
from handlers.frame.quoted import query_of
from handlers.frame.screens import empty_screen, show
from handlers.looks.search import found_screen, named_screen, page_of_found, search_for
from handlers.views import choices
from handlers.views import search as view
from handlers.views.callbacks import read_search
from handlers.views.lists import pages
from handlers.views.search import MOST_QUERY


async def command(update: Update, context: Context) -> None:
    """After /near the place or the district that the words name, else what is found for them.

    After /search only projects are looked for; places are offered beside them.
    """
    asked, *words = context.text.split() or [""]
    query = " ".join(words)[:MOST_QUERY]
    if await context.is_empty():
        screen = empty_screen(context.t)
    elif not query:
        screen = view.ask_screen(context.t)
    else:
        named = not asked.startswith("/search") and await named_screen(update, context, query)
        screen = named or await found_screen(context, query)
    await show(update, context, screen)


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
    opened, state = state.opened, state.with_open("")
    found = await search_for(context, state)
    if not found.projects.items and state.page:
        state = state.turned(pages(found.projects.total) - 1)
        found = await search_for(context, state)
    screen = await page_of_found(context, state, found)
    await show(update, context, choices.opened(screen, opened))


def register(application: Qala) -> None:
    """/search, /near with words, buttons."""
    application.add_handler(CommandHandler(["search", "near"], command))
    application.add_handler(
        CallbackQueryHandler(pressed, lambda data: read_search(str(data)) is not None)
    )
