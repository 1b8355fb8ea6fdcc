"""/start and the menu: a greeting by name, the keyboard, and where a shared link leads."""

from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from handlers.frame.context import Context, Qala, is_private
from handlers.frame.main_keyboard import HIDE, MENU, KeyLabel, main_keyboard, menu_button
from handlers.frame.screens import Screen, empty_screen, send, show
from handlers.frame.texts import LANGUAGES, Markup
from handlers.frame.wishes import Wish
from handlers.looks.card import card_screen
from handlers.looks.examples import examples
from handlers.subscriptions.digests import all_screen
from handlers.subscriptions.pausing import ask_to_wake
from handlers.subscriptions.subscriptions import all_of_them
from handlers.subscriptions.views.digest import read_link
from handlers.views.guide.greeting import greeting
from handlers.views.guide.menu import group_greeting, hidden_screen, menu_screen, rest_screen
from handlers.views.guide.settings import LANGUAGE_LINK, language_screen
from handlers.views.lists import paragraphs

PROJECT_LINK = "p_"  # ?start=p_ID opens a project's card
SUBSCRIBE_LINK = "subscribe"  # ?start=subscribe opens the subscriptions


async def start(update: Update, context: Context) -> None:
    """Greet, or open what the link that brought the person here points to."""
    await context.forget_question()
    payload = context.args[0] if context.args else ""
    if payload.startswith(PROJECT_LINK) and await _open_project(update, context, payload):
        return
    if (listed := read_link(payload)) and is_private(update):
        await _greet_newcomer(update, context)
        await send(update, context, await all_screen(context, listed))
        return
    if payload == LANGUAGE_LINK and is_private(update):
        await show(update, context, language_screen(context.t))
        return
    if payload == SUBSCRIBE_LINK and is_private(update):
        await all_of_them(update, context)
        return
    await _greet(update, context)
    await ask_to_wake(update, context)


async def menu(update: Update, context: Context) -> None:
    """The topics as buttons."""
    await show(update, context, menu_screen(context.t))


async def rest(update: Update, context: Context) -> None:
    """What has no key of its own; in a group all topics."""
    await context.forget_question()
    screen = rest_screen(context.t) if is_private(update) else menu_screen(context.t)
    await show(update, context, screen)


async def hide_keys(update: Update, context: Context) -> None:
    """Take the keys away, until /start brings them back."""
    screen = hidden_screen(context.t) if is_private(update) else menu_screen(context.t)
    await show(update, context, screen)


async def _greet(update: Update, context: Context) -> None:
    """The greeting, and beside it three projects to press, where there is a list."""
    offered = await examples(context)
    if is_private(update):
        await show(update, context, await _greeting(update, context))
        if offered is not None:
            await send(update, context, offered)
        return
    hello = group_greeting(context.t, context.bot.username)
    if offered is None:
        text = paragraphs(hello.text, empty_screen(context.t).text)
        await show(update, context, replace(hello, text=text))
        return
    buttons = (*offered.buttons, (menu_button(context.t),))
    await show(update, context, Screen(paragraphs(hello.text, offered.text), buttons))


async def _greeting(update: Update, context: Context) -> Screen:
    """The hello of a private chat; the four keys come with it."""
    name = update.effective_user.first_name if update.effective_user else ""
    parts = [greeting(context.t, name)]
    if await context.is_empty():
        parts.append(empty_screen(context.t).text)
    if _guessed(update, context):
        parts.append(Markup("Русский · English: /language"))
    return Screen(paragraphs(*parts), reply_keyboard=main_keyboard(context.t))


def _guessed(update: Update, context: Context) -> bool:
    """Whether nothing told the language: then the others get a hint."""
    chosen = context.person is not None and context.person.language is not None
    code = (update.effective_user and update.effective_user.language_code) or ""
    return not chosen and code.partition("-")[0].lower() not in LANGUAGES


async def _open_project(update: Update, context: Context, payload: str) -> bool:
    """Show the card the link names; False for a link that names no project."""
    card = await card_screen(context, payload.removeprefix(PROJECT_LINK))
    if card is None:
        return False
    await _greet_newcomer(update, context)
    await send(update, context, card)
    return True


async def _greet_newcomer(update: Update, context: Context) -> None:
    """Greet before whoever comes by a link for the first time: the keyboard comes with that."""
    if is_private(update) and context.person is None:
        await send(update, context, await _greeting(update, context))


def register(application: Qala) -> None:
    """/start, /menu, the menu's label and button."""
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CommandHandler("menu", menu))
    typed = KeyLabel("menu") | Wish("menu")  # as the button reads, or in other words
    application.add_handler(MessageHandler(typed, menu))
    application.add_handler(MessageHandler(KeyLabel("more"), rest))
    application.add_handler(CallbackQueryHandler(menu, rf"^{MENU}$"))
    application.add_handler(CallbackQueryHandler(hide_keys, rf"^{HIDE}$"))
