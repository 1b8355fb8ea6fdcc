"""Inline and reply keyboards."""

from typing import Any

import pytest

from bot.sandbox.acts import ImpossibleError
from tests.bot.sandbox.table import Bench, row


def _inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "түйме", **button}]]}


@row("an inline keyboard stands in the Message and can be pressed")
async def inline(bench: Bench) -> None:
    markup = {
        "inline_keyboard": [
            [{"text": "← Алдыңғы", "callback_data": "p:1"}, {"text": "→", "callback_data": "p:3"}],
            [{"text": "Сайт", "url": "https://almaty.gov.kz"}],
        ]
    }
    sent = await bench.api.result("sendMessage", chat_id=bench.chat, text="x", reply_markup=markup)
    assert sent["reply_markup"] == markup
    resident = bench.sandbox.resident(bench.chat)
    assert [len(r) for r in resident.last.keyboard] == [2, 1]
    await resident.press("→")
    query = (await bench.api.result("getUpdates"))[0]["callback_query"]
    assert query["data"] == "p:3"
    with pytest.raises(ImpossibleError, match=r"No button 'жоқ'.*p:1"):
        await resident.press("жоқ")
    with pytest.raises(ImpossibleError, match="sends nothing to the bot"):
        await resident.press("Сайт")


@row("callback data of 1 to 64 bytes passes, others are 400 BUTTON_DATA_INVALID")
async def callback_data(bench: Bench) -> None:
    for data in ("x", "x" * 64, "ә" * 32):
        markup = _inline(callback_data=data)
        await bench.api.result("sendMessage", chat_id=bench.chat, text="x", reply_markup=markup)
    for data in ("", "x" * 65, "ә" * 33):
        markup = _inline(callback_data=data)
        assert await bench.api.refusal(
            "sendMessage", chat_id=bench.chat, text="x", reply_markup=markup
        ) == (400, "Bad Request: BUTTON_DATA_INVALID")


@row("a button with no action, no text or a wrong address is 400; so are over 100 buttons")
async def bad_buttons(bench: Bench) -> None:
    hundred = [[{"text": "x", "callback_data": "1"}] for _ in range(101)]
    wide = [[{"text": "x", "callback_data": "1"}] * 9]
    refused = {
        "text buttons are unallowed in the inline keyboard": _inline(),
        "text must be non-empty": _inline(text=" ", callback_data="1"),
        "inline keyboard button URL 'x' is invalid: Wrong HTTP URL": _inline(url="x"),
        "reply markup is too long": {"inline_keyboard": hundred},
    }
    for reason, markup in refused.items():
        assert await bench.api.refusal(
            "sendMessage", chat_id=bench.chat, text="x", reply_markup=markup
        ) == (400, f"Bad Request: {reason}")
    code, _ = await bench.api.refusal(
        "sendMessage", chat_id=bench.chat, text="x", reply_markup={"inline_keyboard": wide}
    )
    assert code == 400


@row("a reply keyboard stands under the chat until removed; its keys send text or a location")
async def reply_keyboard(bench: Bench) -> None:
    keys = [[{"text": "Жанымда", "request_location": True}], ["Аудандар"]]
    markup = {"keyboard": keys, "resize_keyboard": True}
    sent = await bench.api.result("sendMessage", chat_id=bench.chat, text="x", reply_markup=markup)
    assert "reply_markup" not in sent
    resident = bench.sandbox.resident(bench.chat)
    assert [[key.text for key in line] for line in resident.keys] == [["Жанымда"], ["Аудандар"]]
    await resident.press_key("Аудандар")
    await resident.press_key("Жанымда", location=(43.2, 76.9))
    text, point = await bench.api.result("getUpdates")
    assert text["message"]["text"] == "Аудандар"
    assert point["message"]["location"] == {"latitude": 43.2, "longitude": 76.9}
    await bench.api.result("sendMessage", chat_id=bench.chat, text="кейін")
    assert resident.keys
    gone = {"remove_keyboard": True}
    await bench.api.result("sendMessage", chat_id=bench.chat, text="x", reply_markup=gone)
    assert resident.keys == []
    with pytest.raises(ImpossibleError, match="No key 'Аудандар'"):
        await resident.press_key("Аудандар")


@row("a location key in a group and a keyboard of no known shape are 400")
async def bad_reply_keyboards(bench: Bench) -> None:
    keys = {"keyboard": [[{"text": "x", "request_location": True}]]}
    assert await bench.api.refusal(
        "sendMessage", chat_id=bench.sandbox.group.id, text="x", reply_markup=keys
    ) == (400, "Bad Request: location can be requested in private chats only")
    shapes: list[dict[str, Any]] = [
        {"buttons": []},
        {"keyboard": "x"},
        {"keyboard": [["x"], [{"no": 1}]]},
    ]
    for markup in shapes:
        code, _ = await bench.api.refusal(
            "sendMessage", chat_id=bench.chat, text="x", reply_markup=markup
        )
        assert code == 400
