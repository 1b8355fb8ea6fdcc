"""Editing in place."""

from typing import Any

from bot.sandbox.resident import PIXEL
from tests.bot.sandbox.table import Bench, row

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
BUTTON = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}


async def _sent(bench: Bench, **params: Any) -> dict[str, int]:
    """A message of the bot, as the address of an edit."""
    message = await bench.api.result("sendMessage", chat_id=bench.chat, text="бір", **params)
    return {"chat_id": bench.chat, "message_id": message["message_id"]}


@row("`editMessageText` replaces text, entities and keyboard in place and dates the edit")
async def text(bench: Bench) -> None:
    target = await _sent(bench, reply_markup=BUTTON)
    bench.clock.advance(seconds=5)
    edited = await bench.api.result(
        "editMessageText", **target, text="<b>екі</b>", parse_mode="HTML"
    )
    assert (edited["text"], edited["message_id"]) == ("екі", target["message_id"])
    assert edited["edit_date"] == edited["date"] + 5
    assert "reply_markup" not in edited
    shown = bench.sandbox.resident(bench.chat).last
    assert (shown.text, shown.edited, shown.keyboard) == ("екі", True, [])


@row("the same content and keyboard again is 400 message is not modified")
async def not_modified(bench: Bench) -> None:
    target = await _sent(bench, reply_markup=BUTTON)
    same: dict[str, Any] = {**target, "text": "бір", "reply_markup": BUTTON}
    assert await bench.api.refusal("editMessageText", **same) == (400, NOT_MODIFIED)
    await bench.api.result("editMessageText", **target, text="бір")
    assert await bench.api.refusal("editMessageText", **target, text="бір") == (400, NOT_MODIFIED)


@row("a message that never was or is deleted is 400 message to edit not found")
async def not_found(bench: Bench) -> None:
    target = await _sent(bench)
    await bench.api.result("deleteMessage", **target)
    gone = (400, "Bad Request: message to edit not found")
    assert await bench.api.refusal("editMessageText", **target, text="x") == gone
    target["message_id"] = 9999
    assert await bench.api.refusal("editMessageText", **target, text="x") == gone
    assert await bench.api.refusal("editMessageReplyMarkup", **target) == gone


@row("a resident's message cannot be edited by the bot")
async def not_own(bench: Bench) -> None:
    said = await bench.sandbox.resident("Айгерім").send("менікі")
    assert await bench.api.refusal(
        "editMessageText", chat_id=bench.chat, message_id=said.message_id, text="x"
    ) == (400, "Bad Request: message can't be edited")


@row("an edit meets the same limits: empty, too long, bad HTML")
async def limits(bench: Bench) -> None:
    target = await _sent(bench)
    assert (await bench.api.refusal("editMessageText", **target, text=""))[0] == 400
    long = await bench.api.refusal("editMessageText", **target, text="x" * 4097)
    assert long == (400, "Bad Request: message is too long")
    bad = await bench.api.refusal("editMessageText", **target, text="<b>", parse_mode="HTML")
    assert bad[1].startswith("Bad Request: can't parse entities")
    assert not bench.sandbox.resident(bench.chat).last.edited


@row("`editMessageCaption` changes a caption; a text message has none")
async def caption(bench: Bench) -> None:
    sent = await bench.api.upload("sendPhoto", {"photo": ("a.png", PIXEL)}, chat_id=bench.chat)
    target = {"chat_id": bench.chat, "message_id": sent.result["message_id"]}
    edited = await bench.api.result("editMessageCaption", **target, caption="сурет")
    assert edited["caption"] == "сурет"
    assert edited["photo"] == sent.result["photo"]
    same = await bench.api.refusal("editMessageCaption", **target, caption="сурет")
    assert same == (400, NOT_MODIFIED)
    no_text = await bench.api.refusal("editMessageText", **target, text="x")
    assert no_text == (400, "Bad Request: there is no text in the message to edit")
    text_message = await _sent(bench)
    assert await bench.api.refusal("editMessageCaption", **text_message, caption="x") == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )


@row("`editMessageReplyMarkup` replaces and removes the inline keyboard, refuses others")
async def reply_markup(bench: Bench) -> None:
    target = await _sent(bench)
    edited = await bench.api.result("editMessageReplyMarkup", **target, reply_markup=BUTTON)
    assert (edited["reply_markup"], edited["text"]) == (BUTTON, "бір")
    same = await bench.api.refusal("editMessageReplyMarkup", **target, reply_markup=BUTTON)
    assert same == (400, NOT_MODIFIED)
    edited = await bench.api.result("editMessageReplyMarkup", **target)
    assert "reply_markup" not in edited
    keys = {"keyboard": [["x"]]}
    assert await bench.api.refusal("editMessageReplyMarkup", **target, reply_markup=keys) == (
        400,
        "Bad Request: inline keyboard expected",
    )


@row("`editMessageMedia` puts another picture in place")
async def media(bench: Bench) -> None:
    sent = await bench.api.upload("sendPhoto", {"photo": ("a.png", PIXEL)}, chat_id=bench.chat)
    target = {"chat_id": bench.chat, "message_id": sent.result["message_id"]}
    item = {"type": "photo", "media": "attach://new", "caption": "жаңа"}
    edited = await bench.api.upload(
        "editMessageMedia", {"new": ("b.png", PIXEL + b"\0")}, **target, media=item
    )
    assert edited.result["caption"] == "жаңа"
    assert edited.result["photo"][-1]["file_size"] == len(PIXEL) + 1


@row("`editMessageLiveLocation` moves a live location, `stopMessageLiveLocation` ends it")
async def live_location(bench: Bench) -> None:
    sent = await bench.api.result(
        "sendLocation", chat_id=bench.chat, latitude=43, longitude=76, live_period=600
    )
    target = {"chat_id": bench.chat, "message_id": sent["message_id"]}
    moved = await bench.api.result("editMessageLiveLocation", **target, latitude=43.1, longitude=76)
    assert moved["location"] == {"latitude": 43.1, "longitude": 76.0, "live_period": 600}
    stopped = await bench.api.result("stopMessageLiveLocation", **target)
    assert "live_period" not in stopped["location"]
    assert (await bench.api.refusal("stopMessageLiveLocation", **target))[0] == 400
