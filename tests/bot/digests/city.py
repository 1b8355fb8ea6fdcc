"""A store with residents who follow the city, the sandbox they live in, and the digests' loop."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col
from telegram import Bot
from telegram.constants import ParseMode
from telegram.ext import Defaults, ExtBot

from bot.digests.limits import Times
from bot.digests.service import Digests, Options
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from bot.telegram.http import AiohttpRequest
from bot.telegram.outbox import Outbox, OutboxRequest
from bot.telegram.pace import Limits
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Markup
from storage.database.store import Store
from storage.digests.deliveries import Item
from storage.news.filters import NewsFilter
from storage.subscriptions.schedules import Schedule
from storage.tables.subscriptions import Delivery
from tests.bot.conftest import HANGS_S
from tests.storage.digest_world import FRIDAY, World, almaty

START = almaty("2026-02-16 09:00")
FIRST = almaty("2026-02-20 18:00")
DAY = timedelta(days=1)
HURRIED = Times(
    lease=timedelta(seconds=30),
    renew_s=0.2,
    least_left_s=5,
    patience_s=0.2,
    look_s=0.05,
    pause_s=0.01,
    longest_pause_s=0.2,
    finish_s=5,
    doubt=timedelta(0),
)


class Clock:
    """The time of the store, which tests set."""

    def __init__(self, now: datetime = FIRST) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def simple(
    store: Store,
    language: str,
    cadence: str,
    filters: tuple[int, ...],
    items: tuple[Item, ...],
    content_id: int,
    now: datetime,
) -> Screen | None:
    """A text that names the projects."""
    projects = " ".join(str(item.project) for item in items)
    return Screen(Markup("<b>Дайджест</b> {}").format(projects), ((Button("…", "u:f"),),))


def road(url: str, token: str, per_second: int = 0) -> Bot:
    """The library on the road out to the sandbox, its pauses short."""
    outbox = Outbox(Limits(per_second=per_second), chance=lambda: -0.99)
    return ExtBot(
        token,
        defaults=Defaults(parse_mode=ParseMode.HTML),
        base_url=f"{url}/bot",
        request=OutboxRequest(AiohttpRequest(), outbox),
        get_updates_request=OutboxRequest(AiohttpRequest(connections=2), outbox),
    )


@dataclass
class City:
    """What a test of the digests needs; `people` subscribed on Monday."""

    store: Store
    sandbox: Sandbox
    bot: Bot
    clock: Clock

    def people(self, number: int, schedule: Schedule = FRIDAY) -> list[Resident]:
        """So many residents who follow the whole city."""
        found = [self.sandbox.add_resident(f"r{n}") for n in range(number)]
        self.follow([resident.id for resident in found], schedule=schedule)
        return found

    def follow(self, chats: Iterable[int], **wanted: Any) -> None:
        with self.store.writing() as session:
            world = World(session)
            for chat in chats:
                world.follow(chat, START, wanted.get("filter", NewsFilter()), wanted["schedule"])

    def completed(self, key: str = "school", at: datetime = START + DAY) -> int:
        with self.store.writing() as session:
            return World(session).done(key, at)

    def digests(self, text: Any = simple, times: Times = HURRIED, **options: Any) -> Digests:
        return Digests(
            self.store, self.bot, self.clock, text, Options(times=replace(times), **options)
        )

    async def run(self, **options: Any) -> Digests:
        """Plan and deliver what is there now."""
        digests = self.digests(**options)
        await digests.plan()
        async with asyncio.timeout(60):
            assert await digests.deliver()
        return digests

    def states(self) -> dict[int, tuple[str, str]]:
        """The state and reason of each chat's last delivery."""
        columns = (col(Delivery.chat_id), col(Delivery.state), col(Delivery.reason))
        with self.store.reading() as session:
            rows = session.execute(select(*columns).order_by(col(Delivery.id)))
            return {chat: (state, reason) for chat, state, reason in rows}


def received(people: Iterable[Resident]) -> list[int]:
    """How many messages each has got."""
    return [len(resident.messages) for resident in people]


async def soon(condition: Callable[[], object], within: float = HANGS_S) -> None:
    """Return once the condition holds; TimeoutError where it does not come to."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - what is waited for knows no event
            await asyncio.sleep(0.01)
