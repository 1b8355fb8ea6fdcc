"""The menu as a message, and what a group hears first."""

from telegram import ReplyKeyboardRemove

from handlers.frame.main_keyboard import menu_rows, rest_rows
from handlers.frame.screens import Screen
from handlers.frame.texts import Texts


def menu_screen(t: Texts) -> Screen:
    """What the bot can be asked, as buttons under one line."""
    return Screen(t("What would you like to know?"), menu_rows(t))


def rest_screen(t: Texts) -> Screen:
    """What has no key of its own, as buttons."""
    return Screen(t("What else would you like to know?"), rest_rows(t))


def hidden_screen(t: Texts) -> Screen:
    """Return that the keys are hidden, and what brings them back: both come with it."""
    return Screen(
        t("The keys are hidden. /start brings them back, /menu has the same."),
        reply_keyboard=ReplyKeyboardRemove(),
    )


def group_greeting(t: Texts, username: str) -> Screen:
    """A hello for a group: short, with the topics as buttons."""
    text = t(
        "Hello! I am <b>Qala</b>. I know what is being built in Almaty.\n\n"
        "Here I answer commands, replies to my messages, and whoever writes to @{username}.\n\n"
        "🔔 An administrator can let me tell this chat what is finished: /subscribe",
        username=username,
    )
    return Screen(text, menu_rows(t))
