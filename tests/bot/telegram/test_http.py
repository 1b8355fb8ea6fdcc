"""The library over aiohttp: what it sends, and what becomes of every kind of trouble."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from telegram import Bot, InputFile, InputMediaDocument
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.app import build_application
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from bot.settings import GivenSettings
from bot.telegram.http import AiohttpRequest, without_token
from storage.database.store import Store


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def resident(sandbox: Sandbox) -> Resident:
    return sandbox.resident("Айгерім")


def client(sandbox: Sandbox, url: str | None = None, **timeouts: Any) -> Bot:
    """A bot whose two pools are ours."""
    root = url or sandbox.url
    return Bot(
        sandbox.token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=AiohttpRequest(**timeouts),
        get_updates_request=AiohttpRequest(connections=2, **timeouts),
    )


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with client(sandbox) as bot:
        yield bot


async def test_text_arrives_letter_for_letter(bot: Bot, resident: Resident) -> None:
    text = "Әлем & «қала» + 100 % = 😀\nекінші жол"
    sent = await bot.send_message(resident.id, text)
    assert sent.text == text
    assert resident.last.text == text


async def test_a_document_keeps_its_kazakh_name(bot: Bot, resident: Resident) -> None:
    content = "мазмұны".encode()
    await bot.send_document(
        resident.id, InputFile(content, filename='деректерім "2025".json'), caption="Мінеки"
    )
    got = resident.last
    assert got.document is not None
    assert (got.document.name, got.document.content) == ('деректерім "2025".json', content)
    assert got.text == "Мінеки"


async def test_a_file_name_cannot_break_the_header(bot: Bot, resident: Resident) -> None:
    await bot.send_document(resident.id, InputFile(b"x", filename="a\r\nX-Evil: 1\r\n.txt"))
    assert resident.last.document is not None
    assert "\n" not in resident.last.document.name


async def test_several_files_at_once(bot: Bot, resident: Resident) -> None:
    media = [InputMediaDocument(f"{n}".encode(), filename=f"{n}.txt") for n in (1, 2)]
    await bot.send_media_group(resident.id, media)
    assert [m.document and m.document.content for m in resident.messages] == [b"1", b"2"]


async def test_a_file_comes_down_again(bot: Bot, resident: Resident) -> None:
    sent = await bot.send_document(resident.id, InputFile(b"bytes" * 1000, filename="big.bin"))
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"bytes" * 1000


async def test_updates_are_held_and_come_at_once(bot: Bot, resident: Resident) -> None:
    asking = asyncio.ensure_future(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    assert not asking.done()
    await resident.send("сәлем")
    updates = await asyncio.wait_for(asking, 2)
    assert updates[0].message is not None
    assert updates[0].message.text == "сәлем"


async def test_a_slow_answer_times_out(sandbox: Sandbox, resident: Resident) -> None:
    sandbox.faults.add(method="sendMessage", delay=3)
    async with client(sandbox, read_timeout=0.1, write_timeout=0.1) as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(resident.id, "сәлем")
        await bot.send_message(resident.id, "тағы", read_timeout=5)  # the pool still works
    assert [message.text for message in resident.messages][-1] == "тағы"


async def test_a_timeout_of_the_call_wins(sandbox: Sandbox, resident: Resident) -> None:
    sandbox.faults.add(method="sendMessage", delay=0.5)
    async with client(sandbox, read_timeout=0.1, write_timeout=0.1) as bot:
        await bot.send_message(resident.id, "сәлем", read_timeout=5)
    assert resident.last.text == "сәлем"


async def test_a_full_pool_times_out(sandbox: Sandbox, resident: Resident) -> None:
    sandbox.faults.add(method="sendMessage", delay=1)
    one = AiohttpRequest(connections=1, pool_timeout=0.1, connect_timeout=0.1)
    bot = Bot(sandbox.token, base_url=f"{sandbox.url}/bot", request=one)
    async with one:
        slow = asyncio.ensure_future(bot.send_message(resident.id, "баяу"))
        await asyncio.sleep(0.1)
        with pytest.raises(TimedOut, match="was not sent"):
            await bot.send_message(resident.id, "жылдам")
        await slow


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def told(error: BaseException | None) -> str:
    """Everything an error and what stands behind it would print."""
    lines = []
    while error is not None:
        lines += [str(error), repr(error)]
        error = error.__cause__ or error.__context__
    return "\n".join(lines)


async def test_nobody_there_is_a_network_error_without_the_token(sandbox: Sandbox) -> None:
    bot = client(sandbox, url=f"http://127.0.0.1:{closed_port()}")
    with pytest.raises(NetworkError) as caught:
        await bot.initialize()
    assert sandbox.token not in told(caught.value)
    assert sandbox.token.partition(":")[2] not in told(caught.value)
    await bot.shutdown()


async def test_a_bad_address_does_not_tell_the_token(sandbox: Sandbox) -> None:
    bot = client(sandbox, url="http://")
    with pytest.raises(NetworkError) as caught:
        await bot.initialize()
    assert sandbox.token.partition(":")[2] not in told(caught.value)
    await bot.shutdown()


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_broken_connection(
    sandbox: Sandbox, bot: Bot, resident: Resident, drop: str
) -> None:
    sandbox.faults.add(method="sendMessage", drop=drop)
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(resident.id, "сәлем")
    assert not isinstance(caught.value, BadRequest | TimedOut)
    assert sandbox.token not in told(caught.value)


async def test_too_many_requests_says_how_long_to_wait(
    sandbox: Sandbox, bot: Bot, resident: Resident
) -> None:
    sandbox.faults.add(method="sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(resident.id, "сәлем")
    assert caught.value.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"error_code": 400}, BadRequest),
        ({"error_code": 401}, InvalidToken),
        ({"error_code": 403}, Forbidden),
        ({"error_code": 502}, NetworkError),
        ({"error_code": 400, "migrate_to_chat_id": -100200}, ChatMigrated),
    ],
)
async def test_refusals_become_the_librarys_errors(
    sandbox: Sandbox, bot: Bot, resident: Resident, fault: dict[str, int], error: type[Exception]
) -> None:
    sandbox.faults.add(method="sendMessage", **fault)
    with pytest.raises(error):
        await bot.send_message(resident.id, "сәлем")


async def test_not_before_it_is_open() -> None:
    request = AiohttpRequest()
    with pytest.raises(RuntimeError, match="not initialized"):
        await request.do_request("http://127.0.0.1/", "GET")


async def test_opening_and_closing_twice_is_harmless(sandbox: Sandbox) -> None:
    request = AiohttpRequest()
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    async with request:  # and it opens again
        status, _ = await request.do_request(f"{sandbox.url}/bot{sandbox.token}/getMe", "POST")
    assert status == 200


def test_the_bots_repr_does_not_tell_the_token(sandbox: Sandbox, sqlite_store: Store) -> None:
    settings = GivenSettings(
        telegram_bot_token=SecretStr(sandbox.token), telegram_api_url=sandbox.url
    )
    application = build_application(settings, sqlite_store)
    assert "4200000000" in repr(application)
    assert sandbox.token not in repr(application)


def test_tokens_are_taken_out_of_texts() -> None:
    token = "123456789:AAF-abcdefghijklmnopqrstuvwxyz01234"
    said = without_token(f"cannot POST https://api.telegram.org/bot{token}/getMe")
    assert said == "cannot POST https://api.telegram.org/bot<token>/getMe"
