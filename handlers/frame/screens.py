"""A screen is a text with its buttons; `show` brings it to the person, in place where it can."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from telegram import (
    CallbackQuery,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import BadRequest, RetryAfter

from handlers.frame.calls import AS_TEXT, call
from handlers.frame.context import Context, is_private
from handlers.frame.messages import split_html
from handlers.frame.texts import Markup, Texts, plain

MOST_IN_TWOS = 6  # buttons in three rows of two
MOST_DATA = 64  # bytes of callback data, https://core.telegram.org/bots/api#inlinekeyboardbutton
PART = r"(?::(?P<part>\d{1,3}))?"  # behind the data of a long text: which part of it
PATIENCE = timedelta(seconds=3)  # the longest "retry after" that is waited for
T = TypeVar("T")
Keyboard = ReplyKeyboardMarkup | ReplyKeyboardRemove
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it sends `data` back to the bot, or opens `url`.

    The label may be a `Markup`: it is shown as plain text. ValueError for data over 64 bytes and
    for a button that does nothing or both.
    """

    label: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.data is None) == (self.url is None):
            raise ValueError(f"a button has either data or a url: {self.label}")
        if self.data is not None and not 1 <= len(self.data.encode()) <= MOST_DATA:
            raise ValueError(f"callback data must be 1 to {MOST_DATA} bytes: {self.data}")


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a key of the last row, and takes the place of all buttons once pressed.

    `key` opens it, `back` shows the screen as it was: both keep its page. Without `buttons` the key
    is not shown. Another deed for a list is one more button here, nowhere else.
    """

    key: Button
    buttons: tuple[Button, ...]
    back: Button

    @property
    def rows(self) -> Rows:
        """The buttons in at most three rows where there are nine or fewer, then the way back."""
        wide = len(self.buttons) > MOST_IN_TWOS
        return (*in_rows(self.buttons, 3 if wide else 2), (self.back,))


def in_rows(buttons: Sequence[Button], width: int) -> Rows:
    """Return the buttons in rows of so many."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees: an HTML text with buttons under it, or with a new reply keyboard.

    The last row is made of `narrow` (what filters a list), `bell` (🔔), `more` (⋯) and `last`, as
    far as they are there.
    """

    text: Markup
    buttons: Rows = ()
    reply_keyboard: Keyboard | None = None
    narrow: Behind | None = None
    bell: Button | None = None
    more: Behind | None = None
    last: tuple[Button, ...] = ()

    def __post_init__(self) -> None:
        if self.rows and self.reply_keyboard:
            raise ValueError("Telegram takes buttons or a reply keyboard, not both")

    @property
    def rows(self) -> Rows:
        """All rows of buttons as they are sent."""
        narrow, more = _key(self.narrow), _key(self.more)
        row = (*narrow, *((self.bell,) if self.bell else ()), *more, *self.last)
        return (*self.buttons, row) if row else self.buttons

    def opened(self, behind: Behind | None) -> "Screen":
        """The same text with what stands behind a key; the screen itself where nothing does."""
        if behind is None or not behind.buttons:
            return self
        return Screen(self.text, behind.rows)


def _key(behind: Behind | None) -> tuple[Button, ...]:
    return (behind.key,) if behind is not None and behind.buttons else ()


def empty_screen(t: Texts) -> Screen:
    """What every screen of facts says while no data set has been imported."""
    return Screen(
        t(
            "<b>The list of projects is not loaded yet.</b>\n"
            "Please come back a little later: it will appear here by itself."
        )
    )


async def show(
    update: Update, context: Context, screen: Screen, *, notice: str = "", anew: bool = False
) -> None:
    """Edit the pressed message in place (a new one where that cannot be), or send a new message.

    The press is answered, with `notice` as its short toast; `anew` leaves the pressed message as it
    is. A text over 4096 characters goes out in several messages, the buttons under the last. In
    groups a reply keyboard is left out: Telegram refuses one that asks for a location.
    """
    query = update.callback_query
    if query is None:
        await send(update, context, screen)
        return
    await answer_press(update, notice)
    if anew or screen.reply_keyboard is not None:
        await send(update, context, screen)
        return
    first, *rest = split_html(screen.text)
    if not await _edited(query, first, () if rest else screen.rows):
        rest = [first, *rest]
    await _send_parts(update, context, rest, screen)


async def send(update: Update, context: Context, screen: Screen) -> None:
    """Send the screen as a new message, whatever was pressed."""
    await _send_parts(update, context, split_html(screen.text), screen)


async def answer_press(
    update: Update, notice: str = "", *, alert: bool = False, url: str | None = None
) -> None:
    """Stop the spinner of a pressed button, with a short text (at most 200 characters) or none.

    A `url` into the bot itself opens where the button was pressed.
    """
    query = update.callback_query
    if query is None:
        return
    try:
        await politely(
            lambda: call(
                query.get_bot(),
                "answerCallbackQuery",
                callback_query_id=query.id,
                text=plain(notice)[:200] or None,
                show_alert=alert,
                url=url,
            )
        )
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise


async def politely(calling: Callable[[], Awaitable[T]]) -> T:
    """Make a call to Telegram; once more where it asks to wait for at most three seconds."""
    try:
        return await calling()
    except RetryAfter as error:
        wait = error.retry_after
        wait = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
        if wait > PATIENCE:
            raise
    await asyncio.sleep(wait.total_seconds())
    return await calling()


async def _edited(query: CallbackQuery, text: Markup, rows: Rows) -> bool:
    """Whether the pressed message now shows the text, with these buttons."""
    message = query.message
    if not isinstance(message, Message):
        return False  # too old to be edited
    try:
        await politely(
            lambda: call(
                query.get_bot(),
                "editMessageText",
                chat_id=message.chat_id,
                message_id=message.message_id,
                text=text,
                reply_markup=_inline(rows),
                **AS_TEXT,
            )
        )
    except BadRequest as error:
        return "message is not modified" in error.message.lower()
    return True


async def _send_parts(
    update: Update, context: Context, parts: list[Markup], screen: Screen
) -> None:
    """The keyboard or the buttons go under the last part."""
    if update.effective_chat is None:
        return  # a press on a message sent through inline mode: no chat to write to
    for number, part in enumerate(parts, 1):
        await _send(
            update, context, part, _markup(update, screen) if number == len(parts) else None
        )


async def _send(
    update: Update,
    context: Context,
    text: Markup,
    markup: Json | None,
) -> None:
    message = update.effective_message
    topic = message.message_thread_id if message and message.is_topic_message else None
    await politely(
        lambda: call(
            context.bot,
            "sendMessage",
            chat_id=context.chat_id,
            text=text,
            reply_markup=markup,
            message_thread_id=topic,
            reply_parameters=_reply(update),
            **AS_TEXT,
        )
    )


def _reply(update: Update) -> Json | None:
    """In a group the answer hangs on the question."""
    message = update.message
    if message is None or is_private(update):
        return None
    return {"message_id": message.message_id, "allow_sending_without_reply": True}


def _markup(update: Update, screen: Screen) -> Json | None:
    if screen.reply_keyboard is not None:
        return screen.reply_keyboard.to_dict() if is_private(update) else None
    return _inline(screen.rows)


def inline_keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons of a screen as the library's own methods take them; None for none."""
    return InlineKeyboardMarkup.de_json(_inline(rows) or {}, None) if rows else None


def _inline(rows: Rows) -> Json | None:
    """The buttons of a screen as the Bot API takes them; None for none."""
    if not rows:
        return None
    return {"inline_keyboard": [[_as_sent(button) for button in row] for row in rows]}


def _as_sent(button: Button) -> dict[str, str]:
    """A button as the Bot API takes it."""
    sent = {"text": plain(button.label)}
    if button.data is not None:
        sent["callback_data"] = button.data
    if button.url is not None:
        sent["url"] = button.url
    return sent
