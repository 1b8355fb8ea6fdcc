"""A message as a resident sees it: plain typed objects for tests."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.entities import Entity, cut
from bot.sandbox.files import FileStore
from bot.sandbox.world import Stored


@dataclass(frozen=True)
class Button:
    """An inline button; exactly one of the last fields says what it does."""

    text: str
    callback_data: str | None = None
    url: str | None = None
    switch_inline_query: str | None = None


@dataclass(frozen=True)
class Key:
    """A key of the reply keyboard."""

    text: str
    request_location: bool = False
    request_contact: bool = False


@dataclass(frozen=True)
class Location:
    """A point in degrees (WGS 84); `live_period` in seconds when it is a live one."""

    latitude: float
    longitude: float
    live_period: int | None = None


@dataclass(frozen=True)
class Venue:
    """A named point."""

    title: str
    address: str
    location: Location


@dataclass(frozen=True)
class File:
    """A file in a message, with its bytes."""

    file_id: str
    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """The state of a message now: `text` is its caption when it carries a file.

    `date` and `edit_date` are UTC. `keyboard` is the inline keyboard's rows, `reply_keyboard` the
    rows this message put under the chat (None when it left the keyboard as it was, an empty list
    when it removed it). `raw` is the Bot API's Message object.
    """

    message_id: int
    chat_id: int
    from_bot: bool
    text: str
    entities: list[Entity]
    keyboard: list[list[Button]]
    reply_keyboard: list[list[Key]] | None
    document: File | None
    photo: File | None
    venue: Venue | None
    location: Location | None
    date: datetime
    edit_date: datetime | None
    raw: dict[str, Any]

    @property
    def edited(self) -> bool:
        return self.edit_date is not None

    @property
    def buttons(self) -> list[Button]:
        """All inline buttons, row after row."""
        return [button for row in self.keyboard for button in row]

    @property
    def button_texts(self) -> list[str]:
        return [button.text for button in self.buttons]

    def covered(self, entity_type: str) -> list[str]:
        """The pieces of the text that entities of this type cover."""
        found = [e for e in self.entities if e["type"] == entity_type]
        return [cut(self.text, e["offset"], e["length"]) for e in found]


def message_view(stored: Stored, files: FileStore) -> Message:
    """The typed view of a stored message."""
    body = stored.body
    edit_date = body.get("edit_date")
    photo = body.get("photo")
    return Message(
        message_id=stored.message_id,
        chat_id=stored.chat_id,
        from_bot=stored.from_bot,
        text=str(body.get("text") or body.get("caption") or ""),
        entities=list(body.get("entities") or body.get("caption_entities") or []),
        keyboard=_inline_rows(body.get("reply_markup", {})),
        reply_keyboard=_reply_rows(stored.keyboard),
        document=_file(body.get("document"), files),
        photo=_file(photo[-1], files) if photo else None,
        venue=_venue(body.get("venue")),
        location=_location(body["location"]) if "location" in body else None,
        date=datetime.fromtimestamp(body["date"], UTC),
        edit_date=None if edit_date is None else datetime.fromtimestamp(edit_date, UTC),
        raw=body,
    )


def _inline_rows(markup: dict[str, Any]) -> list[list[Button]]:
    return [
        [
            Button(b["text"], b.get("callback_data"), b.get("url"), b.get("switch_inline_query"))
            for b in row
        ]
        for row in markup.get("inline_keyboard", [])
    ]


def _reply_rows(markup: dict[str, Any] | None) -> list[list[Key]] | None:
    if markup is None or "force_reply" in markup:
        return None
    return [
        [
            Key(key["text"], bool(key.get("request_location")), bool(key.get("request_contact")))
            for key in row
        ]
        for row in markup.get("keyboard", [])
    ]


def _location(body: dict[str, Any]) -> Location:
    return Location(body["latitude"], body["longitude"], body.get("live_period"))


def _venue(body: dict[str, Any] | None) -> Venue | None:
    if body is None:
        return None
    return Venue(body["title"], body["address"], _location(body["location"]))


def _file(body: dict[str, Any] | None, files: FileStore) -> File | None:
    stored = files.by_id(body["file_id"]) if body else None
    if stored is None:
        return None
    return File(stored.file_id, stored.name, stored.mime_type, stored.content)
