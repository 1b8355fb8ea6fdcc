"""Who may change what a chat subscribed to: in private its person, else its administrators."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import ChatMember, Update
from telegram.error import BadRequest, Forbidden

from handlers.frame.context import Context, is_private
from handlers.frame.screens import answer_press, show
from handlers.frame.texts import language_of
from handlers.subscriptions.views.subscriptions import only_administrators_screen
from storage.subscriptions import subscribers

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
ADMINISTRATORS = {ChatMember.OWNER, ChatMember.ADMINISTRATOR}


def for_administrators(handler: Handler) -> Handler:
    """The handler for those who may; the others hear that they may not, a press by an alert."""

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        if update.effective_chat is None:  # a press on a message of inline mode
            await answer_press(update)
        elif await may_change(update, context):
            await _speak(update, context)
            await handler(update, context)
        elif update.callback_query is not None:
            no = only_administrators_screen(context.t, context.bot.username)
            await answer_press(update, no.text, alert=True)
        else:
            await show(update, context, only_administrators_screen(context.t, context.bot.username))

    return guarded


async def _speak(update: Update, context: Context) -> None:
    """A channel has no person whose language it could be: that of its digests is spoken."""
    if update.effective_user is None:
        facts = await context.store.read(subscribers.subscriber, context.chat_id)
        context.language = language_of(facts.language if facts else None)


async def may_change(update: Update, context: Context) -> bool:
    """Whether the person (or the group's nameless administrator, or a channel) may change it."""
    if is_private(update) or update.channel_post is not None:
        return True
    sender = update.message.sender_chat if update.message else None
    if sender is not None:  # an anonymous administrator writes as the group itself
        return sender.id == context.chat_id
    user = update.effective_user
    if user is None:
        return False
    try:
        member = await context.bot.get_chat_member(context.chat_id, user.id)
    except (BadRequest, Forbidden):
        return False
    return member.status in ADMINISTRATORS
