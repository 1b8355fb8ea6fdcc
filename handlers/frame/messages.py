"""Messages that Telegram takes: at most 4096 characters, split at line ends with tags closed."""

import re
from collections.abc import Iterator
from html import unescape

from handlers.frame.texts import Markup

LONGEST = 4096  # characters after the tags are read, https://core.telegram.org/bots/api#sendmessage
_PIECE = re.compile(r"<[^<>]+>|&[#\w]+;|[^<&]|.", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z-]+)[^<>]*>")


def split_html(text: str, longest: int = LONGEST) -> list[Markup]:
    """The text in parts of at most `longest` characters, each with its tags closed and reopened.

    Parts end at line ends; a line that is too long by itself ends at a space, or anywhere. Length
    is counted in UTF-16 units, as Telegram does. Parts that show nothing are left out.
    """
    text = str(text)  # added to a `Markup`, tags would be escaped
    if _utf16_length(text) <= longest or shown_length(text) <= longest:
        return [Markup(text)]
    parts: list[Markup] = []
    open_tags: list[str] = []
    part = ""
    for chunk in _chunks(text, longest):
        if part and shown_length(part + chunk) > longest:
            parts.append(_closed(part, open_tags))
            part = "".join(open_tags)
        part += chunk
        open_tags = _still_open(chunk, open_tags)
    parts.append(_closed(part, open_tags))
    return [part for part in parts if part.striptags()]


def _chunks(text: str, longest: int) -> Iterator[str]:
    """Lines; of a line too long for one part its words; of such a word its characters."""
    for line in text.splitlines(keepends=True):
        if shown_length(line) <= longest:
            yield line
            continue
        for word in re.findall(r"(?:<[^<>]*>|[^\s<])+\s*|\s+|<", line):
            if shown_length(word) <= longest:
                yield word
            else:
                yield from _PIECE.findall(word)


def shown_length(text: str) -> int:
    """How long the text is for Telegram, without its tags."""
    return _utf16_length(unescape(re.sub(r"<[^<>]*>", "", text)))


def _utf16_length(text: str) -> int:
    """How long the text is for Telegram if it is shown as it stands."""
    return len(text.encode("utf-16-le")) // 2


def _still_open(text: str, before: list[str]) -> list[str]:
    """The opening tags that wait for their closing ones, outermost first."""
    tags = list(before)
    for match in _TAG.finditer(text):
        if not match.group(1):
            tags.append(match.group())
        elif tags:
            tags.pop()
    return tags


def _closed(text: str, open_tags: list[str]) -> Markup:
    names = [re.sub(r"<([a-z-]+).*", r"\1", tag, flags=re.DOTALL) for tag in open_tags]
    ends = "".join(f"</{name}>" for name in reversed(names))
    return Markup(text.rstrip("\n") + ends)
