"""Texts too long to be a question: a request for a few words, instead of a search for all."""

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from handlers.frame.context import Context, Qala
from handlers.frame.screens import Screen, show

LONGEST_QUESTION = 500  # characters


class TooLong(filters.MessageFilter):
    """Texts that are no question any more."""

    def filter(self, message: Message) -> bool:
        return len(message.text or "") > LONGEST_QUESTION


async def too_long(update: Update, context: Context) -> None:
    """Ask for a few words."""
    text = context.t(
        "That is a long text. Please put it in a few words: a street, a district, or what you are "
        "looking for."
    )
    await show(update, context, Screen(text))


def register(application: Qala) -> None:
    """Any long text that is no command."""
    application.add_handler(MessageHandler(TooLong() & ~filters.COMMAND, too_long))
