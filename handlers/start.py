"""/start and the menu: a greeting by name, the keyboard, and where a shared link leads."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from handlers.frame.context import Context, Qala, is_private
from handlers.frame.main_keyboard import MENU, KeyLabel, main_keyboard
from handlers.frame.screens import Screen, empty_screen, send, show
from handlers.frame.texts import LANGUAGES, Markup
from handlers.looks.card import card_screen
from handlers.subscriptions.digests import all_screen
from handlers.subscriptions.pausing import ask_to_wake
from handlers.subscriptions.subscriptions import all_of_them
from handlers.subscriptions.views.digest import read_link
from handlers.views.guide.menu import group_greeting, menu_screen
from handlers.views.guide.settings import LANGUAGE_LINK, language_screen

PROJECT_LINK = "p_"  # ?start=p_ID opens a project's card
SUBSCRIBE_LINK = "subscribe"  # ?start=subscribe opens the subscriptions


async def start(update: Update, context: Context) -> None:
    """Greet, or open what the link that brought the person here points to."""
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
    await show(update, context, await _greeting(update, context))
    await ask_to_wake(update, context)


async def menu(update: Update, context: Context) -> None:
    """The topics as buttons."""
    await show(update, context, menu_screen(context.t))


async def _greeting(update: Update, context: Context) -> Screen:
    t = context.t
    if not is_private(update):
        return group_greeting(t, context.bot.username)
    name = update.effective_user.first_name if update.effective_user else ""
    parts = [
        t("Hello, <b>{name}</b>!", name=name) if name else t("Hello!"),
        t(
            "I am <b>Qala</b>. I know what is being built in Almaty: what, where, when and for how "
            "much."
        ),
        t(
            "📍 Send me your location, or write a street, a microdistrict or a district: "
            "I will show what is near."
        ),
        t("🔔 I can also write to you when something is finished there: /subscribe"),
    ]
    if await context.is_empty():
        parts.append(empty_screen(t).text)
    if _guessed(update, context):
        parts.append(Markup("Русский · English: /language"))
    return Screen(Markup("\n\n").join(parts), reply_keyboard=main_keyboard(t))


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
    application.add_handler(MessageHandler(KeyLabel("menu"), menu))  # typed, as the button reads
    application.add_handler(CallbackQueryHandler(menu, rf"^{MENU}$"))
