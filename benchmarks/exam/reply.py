"""What stands in a bot's reply: the projects it names, days, sums, numbers, and refusals."""

import html
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.exam.city import Project
from handlers.frame.texts import LANGUAGES, plain, texts_for

_SPACES = re.compile("[\u00a0\u202f\u2009\u2007]")
_UNITS = {
    **dict.fromkeys(("трлн", "trn"), 1e12),
    **dict.fromkeys(("млрд", "bn"), 1e9),
    **dict.fromkeys(("млн", "mn"), 1e6),
    **dict.fromkeys(("мың", "тыс", "thousand"), 1e3),
}
_SUM = re.compile(rf"(\d[\d ,.]*\d|\d)\s*({'|'.join(_UNITS)})?\.?\s*₸")
_WHOLE = re.compile(r"\d{1,3}(?:[,. ]\d{3})+|\d+")
_NUMBER = re.compile(r"(?<![\d.,№#-])\d+(?![\d.,]*\d)")
_ITEM = re.compile(r"^\d+\. \S+ (.+)$", re.MULTILINE)
_UNDERSTOOD = ("Понял:", "Түсіндім:", "I understood:")


@cache
def words(table: str) -> dict[str, str]:
    """Return the patterns of a table of words.toml."""
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return {str(key): str(value) for key, value in tomllib.load(file)[table].items()}


@cache
def _said(*sources: str) -> re.Pattern[str]:
    """Return what matches any of the bot's own sentences, by their English source."""
    every = {plain(texts_for(language)(source)) for language in LANGUAGES for source in sources}
    return re.compile("|".join(map(re.escape, sorted(every))))


@dataclass(frozen=True)
class Reply:
    """A reply, and the projects it names, in their order; `rest` is the text but for titles."""

    text: str
    labels: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    rest: str = field(default="", repr=False)

    @property
    def answer(self) -> str:
        """The text without the line that tells what was understood, in lower case."""
        lines = self.rest.strip().splitlines()
        if lines and lines[0].startswith(_UNDERSTOOD):
            lines = lines[1:]
        return "\n".join(lines).strip().lower()

    @property
    def is_lost(self) -> bool:
        """Whether it says that the question was not understood."""
        return bool(_said("<b>I did not understand the question.</b>").search(self.text))

    @property
    def says_none(self) -> bool:
        """Whether it says that there is no such project."""
        pattern = _said(
            "<b>No such project is in the list.</b>",
            "No such project is in the list.",
            "<b>No project is in that state.</b>",
        )
        return bool(pattern.search(self.text))

    @property
    def asks_which(self) -> bool:
        """Whether it asks which of several is meant."""
        pattern = _said(
            "<b>Which project do you mean?</b>", "Which project do you mean? Press its number."
        )
        return bool(pattern.search(self.text) or re.search(words("which")["any"], self.text))

    def has(self, pattern: str) -> bool:
        """Whether the answer has it."""
        return bool(re.search(pattern, self.answer))

    @property
    def numbers(self) -> list[int]:
        """The whole numbers that count something."""
        return [int(each) for each in _NUMBER.findall(self.answer)]

    @property
    def days(self) -> set[date]:
        """The days that are told whole."""
        return set(_days(self.answer))

    def has_sum(self, tenge: float) -> bool:
        """Whether the sum stands in it, rounded as it may be in words, not wider than by 6 %."""
        return any(
            abs(value - tenge) <= max(step * 0.51, tenge * 0.0001) and step <= max(tenge * 0.06, 1)
            for value, step in _sums(self.answer)
        )

    @property
    def has_money(self) -> bool:
        """Whether it tells any sum."""
        return "₸" in self.answer


def read_reply(texts: Iterable[str], labels: Sequence[str], city: Sequence[Project]) -> Reply:
    """Return a reply of one or several messages, whose buttons have these labels."""
    text = "\n".join(_clean(each) for each in texts)
    named, rest = _named(text, city)
    return Reply(text, tuple(labels), tuple(named), rest)


def _clean(text: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return _SPACES.sub(" ", text).replace("\u2068", "").replace("\u2069", "")


def _named(text: str, city: Sequence[Project]) -> tuple[list[str], str]:
    """Return the ids of the projects whose titles stand in the text, in order, and the rest."""
    found: list[tuple[int, str]] = []
    low = text.lower()
    titles = [(title.lower(), each.id) for each in city for title in each.titles]
    for title, key in sorted(titles, key=lambda one: -len(one[0])):
        while (at := low.find(title)) >= 0:
            found.append((at, key))
            low = low[:at] + "\0" * len(title) + low[at + len(title) :]
            text = text[:at] + "\0" * len(title) + text[at + len(title) :]
    for item in _ITEM.finditer(text):
        head, cut, tail = item[1].lower().partition("…")
        keys = [key for title, key in titles if _is_cut(title, head.strip(), tail.strip())]
        if cut and keys:
            found.append((item.start(), keys[0]))
    order = dict.fromkeys(key for _, key in sorted(found))
    return list(order), text.replace("\0", "")


def _is_cut(title: str, head: str, tail: str) -> bool:
    return title.startswith(head) and title.endswith(tail)


def _days(text: str) -> Iterable[date]:
    for number, month in words("months").items():
        for day, year in re.findall(rf"\b(\d{{1,2}})\s+(?:{month})\w*\.?,?\s*(20\d\d)", text):
            yield from _day(year, number, day)
        for year, day in re.findall(
            rf"(20\d\d)\s*(?:ж\.|жылғы)?\s*(\d{{1,2}})\s+(?:{month})", text
        ):
            yield from _day(year, number, day)


def _day(year: Any, month: Any, day: Any) -> Iterable[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return


def _sums(text: str) -> Iterable[tuple[float, float]]:
    """Yield each sum of money and the step that it is rounded to."""
    for number, unit in _SUM.findall(text):
        digits = number.replace(" ", "").replace(",", ".")
        if digits.count(".") > 1 or (not unit and _WHOLE.fullmatch(number)):
            yield float(re.sub(r"\D", "", number)), 1.0
            continue
        decimals = len(digits.partition(".")[2])
        scale = _UNITS.get(unit, 1.0)
        yield float(digits) * scale, 10.0**-decimals * scale
