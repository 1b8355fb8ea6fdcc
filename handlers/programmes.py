"""/programmes: what was announced, what of it is in the list, what was promised and reached."""

import re

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from handlers.frame.context import Context, Qala
from handlers.frame.main_keyboard import KeyLabel
from handlers.frame.screens import empty_screen, show
from handlers.looks.bell import of_list, with_follow
from handlers.views import programmes as view
from handlers.views.callbacks import ListState, read_listed
from handlers.views.districts import OPEN
from storage.programmes import programmes

TREE = re.compile(rf"({view.ELSEWHERE}|{view.ROOT})(\d{{0,4}})$")


async def all_programmes(update: Update, context: Context) -> None:
    """The city's programmes or the region's, each followed by its parts."""
    found = await context.facts(programmes.programmes)
    if not found:
        await show(update, context, empty_screen(context.t))
        return
    query = update.callback_query
    match = TREE.match((query.data or "") if query else "")
    page = int(match[2] or 0) if match else 0
    elsewhere = match is not None and match[1] == view.ELSEWHERE
    names = view.names_of(found)
    screen = view.programmes_screen(context.t, names, found, page, elsewhere=elsewhere)
    await show(update, context, screen)


async def programme(update: Update, context: Context) -> None:
    """A programme's card or a page of its indicators."""
    read = _pressed(update.callback_query.data if update.callback_query else None)
    card = await context.facts(programmes.programme, read[1].code) if read else None
    if read is None or card is None:
        await all_programmes(update, context)
        return
    action, state = read
    names = view.names_of([card.facts, *card.children])
    if action == view.INDICATORS and card.indicators:
        screen = view.indicators_screen(context.t, names, card, state.page)
    else:
        screen = view.programme_screen(context.t, names, card, state.page)
        screen = await with_follow(context, screen, of_list(state))
    await show(update, context, screen)


def _pressed(data: object) -> tuple[str, ListState] | None:
    """What a button of a programme's card carries; None for any other."""
    read = read_listed(str(data))
    if read is None or read[1].topic != "g" or read[0] not in {OPEN, view.INDICATORS}:
        return None
    return read


def register(application: Qala) -> None:
    """/programmes, the keyboard's label, buttons."""
    application.add_handler(CommandHandler("programmes", all_programmes))
    application.add_handler(MessageHandler(KeyLabel("programmes"), all_programmes))
    application.add_handler(CallbackQueryHandler(all_programmes, TREE.pattern))
    application.add_handler(
        CallbackQueryHandler(programme, lambda data: _pressed(data) is not None)
    )
