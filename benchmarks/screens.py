"""Every screen of the bot as text, so that two versions of it can be compared.

    .venv/bin/python -m benchmarks.screens /tmp/before    # writes /tmp/before-kk.txt, -ru, -en
    diff <(cut -f1 /tmp/before-kk.txt) <(cut -f1 /tmp/after-kk.txt)    # texts alone

The bot runs in this process against the sandbox, on the shipped list, at a set time that moves on
by a second with each act. People type commands and questions, share locations, and press what they
see, first what was pressed least, until there are `--screens` of a language. Each thing typed is
typed by somebody new, so that nothing one person did changes what another sees. What the bot sent
is written down as it sent it, by the way to it; what a button carries stands behind a tab. The same
version writes the same files each time: what is numbered by chance is written as N. `--questions`
names the folder of the questions: take one for both versions.
"""

import argparse
import asyncio
import csv
import json
import re
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy.orm import Session

from bot.app import build_application
from bot.commands.run import ALLOWED_UPDATES
from bot.running import running
from bot.sandbox.api import Call
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from bot.settings import GivenSettings
from bot.telegram.polling import poll
from handlers.frame.context import Qala
from handlers.understanding import load_for_good
from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import SHIPPED, load_shipped

Act = Callable[[], Awaitable[object]]

LANGUAGES = ("kk", "ru", "en")
BEGIN = datetime(2025, 11, 20, 4, tzinfo=UTC)
QUESTIONS = 150
COMMANDS = (
    *("start", "menu", "near", "districts", "budget", "news", "programmes", "search", "language"),
    *("subscribe", "stop", "settings", "privacy", "about", "help", "nonsense"),
)
ARGUMENTS = ("/start near", "/start p1", "/search мектеп", "/search дорога", "/search school")
TYPED = (
    *("мектеп", "Алмалы", "Медеу ауданы", "Абай даңғылы", "Орбита", "школа №25", "қққққққққ"),
    *("?", "1234567", "привет", "сәлем", "hello", "спасибо", "рахмет", "🙂", "ghbdtn", "<b>&amp;"),
)
FOLLOW_UPS = {
    "kk": ("ал Медеуде ше?", "қанша тұрады?", "нешеуі салынып жатыр?", "біріншісі туралы айт"),
    "ru": ("а в Медеуском?", "сколько это стоит?", "а сколько строится?", "расскажи о первой"),
    "en": ("and in Medeu?", "how much do they cost?", "how many are built?", "tell me the first"),
}
FAR = ((51.1694, 71.4491), (43.45, 77.2), (43.0, 76.6), (0.0, 0.0))
KEPT_FROM = {"Қазақша", "Русский", "English"}  # pressed, the rest would be in another language
SILENT = {"sendChatAction", "getUpdates", "getMe"}
NOT_SAID = {
    *("chat_id", "message_id", "callback_query_id", "inline_query_id", "text", "reply_markup"),
    *("link_preview_options", "parse_mode", "disable_notification"),
}


class Clock:
    """The set time, UTC; moves on only by `tick`."""

    def __init__(self) -> None:
        self._now = BEGIN

    def __call__(self) -> datetime:
        return self._now

    def tick(self) -> None:
        """A second passes."""
        self._now += timedelta(seconds=1)


@dataclass(frozen=True)
class Press:
    """A button to press: by whom, on which message as it stood, and the way there."""

    who: Resident
    message_id: int
    body: dict[str, Any]
    label: str
    data: str
    way: str

    async def done(self) -> None:
        """Press it."""
        shown = next(m for m in self.who.messages if m.message_id == self.message_id)
        await self.who.press_data(shown, self.data)


@dataclass
class Walk:
    """One language's walk; `screens` is what was sent, by the way to it."""

    sandbox: Sandbox
    application: Qala
    clock: Clock
    language: str
    screens: dict[str, str] = field(default_factory=dict)
    _waiting: list[tuple[int, int, Press]] = field(default_factory=list)  # a heap
    _seen: set[str] = field(default_factory=set)
    _pressed: Counter[str] = field(default_factory=Counter)  # by label, but for numbers
    _turn: Iterator[int] = field(default_factory=count)
    _people: int = 0

    def newcomer(self) -> Resident:
        """Somebody whom the bot has never seen."""
        self._people += 1
        return self.sandbox.add_resident(
            "Айгерім", self.language, chat_id=600_000_000 + self._people
        )

    async def act(self, who: Resident, way: str, act: Act) -> None:
        """Do it, write down what the bot sent, and see what there is to press now."""
        before = {each.message_id: _looks(each.raw) for each in who.messages}
        said = len(self.sandbox.calls)
        self.clock.tick()
        await act()
        await self._idle()
        self.screens[way] = _written(self.sandbox.calls[said:])
        for message in who.messages:
            looks = _looks(message.raw)
            if before.get(message.message_id) != looks and looks not in self._seen:
                self._seen.add(looks)
                for press in _presses(who, message.message_id, message.raw, way):
                    self._wait(press)

    def _wait(self, press: Press) -> None:
        if not any(name in press.label for name in KEPT_FROM):
            heappush(self._waiting, (self._pressed[_like(press)], next(self._turn), press))

    async def press(self, most: int) -> None:
        """Press what there is, what was pressed least before first, till so many are written."""
        while self._waiting and len(self.screens) < most:
            before, _, press = heappop(self._waiting)
            stored = self.sandbox.world.find(press.who.id, press.message_id)
            if before < self._pressed[_like(press)]:
                self._wait(press)
            elif stored is not None:
                self._pressed[_like(press)] += 1
                stored.body.clear()
                stored.body.update(deepcopy(press.body))
                await self.act(press.who, press.way, press.done)

    async def _idle(self) -> None:
        await self.sandbox.wait_idle(60, 0)
        await self.application.update_queue.join()
        await self.application.bot_data.store.write(_nothing)  # after what is noted by the way


def _nothing(_: Session) -> None:
    pass


def _like(press: Press) -> str:
    return re.sub(r"\d+", "0", press.label)


def _looks(body: dict[str, Any]) -> str:
    shown = {name: body.get(name) for name in ("text", "entities", "reply_markup", "caption")}
    return json.dumps(shown, ensure_ascii=False)


def _presses(who: Resident, message_id: int, body: dict[str, Any], way: str) -> Iterator[Press]:
    rows = body.get("reply_markup", {}).get("inline_keyboard", ())
    before: Counter[str] = Counter()
    for button in (each for row in rows for each in row):
        label = button["text"]
        before[label] += 1
        name = label if before[label] == 1 else f"{label} ({before[label]})"
        if data := button.get("callback_data"):
            yield Press(who, message_id, deepcopy(body), label, data, f"{way} > {name}")


def _written(calls: list[Call]) -> str:
    """What the bot sent, toasts first: they may come before or after the screen."""
    told = [call for call in calls if call.method not in SILENT]
    told.sort(key=lambda call: call.method != "answerCallbackQuery")
    return "\n".join(_call(call) for call in told) or "(nothing)"


def _call(call: Call) -> str:
    lines = [f"-- {call.method}" + (f" refused: {call.error}" if call.error else "")]
    if "text" in call.params:
        lines.append(str(call.params["text"]))
    for name in sorted(call.params.keys() - NOT_SAID):
        lines.append(f"{name}: {json.dumps(call.params[name], ensure_ascii=False, default=str)}")
    markup = call.params.get("reply_markup") or {}
    for row in markup.get("inline_keyboard", ()):
        lines += [f"[{each['text']}]\t{_carried(each)}" for each in row]
        lines.append("")
    if "inline_keyboard" not in markup and markup:
        lines.append(json.dumps(markup, ensure_ascii=False, sort_keys=True))
    for name, content in sorted(call.files.items()):
        lines.append(f"file {name}: {content.decode(errors='replace')}")
    return "\n".join(lines).rstrip()


def _carried(button: dict[str, Any]) -> str:
    rest = {name: value for name, value in button.items() if name != "text"}
    data = re.sub(r"\bq:\d+", "q:N", str(rest.get("callback_data", "")))  # numbered by chance
    return data or json.dumps(rest, ensure_ascii=False)


def points() -> list[tuple[float, float]]:
    """Sixteen known places all over the city, and some that are far."""
    with (SHIPPED / "places.csv").open(encoding="utf-8", newline="") as file:
        found = [(float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)]
    return [*found[:: len(found) // 16][:16], *FAR]


def questions(folder: Path, language: str) -> list[str]:
    """Evenly taken from all files of the language."""
    lines = [
        json.loads(line)["text"]
        for file in sorted(folder.glob(f"*{language}.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return lines[:: max(1, len(lines) // QUESTIONS)][:QUESTIONS]


async def walk(walked: Walk, asked: list[str], most: int) -> None:
    """All that is typed and shared, then all that is pressed."""
    for text in (*(f"/{command}" for command in COMMANDS), *ARGUMENTS, *TYPED, *asked):
        await _said(walked, text)
    for point in points():
        who = walked.newcomer()
        await walked.act(who, f"at {point}", partial(who.send_location, *point))
    await _odd(walked)
    for text in asked[::10]:
        who, way = await _said(walked, text, "first: ")
        for more in FOLLOW_UPS[walked.language]:
            way += f" | {more}"
            await walked.act(who, way, partial(who.send, more))
    await walked.press(most)


async def _said(walked: Walk, text: str, before: str = "") -> tuple[Resident, str]:
    who, way = walked.newcomer(), f"{before}{text}"
    await walked.act(who, way, partial(who.send, text))
    return who, way


async def _odd(walked: Walk) -> None:
    """What is neither text nor a point alone; the keyboard; inline questions."""
    who = walked.newcomer()
    await walked.act(who, "a live point", partial(who.send_location, 43.24, 76.89, 900))
    await walked.act(who, "a venue", partial(who.send_venue, 43.24, 76.89, "Орбита"))
    await walked.act(who, "a document", partial(who.send_document, "a.txt", b"a"))
    await walked.act(who, "a photo", partial(who.send_photo, caption="мектеп"))
    await walked.act(who, "a sticker", who.send_sticker)
    await walked.act(who, "a voice", who.send_voice)
    who = walked.newcomer()
    await walked.act(who, "/start, for its keys", partial(who.send, "/start"))
    for key in [key for row in who.keys for key in row]:
        there = (43.24, 76.89) if key.request_location else None
        await walked.act(who, f"key {key.text}", partial(who.press_key, key.text, there))
    for query in ("", "мектеп", "школа Медеу", "bridge", "қққққ"):
        await walked.act(who, f"inline {query!r}", partial(who.ask_inline, query))


async def screens_of(language: str, asked: list[str], most: int) -> dict[str, str]:
    """What a new bot on a new store sends, by the way to it."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/a.db") as store:
        upgrade(store)
        load_shipped(store, clock)
        async with Sandbox(clock=clock) as sandbox:
            settings = GivenSettings(
                telegram_bot_token=SecretStr(sandbox.token),
                telegram_api_url=sandbox.url,
                messages_per_second=0,
            )
            application = build_application(settings, store, clock=clock)
            stop = asyncio.Event()
            async with running(application, stop):
                polling = asyncio.ensure_future(poll(application, stop, ALLOWED_UPDATES))
                walked = Walk(sandbox, application, clock, language)
                try:
                    await walk(walked, asked, most)
                finally:
                    stop.set()
                    await polling
    return walked.screens


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("prefix", help="of the files that are written")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--screens", type=int, default=2_000, help="of a language")
    parser.add_argument("--questions", type=Path, default=Path("tests/questions"))
    arguments = parser.parse_args()
    load_for_good()
    for language in arguments.language or LANGUAGES:
        asked = questions(arguments.questions, language)
        screens = asyncio.run(screens_of(language, asked, arguments.screens))
        whole = "\n\n".join(f"=== {way}\n{screens[way]}" for way in sorted(screens))
        Path(f"{arguments.prefix}-{language}.txt").write_text(whole + "\n", encoding="utf-8")
        print(f"{language}: {len(screens)} screens")


if __name__ == "__main__":
    main()
