"""Webhooks, delivered to a real little server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.bot.sandbox.table import Bench, row

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Receiver:
    """A bot's webhook: remembers what came; refuses as often as told."""

    def __init__(self) -> None:
        self.url = ""
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.refuse = 0
        self.answer: dict[str, Any] | None = None

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get(HEADER))
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=503)
        self.updates.append(await request.json())
        return web.Response() if self.answer is None else web.json_response(self.answer)


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    taking = Receiver()
    application = web.Application()
    application.router.add_post("/telegram", taking.take)
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        taking.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
        yield taking
    finally:
        await runner.cleanup()


@row("`setWebhook`: updates are posted there in order, with the secret in its header")
async def delivers(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    await resident.send("before")
    async with receiver() as bot:
        await bench.api.result("setWebhook", url=bot.url, secret_token="s3cret-_")
        await resident.send("after")
        await bench.sandbox.wait_idle()
        assert [u["message"]["text"] for u in bot.updates] == ["before", "after"]
        assert bot.secrets == ["s3cret-_", "s3cret-_"]
        await bench.api.result("deleteWebhook")


@row("a webhook that refuses gets the update again; `getWebhookInfo` tells what waits and why")
async def retries(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    async with receiver() as bot:
        bot.refuse = 2
        await bench.api.result("setWebhook", url=bot.url, max_connections=5)
        await resident.send("again")
        await resident.send("and again")
        while not bot.secrets:
            await bench.sandbox.world.bell.wait(1)
        info = await bench.api.result("getWebhookInfo")
        assert (info["url"], info["max_connections"]) == (bot.url, 5)
        assert info["pending_update_count"] == 2
        assert "503" in info["last_error_message"]
        assert info["last_error_date"] == int(bench.clock.now.timestamp())
        await bench.sandbox.wait_idle()
        assert [u["message"]["text"] for u in bot.updates] == ["again", "and again"]
        assert (await bench.api.result("getWebhookInfo"))["pending_update_count"] == 0
        await bench.api.result("deleteWebhook")


@row("`deleteWebhook` returns to polling; `drop_pending_updates` forgets what waited")
async def deletes(bench: Bench) -> None:
    await bench.api.result("setWebhook", url="http://127.0.0.1:9/telegram")
    await bench.sandbox.resident("Айгерім").send("lost")
    await bench.api.result("deleteWebhook", drop_pending_updates=True)
    info = await bench.api.result("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("", 0)
    assert await bench.api.result("getUpdates") == []


@row("`setWebhook` refuses a secret with other characters and an address that is none")
async def refusals(bench: Bench) -> None:
    code, reason = await bench.api.refusal(
        "setWebhook", url="http://127.0.0.1:9/", secret_token="no spaces"
    )
    assert (code, reason) == (400, "Bad Request: secret token contains unallowed characters")
    assert (await bench.api.refusal("setWebhook", url="ftp://x"))[1].startswith(
        "Bad Request: bad webhook"
    )
    connections = await bench.api.refusal("setWebhook", url="https://x.kz/", max_connections=101)
    assert connections[0] == 400


@row("a method call in the webhook's answer is carried out")
async def answers_with_a_method(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    async with receiver() as bot:
        bot.answer = {"method": "sendMessage", "chat_id": resident.id, "text": "жауап"}
        await bench.api.result("setWebhook", url=bot.url)
        await resident.send("сәлем")
        assert (await resident.next_message()).text == "жауап"
        await bench.api.result("deleteWebhook")


@row("nothing is posted beyond this machine; `webhook.via` stands for a public address's proxy")
async def stays_here(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    await bench.api.result("setWebhook", url="https://qala.example.kz/telegram")
    await resident.send("сәлем")
    while not (await bench.api.result("getWebhookInfo")).get("last_error_message"):
        await bench.sandbox.world.bell.wait(1)
    info = await bench.api.result("getWebhookInfo")
    assert info["last_error_message"] == "The sandbox posts to this machine only"
    async with receiver() as bot:
        bench.sandbox.world.webhook.via = bot.url.removesuffix("/telegram")
        await bench.sandbox.wait_idle()
        assert [u["message"]["text"] for u in bot.updates] == ["сәлем"]
        await bench.api.result("deleteWebhook")
