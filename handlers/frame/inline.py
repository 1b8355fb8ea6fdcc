"""Inline queries (@bot in another chat): no results, a button that leads to the conversation."""

from telegram import InlineQueryResultsButton, Update
from telegram.error import BadRequest
from telegram.ext import InlineQueryHandler

from handlers.frame.context import Context, Qala
from handlers.frame.texts import plain

CACHE_S = 300


async def lead_home(update: Update, context: Context) -> None:
    """Offer the private chat."""
    query = update.inline_query
    if query is None:
        return
    button = InlineQueryResultsButton(
        plain(context.t("Ask me in our chat")), start_parameter="inline"
    )
    try:
        await query.answer([], button=button, cache_time=CACHE_S, is_personal=True)
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise


def register(application: Qala) -> None:
    """Any inline query."""
    application.add_handler(InlineQueryHandler(lead_home))
