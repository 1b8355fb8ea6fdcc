"""`qala run` in this process, against the sandbox: polling, webhook, bad starts and good stops."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
import structlog
from pydantic import SecretStr
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot import running
from bot.app import utc_now
from bot.commands import run
from bot.commands.health import ask_health
from bot.commands.prepare import how_to_load
from bot.running import RefusedError
from bot.sandbox.server import Sandbox
from bot.settings import GivenSettings, Settings
from bot.telegram import polling
from storage.database.store import Store
from storage.imports import load_shipped
from tests.bot.conftest import HANGS_S, SECRET, free_port, soon

ALMATY = (43.2385, 76.9453)


@pytest.fixture
def logged() -> Iterator[list[EventDict]]:
    structlog.reset_defaults()
    logging.getLogger("bot").setLevel(logging.DEBUG)
    with capture_logs() as lines:
        yield lines


def events(lines: list[EventDict]) -> list[str]:
    return [line["event"] for line in lines]


async def until(lines: list[EventDict], event: str) -> EventDict:
    """The log line, as soon as it is there."""
    await soon(lambda: event in events(lines))
    return next(line for line in lines if line["event"] == event)


@asynccontextmanager
async def serving(
    settings: Settings, store: Store, logged: list[EventDict]
) -> AsyncIterator[asyncio.Event]:
    """The bot, started; stopped at the end, which takes no longer than it may."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        serve = group.create_task(run.serve(settings, store, stop))
        try:
            await until(logged, "started")
            yield stop
        finally:
            stop.set()
            await asyncio.wait_for(serve, HANGS_S)
            await store.aclose()


async def test_polling(
    settings: Settings, sqlite_store: Store, sandbox: Sandbox, logged: list[EventDict]
) -> None:
    async with serving(settings, sqlite_store, logged):
        resident = sandbox.resident("Daniel")
        await resident.start()
        assert await resident.next_message()
        await sandbox.wait_idle()
    methods = [call.method.lower() for call in sandbox.calls]
    assert "setmycommands" in methods
    assert "deletewebhook" not in methods
    ask = next(call for call in sandbox.calls if call.method.lower() == "getupdates")
    assert "message" in str(ask.params["allowed_updates"])
    assert not sandbox.world.updates.pending
    assert "stopping" in events(logged)


async def test_an_empty_store_is_said_in_the_log_and_to_people(
    settings: Settings, sqlite_store: Store, sandbox: Sandbox, logged: list[EventDict]
) -> None:
    async with serving(settings, sqlite_store, logged):
        resident = sandbox.resident("Daniel")
        await resident.send_location(*ALMATY)
        assert "not loaded" in (await resident.next_message()).text
    line = next(line for line in logged if line["event"] == "list_not_loaded")
    assert line["log_level"] == "warning"
    assert line["hint"].endswith(f"load one: {how_to_load()}")


async def test_a_running_bot_sees_an_import_at_once(
    settings: Settings, sqlite_store: Store, sandbox: Sandbox, logged: list[EventDict]
) -> None:
    async with serving(settings, sqlite_store, logged):
        with Store(str(sqlite_store.url)) as other:
            report = await asyncio.to_thread(load_shipped, other, utc_now)
        assert report.exit_code == 0
        resident = sandbox.resident("Daniel")
        await resident.send_location(*ALMATY)
        assert "not loaded" not in (await resident.next_message()).text


async def test_polling_removes_a_webhook_but_no_updates(
    settings: Settings, sqlite_store: Store, sandbox: Sandbox, logged: list[EventDict]
) -> None:
    sandbox.world.webhook.url = "https://old.qala.kz/telegram"
    resident = sandbox.resident("Daniel")
    await resident.start()
    async with serving(settings, sqlite_store, logged):
        assert await resident.next_message()
    assert not sandbox.world.webhook.url
    assert "webhook_removed" in events(logged)


@pytest.mark.parametrize("code", [401, 404])
async def test_an_invalid_token_is_a_sentence_without_the_token(
    settings: Settings, sqlite_store: Store, sandbox: Sandbox, code: int
) -> None:
    sandbox.faults.add(method="getMe", error_code=code)
    with pytest.raises(RefusedError, match="does not accept the token: check") as refused:
        await run.serve(settings, sqlite_store, asyncio.Event())
    assert sandbox.token not in str(refused.value)
    assert refused.value.__suppress_context__


async def test_a_token_revoked_later_ends_the_bot(
    settings: Settings, sqlite_store: Store, sandbox: Sandbox
) -> None:
    sandbox.faults.add(method="getUpdates", error_code=401)
    with pytest.raises(RefusedError, match="does not accept the token"):
        await asyncio.wait_for(run.serve(settings, sqlite_store, asyncio.Event()), HANGS_S)


async def test_what_passes_is_tried_again(
    settings: Settings, sqlite_store: Store, sandbox: Sandbox, logged: list[EventDict]
) -> None:
    sandbox.faults.add(method="getMe", error_code=502)
    sandbox.faults.add(method="getUpdates", error_code=409)
    sandbox.faults.add(method="getUpdates", error_code=429, retry_after=1)
    async with serving(settings, sqlite_store, logged):
        resident = sandbox.resident("Daniel")
        await resident.start()
        assert await resident.next_message(timeout=HANGS_S)
    failed = [(line["call"], line["log_level"]) for line in logged if "call" in line]
    assert failed == [("getMe", "warning"), ("getUpdates", "warning"), ("getUpdates", "warning")]


async def test_a_stop_while_telegram_is_out_of_reach(
    settings: Settings, sqlite_store: Store, logged: list[EventDict]
) -> None:
    nowhere = settings.model_copy(update={"telegram_api_url": f"http://127.0.0.1:{free_port()}"})
    stop = asyncio.Event()
    async with asyncio.timeout(HANGS_S), asyncio.TaskGroup() as group:
        group.create_task(run.serve(nowhere, sqlite_store, stop))
        line = await until(logged, "telegram_call_failed")
        assert line["call"] == "getMe"
        stop.set()
    assert "started" not in events(logged)


async def test_a_stop_finishes_what_is_under_way(
    settings: Settings, sqlite_store: Store, sandbox: Sandbox, logged: list[EventDict]
) -> None:
    resident = sandbox.resident("Daniel")
    async with serving(settings, sqlite_store, logged):
        sandbox.faults.add(method="sendMessage", delay=1.0)
        await resident.start()
        await soon(lambda: not sandbox.world.updates.pending)
        assert not resident.messages
    assert resident.messages


async def test_a_stop_does_not_wait_for_ever(
    settings: Settings,
    sqlite_store: Store,
    sandbox: Sandbox,
    logged: list[EventDict],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "FINISH_WITHIN_S", 0.3)
    resident = sandbox.resident("Daniel")
    async with serving(settings, sqlite_store, logged) as stop:
        await sandbox.wait_idle()
        sandbox.faults.add(method="sendMessage", delay=2 * HANGS_S)
        await resident.start()
        await soon(lambda: "sendMessage" in {call.method for call in sandbox.calls})
        stop.set()
        await until(logged, "not_finished_in_time")
    assert not resident.messages


@pytest.fixture
def webhook(settings: Settings, sandbox: Sandbox) -> Settings:
    """Settings with which Telegram posts to the bot, through what stands for a TLS proxy."""
    port = free_port()
    sandbox.world.webhook.via = f"http://127.0.0.1:{port}"
    return GivenSettings(
        telegram_bot_token=settings.telegram_bot_token,
        telegram_api_url=settings.telegram_api_url,
        database_url=settings.database_url,
        webhook_url="https://bot.qala.kz",
        webhook_secret=SecretStr(SECRET),
        webhook_listen=f"127.0.0.1:{port}",
    )


async def test_webhook(
    webhook: Settings, sqlite_store: Store, sandbox: Sandbox, logged: list[EventDict]
) -> None:
    host, port = webhook.listen
    async with serving(webhook, sqlite_store, logged), aiohttp.ClientSession() as client:
        resident = sandbox.resident("Daniel")
        await resident.start()
        assert await resident.next_message()
        async with client.get(f"http://{host}:{port}/healthz") as health:
            assert health.status == 200
            assert await health.json() == {"status": "ok", "store": True, "bot": True}
    call = next(call for call in sandbox.calls if call.method.lower() == "setwebhook")
    assert call.params["url"] == "https://bot.qala.kz/telegram"
    assert sandbox.world.webhook.url == "https://bot.qala.kz/telegram"
    assert sandbox.world.webhook.secret == SECRET
    assert not any(call.method.lower() == "getupdates" for call in sandbox.calls)


async def test_health_while_polling(
    settings: Settings,
    sqlite_store: Store,
    logged: list[EventDict],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = settings.model_copy(update={"health_listen": f"127.0.0.1:{free_port()}"})
    with pytest.raises(RefusedError, match=r"No bot answers on 127\.0\.0\.1:"):
        ask_health(told)
    async with serving(told, sqlite_store, logged):
        said = await asyncio.to_thread(ask_health, told)
        assert said == "The bot is well: store ok, bot ok, telegram ok"
        monkeypatch.setattr(polling, "SILENT_S", -1.0)
        with pytest.raises(RefusedError, match="not well: store ok, bot ok, telegram FAILING"):
            await asyncio.to_thread(ask_health, told)
    with pytest.raises(RefusedError, match="set HEALTH_LISTEN"):
        ask_health(settings)


async def test_silence_of_telegram_is_noticed_and_its_return_too(
    settings: Settings,
    sqlite_store: Store,
    sandbox: Sandbox,
    logged: list[EventDict],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A bot whose questions for updates fail runs, and yet is not well."""
    told = settings.model_copy(update={"health_listen": f"127.0.0.1:{free_port()}"})
    monkeypatch.setattr(polling, "SILENT_S", 0.5)
    monkeypatch.setattr(polling, "HOLD_S", 0.1)

    async def well() -> bool:
        try:
            return bool(await asyncio.to_thread(ask_health, told))
        except RefusedError:
            return False

    async def comes_to(state: bool) -> None:
        async with asyncio.timeout(HANGS_S):
            while await well() != state:  # noqa: ASYNC110 - asked from outside, as Docker does
                await asyncio.sleep(0.05)

    async with serving(told, sqlite_store, logged):
        sandbox.faults.add(method="getUpdates", error_code=502, times=None)
        await comes_to(False)
        sandbox.faults.clear()
        await comes_to(True)


async def test_health_behind_a_webhook(
    webhook: Settings, sqlite_store: Store, logged: list[EventDict]
) -> None:
    async with serving(webhook, sqlite_store, logged):
        said = await asyncio.to_thread(ask_health, webhook)
    assert said == "The bot is well: store ok, bot ok"


async def test_a_taken_port_for_health_is_a_sentence(
    settings: Settings, sqlite_store: Store, sandbox: Sandbox
) -> None:
    told = settings.model_copy(update={"health_listen": sandbox.url.removeprefix("http://")})
    with pytest.raises(RefusedError, match=r"HEALTH_LISTEN: cannot listen on .* set another"):
        await run.serve(told, sqlite_store, asyncio.Event())


async def test_a_webhook_that_telegram_refuses(
    webhook: Settings, sqlite_store: Store, sandbox: Sandbox
) -> None:
    sandbox.faults.add(
        method="setWebhook", error_code=400, description="Bad Request: bad webhook: no such host"
    )
    with pytest.raises(RefusedError, match=r"does not accept WEBHOOK_URL: .*no such host"):
        await run.serve(webhook, sqlite_store, asyncio.Event())


async def test_a_taken_port_is_a_sentence(
    webhook: Settings, sqlite_store: Store, sandbox: Sandbox
) -> None:
    taken = webhook.model_copy(update={"webhook_listen": sandbox.url.removeprefix("http://")})
    with pytest.raises(RefusedError, match=r"WEBHOOK_LISTEN: cannot listen on 127\.0\.0\.1:"):
        await run.serve(taken, sqlite_store, asyncio.Event())
