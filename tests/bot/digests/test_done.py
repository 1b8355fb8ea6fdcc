"""When a delivery is done: not while something that is under way may come back."""

import asyncio
from typing import Any

import pytest

from storage.digests.deliveries import Claimed
from tests.bot.digests.city import City, soon
from tests.storage.digest_world import FRIDAY

MOVED_TO = -100777


async def test_what_comes_back_after_the_last_look_is_sent_too(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The group has moved, and Telegram says so just when nothing else was left to claim."""
    group = city.sandbox.group.id
    city.sandbox.world.add_group(MOVED_TO, "moved", [])
    city.follow([group], schedule=FRIDAY)
    city.completed()
    city.sandbox.faults.add(
        method="sendMessage", chat_id=group, error_code=400, migrate_to_chat_id=MOVED_TO, times=None
    )
    digests = city.digests()
    delivery, looked = digests.delivery, asyncio.Event()
    send, report, looks = delivery.sender.send, delivery._report, []

    async def send_after_the_second_look(taken: Claimed) -> Any:
        await looked.wait()
        return await send(taken)

    async def report_once_it_is_back(**how: Any) -> None:
        looks.append(len(delivery._claims))
        if len(looks) == 2:
            looked.set()
            await soon(lambda: not delivery._claims)
        await report(**how)

    monkeypatch.setattr(delivery.sender, "send", send_after_the_second_look)
    monkeypatch.setattr(delivery, "_report", report_once_it_is_back)
    await digests.plan()
    async with asyncio.timeout(20):
        assert await digests.deliver()
    assert looks[:2] == [1, 1]
    assert len(city.sandbox.world.history(MOVED_TO)) == 1
    assert city.states() == {MOVED_TO: ("sent", "")}
