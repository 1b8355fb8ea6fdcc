"""The choice of language, and what a group hears of personal settings."""

from handlers.frame.main_keyboard import ROOTS
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import LANGUAGES, Language, Texts

# Each language names itself, so that whoever cannot read the present one finds their own.
OWN_NAMES: dict[Language, str] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
LANGUAGE, SETTINGS, PRIVACY = "l:", ROOTS["settings"], "o:privacy"
CHOSEN = "✓ "
LANGUAGE_LINK = "language"  # ?start=language opens the choice of language


def language_screen(t: Texts) -> Screen:
    """The three languages, the present one marked."""
    buttons = tuple(
        Button((CHOSEN if code == t.language else "") + OWN_NAMES[code], LANGUAGE + code)
        for code in LANGUAGES
    )
    return Screen(t("Which language shall we speak?"), (buttons, (back_button(t),)))


def in_private(t: Texts, username: str) -> Screen:
    """What a group hears of personal settings; `username` is the bot's."""
    link = f"https://t.me/{username}?start={LANGUAGE_LINK}"
    text = t("In a group I answer each person in their own language. Let us set it in private.")
    return Screen(text, ((Button(t("Open the private chat"), url=link),),))


def back_button(t: Texts) -> Button:
    """The way back to the settings."""
    return Button(t("⬅️ Settings"), SETTINGS)
