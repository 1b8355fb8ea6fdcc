"""Near me: around a shared location, a venue, a typed place, or the home."""

from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from handlers.frame.context import Context, Qala, is_private
from handlers.frame.main_keyboard import KeyLabel, main_keyboard
from handlers.frame.screens import Screen, empty_screen, show
from handlers.looks.near import around_point, names_around, near_screen, page_around
from handlers.views import choices
from handlers.views import near as view
from handlers.views.callbacks import NearState, read_near
from storage.geo.points import Point, on_the_globe
from storage.people import people

ROOT = "n:"


async def near(update: Update, context: Context) -> None:
    """Around the home where one is kept; else the question where to look."""
    home = context.person.home if context.person else None
    await context.forget_question()
    if await context.is_empty():
        await show(update, context, empty_screen(context.t))
    elif home is not None:
        await show(update, context, await near_screen(update, context, home))
    elif not is_private(update):
        await show(update, context, view.ask_group_screen(context.t))
    else:
        keys = main_keyboard(context.t) if context.person is None else None
        await show(update, context, replace(view.ask_screen(context.t), reply_keyboard=keys))


async def shared(update: Update, context: Context) -> None:
    """Around a location or venue; a live one is answered once, where it began."""
    message = update.message
    if message is None:
        return
    location = message.venue.location if message.venue else message.location
    if location is None:
        return
    await context.forget_question()
    if await context.is_empty():
        await show(update, context, empty_screen(context.t))
        return
    if not on_the_globe(location.latitude, location.longitude):
        await show(update, context, view.ask_screen(context.t))
        return
    point = Point.of(location.latitude, location.longitude)
    await show(update, context, await near_screen(update, context, point))


async def pressed(update: Update, context: Context) -> None:
    """Another page, radius, sector or state; the home saved or forgotten."""
    query = update.callback_query
    read = read_near((query.data or "") if query else "")
    if read is None:
        return
    action, state = read
    if action in {choices.SECTOR_MENU, choices.STATE_MENU}:
        await show(update, context, await _menu(update, context, action, state))
        return
    notice = ""
    if action == view.SAVE_HOME and is_private(update):
        await context.store.write(people.save_home, context.chat_id, state.point, context.clock)
        notice = context.t("Saved. I keep it only to about 100 m.")
    elif action == view.FORGET_HOME and is_private(update):
        await context.store.write(people.forget_home, context.chat_id)
        notice = context.t("Forgotten.")
    if notice:
        await context.load(update)
    screen = await page_around(update, context, state)
    await show(update, context, choices.opened(screen, action), notice=notice)


async def _menu(update: Update, context: Context, action: str, state: NearState) -> Screen:
    menu = choices.sector_menu if action == choices.SECTOR_MENU else choices.state_menu
    around = await around_point(update, context, state)
    title = view.near_title(context.t, await names_around(context, around), around)
    return menu(context.t, state, lambda narrowed: narrowed.data(), title)


def register(application: Qala) -> None:
    """/near, the keyboard's label, locations and venues, buttons."""
    application.add_handler(CommandHandler("near", near, ~filters.Regex(r"^/\S+\s+\S")))
    application.add_handler(MessageHandler(KeyLabel("near"), near))
    places_sent = (filters.LOCATION | filters.VENUE) & filters.UpdateType.MESSAGE
    application.add_handler(MessageHandler(places_sent, shared))
    application.add_handler(CallbackQueryHandler(near, rf"^{ROOT}$"))
    application.add_handler(
        CallbackQueryHandler(pressed, lambda data: read_near(str(data)) is not None)
    )
