"""Every button that can be reached from the commands, pressed in three languages: none is dead.

The crawl goes from screen to screen as a thumb would, always on the message that carries the
button. Of the buttons of one shape (the same but for numbers and names) a few are pressed.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field

import pytest

from bot.sandbox.message import Button, Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from handlers.frame.messages import LONGEST
from handlers.frame.phone import MOST_LINES
from handlers.frame.screens import MOST_DATA
from handlers.frame.texts import LANGUAGES
from handlers.views.lists import PAGE
from storage.imports import SHIPPED
from tests.conversation.asking import on_a_phone
from tests.corrections import still_wrong

DEPTH = 4
MOST_ROWS = 4
ROWS_OF_A_LIST = 3  # open, pages, and filter · 🔔 · ⋯
OF_A_SHAPE = 3
SUBSCRIPTION_PAGE = "u:r"  # the crawl itself ends subscriptions: a page may be gone meanwhile
AVOIDED = {"o:delete:yes"}  # it would forget the language
ROOTS = (
    "/start",
    "/menu",
    "/near",
    "/districts",
    "/budget",
    "/news",
    "/programmes",
    "/search",
    "/search мектеп",
    "/language",
    "/subscribe",
    "/stop",
    "/settings",
    "/privacy",
    "/about",
    "/help",
    "мектеп",
    "Алмалы",
    "Абай даңғылы",
    "маған жақын жерде салынып жатқан мектеп пен балабақша және тағы бірнеше сөз",
    "қққққққққ",
)
CENTRE = (43.238949, 76.889709)
ASTANA = (51.1694, 71.4491)
NO_VALUES = re.compile(r"\b(None|nan|null|True|False)\b|\{\w*\}|datetime|Markup\(|</?[a-z]+>")
LATIN = re.compile(r"[A-Za-z]{3,}")
NOT_WORDS = re.compile(r"https?://\S+|/[a-z]+|@\w+|\S+\.[a-z]{2,3}\b")
OWN_WORDS = {"qala", "english", "json", "telegram", "openstreetmap", "odbl", "contributors"}
ENGLISH = set(
    re.findall(
        r"\w+",
        "the of and with from not yet known unknown source sources project projects state page "
        "back menu next show all near more than about overdue due planned spent contracted "
        "finished built day days year month found nothing please what how again saved settings",
    )
)


def words_of_the_data() -> set[str]:
    """What is written in Latin letters in the data set itself: names, contractors."""
    texts = (file.read_text(encoding="utf-8") for file in sorted(SHIPPED.glob("*.*")))
    return {word.lower() for text in texts for word in LATIN.findall(text)}


def shape(data: str) -> str:
    """The data without what only names one of many; of a subscription's draft, its screen."""
    if draft := re.match(r"(u:[a-zA-Z+])\d*:\w+\.\w+\.\w+\.(\w?)", data):
        return draft[1] + (draft[2] if draft[1] in {"u:d", "u:D"} else "")
    head, _, rest = data.partition(":")
    return head + ":" + re.sub(r"-?\d+", "0", re.sub(r"(?<=:)[a-z_]{4,}", "x", rest))


def data_of(button: Button) -> str:
    return button.callback_data or ""


def looks(message: Message) -> tuple[object, ...]:
    return message.text, message.entities, message.keyboard


@dataclass
class Crawl:
    """One resident's walk; `trouble` is what was wrong, and by which way it was reached."""

    who: Resident
    language: str
    pressed: Counter[str] = field(default_factory=Counter)  # by shape
    seen: set[str] = field(default_factory=set)
    trouble: list[str] = field(default_factory=list)
    allowed: set[str] = field(default_factory=lambda: words_of_the_data() | OWN_WORDS)

    def __post_init__(self) -> None:
        self.seen |= AVOIDED | {f"l:{other}" for other in LANGUAGES if other != self.language}

    async def from_text(self, text: str) -> None:
        before = self._ids()
        await self.who.send(text)
        await self._walk_all(before, text)

    async def from_point(self, point: tuple[float, float]) -> None:
        before = self._ids()
        await self.who.send_location(*point)
        await self._walk_all(before, str(point))

    def _ids(self) -> set[int]:
        return {message.message_id for message in self.who.messages}

    async def _walk_all(self, before: set[int], way: str) -> None:
        await self.who.wait_idle()
        new = [message for message in self.who.messages if message.message_id not in before]
        if not new:
            self.trouble.append(f"{way}: no answer")
        for message in new:
            self.look(message, way)
            await self._walk(message, way)

    async def _walk(self, message: Message, way: str) -> None:
        """Breadth first: each entry is the buttons that lead to a screen, and one of its own."""
        waiting: deque[tuple[tuple[Button, ...], Button]] = deque(
            ((), button) for button in message.buttons
        )
        while waiting:
            path, button = waiting.popleft()
            data = button.callback_data
            if data is None or data in self.seen or self.pressed[shape(data)] >= OF_A_SHAPE:
                continue
            self.seen.add(data)
            self.pressed[shape(data)] += 1
            shown = await self._press(message, path, button, way)
            if len(path) + 1 < DEPTH:
                waiting.extend(((*path, button), below) for below in shown.buttons)

    async def _press(
        self, message: Message, path: tuple[Button, ...], button: Button, way: str
    ) -> Message:
        """The screen that the press opened, on the message itself or as a new one."""
        steps = [one.text for one in (*path, button)]
        trail = " > ".join((way, *steps)) + f" [{button.callback_data}]"
        here = message
        for step in path:  # back to the screen that carries the button
            here, _, _ = await self._act(here, step)
        after, fresh, toast = await self._act(here, button)
        edited = looks(after) != looks(here)
        carried = {each.callback_data for each in here.buttons}
        gone = data_of(button).startswith(SUBSCRIPTION_PAGE) and data_of(button) not in carried
        if not (edited or fresh or toast or gone):
            self.trouble.append(f"{trail}: dead")
        self.words(toast, trail)
        for each in (after, *fresh):
            self.look(each, trail)
        return fresh[-1] if fresh and not edited else after

    async def _act(self, message: Message, button: Button) -> tuple[Message, list[Message], str]:
        """The message after the press, what else was said, and the toast."""
        before = self._ids()
        query = await self.who.press_data(message, button.callback_data or "")
        toast = await self.who.answer_to(query)
        await self.who.wait_idle()
        now = self.who.messages
        after = next(each for each in now if each.message_id == message.message_id)
        return after, [each for each in now if each.message_id not in before], toast.text

    def look(self, message: Message, trail: str) -> None:
        """What every screen must be."""
        text = message.text
        pinned = message.venue or message.raw.get("location")
        if not (text.strip() or pinned or message.document):
            self.trouble.append(f"{trail}: empty")
        if len(text.encode("utf-16-le")) // 2 > LONGEST:
            self.trouble.append(f"{trail}: {len(text)} characters")
        if len(re.findall(r"^\d+\. ", text, re.MULTILINE)) > PAGE:
            self.trouble.append(f"{trail}: more than {PAGE} projects")
        self.phone(message, trail)
        if any(len((each.callback_data or "").encode()) > MOST_DATA for each in message.buttons):
            self.trouble.append(f"{trail}: a button's data is too long")
        for link in message.covered("text_link"):  # titles of sources, in whatever language
            text = text.replace(link, " ")
        shown = [text, *message.button_texts]
        if message.venue:
            shown += [message.venue.title, message.venue.address]
        for piece in shown:
            self.words(piece, trail)
            if wrong := still_wrong(self.language, piece):
                self.trouble.append(f"{trail}: {wrong} in {piece!r}")

    def phone(self, message: Message, trail: str) -> None:
        """No more rows and lines than a phone of 360 points shows at once."""
        if len(message.keyboard) > MOST_ROWS:
            self.trouble.append(f"{trail}: {len(message.keyboard)} rows of buttons")
        names = message.button_texts
        named = any(name.startswith(("🔎", "📍", "🏘")) for name in names)  # what else it may mean
        is_list = "1" in names and any("🎛" in name or name == "⋯" for name in names)
        if is_list and not named and len(message.keyboard) > ROWS_OF_A_LIST:
            self.trouble.append(f"{trail}: {len(message.keyboard)} rows under a list")
        if (taken := on_a_phone(message)) > MOST_LINES:
            self.trouble.append(f"{trail}: {taken} lines: {message.text!r}")

    def words(self, text: str, trail: str) -> None:
        """No value that is none, no code, no English where another language is spoken."""
        if found := NO_VALUES.search(text):
            self.trouble.append(f"{trail}: says {found.group()!r} in {text!r}")
        if self.language == "en":
            return
        said = {word.lower() for word in LATIN.findall(NOT_WORDS.sub(" ", text))}
        if english := (said & ENGLISH) | (said - self.allowed):
            self.trouble.append(f"{trail}: {sorted(english)} in {text!r}")


@pytest.mark.parametrize(
    ("name", "language"), [("Айгерім", "kk"), ("Ольга", "ru"), ("Daniel", "en")]
)
async def test_every_button_leads_somewhere(
    sandbox: Sandbox, direct_qala: Qala, name: str, language: str
) -> None:
    crawl = Crawl(sandbox.resident(name), language)
    for text in ROOTS:
        await crawl.from_text(text)
    for point in (CENTRE, ASTANA):
        await crawl.from_point(point)
    assert not crawl.trouble, "\n".join(crawl.trouble)
    assert sum(crawl.pressed.values()) > 100, "the crawl itself lost its way"
