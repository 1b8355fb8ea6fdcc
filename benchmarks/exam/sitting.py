"""Questions put to the whole bot in this process, each by somebody new, on the exam's day."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy.orm import Session

from benchmarks.exam.city import DAY, Project, build, write
from benchmarks.exam.judge import Verdict, judge
from benchmarks.exam.reply import read_reply
from bot.app import build_application
from bot.commands.run import ALLOWED_UPDATES
from bot.running import running
from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Chat
from bot.settings import GivenSettings
from bot.telegram.polling import poll
from handlers.frame.context import Qala
from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import check_and_import

Question = Mapping[str, Any]
NOON = datetime(DAY.year, DAY.month, DAY.day, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Result:
    """One turn of a question with what the bot replied and the verdict."""

    question: Question
    text: str
    intent: str
    reply: str
    verdict: Verdict


class Clock:
    """The set time, UTC; a second passes with each text."""

    def __init__(self) -> None:
        self._now = NOON

    def __call__(self) -> datetime:
        return self._now

    def tick(self) -> None:
        """A second passes."""
        self._now += timedelta(seconds=1)


@dataclass
class Room:
    """The bot at work on one city."""

    city: Sequence[Project]
    sandbox: Sandbox
    application: Qala
    clock: Clock
    people: int = 0

    def somebody(self, language: str) -> Resident:
        """A resident whom the bot has never seen, with Telegram in this language."""
        self.people += 1
        return self.sandbox.add_resident("R", language, chat_id=600_000_000 + self.people)

    async def idle(self) -> None:
        """Return when the bot has answered and noted everything."""
        await self.sandbox.wait_idle(60, 0)
        await self.application.update_queue.join()
        resources = self.application.bot_data
        await resources.notes.write(resources.store)
        await resources.store.write(_nothing)


def _nothing(_: Session) -> None:
    pass


async def sit(seed: int, questions: Iterable[Question]) -> list[Result]:
    """Return the results of questions about the city of a seed, turn by turn."""
    async with _room(build(seed)) as room:
        found: list[Result] = []
        for question in questions:
            found += await _answers(room, question)
        return found


async def _answers(room: Room, question: Question) -> list[Result]:
    who = room.somebody(question["lang"])
    found = []
    for turn in question.get("turns") or [question]:
        messages = await _said(room, who, turn)
        texts = [each.text for each in messages]
        labels = [label for each in messages for label in each.button_texts]
        reply = read_reply(texts, labels, room.city)
        verdict = judge(turn["spec"], reply, room.city, DAY, question["lang"])
        text = str(turn.get("text", turn.get("press", "")))
        found.append(Result(question, text, turn["spec"]["intent"], reply.text, verdict))
    return found


async def _said(room: Room, who: Resident, turn: Question) -> list[Message]:
    """Send a turn, and return the bot's messages that are new or changed by it."""
    group = room.sandbox.group if turn.get("chat") == "group" else None
    under = None
    if group is not None:
        group.members.append(who.id)
        under = await _spoken_there(room, who, group) if turn.get("reply") else None
    before = {each.message_id: each.text for each in _of_bot(who, group)}
    room.clock.tick()
    if "press" in turn:
        await who.press(turn["press"])
    else:
        await who.send(turn["text"], chat=group, reply_to=under)
    await room.idle()
    return [each for each in _of_bot(who, group) if before.get(each.message_id) != each.text]


async def _spoken_there(room: Room, who: Resident, group: Chat) -> Message:
    """Return the bot's last message in the group; it lists the districts where it has said none."""
    if not _of_bot(who, group):
        await who.send(f"/districts@{room.sandbox.world.bot['username']}", chat=group)
        await room.idle()
    return _of_bot(who, group)[-1]


def _of_bot(who: Resident, group: Chat | None) -> list[Message]:
    return [each for each in who.history(group) if each.from_bot]


@asynccontextmanager
async def _room(city: Sequence[Project]) -> AsyncIterator[Room]:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/exam.db") as store:
        upgrade(store)
        check_and_import(store, write(city, Path(folder) / "list"), clock=clock)
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
                try:
                    yield Room(city, sandbox, application, clock)
                finally:
                    stop.set()
                    await polling
