"""Faults on request, by the Python fixture and by the control route."""

import asyncio

import aiohttp
import pytest

from tests.bot.sandbox.table import Bench, row


@row("429 with `retry_after`, for one method and one chat, as often as told")
async def too_many(bench: Bench) -> None:
    bench.sandbox.faults.add(
        method="sendMessage", chat_id=bench.chat, error_code=429, retry_after=7, times=2
    )
    other = bench.sandbox.resident("Ольга").id
    await bench.api.result("sendMessage", chat_id=other, text="x")
    await bench.api.result("sendChatAction", chat_id=bench.chat, action="typing")
    for _ in range(2):
        answer = await bench.api.form("sendMessage", chat_id=bench.chat, text="x")
        assert answer.refusal == (429, "Too Many Requests: retry after 7")
        assert answer.body["parameters"] == {"retry_after": 7}
    await bench.api.result("sendMessage", chat_id=bench.chat, text="x")


@row("403 while the bot is blocked; blocking and unblocking come as `my_chat_member`")
async def blocked(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    await resident.block()
    refused = (403, "Forbidden: bot was blocked by the user")
    assert await bench.api.refusal("sendMessage", chat_id=bench.chat, text="x") == refused
    action = await bench.api.refusal("sendChatAction", chat_id=bench.chat, action="typing")
    assert action == refused
    await resident.unblock()
    await bench.api.result("sendMessage", chat_id=bench.chat, text="x")
    updates = [update["my_chat_member"] for update in await bench.api.result("getUpdates")]
    assert [u["new_chat_member"]["status"] for u in updates] == ["kicked", "member"]


@row("400, 403 and 500 injected by code, with a description of one's own")
async def codes(bench: Bench) -> None:
    add = bench.sandbox.faults.add
    add(error_code=500)
    assert await bench.api.refusal("getMe") == (500, "Internal Server Error")
    add(method="getMe", error_code=403)
    assert (await bench.api.refusal("getMe"))[0] == 403
    add(error_code=400, description="Bad Request: PEER_ID_INVALID")
    assert await bench.api.refusal("getMe") == (400, "Bad Request: PEER_ID_INVALID")
    add(method="sendMessage", error_code=400, migrate_to_chat_id=-100123)
    answer = await bench.api.call("sendMessage", chat_id=bench.sandbox.group.id, text="x")
    assert answer.body["parameters"] == {"migrate_to_chat_id": -100123}
    assert (await bench.api.result("getMe"))["is_bot"]


@row("a connection dropped before handling leaves no trace, after handling the message stands")
async def drops(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    for drop, standing in (("before", 0), ("after", 1)):
        bench.sandbox.faults.add(method="sendMessage", drop=drop)
        with pytest.raises(aiohttp.ClientError):
            await bench.api.call("sendMessage", chat_id=bench.chat, text="x")
        assert len(resident.messages) == standing


@row("`delay` holds a call, others go on meanwhile")
async def delays(bench: Bench) -> None:
    loop = asyncio.get_running_loop()
    bench.sandbox.faults.add(method="sendMessage", delay=0.4)
    begun = loop.time()
    async with asyncio.TaskGroup() as group:
        held = group.create_task(bench.api.result("sendMessage", chat_id=bench.chat, text="x"))
        await asyncio.sleep(0.05)
        await bench.api.result("getMe")
        assert loop.time() - begun < 0.35
        assert (await held)["text"] == "x"
    assert loop.time() - begun >= 0.35


@row("the control route: `POST /sandbox/faults` plants, `GET` lists, `DELETE` clears")
async def control_route(bench: Bench) -> None:
    address = f"{bench.sandbox.url}/sandbox/faults"
    fault = {"method": "sendMessage", "chat_id": bench.chat, "error_code": 403, "times": None}
    async with bench.api.session.post(address, json=fault) as response:
        assert response.status == 201
    for _ in range(3):
        code, _ = await bench.api.refusal("sendMessage", chat_id=bench.chat, text="x")
        assert code == 403
    async with bench.api.session.get(address) as response:
        assert [f["error_code"] for f in await response.json()] == [403]
    async with bench.api.session.delete(address) as response:
        assert response.status == 204
    await bench.api.result("sendMessage", chat_id=bench.chat, text="x")


@row("a fault that names no error, or something unknown, is refused with the reason")
async def bad_faults(bench: Bench) -> None:
    address = f"{bench.sandbox.url}/sandbox/faults"
    bodies: list[dict[str, object]] = [
        {"method": "getMe"},
        {"error": 403},
        {"error_code": 403, "times": 0},
        {"drop": "sometimes"},
    ]
    for body in bodies:
        async with bench.api.session.post(address, json=body) as response:
            assert response.status == 400, body
            assert (await response.json())["error"]
    with pytest.raises(ValueError, match="needs an error_code"):
        bench.sandbox.faults.add(method="getMe")
    assert bench.sandbox.faults.waiting == []


@row("every call is on record: method, parameters, files, time, how it ended")
async def record(bench: Bench) -> None:
    await bench.api.form("sendMessage", chat_id=bench.chat, text="123", disable_notification=True)
    await bench.api.upload("sendDocument", {"document": ("a.txt", b"abc")}, chat_id=bench.chat)
    await bench.api.refusal("sendMessage", chat_id=1, text="x")
    sent, document, refused = bench.sandbox.calls
    assert (sent.method, sent.chat_id, sent.params["text"]) == ("sendMessage", bench.chat, "123")
    assert sent.params["disable_notification"] is True
    assert sent.result["text"] == "123"
    assert sent.time == bench.clock.now
    assert document.files == {"document": b"abc"}
    assert refused.error is not None
    assert refused.error.code == 400
