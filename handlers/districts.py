"""The districts, what is being built in each, and the lists of districts and programmes."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from handlers.frame.context import Context, Qala
from handlers.frame.main_keyboard import KeyLabel
from handlers.frame.screens import Screen, empty_screen, show
from handlers.looks.bell import of_list, with_follow
from handlers.looks.district import district_screen
from handlers.looks.names import names_of, stored_names
from handlers.views import choices
from handlers.views import districts as view
from handlers.views.callbacks import FILTER, MORE, ListState, read_listed
from handlers.views.lists import PAGE, pages
from handlers.views.names import Names, unknown_districts, unknown_programmes
from storage.places import districts
from storage.projects import listing


async def all_districts(update: Update, context: Context) -> None:
    """The districts with their counts."""
    if await context.is_empty():
        await show(update, context, empty_screen(context.t))
        return
    found = await context.facts(districts.districts)
    spread = await context.facts(districts.spread)
    names = Names({facts.slug: facts.names for facts in found})
    await show(update, context, view.districts_screen(context.t, names, found, spread))


async def listed(update: Update, context: Context) -> None:
    """A district's page, a list of a district or programme, or a menu that narrows it."""
    action, state = pressed(update)
    if action in {view.OPEN, view.SECTORS_OPEN}:
        page = await district_screen(context, state.code)
        if page is None:
            await all_districts(update, context)
            return
        screen = page.opened(page.narrow) if action == view.SECTORS_OPEN else page
    elif action in {choices.SECTOR_MENU, choices.STATE_MENU}:
        screen = await _menu(context, action, state)
    else:
        screen = choices.opened(await _list(context, state), action)
    await show(update, context, screen)


async def _menu(context: Context, action: str, state: ListState) -> Screen:
    menu = choices.sector_menu if action == choices.SECTOR_MENU else choices.state_menu
    title = view.list_title(context.t, await _names(context, state), state)
    return menu(context.t, state, lambda narrowed: narrowed.data(), title)


async def _list(context: Context, state: ListState) -> Screen:
    """The page asked for; the last one when there are no longer so many."""
    found = await context.facts(
        listing.listing,
        state.filter,
        order="newest",
        language=context.language,
        today=context.today,
        offset=state.page * PAGE,
        limit=PAGE,
    )
    if not found.items and state.page:
        return await _list(context, state.turned(pages(found.total) - 1 if found.total else 0))
    own, others = await _names(context, state), await names_of(context, found.items)
    names = Names({**own.districts, **others.districts}, own.programmes)
    screen = view.list_screen(context.t, names, state, found, context.today)
    return await with_follow(context, screen, of_list(state))


async def _names(context: Context, state: ListState) -> Names:
    """The name of the list's own district or programme, when only the store has it."""
    if state.topic == "g":
        return await stored_names(context, (), unknown_programmes([state.code]))
    return await stored_names(context, unknown_districts(filter(None, [state.code])), ())


def pressed(update: Update) -> tuple[str, ListState]:
    """What the pressed button of a list carries."""
    query = update.callback_query
    read = read_listed((query.data or "") if query else "")
    return read or (choices.STATE_MENU, ListState())


def _is_list(data: object) -> bool:
    """Whether it is a district's button, or a button of a programme's list."""
    read = read_listed(str(data))
    if read is None:
        return False
    action, state = read
    menus = {choices.LIST, choices.SECTOR_MENU, choices.STATE_MENU, FILTER, MORE}
    return action in (menus if state.topic == "g" else {view.OPEN, view.SECTORS_OPEN, *menus})


def register(application: Qala) -> None:
    """/districts, the keyboard's label, buttons."""
    application.add_handler(CommandHandler("districts", all_districts))
    application.add_handler(MessageHandler(KeyLabel("districts"), all_districts))
    application.add_handler(CallbackQueryHandler(all_districts, rf"^{view.ROOT}$"))
    application.add_handler(CallbackQueryHandler(listed, _is_list))
