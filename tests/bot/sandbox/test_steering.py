"""The page's own buttons: the time that only moves on, and deeds over HTTP and in the browser."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import expect

from bot.sandbox.server import Sandbox
from bot.sandbox.steering import Deed, MovableClock
from tests.bot.sandbox.browser import VARIABLE, open_page
from tests.bot.sandbox.client import ApiClient

NOON = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)
FRIDAY = datetime(2025, 11, 21, 13, 0, tzinfo=UTC)  # 18:00 in Almaty


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(lambda: NOON)


@pytest.fixture
async def steered(clock: MovableClock) -> AsyncIterator[Sandbox]:
    async def to_friday() -> int:
        clock.move_to(FRIDAY)
        return 1

    async def fail() -> int:
        raise ValueError("nothing is left to finish")

    deeds = (Deed("next_friday", to_friday), Deed("finish", fail))
    async with Sandbox(clock=clock, deeds=deeds) as sandbox:
        yield sandbox


def test_time_moves_on_and_never_back(clock: MovableClock) -> None:
    assert clock() == NOON
    clock.move_to(FRIDAY)
    assert clock() == FRIDAY
    clock.move_to(NOON)
    assert clock() == FRIDAY
    clock.move_to(FRIDAY + timedelta(days=7))
    assert clock() - FRIDAY == timedelta(days=7)


async def test_a_deed_is_done_and_the_pages_hear_the_time(steered: Sandbox) -> None:
    async with ApiClient(steered.url, steered.token) as api:
        url = f"{api.root}/sandbox/deed"
        async with api.session.get(f"{api.root}/sandbox/state") as response:
            state = await response.json()
        assert state["deeds"] == ["next_friday", "finish"]
        assert state["time"] == int(NOON.timestamp())
        async with api.session.post(url, json={"name": "next_friday"}) as response:
            assert (response.status, await response.json()) == (200, {"result": 1})
        assert steered.world.events[-1]["kind"] == "time"
        assert steered.world.events[-1]["time"] == int(FRIDAY.timestamp())
        async with api.session.post(url, json={"name": "finish"}) as response:
            assert response.status == 400
            assert (await response.json())["error"] == "nothing is left to finish"
        odds: tuple[Any, ...] = ({"name": "no such"}, {}, [], "x")
        for odd in odds:
            async with api.session.post(url, json=odd) as response:
                assert response.status == 400
                assert "next_friday" in (await response.json())["error"]


@pytest.mark.browser
@pytest.mark.skipif(
    not os.environ.get(VARIABLE), reason=f"{VARIABLE} does not name a Chromium to test with"
)
async def test_the_sheet_moves_the_time(steered: Sandbox) -> None:
    async with open_page(steered.url) as page:
        await page.click("#steer-button")
        await expect(page.locator("#steer-time")).to_contain_text("бейсенбі, 20 қараша, 17:00")
        await page.click('[data-deed="next_friday"]')
        await expect(page.locator("#steer-sheet")).to_be_hidden()
        await expect(page.locator("#toast")).to_have_text("Уақыт алға жылжыды")
        await page.click("#steer-button")
        await expect(page.locator("#steer-time")).to_contain_text("жұма, 21 қараша, 18:00")
        await expect(page.locator(".deed")).to_have_count(2)


@pytest.mark.browser
@pytest.mark.skipif(
    not os.environ.get(VARIABLE), reason=f"{VARIABLE} does not name a Chromium to test with"
)
async def test_a_sandbox_without_deeds_shows_no_clock() -> None:
    async with Sandbox() as sandbox, open_page(sandbox.url) as page:
        await expect(page.locator("#block-button")).to_be_visible()
        await expect(page.locator("#steer-button")).to_be_hidden()
