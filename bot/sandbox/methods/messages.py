"""sendMessage and what handles whole messages: chat actions, deleting, copying, pinning."""

from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.methods.method import Method
from bot.sandbox.methods.sending import find_chat, reachable_chat, send, text_content, without_reply
from bot.sandbox.params import Params
from bot.sandbox.world import Stored, World

Json = dict[str, Any]

_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_DELETE_WITHIN = 48 * 3600  # seconds: https://core.telegram.org/bots/api#deletemessage
_MOST_AT_ONCE = 100


async def send_message(world: World, params: Params) -> Json:
    chat = reachable_chat(world, params)
    return send(world, params, chat, text_content(world, params)).body


async def send_chat_action(world: World, params: Params) -> bool:
    chat = reachable_chat(world, params)
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.happened("action", chat_id=chat.id, action=action)
    return True


def _deletable(world: World, stored: Stored) -> bool:
    if stored.body["date"] < world.now() - _DELETE_WITHIN:
        return False
    return stored.from_bot or world.chats[stored.chat_id].kind == "private"


async def delete_message(world: World, params: Params) -> bool:
    chat = find_chat(world, params.values.get("chat_id"))
    stored = world.find(chat.id, params.integer_required("message_id"))
    if stored is None:
        raise bad_request("message to delete not found")
    if not _deletable(world, stored):
        raise bad_request("message can't be deleted for everyone")
    world.delete(stored)
    return True


async def delete_messages(world: World, params: Params) -> bool:
    chat = find_chat(world, params.values.get("chat_id"))
    ids = params.structure("message_ids") or []
    if not 1 <= len(ids) <= _MOST_AT_ONCE:
        raise bad_request("there are no message identifiers specified")
    for message_id in ids:
        stored = world.find(chat.id, int(message_id))
        if stored is not None and _deletable(world, stored):
            world.delete(stored)
    return True


def _source(world: World, params: Params, what: str) -> Stored:
    source = find_chat(world, params.values.get("from_chat_id"))
    stored = world.find(source.id, params.integer_required("message_id"))
    if stored is None:
        raise bad_request(f"message to {what} not found")
    return stored


_OWN = {"message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message"}


def _content(stored: Stored) -> Json:
    return {key: value for key, value in stored.body.items() if key not in _OWN}


async def copy_message(world: World, params: Params) -> Json:
    chat = reachable_chat(world, params)
    stored = _source(world, params, "copy")
    return {"message_id": send(world, params, chat, _content(stored)).message_id}


async def forward_message(world: World, params: Params) -> Json:
    chat = reachable_chat(world, params)
    stored = _source(world, params, "forward")
    origin = {"type": "user", "sender_user": stored.body["from"], "date": stored.body["date"]}
    return send(world, params, chat, {**_content(stored), "forward_origin": origin}).body


async def pin_chat_message(world: World, params: Params) -> bool:
    chat = reachable_chat(world, params)
    stored = world.find(chat.id, params.integer_required("message_id"))
    if stored is None:
        raise bad_request("message to pin not found")
    chat.pinned = [*(p for p in chat.pinned if p != stored.message_id), stored.message_id]
    world.add_message(chat.id, world.bot, {"pinned_message": without_reply(stored.body)})
    return True


async def unpin_chat_message(world: World, params: Params) -> bool:
    chat = reachable_chat(world, params)
    message_id = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


async def set_message_reaction(world: World, params: Params) -> bool:
    chat = reachable_chat(world, params)
    stored = world.find(chat.id, params.integer_required("message_id"))
    if stored is None:
        raise bad_request("message to react not found")
    reactions = params.structure("reaction") or []
    if len(reactions) > 1:
        raise ApiError(400, "Bad Request: REACTIONS_TOO_MANY")
    world.happened("reaction", chat_id=chat.id, message_id=stored.message_id, reactions=reactions)
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendChatAction": send_chat_action,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "setMessageReaction": set_message_reaction,
}
