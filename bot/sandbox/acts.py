"""What residents do: each act changes the world and sends the bot Telegram's update for it."""

from typing import Any

from bot.sandbox.entities import finished
from bot.sandbox.files import media_object
from bot.sandbox.methods.rights import administrator_rights
from bot.sandbox.methods.sending import without_reply
from bot.sandbox.world import Chat, Person, Stored, World

Json = dict[str, Any]


class ImpossibleError(Exception):
    """A resident tried what Telegram's app would not let them do; the text says what."""


def say(
    world: World, person: Person, chat_id: int, content: Json, reply_to: int | None = None
) -> Stored:
    """A resident's message with `content` (text, location, ...); returns it as stored."""
    chat = world.chats[chat_id]
    if person.id not in chat.members:
        raise ImpossibleError(f"{person.user['first_name']} is not in the chat {chat_id}.")
    if person.blocked and chat.kind == "private":
        raise ImpossibleError("The bot is blocked: unblock it first.")
    if reply_to is not None:
        answered = world.find(chat_id, reply_to)
        if answered is None:
            raise ImpossibleError(f"There is no message {reply_to} to reply to.")
        content = {"reply_to_message": without_reply(answered.body), **content}
    if chat.kind == "channel" and not may_change(chat, person):
        raise ImpossibleError("Only administrators post in a channel.")
    if chat.kind == "private":
        person.started = True
    stored = world.add_message(chat_id, person.user, content)
    if chat.kind == "channel":
        world.updates.push("channel_post", _post(stored.body))
    elif chat.kind == "private" or _bot_sees(world, stored):
        world.updates.push("message", stored.body)
    return stored


def may_change(chat: Chat, person: Person) -> bool:
    """Whether the person owns or administers the group or channel."""
    return person.id == chat.members[0] or person.id in chat.administrators


def _post(body: Json) -> Json:
    """A message of a channel as the bot sees it: the channel itself has written it."""
    return {**{k: v for k, v in body.items() if k != "from"}, "sender_chat": body["chat"]}


def text_content(text: str) -> Json:
    """A typed text with the entities Telegram finds: commands, mentions, links, tags."""
    entities = finished(text, [])
    return {"text": text} | ({"entities": entities} if entities else {})


def file_content(
    world: World, kind: str, content: bytes, name: str = "", caption: str | None = None
) -> Json:
    """A file of the resident: photo, document, voice or sticker."""
    media = media_object(world.files.add(kind, content, name))
    return {kind: media} | ({"caption": caption} if caption else {})


def _bot_sees(world: World, stored: Stored) -> bool:
    """Whether a group message reaches the bot (https://core.telegram.org/bots/features#privacy-mode)."""
    if not world.chats[stored.chat_id].bot_is_member:
        return False
    if not world.privacy_mode:
        return True
    answered = stored.body.get("reply_to_message", {}).get("from", {})
    text = str(stored.body.get("text") or stored.body.get("caption") or "")
    mentioned = f"@{world.bot['username']}".lower() in text.lower()
    return bool(answered.get("id") == world.bot["id"] or mentioned or text.startswith("/"))


def rewrite(world: World, stored: Stored, changes: Json) -> None:
    """A resident edits their message: a new text, or a live location that moved."""
    if stored.from_bot:
        raise ImpossibleError("Only one's own messages can be edited.")
    if "text" in changes:
        stored.body.pop("entities", None)
    stored.body.update(changes)
    world.touch(stored)
    if world.chats[stored.chat_id].kind == "private" or _bot_sees(world, stored):
        world.updates.push("edited_message", stored.body)


def press(world: World, person: Person, stored: Stored, data: str) -> str:
    """A press of a callback button; returns the id of the query the bot will answer."""
    query_id = world.query_id()
    world.open_queries[query_id] = person.id
    query = {
        "id": query_id,
        "from": person.user,
        "message": stored.body,
        "chat_instance": str(7_300_000_000_000 + abs(stored.chat_id)),
        "data": data,
    }
    world.updates.push("callback_query", query)
    return query_id


def ask_inline(world: World, person: Person, query: str, offset: str = "") -> str:
    """An inline query typed in some chat; returns its id."""
    query_id = world.query_id()
    world.inline_queries[query_id] = person.id
    update = {"id": query_id, "from": person.user, "query": query, "offset": offset}
    world.updates.push("inline_query", {**update, "chat_type": "sender"})
    return query_id


def set_blocked(world: World, person: Person, *, blocked: bool) -> None:
    """The resident blocks or unblocks the bot; it hears so by my_chat_member, as from Telegram."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    _tell_membership(world, person, person.id, away=blocked)


def set_bot_member(world: World, person: Person, chat_id: int, *, member: bool) -> None:
    """An administrator adds the bot to a group or channel, or removes it; it hears so."""
    chat = world.chats[chat_id]
    if not may_change(chat, person):
        raise ImpossibleError("Only administrators add and remove the bot.")
    if chat.bot_is_member == member:
        return
    chat.bot_is_member = member
    _tell_membership(world, person, chat_id, away=not member)


def _tell_membership(world: World, person: Person, chat_id: int, *, away: bool) -> None:
    there = "administrator" if world.chats[chat_id].kind == "channel" else "member"
    old, new = (there, "kicked") if away else ("kicked", there)
    update = {
        "chat": world.chat_object(chat_id),
        "from": person.user,
        "date": world.now(),
        "old_chat_member": _bot_as(world, old),
        "new_chat_member": _bot_as(world, new),
    }
    world.updates.push("my_chat_member", update)
    world.happened("residents")


def _bot_as(world: World, status: str) -> Json:
    more = {"until_date": 0} if status == "kicked" else {}
    if status == "administrator":
        more = administrator_rights()
    return {"user": world.bot, "status": status, **more}


def find_button(
    world: World, chat_id: int, label: str, message_id: int | None = None
) -> tuple[Stored, Json]:
    """The latest inline button with this text or callback data, and its message.

    Raises ImpossibleError when there is none, naming the buttons that are there.
    """
    seen: list[str] = []
    for stored in reversed(world.history(chat_id)):
        if message_id is not None and stored.message_id != message_id:
            continue
        for row in stored.body.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if label in {button["text"], button.get("callback_data")}:
                    return stored, button
                seen.append(f"{button['text']!r} ({button.get('callback_data', 'no callback')})")
    there = ", ".join(seen) or "none at all"
    raise ImpossibleError(f"No button {label!r} in the chat {chat_id}; there are: {there}.")
