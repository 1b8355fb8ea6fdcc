"""Editing the bot's own messages in place."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import checked_markup
from bot.sandbox.methods.locations import point
from bot.sandbox.methods.media import KINDS, album_item
from bot.sandbox.methods.method import Method
from bot.sandbox.methods.sending import caption_content, find_chat, text_content
from bot.sandbox.params import Params
from bot.sandbox.world import Stored, World

Json = dict[str, Any]

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities")


def _editable(world: World, params: Params) -> Stored:
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = find_chat(world, params.values.get("chat_id"))
    stored = world.find(chat.id, params.integer_required("message_id"))
    if stored is None:
        raise bad_request("message to edit not found")
    if not stored.from_bot:
        raise bad_request("message can't be edited")
    return stored


def _new_markup(params: Params) -> Json:
    markup = params.structure("reply_markup")
    if not markup:
        return {}
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    inline = checked_markup(markup, private=True).inline
    return {"reply_markup": inline} if inline else {}


def _replace(world: World, stored: Stored, fields: tuple[str, ...], content: Json) -> Json:
    """Puts `content` where `fields` and the keyboard were; 400 when that changes nothing."""
    fields = (*fields, "reply_markup")
    before = {name: stored.body[name] for name in fields if name in stored.body}
    if before == content:
        raise bad_request(_SAME)
    for name in fields:
        stored.body.pop(name, None)
    stored.body.update(content)
    world.touch(stored)
    return stored.body


async def edit_message_text(world: World, params: Params) -> Json:
    stored = _editable(world, params)
    if "text" not in stored.body:
        raise bad_request("there is no text in the message to edit")
    content = text_content(world, params) | _new_markup(params)
    return _replace(world, stored, _TEXT, content)


async def edit_message_caption(world: World, params: Params) -> Json:
    stored = _editable(world, params)
    if not any(kind in stored.body for kind in KINDS if kind != "sticker"):
        raise bad_request("there is no caption in the message to edit")
    content = caption_content(world, params) | _new_markup(params)
    return _replace(world, stored, _CAPTION, content)


async def edit_message_reply_markup(world: World, params: Params) -> Json:
    stored = _editable(world, params)
    return _replace(world, stored, (), _new_markup(params))


async def edit_message_media(world: World, params: Params) -> Json:
    stored = _editable(world, params)
    media = params.structure("media")
    if not isinstance(media, dict):
        raise bad_request("can't parse InputMedia: object expected")
    content = album_item(world, params, media) | _new_markup(params)
    return _replace(world, stored, (*_TEXT, *_CAPTION, *KINDS), content)


async def edit_message_live_location(world: World, params: Params) -> Json:
    stored = _live(world, params)
    period = stored.body["location"]["live_period"]
    content = {"location": {**point(params), "live_period": period}} | _new_markup(params)
    return _replace(world, stored, ("location",), content)


async def stop_message_live_location(world: World, params: Params) -> Json:
    stored = _live(world, params)
    still = {k: v for k, v in stored.body["location"].items() if k != "live_period"}
    return _replace(world, stored, ("location",), {"location": still} | _new_markup(params))


def _live(world: World, params: Params) -> Stored:
    stored = _editable(world, params)
    if "live_period" not in stored.body.get("location", {}):
        raise bad_request("message can't be edited")
    return stored


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageMedia": edit_message_media,
    "editMessageLiveLocation": edit_message_live_location,
    "stopMessageLiveLocation": stop_message_live_location,
}
