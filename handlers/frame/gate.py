"""The front door: what is addressed to the bot comes in, at a bearable pace, with a name.

In front of the topics the person is read once per update. After them the visit is noted (at most
once an hour) in the background: an import that holds the store's writer delays no answer, and a
person whose data was just deleted is not written down again.
"""

from telegram import Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from handlers.frame.context import Context, Qala
from handlers.frame.flood import Verdict
from handlers.frame.groups import addressed
from handlers.frame.screens import Screen, answer_press, show

IN_FRONT = -1
AFTERWARDS = 100


async def come_in(update: Update, context: Context) -> None:
    """Let through what gets an answer; everything else ends here, silently."""
    if not addressed(update, context.bot):
        raise ApplicationHandlerStop
    verdict = context.bot_data.flood.verdict(update.update_id)
    if verdict is Verdict.SILENCE:
        raise ApplicationHandlerStop
    await context.load(update)
    if verdict is Verdict.NOTICE:
        await _slow_down(update, context)
        raise ApplicationHandlerStop


async def _slow_down(update: Update, context: Context) -> None:
    text = context.t("That was a lot at once. Please wait a minute: then I will answer again.")
    if update.callback_query is not None:
        await answer_press(update, text, alert=True)
    elif update.effective_message is not None:
        await show(update, context, Screen(text))


async def note_visit(_: Update, context: Context) -> None:
    """Keep the first contact and the latest, without making anyone wait.

    The task does not belong to the update: nobody needs an apology for a visit not noted.
    """
    if not context.due:
        return
    context.bot_data.notes.visit(context.chat_id, context.clock)
    await context.write_notes()


def register(application: Qala) -> None:
    """One handler in front of everything, one after it."""
    application.add_handler(TypeHandler(Update, come_in), IN_FRONT)
    application.add_handler(TypeHandler(Update, note_visit), AFTERWARDS)
