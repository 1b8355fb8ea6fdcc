"""The parameters of one call: read from a query string, a form, multipart or JSON."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import bad_request

# Values of these stay as written in the record of calls; every other one is shown decoded.
_PLAIN_TEXT = frozenset(
    [
        "text",
        "caption",
        "title",
        "address",
        "description",
        "short_description",
        "name",
        "first_name",
        "last_name",
        "url",
        "phone_number",
        "secret_token",
        "file_id",
        "callback_query_id",
        "inline_query_id",
        "action",
        "parse_mode",
        "language_code",
        "photo",
        "document",
        "sticker",
        "voice",
        "audio",
        "video",
        "animation",
        "emoji",
        "custom_title",
    ]
)


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes
    mime_type: str


@dataclass
class Params:
    """Typed access to what a bot sent; a value of the wrong type is a 400."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """The value as text, None when it was not sent."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int | None:
        """The value as a whole number, None when it was not sent or is empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"parameter {name} must be an integer") from None

    def number(self, name: str) -> float | None:
        """The value as a number, None when it was not sent or is empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            raise bad_request(f"parameter {name} must be a number") from None

    def flag(self, name: str) -> bool:
        """True for true, yes and 1; False for everything else, as Telegram reads it."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value.strip().lower() in {"true", "yes", "1"}
        return bool(value)

    def structure(self, name: str) -> Any:
        """The value decoded from JSON, None when it was not sent or is empty."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def integer_required(self, name: str) -> int:
        """The whole number; a missing one is a 400 in Telegram's words."""
        value = self.integer(name)
        if value is None:
            raise bad_request(f"{name} is not specified")
        return value

    def recorded(self) -> dict[str, Any]:
        """What was sent, decoded where it was JSON: numbers as numbers, keyboards as objects."""
        return {name: _decoded(name, value) for name, value in self.values.items()}


def _decoded(name: str, value: Any) -> Any:
    if not isinstance(value, str) or name in _PLAIN_TEXT:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


async def read_params(request: web.Request) -> Params:
    """Everything the request carries; a body wins over the query string."""
    params = Params(values=dict(request.query))
    kind = request.content_type
    if kind == "application/json":
        params.values.update(await _json_object(request))
    elif kind == "multipart/form-data":
        await _read_multipart(request, params)
    elif kind == "application/x-www-form-urlencoded":
        params.values.update({name: str(value) for name, value in (await request.post()).items()})
    return params


async def _json_object(request: web.Request) -> dict[str, Any]:
    raw = await request.read()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("object expected as the body of the request")
    return body


async def _read_multipart(request: web.Request, params: Params) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            params.values[part.name] = content.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            params.uploads[part.name] = Upload(part.filename, content, mime)
