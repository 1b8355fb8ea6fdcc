"""The bot is added to a group, blocked by a person, or let in again; a group becomes another one.

While the bot cannot write to a chat, its subscriptions rest.
"""

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from handlers.frame.context import Context, Qala
from handlers.frame.screens import show
from handlers.subscriptions.pausing import ask_to_wake
from handlers.views.guide.menu import group_greeting
from storage.people import people
from storage.subscriptions import subscribers

OUT = {ChatMember.LEFT, ChatMember.BANNED}


async def membership(update: Update, context: Context) -> None:
    """Note a block, greet a group once; channels and everything else pass in silence."""
    change = update.my_chat_member
    if change is None:
        return
    if change.new_chat_member.status in OUT:
        because = str(change.new_chat_member.status)
        await context.store.write(subscribers.rest, change.chat.id, because, context.clock)
    if change.chat.type == ChatType.PRIVATE:
        await _person(change, context)
    elif change.chat.type != ChatType.CHANNEL and _came_in(change):
        await _greet(update, context)


async def _person(change: ChatMemberUpdated, context: Context) -> None:
    context.due = False
    chat_id, now = change.chat.id, context.clock
    if change.new_chat_member.status in OUT:
        await context.store.write(people.mark_blocked, chat_id, now)
    elif change.old_chat_member.status in OUT and context.person is not None:
        await context.store.write(people.seen, chat_id, now)


def _came_in(change: ChatMemberUpdated) -> bool:
    return change.old_chat_member.status in OUT and change.new_chat_member.status not in OUT


async def _greet(update: Update, context: Context) -> None:
    """Say hello, or ask whether what the group was told before shall go on."""
    try:
        if not await ask_to_wake(update, context):
            await show(update, context, group_greeting(context.t, context.bot.username))
    except (BadRequest, Forbidden):
        return  # a group in which the bot may not write


async def migrated(update: Update, context: Context) -> None:
    """A group got another id: what it subscribed to goes with it, silently."""
    message = update.message
    if message is not None and message.migrate_to_chat_id is not None:
        new = message.migrate_to_chat_id
        await context.store.write(subscribers.move, message.chat.id, new, context.clock)


def register(application: Qala) -> None:
    """The bot's own membership, and the group's."""
    application.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, migrated))
