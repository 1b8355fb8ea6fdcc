"""A sandbox per test, a plain HTTP client for it, and a bot of python-telegram-bot."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.bots import build
from tests.bot.sandbox.client import ApiClient
from tests.bot.sandbox.clock import TickingClock


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
async def sandbox(clock: TickingClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock) as running:
        yield running


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[ApiClient]:
    async with ApiClient(sandbox.url, sandbox.token) as client:
        yield client


@pytest.fixture
async def ptb(sandbox: Sandbox) -> AsyncIterator[Bot]:
    application = build(sandbox)
    async with application.bot:
        yield application.bot
