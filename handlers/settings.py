"""Language, home and radius: what a person can set, each with one press."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from handlers.frame.context import Context, Qala, is_private
from handlers.frame.main_keyboard import KeyLabel, main_keyboard, menu_button
from handlers.frame.screens import Button, Screen, answer_press, send, show
from handlers.frame.texts import LANGUAGES, Markup
from handlers.frame.wishes import Wish
from handlers.views.callbacks import SUBSCRIPTIONS
from handlers.views.guide.settings import (
    CHOSEN,
    LANGUAGE,
    OWN_NAMES,
    PRIVACY,
    SETTINGS,
    back_button,
    in_private,
    language_screen,
)
from handlers.views.near import RADII_M
from handlers.views.numbers import distance, number
from storage.people import people
from storage.people.missed_questions import KEPT
from storage.subscriptions import subscribers
from storage.vocabulary.whole_texts import wish_of

RADIUS, HOME, FORGET = "o:radius", "o:home", "o:forget"
MISSED = "o:missed"


async def settings(update: Update, context: Context) -> None:
    """What is set now, with buttons to change it; in a group a way to the private chat."""
    if not is_private(update):
        await show(update, context, in_private(context.t, context.bot.username))
        return
    followed = await context.store.read(subscribers.subscriber, context.chat_id)
    count = followed.subscriptions if followed else 0
    await show(update, context, settings_screen(context, count))


async def language(update: Update, context: Context) -> None:
    """The choice of language."""
    await _show(update, context, language_screen(context.t))


async def radius(update: Update, context: Context) -> None:
    """The choice of radius."""
    await _show(update, context, _radius_screen(context))


async def _show(update: Update, context: Context, screen: Screen) -> None:
    await show(
        update,
        context,
        screen if is_private(update) else in_private(context.t, context.bot.username),
    )


async def choose_language(update: Update, context: Context) -> None:
    """Speak the chosen language at once: in this message, and on the keyboard below."""
    await _speak(update, context, _argument(context))


async def wished_language(update: Update, context: Context) -> None:
    """Speak the language that was wished for in words; «язык» alone offers all."""
    _, _, code = (wish_of(context.text) or "").partition(":")
    await _speak(update, context, code)


async def _speak(update: Update, context: Context, code: str) -> None:
    if not is_private(update):
        await show(update, context, in_private(context.t, context.bot.username))
        return
    chosen = next(each for each in LANGUAGES if each == code)
    await context.store.write(people.set_language, context.chat_id, chosen, context.clock)
    await context.store.write(subscribers.set_digest_language, context.chat_id, chosen)
    context.language = chosen
    await show(update, context, language_screen(context.t))
    ready = Screen(context.t("Now I speak English."), reply_keyboard=main_keyboard(context.t))
    await send(update, context, ready)


async def choose_radius(update: Update, context: Context) -> None:
    """Keep the radius within which "near me" looks at first."""
    metres = int(_argument(context))
    if metres in RADII_M and is_private(update):
        await context.store.write(people.set_radius, context.chat_id, metres, context.clock)
        await context.load(update)
    await settings(update, context)


async def show_home(update: Update, context: Context) -> None:
    """The home point as it is kept, on a map."""
    home = context.person.home if context.person else None
    if home is None:
        await settings(update, context)
        return
    await answer_press(update)
    await context.bot.send_location(context.chat_id, home.latitude, home.longitude)


async def forget_home(update: Update, context: Context) -> None:
    """Keep no home any longer."""
    if is_private(update):
        await context.store.write(people.forget_home, context.chat_id)
        await context.load(update)
    await settings(update, context)


async def choose_missed(update: Update, context: Context) -> None:
    """Keep from now on what is not understood, or keep it no longer."""
    keep = _argument(context) == "1"
    if is_private(update):
        await context.store.write(people.set_keep_missed, context.chat_id, keep, context.clock)
        await context.load(update)
    await settings(update, context)


def settings_screen(context: Context, subscriptions: int) -> Screen:
    """What is set now, and how many subscriptions there are."""
    t, home = context.t, context.person.home if context.person else None
    lines = [
        t("⚙️ <b>Settings</b>"),
        t("Language: {language}", language=OWN_NAMES[context.language]),
        t("Home: saved, to about 100 m") if home else t("Home: not saved"),
        t("Search radius: {radius}", radius=distance(t, context.radius_m)),
        t("Subscriptions: {number}", number=number(t, subscriptions)),
        t("Questions I did not understand: kept for {n} days, not linked to you", n=KEPT.days)
        if _keeps_missed(context)
        else t("Questions I did not understand: not kept"),
    ]
    if not home:
        lines.append(t("<i>To save your home, send a location and press “Save as home”.</i>"))
    home_row = (Button(t("🏠 Show home"), HOME), Button(t("🗑 Forget home"), FORGET))
    rows = (
        (Button(t("🌐 Language"), LANGUAGE), Button(t("📏 Radius"), RADIUS)),
        (Button(t("🔔 Subscriptions"), SUBSCRIPTIONS), _missed_button(context)),
        *((home_row,) if home else ()),
        (Button(t("🔒 Privacy and my data"), PRIVACY), menu_button(t)),
    )
    return Screen(Markup("\n").join(lines), rows)


def _radius_screen(context: Context) -> Screen:
    t, now = context.t, context.radius_m
    buttons = [
        Button((CHOSEN if metres == now else "") + distance(t, metres), f"{RADIUS}:{metres}")
        for metres in RADII_M
    ]
    rows = (*(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3)), (back_button(t),))
    return Screen(t("How far around shall I look at first?"), rows)


def _keeps_missed(context: Context) -> bool:
    return context.person is None or context.person.keep_missed


def _missed_button(context: Context) -> Button:
    if _keeps_missed(context):
        return Button(context.t("🚫 Do not keep unclear questions"), f"{MISSED}:0")
    return Button(context.t("📝 Keep unclear questions"), f"{MISSED}:1")


def _argument(context: Context) -> str:
    """What the pressed button carries."""
    match = context.matches[0] if context.matches else None
    return match.group(1) if match else ""


def register(application: Qala) -> None:
    """Commands, the keyboard's label, buttons."""
    application.add_handler(CommandHandler("settings", settings))
    application.add_handler(CommandHandler("language", language))
    application.add_handler(MessageHandler(KeyLabel("settings"), settings))
    application.add_handler(MessageHandler(Wish("language"), language))
    for code in LANGUAGES:
        application.add_handler(MessageHandler(Wish(f"language:{code}"), wished_language))
    for pattern, handler in (
        (SETTINGS, settings),
        (LANGUAGE, language),
        (LANGUAGE + f"({'|'.join(LANGUAGES)})", choose_language),
        (RADIUS, radius),
        (RADIUS + r":(\d{1,6})", choose_radius),
        (MISSED + ":([01])", choose_missed),
        (HOME, show_home),
        (FORGET, forget_home),
    ):
        application.add_handler(CallbackQueryHandler(handler, f"^{pattern}$"))
