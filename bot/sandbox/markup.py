"""HTML parse mode, read the way Telegram reads it, with its error texts.

Source: https://core.telegram.org/bots/api#html-style and TDLib's MessageEntity.cpp (parse_html).
"""

import re
from dataclasses import dataclass

from bot.sandbox.entities import Entity, units
from bot.sandbox.errors import ApiError, bad_request

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>\"'/]*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")
_LINK = re.compile(
    r"(?:https?|ftp|tg|ton|tonsite|mailto|tel)[:/]|[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
_TOP_CODE_POINT = 0x10FFFF


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    start: int  # in UTF-16 units of the text so far
    emitted: int  # pieces of text written before the tag


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "<":
                closing = self.source.startswith("</", self.at)
                (self._end_tag if closing else self._start_tag)()
            elif char == "&":
                self._emit(*_reference(self.source, self.at))
            else:
                self._emit(char, self.at + 1)
        if self.open:
            tag = self.open[-1].tag
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self.pieces), self.entities

    def _emit(self, piece: str, then: int) -> None:
        self.pieces.append(piece)
        self.length += units(piece)
        self.at = then

    def _start_tag(self) -> None:
        begin = self.at
        tag = self._take(_TAG_NAME, begin + 1)
        if self.at >= len(self.source):
            raise self._error("Unclosed start tag", begin)
        tag = tag.lower()
        if tag not in _TYPES:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, attributes, self.length, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACE, self.at)
            if self.source.startswith(">", self.at):
                self.at += 1
                return attributes
            if self.at >= len(self.source):
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            name = self._take(_ATTRIBUTE_NAME, self.at).lower()
            if not name:
                raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
            self._take(_SPACE, self.at)
            attributes[name] = self._value(tag, begin) if self._skip("=") else ""

    def _value(self, tag: str, begin: int) -> str:
        self._take(_SPACE, self.at)
        quote = self.source[self.at : self.at + 1]
        if quote not in {'"', "'"} or not quote:
            value = self._take(_BARE_VALUE, self.at)
            if self.source[self.at : self.at + 1].strip() not in {"", ">"}:
                raise self._error("Unexpected end of name token", begin)
            return value
        close = self.source.find(quote, self.at + 1)
        if close < 0:
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        raw = self.source[self.at + 1 : close]
        self.at = close + 1
        return _REFERENCE.sub(lambda match: _reference(match.group(), 0)[0], raw)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._error("Unexpected end tag", begin)
        name = self._take(_TAG_NAME, begin + 2).lower()
        self._take(_SPACE, self.at)
        if not self._skip(">"):
            raise self._error("Unclosed end tag", begin)
        opened = self.open.pop()
        if name not in {"", opened.tag}:
            expected = f'expected "</{opened.tag}>", found "</{name}>"'
            raise _cannot_parse(f"Unmatched end tag at byte offset {self._byte(begin)}, {expected}")
        if self.length > opened.start:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _TYPES[opened.tag],
            "offset": opened.start,
            "length": self.length - opened.start,
        }
        if opened.tag == "a":
            inner = "".join(self.pieces[opened.emitted :])
            link = _link(opened.attributes.get("href") or inner)
            if link is None:
                return
            entity |= link
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
        elif opened.tag == "pre":
            entity |= self._language_of_inner_code(entity)
        elif opened.tag == "code" and self.open and self.open[-1].tag == "pre":
            entity["_class"] = opened.attributes.get("class", "")
        self.entities.append(entity)

    def _language_of_inner_code(self, pre: Entity) -> Entity:
        if not self.entities or "_class" not in self.entities[-1]:
            return {}
        code = self.entities[-1]
        if (code["offset"], code["length"]) != (pre["offset"], pre["length"]):
            return {}
        self.entities.pop()
        prefix, _, language = code["_class"].partition("language-")
        return {"language": language} if language and not prefix else {}

    def _take(self, pattern: re.Pattern[str], start: int) -> str:
        match = pattern.match(self.source, start)
        piece = match.group() if match else ""
        self.at = start + len(piece)
        return piece

    def _skip(self, char: str) -> bool:
        if not self.source.startswith(char, self.at):
            return False
        self.at += len(char)
        return True

    def _byte(self, index: int) -> int:
        return len(self.source[:index].encode())

    def _error(self, what: str, index: int) -> ApiError:
        return _cannot_parse(f"{what} at byte offset {self._byte(index)}")


def _cannot_parse(what: str) -> ApiError:
    return bad_request(f"can't parse entities: {what}")


def _reference(source: str, start: int) -> tuple[str, int]:
    match = _REFERENCE.match(source, start)
    if match is None:
        return "&", start + 1
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        char = _NAMED.get(name)
        return (char, match.end()) if char else ("&", start + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code > _TOP_CODE_POINT or 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 surrogates
        return "&", start + 1
    return chr(code), match.end()


def _link(target: str) -> Entity | None:
    """What a link becomes; None for an address Telegram would not link (the text stays)."""
    target = target.strip()
    user = re.fullmatch(r"tg://user/?\?id=(\d+)", target)
    if user:
        return {"type": "text_mention", "_user_id": int(user.group(1))}
    if not _LINK.match(target) or re.search(r"\s", target):
        return None
    if "://" not in target and not target.startswith(("mailto:", "tel:")):
        target = f"http://{target}"
    if re.fullmatch(r"https?://[^/?#]+", target):
        target += "/"  # Telegram gives a bare host back with its slash
    return {"type": "text_link", "url": target}


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and the entities (UTF-16 offsets) that `source` stands for.

    Raises ApiError (400, "can't parse entities: ...") on markup Telegram refuses.
    """
    text, entities = _Reader(source).read()
    for entity in entities:
        entity.pop("_class", None)
    return text, entities
