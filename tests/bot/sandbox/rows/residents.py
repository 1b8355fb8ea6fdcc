"""What residents send, and what reaches the bot."""

import pytest

from bot.sandbox.acts import ImpossibleError
from tests.bot.sandbox.table import Bench, row


@row("residents speak kk, ru, en or say no language; a text carries its command's entity")
async def languages(bench: Bench) -> None:
    for person in bench.sandbox.world.people.values():
        await bench.sandbox.resident(person.id).start("p_1")
    messages = [u["message"] for u in await bench.api.result("getUpdates")]
    codes = [message["from"].get("language_code") for message in messages]
    assert codes == ["kk", None, "ru", "en"]
    assert {message["text"] for message in messages} == {"/start p_1"}
    command = {"type": "bot_command", "offset": 0, "length": 6}
    assert all(message["entities"] == [command] for message in messages)


@row("a resident's edit is an `edited_message` with `edit_date`")
async def edits(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    said = await resident.send("/start")
    bench.clock.advance(seconds=3)
    await resident.edit(said, "басқа")
    first, second = await bench.api.result("getUpdates")
    assert first["message"]["text"] == "/start"
    edited = second["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("басқа", said.message_id)
    assert edited["edit_date"] == edited["date"] + 3
    assert "entities" not in edited


@row("locations, live ones that move, and venues come from residents")
async def places(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    await resident.send_location(43.2, 76.9)
    live = await resident.send_location(43.3, 76.9, live_period=900)
    await resident.move(live, 43.4, 76.9)
    await resident.send_venue(43.2, 76.9, "Орбита-3", "Алматы")
    point, begun, moved, venue = await bench.api.result("getUpdates")
    assert point["message"]["location"] == {"latitude": 43.2, "longitude": 76.9}
    assert begun["message"]["location"]["live_period"] == 900
    assert moved["edited_message"]["location"]["latitude"] == 43.4
    assert venue["message"]["venue"]["title"] == "Орбита-3"
    assert venue["message"]["location"]["latitude"] == 43.2


@row("photos, documents, voice, stickers and raw messages come from residents")
async def files(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    await resident.send_photo(caption="міне")
    await resident.send_document("a.txt", b"abc")
    await resident.send_voice()
    await resident.send_sticker()
    await resident.send_raw(dice={"emoji": "🎲", "value": 6})
    messages = [u["message"] for u in await bench.api.result("getUpdates")]
    kinds = ("photo", "document", "voice", "sticker", "dice")
    assert [next(k for k in kinds if k in message) for message in messages] == list(kinds)
    assert messages[0]["caption"] == "міне"
    file = await bench.api.result("getFile", file_id=messages[1]["document"]["file_id"])
    assert await bench.api.download(file["file_path"]) == (200, b"abc")


@row("any other update can be pushed as it stands")
async def raw_updates(bench: Bench) -> None:
    channel = {"id": -1005, "type": "channel", "title": "Жаңалықтар"}
    post = {"message_id": 1, "date": 1, "chat": channel, "text": "хабар"}
    update_id = bench.sandbox.push_update({"channel_post": post})
    expected = {"update_id": update_id, "channel_post": post}
    assert await bench.api.result("getUpdates") == [expected]


@row("in a group the bot sees all, or with privacy mode only what is meant for it")
async def privacy(bench: Bench) -> None:
    group, olga = bench.sandbox.group, bench.sandbox.resident("Ольга")
    await olga.send("между нами", chat=group)
    assert len(await bench.api.result("getUpdates")) == 1
    await bench.api.result("getUpdates", offset=-1)
    bench.sandbox.world.privacy_mode = True
    assert (await bench.api.result("getMe"))["can_read_all_group_messages"] is False
    sent = await bench.api.result("sendMessage", chat_id=group.id, text="Сәлем")
    answered = next(m for m in olga.history(group) if m.message_id == sent["message_id"])
    await olga.send("снова между нами", chat=group)
    await olga.send("/near", chat=group)
    await olga.send("@qala_sandbox_bot что строят?", chat=group)
    await olga.send("спасибо", chat=group, reply_to=answered)
    texts = [u["message"]["text"] for u in (await bench.api.result("getUpdates"))[1:]]
    assert texts == ["/near", "@qala_sandbox_bot что строят?", "спасибо"]


@row("an update on its way is not rewritten by what happens after it")
async def frozen(bench: Bench) -> None:
    button = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}
    sent = await bench.api.result(
        "sendMessage", chat_id=bench.chat, text="бұрын", reply_markup=button
    )
    await bench.sandbox.resident("Айгерім").press("a")
    await bench.api.result(
        "editMessageText", chat_id=bench.chat, message_id=sent["message_id"], text="кейін"
    )
    update = (await bench.api.result("getUpdates"))[0]
    assert update["callback_query"]["message"]["text"] == "бұрын"


@row("what Telegram's app would not allow is refused in the driver with the reason")
async def impossible(bench: Bench) -> None:
    daniel = bench.sandbox.resident("Daniel")
    with pytest.raises(ImpossibleError, match="is not in the chat"):
        await daniel.send("hi", chat=bench.sandbox.group)
    await daniel.block()
    with pytest.raises(ImpossibleError, match="unblock it first"):
        await daniel.send("hi")
    sent = await bench.api.result("sendMessage", chat_id=bench.chat, text="x")
    resident = bench.sandbox.resident("Айгерім")
    with pytest.raises(ImpossibleError, match="one's own messages"):
        await resident.edit(resident.last, "y")
    assert resident.last.message_id == sent["message_id"]
    with pytest.raises(KeyError, match="No resident 'Zorro'"):
        bench.sandbox.resident("Zorro")
    with pytest.raises(LookupError, match="has said nothing"):
        _ = daniel.last


@row("waiting ends at once on the awaited message and fails with what was said instead")
async def waiting(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    await bench.api.result("sendMessage", chat_id=bench.chat, text="бір")
    assert (await resident.next_message()).text == "бір"
    with pytest.raises(TimeoutError, match=r"nothing more.*'бір'"):
        await resident.next_message(timeout=0.05)
    with pytest.raises(TimeoutError, match="No fitting message"):
        await resident.wait_for(lambda message: "екі" in message.text, timeout=0.05)
    await resident.send("?")
    with pytest.raises(TimeoutError):
        await bench.sandbox.wait_idle(timeout=0.3)
    await bench.api.result("getUpdates", offset=-1)
    update = (await bench.api.result("getUpdates"))[-1]
    await bench.api.result("getUpdates", offset=update["update_id"] + 1)
    await resident.wait_idle()
