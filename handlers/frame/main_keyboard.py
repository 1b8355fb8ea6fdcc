"""The main keyboard: its labels in three languages, and the filter that knows them.

Four keys, the rest behind the fourth (`rest_rows`). A label is a text like any other message, so a
person may also type it; the same topics open from inline buttons (`menu_rows`) where a reply
keyboard is not fitting, in groups.

Nothing is kept about the keys being hidden: they are sent to who is new, at /start, and when the
language changes, at no other time. So what a person hid, by the button or by Telegram's own sign
beside the field, does not come back uninvited.
"""

from collections.abc import Sequence
from functools import cache

from telegram import KeyboardButton, Message, ReplyKeyboardMarkup
from telegram.ext.filters import MessageFilter

from handlers.frame.screens import Button, Rows
from handlers.frame.texts import LANGUAGES, Texts, msgid, plain, texts_for

LABELS = {
    "near": msgid("📍 Near me"),
    "districts": msgid("🏘 Districts"),
    "news": msgid("🆕 News"),
    "budgets": msgid("💰 Budgets"),
    "programmes": msgid("📋 Programmes"),
    "subscriptions": msgid("🔔 Subscriptions"),
    "settings": msgid("⚙️ Settings"),
    "help": msgid("❓ Help"),
    "menu": msgid("☰ Menu"),
    "new": msgid("🆕 What's new"),
    "more": msgid("☰ More"),
    "search": msgid("🔎 Search"),
    "about": msgid("ℹ️ About the data"),
    "hide": msgid("⌨️ Hide the keys"),
    "subscribe": msgid("🔔 Subscribe"),  # these two are on no keyboard, but people write them
    "unsubscribe": msgid("Unsubscribe"),
}
ROOTS = {  # the callback data of a topic's first screen
    "near": "n:",
    "districts": "d:",
    "news": "w:",
    "budgets": "b:",
    "programmes": "g:",
    "subscriptions": "u:",
    "settings": "o:",
    "help": "m:help",
    "search": "s:0:",
    "about": "m:about",
    "hide": "m:hide",
}
MENU = "m:"  # the main menu as a message with buttons
HIDE = ROOTS["hide"]
WITH_SIGN = frozenset({"new", "more"})
"""Labels that without their sign are a question, «что нового», or a wish, «ещё»."""


def label(t: Texts, topic: str) -> str:
    """The label of a topic as plain text."""
    return plain(t(LABELS[topic]))


@cache
def main_keyboard(t: Texts) -> ReplyKeyboardMarkup:
    """The keyboard under a private chat; "near me" asks the phone for its location."""
    near = KeyboardButton(label(t, "near"), request_location=True)
    rows: list[list[str | KeyboardButton]] = [
        [near, label(t, "new")],
        [label(t, "subscriptions"), label(t, "more")],
    ]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True)


@cache
def rest_rows(t: Texts) -> Rows:
    """What has no key of its own, and the way to hide the keys."""
    pairs = (
        ("districts", "budgets"),
        ("programmes", "search"),
        ("settings", "help"),
        ("about", "hide"),
    )
    return _rows(t, pairs)


@cache
def menu_rows(t: Texts) -> Rows:
    """The same topics as inline buttons."""
    pairs = (
        ("near", "subscriptions"),
        ("districts", "news"),
        ("budgets", "programmes"),
        ("settings", "help"),
    )
    return _rows(t, pairs)


def _rows(t: Texts, pairs: Sequence[Sequence[str]]) -> Rows:
    return tuple(tuple(Button(label(t, topic), ROOTS[topic]) for topic in row) for row in pairs)


def menu_button(t: Texts) -> Button:
    """The way to the main menu."""
    return Button(label(t, "menu"), MENU)


class KeyLabel(MessageFilter):
    """Messages that are a label of the main keyboard, in any language, with or without its sign."""

    def __init__(self, topic: str) -> None:
        super().__init__(name=f"KeyLabel({topic})")
        self.topic = topic

    def filter(self, message: Message) -> bool:
        text = message.text or ""
        if self.topic in WITH_SIGN and text[:1].isalpha():
            return False
        return _bare(text) in _labels(self.topic)


@cache
def _labels(topic: str) -> frozenset[str]:
    return frozenset(_bare(label(texts_for(language), topic)) for language in LANGUAGES)


def _bare(text: str) -> str:
    """Letters only, folded: what is left of a label when a person types it."""
    return " ".join("".join(c if c.isalpha() else " " for c in text).split()).casefold()
