"""Deleting, copying, forwarding, pinning."""

from tests.bot.sandbox.table import Bench, row


@row("`deleteMessage` removes the bot's and, in private, the resident's messages")
async def deletes(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    said = await resident.send("x")
    sent = await bench.api.result("sendMessage", chat_id=bench.chat, text="y")
    for message_id in (said.message_id, sent["message_id"]):
        target = {"chat_id": bench.chat, "message_id": message_id}
        assert await bench.api.result("deleteMessage", **target) is True
    assert resident.history() == []


@row("a message that is not there is 400 message to delete not found")
async def not_found(bench: Bench) -> None:
    sent = await bench.api.result("sendMessage", chat_id=bench.chat, text="y")
    target = {"chat_id": bench.chat, "message_id": sent["message_id"]}
    await bench.api.result("deleteMessage", **target)
    gone = (400, "Bad Request: message to delete not found")
    assert await bench.api.refusal("deleteMessage", **target) == gone


@row("after 48 hours, or of another in a group, a message can't be deleted")
async def too_late(bench: Bench) -> None:
    sent = await bench.api.result("sendMessage", chat_id=bench.chat, text="y")
    group = bench.sandbox.group
    said = await bench.sandbox.resident("Ольга").send("моё", chat=group)
    bench.clock.advance(hours=48, seconds=1)
    refused = (400, "Bad Request: message can't be deleted for everyone")
    target = {"chat_id": bench.chat, "message_id": sent["message_id"]}
    assert await bench.api.refusal("deleteMessage", **target) == refused
    target = {"chat_id": group.id, "message_id": said.message_id}
    assert await bench.api.refusal("deleteMessage", **target) == refused


@row("`deleteMessages` removes several and passes over those that are gone")
async def several(bench: Bench) -> None:
    ids = [
        (await bench.api.result("sendMessage", chat_id=bench.chat, text=text))["message_id"]
        for text in "абв"
    ]
    assert await bench.api.result(
        "deleteMessages", chat_id=bench.chat, message_ids=[*ids[:2], 9999]
    )
    assert [m.text for m in bench.sandbox.resident(bench.chat).messages] == ["в"]


@row("`copyMessage` and `forwardMessage` repeat a message elsewhere")
async def copies(bench: Bench) -> None:
    olga = bench.sandbox.resident("Ольга")
    said = await bench.sandbox.resident("Айгерім").send("хабар")
    source = {"from_chat_id": bench.chat, "message_id": said.message_id}
    copied = await bench.api.result("copyMessage", chat_id=olga.id, **source)
    assert set(copied) == {"message_id"}
    forwarded = await bench.api.result("forwardMessage", chat_id=olga.id, **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == bench.chat
    assert [m.text for m in olga.messages] == ["хабар", "хабар"]
    source["message_id"] = 9999
    code, reason = await bench.api.refusal("copyMessage", chat_id=olga.id, **source)
    assert (code, reason) == (400, "Bad Request: message to copy not found")


@row("`pinChatMessage` pins with a service message, `getChat` shows it, `unpinChatMessage` undoes")
async def pins(bench: Bench) -> None:
    sent = await bench.api.result("sendMessage", chat_id=bench.chat, text="маңызды")
    target = {"chat_id": bench.chat, "message_id": sent["message_id"]}
    await bench.api.result("pinChatMessage", **target)
    chat = await bench.api.result("getChat", chat_id=bench.chat)
    assert chat["pinned_message"]["text"] == "маңызды"
    last = bench.sandbox.resident(bench.chat).last
    assert last.raw["pinned_message"]["message_id"] == sent["message_id"]
    await bench.api.result("unpinChatMessage", **target)
    assert "pinned_message" not in await bench.api.result("getChat", chat_id=bench.chat)
    assert (await bench.api.refusal("unpinChatMessage", **target))[0] == 400


@row("`setMessageReaction` takes one reaction of the bot")
async def reactions(bench: Bench) -> None:
    said = await bench.sandbox.resident("Айгерім").send("рақмет")
    target = {"chat_id": bench.chat, "message_id": said.message_id}
    heart = [{"type": "emoji", "emoji": "❤"}]
    assert await bench.api.result("setMessageReaction", **target, reaction=heart) is True
    assert bench.sandbox.world.events[-1]["reactions"] == heart
    assert (await bench.api.refusal("setMessageReaction", **target, reaction=heart * 2))[0] == 400
