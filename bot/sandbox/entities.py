"""Message entities: UTF-16 offsets, what Telegram finds by itself, and tidying of nested styles.

Source of the rules: https://core.telegram.org/bots/api#formatting-options and TDLib's
MessageEntity.cpp (fix_formatted_text).
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

Entity = dict[str, Any]

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_CODE = frozenset({"code", "pre"})
_ORDER = (
    "expandable_blockquote",
    "blockquote",
    "pre",
    "code",
    "text_link",
    "text_mention",
    *STYLES,
)

_FOUND = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")),
    ("url", re.compile(r"(?<![\w@/])https?://[^\s<>\"«»]*[^\s<>\"«».,!?:;)\]'…]")),
    (
        "url",
        re.compile(
            r"(?<![\w@/.-])(?:[A-Za-z0-9-]+\.)+(?:kz|ru|com|org|net|me|info|gov|io)"
            r"(?![\w-])(?:/[^\s<>\"«»]*[^\s<>\"«».,!?:;)\]'…])?"
        ),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)


def units(text: str) -> int:
    """The length of `text` as Telegram counts it: UTF-16 code units."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)  # noqa: PLR2004 the BMP ends


def cut(text: str, offset: int, length: int) -> str:
    """The piece of `text` that an entity covers (`offset` and `length` in UTF-16 units)."""
    raw = text.encode("utf-16-le")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", errors="replace")


def trimmed(text: str, entities: Iterable[Entity]) -> tuple[str, list[Entity]]:
    """`text` without the white space around it, entities moved along; emptied ones are gone."""
    head = units(text) - units(text.lstrip())
    text = text.strip()
    size = units(text)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - head)
        end = min(size, entity["offset"] + entity["length"] - head)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept


def finished(text: str, marked: list[Entity]) -> list[Entity]:
    """`marked` as Telegram gives them back: styles merged, none inside code, links found, sorted.

    Styles that touch or overlap become one; code and pre keep no other entity inside.
    """
    code = _merged((e for e in marked if e["type"] in _CODE), keep_touching=True)
    result = [e for e in marked if e["type"] in _CODE]
    for style in STYLES:
        result += _without(_merged(e for e in marked if e["type"] == style), code, style)
    others = [e for e in marked if e["type"] not in _CODE and e["type"] not in STYLES]
    result += [e for e in others if "blockquote" in e["type"] or not _overlaps(e, code)]
    result += _found(text, [e for e in result if e["type"] in {*_CODE, "text_link"}])
    return _nested(sorted(result, key=_position))


def _nested(entities: list[Entity]) -> list[Entity]:
    """Entities cut so that any two are nested or apart, as Telegram gives them."""
    done: list[Entity] = []
    waiting = list(reversed(entities))
    while waiting:
        entity = waiting.pop()
        start, end = _span(entity)
        edge = next((b for a, b in map(_span, done) if a <= start < b < end), None)
        if edge is None:
            done.append(entity)
            continue
        waiting.append({**entity, "offset": edge, "length": end - edge})
        waiting.append({**entity, "length": edge - start})
        waiting.sort(key=_position, reverse=True)
    return done


def _position(entity: Entity) -> tuple[int, int, int]:
    kind = entity["type"]
    rank = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
    return entity["offset"], -entity["length"], rank


def _span(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _merged(entities: Iterable[Entity], *, keep_touching: bool = False) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted(map(_span, entities)):
        if spans and (start < spans[-1][1] or (start == spans[-1][1] and not keep_touching)):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _without(
    spans: list[tuple[int, int]], holes: list[tuple[int, int]], style: str
) -> list[Entity]:
    pieces: list[Entity] = []
    for start, end in spans:
        inside = [(max(a, start), min(b, end)) for a, b in holes if a < end and b > start]
        edges = [(start, start), *inside, (end, end)]
        for (_, left), (right, _) in pairwise(edges):
            if right > left:
                pieces.append({"type": style, "offset": left, "length": right - left})
    return pieces


def _overlaps(entity: Entity, spans: Iterable[tuple[int, int]]) -> bool:
    start, end = _span(entity)
    return any(a < end and b > start for a, b in spans)


def _found(text: str, taken: list[Entity]) -> list[Entity]:
    spans = [_span(entity) for entity in taken]
    found: list[Entity] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            entity: Entity = {
                "type": kind,
                "offset": units(text[: match.start()]),
                "length": units(match.group()),
            }
            if not _overlaps(entity, spans):
                spans.append(_span(entity))
                found.append(entity)
    return found
