"""A city on each engine, its residents in the sandbox."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.sandbox.server import Sandbox
from storage.database.store import Store
from tests.bot.digests.city import City, Clock, road


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with road(sandbox.url, sandbox.token) as bot:
        yield bot


@pytest.fixture
async def city(store: Store, sandbox: Sandbox, bot: Bot) -> AsyncIterator[City]:
    """Once on each engine."""
    yield City(store, sandbox, bot, Clock())
    await store.aclose()


@pytest.fixture
async def sqlite_city(sqlite_store: Store, sandbox: Sandbox, bot: Bot) -> AsyncIterator[City]:
    yield City(sqlite_store, sandbox, bot, Clock())
    await sqlite_store.aclose()


@pytest.fixture
async def postgres_city(
    migrated_postgres_url: str, sandbox: Sandbox, bot: Bot
) -> AsyncIterator[City]:
    with Store(migrated_postgres_url) as store:
        yield City(store, sandbox, bot, Clock())
        await store.aclose()
