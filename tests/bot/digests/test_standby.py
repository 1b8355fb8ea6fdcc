"""Who does not deliver waits: it looks for the lease now and then, and else does nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.digests.delivery import Delivery
from storage.database.store import Store
from tests.bot.digests.city import HURRIED, City, received, soon

WATCHED_S = 1.0
LOOKS = WATCHED_S / HURRIED.renew_s  # as often as it renews, if nobody wakes it


@asynccontextmanager
async def serving(delivery: Delivery) -> AsyncIterator[None]:
    """The delivery serves meanwhile; at the end it has stopped."""
    stop = asyncio.Event()
    task = asyncio.ensure_future(delivery.serve(stop))
    try:
        yield
    finally:
        stop.set()
        delivery.wake()
        await task


async def looks_in(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often it asks for the lease in the time that it is watched, the loop being free."""
    looked = 0
    renewed = delivery._renewed

    async def counting() -> bool:
        nonlocal looked
        looked += 1
        if looked > 20 * LOOKS:  # it spins: let the test go on and fail
            await asyncio.sleep(0.01)
        return await renewed()

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_renewed", counting)
        await asyncio.sleep(WATCHED_S)
    return looked


async def test_a_standby_that_was_woken_waits_again(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, standby = city.digests().delivery, city.digests().delivery
    async with serving(first):
        await soon(lambda: first.holds)
        standby.wake()
        async with serving(standby):
            assert await looks_in(standby, monkeypatch) <= 2 * LOOKS
            assert not standby.holds


async def test_without_its_database_it_waits_and_delivers_when_that_is_back(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = city.people(2)
    city.completed()
    digests = city.digests()
    await digests.plan()

    async def refused(*_: object, **__: object) -> Any:
        raise OperationalError("SELECT", {}, ConnectionRefusedError("refused"))

    with monkeypatch.context() as away:
        for call in ("read", "write", "write_durably"):
            away.setattr(Store, call, refused)
        digests.wake()
        async with serving(digests.delivery):
            assert await looks_in(digests.delivery, monkeypatch) <= 2 * LOOKS
            away.undo()
            await soon(lambda: received(people) == [1, 1])
