"""Reply markup: what Telegram accepts, and its refusals.

Source: https://core.telegram.org/bots/api#inlinekeyboardmarkup and #replykeyboardmarkup. The
limits on the number of buttons are not documented: they are python-telegram-bot's constants.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request

_DATA_LIMIT = 64  # bytes
_TOTAL_LIMIT = 100
_ROW_LIMIT = 8
_PLACEHOLDER_LIMIT = 64
_ACTIONS = (
    "callback_data",
    "url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "web_app",
    "login_url",
    "pay",
    "callback_game",
)

Json = dict[str, Any]


@dataclass(frozen=True)
class Markup:
    """A checked reply markup: an inline keyboard, or what changes the reply keyboard."""

    inline: Json | None = None
    reply: Json | None = None


def checked_markup(markup: Any, *, private: bool) -> Markup:
    """Sorts a reply_markup out; ApiError 400 where Telegram would refuse it."""
    if markup is None or markup == {}:
        return Markup()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return Markup(inline=_inline(markup))
    if "keyboard" in markup:
        return Markup(reply=_reply(markup, private=private))
    if "remove_keyboard" in markup or "force_reply" in markup:
        return Markup(reply=markup)
    raise bad_request("can't parse reply keyboard markup JSON object")


def _rows(rows: Any, what: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f"can't parse {what}: field of type Array of Array expected")
    too_wide = any(len(row) > _ROW_LIMIT for row in rows) and what == "inline keyboard"
    if too_wide or sum(map(len, rows)) > _TOTAL_LIMIT * (1 if what == "inline keyboard" else 3):
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def _inline(markup: Json) -> Json | None:
    rows = _rows(markup["inline_keyboard"], "inline keyboard")
    checked = [[_inline_button(button) for button in row] for row in rows]
    return {"inline_keyboard": checked} if checked else None


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("text must be non-empty")
    actions = [action for action in _ACTIONS if action in button]
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= _DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        return {**button, "url": _checked_url(str(button["url"]))}
    return button


def _checked_url(url: str) -> str:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme == "tg":
        return url
    if parts.scheme not in {"http", "https", "ton", "tonsite"} or "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return parts.geturl()


def _reply(markup: Json, *, private: bool) -> Json:
    rows = _rows(markup["keyboard"], "reply keyboard")
    placeholder = markup.get("input_field_placeholder") or ""
    if len(placeholder) > _PLACEHOLDER_LIMIT:
        raise bad_request("input field placeholder is too long")
    keys = [[_reply_button(button, private=private) for button in row] for row in rows]
    return {**markup, "keyboard": keys}


def _reply_button(button: Any, *, private: bool) -> Json:
    key = {"text": button} if isinstance(button, str) else button
    if not isinstance(key, dict) or not isinstance(key.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not key["text"].strip():
        raise bad_request("text must be non-empty")
    if key.get("request_location") and not private:
        raise bad_request("location can be requested in private chats only")
    if key.get("request_contact") and not private:
        raise bad_request("phone number can be requested in private chats only")
    return key
