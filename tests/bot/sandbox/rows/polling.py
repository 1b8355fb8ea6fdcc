"""Long polling."""

import asyncio

from tests.bot.sandbox.table import Bench, row


def _texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


@row("`getUpdates` holds for its timeout while nothing happens, then returns nothing")
async def holds(bench: Bench) -> None:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    assert await bench.api.result("getUpdates", timeout=0.4) == []
    assert 0.35 <= loop.time() - begun < 2


@row("a held `getUpdates` wakes at once on a new update")
async def wakes(bench: Bench) -> None:
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(bench.api.result("getUpdates", timeout=20))
        await asyncio.sleep(0.2)
        assert not poll.done()
        sent = loop.time()
        await bench.sandbox.resident("Айгерім").send("сәлем")
        assert _texts(await poll) == ["сәлем"]
        assert loop.time() - sent < 0.5


@row("`offset` confirms: updates before it are gone, the others come again")
async def offset(bench: Bench) -> None:
    for text in ("1", "2", "3"):
        await bench.sandbox.resident("Айгерім").send(text)
    updates = await bench.api.result("getUpdates")
    assert _texts(updates) == ["1", "2", "3"]
    assert _texts(await bench.api.result("getUpdates")) == ["1", "2", "3"]
    second = updates[1]["update_id"]
    assert _texts(await bench.api.result("getUpdates", offset=second)) == ["2", "3"]
    assert _texts(await bench.api.result("getUpdates")) == ["2", "3"]
    assert await bench.api.result("getUpdates", offset=second + 2) == []


@row("a negative `offset` keeps only that many updates from the end")
async def negative_offset(bench: Bench) -> None:
    for text in ("1", "2", "3"):
        await bench.sandbox.resident("Айгерім").send(text)
    assert _texts(await bench.api.result("getUpdates", offset=-1)) == ["3"]
    assert _texts(await bench.api.result("getUpdates")) == ["3"]


@row("`limit` gives the oldest updates first, at most 100")
async def limit(bench: Bench) -> None:
    for number in range(120):
        await bench.sandbox.resident("Айгерім").send(str(number))
    assert _texts(await bench.api.result("getUpdates", limit=2)) == ["0", "1"]
    assert len(await bench.api.result("getUpdates")) == 100


@row("update ids and message ids only grow; dates are whole seconds")
async def growing_ids(bench: Bench) -> None:
    for name in ("Айгерім", "Ольга", "Daniel"):
        await bench.sandbox.resident(name).send("x")
    updates = await bench.api.result("getUpdates")
    ids = [update["update_id"] for update in updates]
    assert ids == list(range(ids[0], ids[0] + 3))
    message_ids = [update["message"]["message_id"] for update in updates]
    assert message_ids == sorted(set(message_ids))
    dates = {update["message"]["date"] for update in updates}
    assert dates == {int(bench.clock.now.timestamp())}


@row("`allowed_updates` lets only those kinds through, until it is changed")
async def allowed_updates(bench: Bench) -> None:
    await bench.api.result("getUpdates", allowed_updates=["edited_message"])
    resident = bench.sandbox.resident("Айгерім")
    message = await resident.send("a")
    await resident.edit(message, "b")
    updates = await bench.api.result("getUpdates")
    assert [set(update) - {"update_id"} for update in updates] == [{"edited_message"}]
    await bench.api.result("getUpdates", offset=-1, allowed_updates=[])
    await resident.send("c")
    assert "message" in (await bench.api.result("getUpdates"))[-1]


@row("a second `getUpdates` ends the first with 409 Conflict")
async def second_poll(bench: Bench) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(bench.api.call("getUpdates", timeout=20))
        await asyncio.sleep(0.1)
        second = group.create_task(bench.api.call("getUpdates", timeout=0.3))
        code, reason = (await first).refusal
        assert code == 409
        assert reason.startswith("Conflict: terminated by other getUpdates request")
        assert (await second).result == []


@row("`getUpdates` while a webhook is set is 409 Conflict")
async def poll_with_webhook(bench: Bench) -> None:
    await bench.api.result("setWebhook", url="http://127.0.0.1:9/telegram")
    code, reason = await bench.api.refusal("getUpdates")
    assert code == 409
    assert reason.startswith("Conflict: can't use getUpdates method while webhook is active")
    await bench.api.result("deleteWebhook")
    assert await bench.api.result("getUpdates") == []
