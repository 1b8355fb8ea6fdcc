"""What no topic wanted: a fitting answer, or silence on purpose.

Silence: service messages (pinned, renamed, migrated) and kinds of messages nobody knows yet. What
is edited, posted in a channel or reacted never comes this far.
"""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers.frame.context import Context, Qala
from handlers.frame.screens import Screen, show
from handlers.frame.texts import Markup, msgid
from handlers.views.guide.menu import menu_screen

LEADS = (
    (
        filters.Sticker.ALL | filters.ANIMATION | filters.Dice.ALL | filters.GAME,
        msgid("😊 Nice! But I only understand words."),
    ),
    (
        filters.VOICE | filters.AUDIO | filters.VIDEO_NOTE | filters.VIDEO,
        msgid("I cannot listen or watch yet."),
    ),
    (
        filters.PHOTO | filters.Document.ALL | filters.STORY | filters.PAID_MEDIA,
        msgid("I cannot look at pictures and files."),
    ),
    (filters.CONTACT, msgid("I need no phone numbers and keep none.")),
    (filters.POLL, msgid("I do not take part in polls.")),
)
ANYTHING_ELSE = msgid("I cannot read this kind of message.")


async def unknown_command(update: Update, context: Context) -> None:
    """A command the bot does not have."""
    command = context.text.split()[0] if context.text else "/"
    await _answer(update, context, context.t("I do not know {command}.", command=command))


async def not_words(update: Update, context: Context) -> None:
    """A sticker, a voice message, a picture: one answer, one for a whole album."""
    message = update.message
    if message is None or not message.effective_attachment:
        return
    if context.bot_data.albums.first(message):
        known = (lead for kind, lead in LEADS if kind.check_update(update))
        await _answer(update, context, context.t(next(known, ANYTHING_ELSE)))


async def old_button(update: Update, context: Context) -> None:
    """A button of a former version, or data that no button ever carried."""
    notice = context.t("This button is out of date.")
    await show(update, context, menu_screen(context.t), notice=notice, anew=True)


async def _answer(update: Update, context: Context, lead: Markup) -> None:
    hint = context.t("Send me your location, write a place or a word, or choose:")
    buttons = menu_screen(context.t).buttons
    await show(update, context, Screen(Markup("\n").join((lead, hint)), buttons))


def register(application: Qala) -> None:
    """Last of all: every handler before had its chance."""
    application.add_handler(MessageHandler(filters.COMMAND, unknown_command))
    application.add_handler(MessageHandler(~filters.StatusUpdate.ALL, not_words))
    application.add_handler(CallbackQueryHandler(old_button))
