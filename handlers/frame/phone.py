"""How a text lies on a phone of 360 points: how wide it is, how many lines it takes.

The widths are those of DejaVu Sans Condensed at 15 px, measured in Chromium on the chat page, which
is as wide as a phone's own letters or a little wider; a bubble leaves `LINE_PX` for a line. A line
is broken at its spaces, as Chromium and Telegram do; a word longer than a line is broken within.
"""

import re
from functools import lru_cache
from html import unescape

LINE_PX = 292.0
MOST_LINES = 20  # of a screen: what is seen at once, with its buttons
BOLD = 1.11  # how much wider a bold letter is than the same one upright
_SHARED = 8.4  # letters of a middling width, and what stands in no group
_GROUPS: dict[float, str] = {
    3.9: "iIjJlіІ'|’",
    4.5: " .,:;·/!()[]ft\N{NO-BREAK SPACE}",
    5.2: "r-",
    7.2: 'cеsz?кгзсэ–“”"',
    9.0: "ғЕЗРУТГЬЧЯСЭХEFLPSTYZ",
    10.0: "дцъКЛНПИЙДОАБВҚҒҰҮABCDGHKNOQRUVXӘӨҢ",
    11.6: "мыюфМЫФЪЦ≈+w&",
    13.0: "жшщm%…W",
    14.5: "ЖШЩЮ№",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_EMOJI_PX, _EMOJI_FROM = 18.8, 0x2300
_NO_WIDTH = {0xFE0F, 0x200D}
_TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
_SPACES = re.compile(r"( +)")


def width(text: str, *, bold: bool = False) -> float:
    """Return how wide a text without tags is, in pixels."""
    return sum(map(_letter, text)) * (BOLD if bold else 1.0)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    code = ord(letter)
    if code in _NO_WIDTH:
        return 0.0
    return _EMOJI_PX if code >= _EMOJI_FROM else _SHARED


@lru_cache(maxsize=8192)
def lines_taken(text: str) -> int:
    """Return how many lines an HTML text takes, blank ones included; 0 for no text."""
    if not text:
        return 0
    return sum(_wrapped(words) for words in _lines(text))


Word = tuple[str, float]


def _lines(text: str) -> list[list[Word]]:
    """The words of each line with their widths, spaces among them."""
    found: list[list[Word]] = [[]]
    bold, at = 0, 0
    for tag in [*_TAG.finditer(text), None]:
        piece = text[at : tag.start() if tag else len(text)]
        for number, line in enumerate(unescape(piece).split("\n")):
            if number:
                found.append([])
            found[-1] += [(w, width(w, bold=bold > 0)) for w in _SPACES.split(line) if w]
        if tag:
            at = tag.end()
            if tag[2] in {"b", "strong"}:
                bold += -1 if tag[1] else 1
    return found


def _wrapped(words: list[Word]) -> int:
    """How many lines these words take: at least one, as a blank line does."""
    count, filled, waiting = 1, 0.0, 0.0
    for word, wide in words:
        if word.isspace():
            waiting += wide
            continue
        if filled and filled + waiting + wide > LINE_PX:
            count, filled, waiting = count + 1, 0.0, 0.0
        filled += waiting + wide
        waiting = 0.0
        while filled > LINE_PX:
            count, filled = count + 1, filled - LINE_PX
    return count
