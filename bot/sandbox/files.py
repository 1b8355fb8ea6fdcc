"""Files on the server: what residents sent and what the bot uploaded."""

import hashlib
import mimetypes
import struct
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request

_EXTENSION = {"photo": ".jpg", "voice": ".oga", "sticker": ".webp"}
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class StoredFile:
    """One file; `path` is what getFile gives, relative to `{url}/file/bot{token}/`."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    content: bytes
    path: str
    width: int = 0
    height: int = 0

    def reference(self) -> dict[str, Any]:
        """The fields every file object of the Bot API shares."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }


class FileStore:
    """Keeps files in memory and finds them by id or path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, content: bytes, name: str = "", mime_type: str = "") -> StoredFile:
        """Stores `content`; a photo must be a JPEG, PNG, GIF or WebP (else a 400)."""
        width, height = image_size(content) if kind == "photo" else (0, 0)
        if not content:
            raise bad_request("file must be non-empty")
        number = len(self._by_id) + 1
        digest = hashlib.sha256(content).hexdigest()
        name = name or f"file_{number}{_EXTENSION.get(kind, '')}"
        guessed = _picture_type(content) if kind == "photo" else mimetypes.guess_type(name)[0]
        stored = StoredFile(
            file_id=f"SB{kind.title()}-{number:06d}-{digest[:24]}",
            unique_id=f"AQ{digest[:14]}",
            kind=kind,
            name=name,
            mime_type=guessed or mime_type or "application/octet-stream",
            content=content,
            path=f"{kind}s/file_{number}{_suffix(name, kind)}",
            width=width,
            height=height,
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)


def _picture_type(content: bytes) -> str:
    signatures = {b"\x89PNG": "image/png", b"GIF8": "image/gif", b"RIFF": "image/webp"}
    return signatures.get(content[:4], "image/jpeg")


def _suffix(name: str, kind: str) -> str:
    dot = name.rfind(".")
    return name[dot:] if dot > 0 and name[dot + 1 :].isalnum() else _EXTENSION.get(kind, "")


def image_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels from the file's header; 400 when it is no picture."""
    size: tuple[int, int] | None = None
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 24:  # noqa: PLR2004 IHDR's end
        size = struct.unpack(">II", content[16:24])
    elif content.startswith((b"GIF87a", b"GIF89a")):
        size = struct.unpack("<HH", content[6:10])
    elif content.startswith(b"\xff\xd8"):
        size = _jpeg_size(content)
    elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        size = (512, 512)  # the header has three forms; nobody here needs the exact figure
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return size


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004 a JPEG marker
        if content[at + 1] in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def photo_sizes(file: StoredFile) -> list[dict[str, Any]]:
    """A photo's PhotoSize list; one size, the original."""
    return [{**file.reference(), "width": file.width, "height": file.height}]


def media_object(file: StoredFile) -> dict[str, Any] | list[dict[str, Any]]:
    """What a message carries under the name of the file's kind."""
    if file.kind == "photo":
        return photo_sizes(file)
    described: dict[str, Any] = {**file.reference()}
    if file.kind == "sticker":
        shape = {"type": "regular", "width": 512, "height": 512, "emoji": "🏗"}
        return {**described, **shape, "is_animated": False, "is_video": False}
    described["mime_type"] = file.mime_type
    if file.kind in {"voice", "audio", "video", "animation"}:
        described["duration"] = 1
    if file.kind in {"video", "animation"}:
        described |= {"width": 640, "height": 360}
    if file.kind != "voice":
        described["file_name"] = file.name
    return described
