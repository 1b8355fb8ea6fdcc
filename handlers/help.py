"""/help: what the bot answers, and what its words for a project's state mean."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from handlers.frame.context import Context, Qala
from handlers.frame.main_keyboard import ROOTS, KeyLabel
from handlers.frame.screens import PART, show
from handlers.frame.wishes import Wish
from handlers.views.guide.help import help_screen


async def help_me(update: Update, context: Context) -> None:
    """How to ask."""
    await show(update, context, help_screen(context.t, context.part))


def register(application: Qala) -> None:
    """/help, the keyboard's label, the menu's button."""
    application.add_handler(CommandHandler("help", help_me))
    application.add_handler(MessageHandler(KeyLabel("help") | Wish("help"), help_me))
    application.add_handler(CallbackQueryHandler(help_me, f"^{ROOTS['help']}{PART}$"))
