"""The webhook's server over real HTTP, in front of a real application that notes what it gets."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from telegram import Update
from telegram.ext import ApplicationBuilder, TypeHandler

from bot.running import AnyApplication, running
from bot.sandbox.server import Sandbox
from bot.telegram.http import AiohttpRequest
from bot.telegram.update_order import InOrder
from bot.telegram.webhook import LARGEST_BODY, SECRET_HEADER, listening, web_application
from storage.database.store import Store
from tests.bot.conftest import SECRET, soon

HEADERS = {SECRET_HEADER: SECRET}


def update(number: int, text: str = "hello", person: int = 700000004) -> dict[str, Any]:
    user = {"id": person, "is_bot": False, "first_name": "Daniel"}
    chat = {"id": person, "type": "private", "first_name": "Daniel"}
    message = {"message_id": number, "date": 1_761_000_000, "from": user, "chat": chat}
    return {"update_id": number, "message": {**message, "text": text}}


@dataclass
class Front:
    """The server under test: its address, a client, and the numbers of the updates it passed on."""

    url: str
    client: aiohttp.ClientSession
    application: AnyApplication
    seen: list[int]
    release: asyncio.Event

    async def post(self, body: object, headers: dict[str, str] | None = None) -> int:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = HEADERS if headers is None else headers
        async with self.client.post(
            f"{self.url}/telegram", data=io.BytesIO(data), headers=sent
        ) as answer:
            return answer.status


@pytest.fixture
async def front(sandbox: Sandbox, sqlite_store: Store) -> AsyncIterator[Front]:
    application = (
        ApplicationBuilder()
        .token(sandbox.token)
        .base_url(f"{sandbox.url}/bot")
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest(connections=2))
        .concurrent_updates(InOrder())
        .job_queue(None)
        .build()
    )

    release = asyncio.Event()
    seen: list[int] = []

    async def note(given: Update, _context: object) -> None:
        if given.message and given.message.text == "slow":
            await release.wait()
        seen.append(given.update_id)

    application.add_handler(TypeHandler(Update, note))
    web = web_application(application, sqlite_store, SECRET)
    async with (
        running(application, asyncio.Event()),
        listening(web, "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as client,
    ):
        yield Front(f"http://127.0.0.1:{port}", client, application, seen, release)
        release.set()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: SECRET + "x"},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: SECRET.upper()},
        {SECRET_HEADER: "құпия"},
        {"Authorization": SECRET},
    ],
)
async def test_who_does_not_know_the_secret_stays_out(
    front: Front, headers: dict[str, str]
) -> None:
    assert await front.post(update(1), headers) == 403
    await asyncio.sleep(0.05)
    assert front.seen == []


async def test_updates_are_answered_at_once_and_worked_on_in_order(front: Front) -> None:
    async with asyncio.timeout(5):
        for number in range(1, 11):
            assert await front.post(update(number, "slow" if number == 1 else "hello")) == 200
        assert await front.post(update(11, person=700000003)) == 200
    await soon(lambda: front.seen)
    assert front.seen == [11]  # another person's does not wait for the slow one
    front.release.set()
    await soon(lambda: len(front.seen) == 11)
    assert front.seen == [11, *range(1, 11)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused(front: Front, body: bytes) -> None:
    assert await front.post(body) == 400


async def test_a_body_too_large_is_refused(front: Front) -> None:
    assert await front.post(update(1, "a" * LARGEST_BODY)) == 413
    assert await front.post(update(2, "a" * 100_000)) == 200
    await soon(lambda: front.seen == [2])


async def test_an_update_that_the_library_cannot_read_is_not_sent_again(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    assert await front.post({"update_id": 1, "message": "not an object"}) == 200
    assert await front.post(update(2)) == 200
    await soon(lambda: front.seen == [2])


async def test_other_ways_in_are_closed(front: Front) -> None:
    async with front.client.get(f"{front.url}/telegram", headers=HEADERS) as answer:
        assert answer.status == 405
    async with front.client.post(f"{front.url}/", headers=HEADERS) as answer:
        assert answer.status == 404


async def test_healthz(front: Front, sqlite_store: Store) -> None:
    async with front.client.get(f"{front.url}/healthz") as answer:
        assert answer.status == 200
        assert await answer.json() == {"status": "ok", "store": True, "bot": True}
    await front.application.stop()
    assert sqlite_store.file is not None
    sqlite_store.close()
    sqlite_store.file.write_bytes(b"no database" * 1000)
    sqlite_store.file.with_name("qala.db-wal").unlink(missing_ok=True)
    async with front.client.get(f"{front.url}/healthz") as answer:
        assert answer.status == 503
        assert await answer.json() == {"status": "failing", "store": False, "bot": False}
    await front.application.start()


async def test_a_webhook_without_a_secret_is_not_served(front: Front, sqlite_store: Store) -> None:
    with pytest.raises(ValueError, match="lets everybody in"):
        web_application(front.application, sqlite_store, "")
