"""Photos, documents, albums and other files: uploaded, or sent again by file_id; getFile."""

from functools import partial
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.files import StoredFile, media_object
from bot.sandbox.methods.method import Method
from bot.sandbox.methods.sending import caption_content, reachable_chat, send
from bot.sandbox.params import Params
from bot.sandbox.world import World

Json = dict[str, Any]

KINDS = ("photo", "document", "audio", "video", "animation", "voice", "sticker")
_DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes: https://core.telegram.org/bots/api#getfile
_UPLOAD_LIMIT = {"photo": 10 * 1024 * 1024}
_OTHER_UPLOADS_LIMIT = 50 * 1024 * 1024
_ALBUM = range(2, 11)
_ALONE = frozenset({"document", "audio"})
_ALBUM_KINDS = frozenset({"photo", "video", *_ALONE})


def take_file(world: World, params: Params, kind: str, value: Any, field: str) -> StoredFile:
    """The file a parameter means: an upload, `attach://name`, or the file_id of an earlier one."""
    name = field
    if isinstance(value, str) and value.startswith("attach://"):
        name = value.removeprefix("attach://")
        if name not in params.uploads:
            raise bad_request(f"there is no file attached with name {name}")
    if name in params.uploads:
        upload = params.uploads[name]
        if len(upload.content) > _UPLOAD_LIMIT.get(kind, _OTHER_UPLOADS_LIMIT):
            raise bad_request("file is too big")
        return world.files.add(kind, upload.content, upload.name, upload.mime_type)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    return _earlier(world, str(value), kind)


def _earlier(world: World, file_id: str, kind: str) -> StoredFile:
    stored = world.files.by_id(file_id)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        was, wanted = stored.kind.capitalize(), kind.capitalize()
        raise bad_request(f"can't use file of type {was} as {wanted}")
    return stored


async def _send_file(kind: str, world: World, params: Params) -> Json:
    chat = reachable_chat(world, params)
    caption = {} if kind == "sticker" else caption_content(world, params)
    file = take_file(world, params, kind, params.values.get(kind), kind)
    return send(world, params, chat, {kind: media_object(file), **caption}).body


async def send_media_group(world: World, params: Params) -> list[Json]:
    chat = reachable_chat(world, params)
    items = params.structure("media")
    if not isinstance(items, list) or len(items) not in _ALBUM:
        raise bad_request("media group must include 2-10 items")
    kinds = {str(item.get("type")) for item in items}
    if kinds - _ALBUM_KINDS:
        raise bad_request("can't parse InputMedia: type must be photo, video, document or audio")
    for kind in kinds & _ALONE:
        if len(kinds) > 1:
            raise bad_request(f"{kind} can't be mixed with other media types")
    contents = [album_item(world, params, item) for item in items]
    group = {"media_group_id": world.query_id()}
    return [send(world, params, chat, {**content, **group}).body for content in contents]


def album_item(world: World, params: Params, item: Json) -> Json:
    """Message content of one InputMedia."""
    kind = str(item.get("type"))
    file = take_file(world, params, kind, item.get("media"), "media")
    caption = caption_content(world, Params(values=item))
    return {kind: media_object(file), **caption}


async def get_file(world: World, params: Params) -> Json:
    stored = world.files.by_id(params.text("file_id") or "")
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > _DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**stored.reference(), "file_path": stored.path}


METHODS: dict[str, Method] = {
    **{f"send{kind.title()}": partial(_send_file, kind) for kind in KINDS},
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
