"""The text a message says it was searched by: what does not fit into a button stands there."""

from telegram import Message, MessageEntity, Update


def query_of(update: Update) -> str:
    """The first text in code type of the pressed message; "" when there is none."""
    message = update.callback_query.message if update.callback_query else None
    if not isinstance(message, Message) or not message.text:
        return ""
    quoted = message.parse_entities([MessageEntity.CODE])
    return next(iter(quoted.values()), "")
