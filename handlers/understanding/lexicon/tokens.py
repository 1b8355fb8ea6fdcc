"""Step 1 of reading a question: its words and numbers as typed, normalised and folded."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from storage.vocabulary.abbreviations import written_out
from storage.vocabulary.misspellings import meant
from storage.words import fold, normalise

MOST_LETTERS = 1024
"""A question ends within so many characters; what a longer text goes on with is not read."""

MOST_TOKENS = 80

_APOSTROPHES = "'\u2018\u2019\u02bc\u02b9\u02bb`\u00b4"
_PIECE = re.compile(
    r"\d+(?:[.,]\d+)*"  # 178; 2,6; 23.10.2025
    rf"|(?:[^\W\d_]|(?<=[^\W\d_])[{_APOSTROPHES}](?=[^\W\d_]))+"  # letters; jan'a, what's
    r"|[№#₸$€%<>≤≥+]"
)

ValueT_co = TypeVar("ValueT_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign.

    `text` is what was typed, `norm` lower case with look-alike letters put right (қ stays қ),
    `folded` the letters every keyboard has (қ is к). A number keeps its comma or point in all
    three (2,6). Letters and digits are never one token: «178мектеп» and «№178» are two each,
    «500млн» too, hyphens split: `start` and `end` (of the composed text) tell what stood together.
    """

    text: str
    norm: str
    folded: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Tell whether it begins with a digit: 178; 2,6; 23.10.2025."""
        return self.text[:1].isdecimal()


@dataclass(frozen=True, slots=True)
class Span(Generic[ValueT_co]):
    """What the tokens from `start` up to `end` (not included) were read as.

    `slot` names what it fills («kind», «period»); `text` are the words as typed.
    """

    start: int
    end: int
    value: ValueT_co
    slot: str
    text: str


def compose(text: str) -> str:
    """Return the beginning of `text` composed (NFC), without combining marks and invisible signs.

    Raised digits become plain ones, short forms are written out. At most `MOST_LETTERS` characters.
    """
    text = text[:MOST_LETTERS]
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC" if _RAISED.search(text) else "NFC", text)
    return written_out("".join(sign for sign in text if unicodedata.category(sign) not in _SILENT))


_RAISED = re.compile("[⁰¹²³⁴-⁹]")
_SILENT = frozenset(("Mn", "Cf", "Cs", "Co", "Cn"))


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text` in order; none for a text without words. Never raises."""
    return tuple(_tokens(compose(text)))


def _tokens(text: str) -> Iterator[Token]:
    for number, found in enumerate(_PIECE.finditer(text)):
        if number >= MOST_TOKENS:
            return
        typed = found[0]
        norm = typed if typed[0].isdecimal() else meant(normalise(typed) or typed)
        yield Token(typed, norm, fold(norm), found.start(), found.end())


def surface(tokens: Sequence[Token], start: int, end: int) -> str:
    """Return the tokens from `start` up to `end` as typed; what stood together stays together.

    A hyphen or another sign between two tokens becomes one space, nothing stays nothing: «3Б».
    """
    parts: list[str] = []
    for index in range(start, end):
        if index > start and tokens[index].start > tokens[index - 1].end:
            parts.append(" ")
        parts.append(tokens[index].text)
    return "".join(parts)
