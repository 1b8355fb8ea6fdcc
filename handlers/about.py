"""/about: whose facts these are, how many, how fresh, and under which licence."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers.frame.context import Context, Qala
from handlers.frame.screens import PART, show
from handlers.views.guide.about import ABOUT, about_screen
from storage.projects.about import about


async def about_the_data(update: Update, context: Context) -> None:
    """The data set behind the answers."""
    facts = await context.facts(about)
    await show(update, context, about_screen(context.t, facts, context.part))


def register(application: Qala) -> None:
    """/about and its button."""
    application.add_handler(CommandHandler("about", about_the_data))
    application.add_handler(CallbackQueryHandler(about_the_data, f"^{ABOUT}{PART}$"))
