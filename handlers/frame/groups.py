"""Groups and channels: the bot answers only what is addressed to it."""

import re
from typing import Protocol

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType

CHANNEL_COMMANDS = ("/subscribe", "/stop")


class Addressee(Protocol):
    """Whom a message may be addressed to: the bot, or anything with its id and username."""

    @property
    def id(self) -> int: ...

    @property
    def username(self) -> str: ...


def addressed(update: Update, bot: Addressee) -> bool:
    """Whether the update is meant for the bot: always in private, by name or reply in a group.

    Edited messages, reactions, messages to a business account and the like are met with silence:
    they are meant for others, or were answered when they were new. So are posts of a channel, but
    for its two commands. That a group became another one is heard wherever it is said.
    """
    if update.callback_query or update.inline_query or update.my_chat_member:
        return True
    if update.channel_post is not None:
        return _subscribes(update.channel_post, bot)
    message = update.message
    if message is None:
        return False
    if message.migrate_to_chat_id or message.chat.type == ChatType.PRIVATE:
        return True
    return _names(message, bot) or _replies(message, bot)


def is_named(update: Update, bot: Addressee) -> bool:
    """Whether a text has the bot's name or a command, and is not only an answer to its message."""
    message = update.effective_message
    return message is not None and _names(message, bot)


def asked_text(update: Update, bot: Addressee) -> str:
    """What the person wrote (or captioned), without the bot's @name; blank when nothing."""
    message = update.effective_message
    text = (message and (message.text or message.caption)) or ""
    return re.sub(
        rf"\s*@{re.escape(bot.username)}\b[\s,:]*", " ", text, flags=re.IGNORECASE
    ).strip()


def _subscribes(post: Message, bot: Addressee) -> bool:
    """Whether a channel's post is a command with which the channel subscribes or stops."""
    command, _, name = (post.text or "").partition(" ")[0].casefold().partition("@")
    return command in CHANNEL_COMMANDS and name in {"", bot.username.casefold()}


def _replies(message: Message, bot: Addressee) -> bool:
    earlier = message.reply_to_message
    return earlier is not None and earlier.from_user is not None and earlier.from_user.id == bot.id


def _names(message: Message, bot: Addressee) -> bool:
    name = bot.username.casefold()
    found = {**message.parse_entities(), **message.parse_caption_entities()}
    for entity, text in found.items():
        if entity.type == MessageEntity.MENTION and text[1:].casefold() == name:
            return True
        if entity.type == MessageEntity.TEXT_MENTION and entity.user and entity.user.id == bot.id:
            return True
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            return text.casefold().partition("@")[2] in {"", name}
    return False
