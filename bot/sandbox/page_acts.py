"""What a resident does on the page, one JSON order each: {"person", "chat", "act", ...}."""

from collections.abc import Callable
from typing import Any

from bot.sandbox import acts
from bot.sandbox.acts import ImpossibleError
from bot.sandbox.entities import units
from bot.sandbox.params import Params
from bot.sandbox.world import Person, World

Json = dict[str, Any]

_TEXT_LIMIT = 4096  # the app cuts longer texts into several messages; the page refuses them


def act(world: World, order: Json) -> str | int | None:
    """Carries an order out; returns the id of the new message or query.

    Raises ImpossibleError, ValueError or KeyError with the reason when it cannot be.
    """
    person = world.people[int(order["person"])]
    chat_id = int(order.get("chat") or person.id)
    if chat_id not in world.chats:
        raise ImpossibleError(f"There is no chat {chat_id}.")
    return _ACTS[str(order["act"])](world, person, chat_id, order)


def _text(world: World, person: Person, chat_id: int, order: Json) -> int:
    text = str(order["text"]).strip()
    if not text or units(text) > _TEXT_LIMIT:
        raise ImpossibleError(f"A text has 1 to {_TEXT_LIMIT} characters.")
    reply_to = order.get("reply_to")
    content = acts.text_content(text)
    return acts.say(world, person, chat_id, content, reply_to and int(reply_to)).message_id


def _location(world: World, person: Person, chat_id: int, order: Json) -> int:
    latitude, longitude = float(order["latitude"]), float(order["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 the globe
        raise ImpossibleError("Latitude is -90 to 90, longitude -180 to 180 degrees.")
    point: Json = {"latitude": latitude, "longitude": longitude}
    if order.get("live_period"):
        point["live_period"] = int(order["live_period"])
    content: Json = {"location": point}
    if order.get("title"):
        venue = {"title": str(order["title"]), "address": str(order.get("address") or "")}
        content["venue"] = {**venue, "location": point}
    return acts.say(world, person, chat_id, content).message_id


def _press(world: World, person: Person, chat_id: int, order: Json) -> str:
    stored = world.find(chat_id, int(order["message_id"]))
    if stored is None:
        raise ImpossibleError("This message is deleted.")
    return acts.press(world, person, stored, str(order["data"]))


def _edit(world: World, person: Person, chat_id: int, order: Json) -> int:
    stored = world.find(chat_id, int(order["message_id"]))
    if stored is None or stored.body["from"]["id"] != person.id or "text" not in stored.body:
        raise ImpossibleError("Only one's own texts can be edited.")
    acts.rewrite(world, stored, acts.text_content(str(order["text"]).strip()))
    return stored.message_id


def _block(world: World, person: Person, chat_id: int, order: Json) -> None:
    del chat_id
    acts.set_blocked(world, person, blocked=bool(order["blocked"]))


_ACTS: dict[str, Callable[[World, Person, int, Json], str | int | None]] = {
    "text": _text,
    "location": _location,
    "press": _press,
    "edit": _edit,
    "block": _block,
}


def upload(world: World, params: Params) -> None:
    """A file from the page: a picture goes as a photo unless `as` says document."""
    person = world.people[params.integer_required("person")]
    chat_id = params.integer("chat") or person.id
    file = params.uploads["file"]
    pictures = {"image/jpeg", "image/png", "image/gif", "image/webp"}
    wanted = params.text("as") or "photo"
    kind = "photo" if file.mime_type in pictures and wanted == "photo" else "document"
    content = acts.file_content(world, kind, file.content, file.name, params.text("caption"))
    acts.say(world, person, chat_id, content)
