"""Chats and who is in them."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Method
from bot.sandbox.methods.rights import administrator_rights
from bot.sandbox.methods.sending import find_chat
from bot.sandbox.params import Params
from bot.sandbox.world import Chat, World

Json = dict[str, Any]

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


async def get_chat(world: World, params: Params) -> Json:
    chat = find_chat(world, params.values.get("chat_id"))
    full = {
        **world.chat_object(chat.id),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.pinned:
        pinned = world.find(chat.id, chat.pinned[-1])
        if pinned:
            full["pinned_message"] = pinned.body
    return full


def _member(world: World, chat: Chat, user_id: int) -> Json:
    if user_id == world.bot["id"]:
        status = "member" if chat.bot_is_member else "left"
        return {"user": world.bot, "status": status}
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    if user_id not in chat.members:
        return {"user": person.user, "status": "left"}
    if chat.kind != "private" and chat.members[0] == user_id:
        return {"user": person.user, "status": "creator", "is_anonymous": False}
    if user_id in chat.administrators:
        return {"user": person.user, "status": "administrator", **administrator_rights()}
    return {"user": person.user, "status": "member"}


async def get_chat_member(world: World, params: Params) -> Json:
    chat = find_chat(world, params.values.get("chat_id"))
    return _member(world, chat, params.integer_required("user_id"))


async def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = find_chat(world, params.values.get("chat_id"))
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    return [_member(world, chat, one) for one in (chat.members[0], *sorted(chat.administrators))]


async def get_chat_member_count(world: World, params: Params) -> int:
    chat = find_chat(world, params.values.get("chat_id"))
    return len(chat.members) + int(chat.bot_is_member)


async def leave_chat(world: World, params: Params) -> bool:
    chat = find_chat(world, params.values.get("chat_id"))
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_is_member = False
    return True


async def get_user_profile_photos(world: World, params: Params) -> Json:
    if params.integer_required("user_id") not in {*world.people, world.bot["id"]}:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "getUserProfilePhotos": get_user_profile_photos,
}
