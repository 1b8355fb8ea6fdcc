"""Texts that mean something only as a whole: wishes («стоп», "menu") and chatter («ок», "lol").

`wish_of` and `is_chatter` read a text as typed; a sentence that merely has such a word is neither.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from storage.words import fold, normalise
from storage.words.languages import LANGUAGES

_FOLDER = Path(__file__).parent
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_NOD = re.compile(r"(?:\+\s*\d{1,3}|\d{1,3}\s*%|\d{1,2}/\d{1,2})[\s!.)]*")
"""«+1», «100%», «10/10» say no more than a nod; other digits are a number."""

POLITE = frozenset(
    fold(each)
    for each in (
        "пожалуйста",
        "плиз",
        "please",
        "pls",
        "өтінемін",
        "отинемин",
        "бот",
        "bot",
        "qala",
    )
)
"""Words that a wish may have besides."""


@cache
def _wishes() -> Mapping[tuple[str, ...], str]:
    with (_FOLDER / "wishes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    return {
        _words(text): row["wish"]
        for row in rows
        for language in LANGUAGES
        for text in row[language].split("|")
    }


@cache
def _chatter() -> frozenset[tuple[str, ...]]:
    with (_FOLDER / "chatter.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    return frozenset(_words(text) for row in rows for text in row["words"].split("|"))


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(normalise(each)) for each in _WORD.findall(text.lower()))


def wish_of(text: str) -> str | None:
    """Return what a text wishes (a `wish` of wishes.csv), None for one that is no wish."""
    if _DIGIT.search(text):
        return None
    words = tuple(each for each in _words(text) if each not in POLITE)
    return _wishes().get(words)


def is_chatter(text: str) -> bool:
    """Tell whether a text is a nod, a laugh, an emoji: nothing that asks or names anything."""
    words = _words(text)
    if not words:
        return bool(text.strip()) and (
            not _DIGIT.search(text) or bool(_NOD.fullmatch(text.strip()))
        )
    if _DIGIT.search(text) or text.strip().endswith("?"):
        return False
    return words in _chatter() or all((each,) in _chatter() for each in words)
