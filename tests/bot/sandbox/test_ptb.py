"""python-telegram-bot's own Application and Bot against the sandbox."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.sandbox.resident import PIXEL
from bot.sandbox.server import Sandbox
from tests.bot.sandbox.bots import AnyApplication, build, polling

Context = ContextTypes.DEFAULT_TYPE
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Келесі", callback_data="page:2")]])


async def greet(update: Update, context: Context) -> None:
    assert update.message
    user = update.message.from_user
    assert user
    await update.message.reply_html(f"<b>Сәлем</b>, {user.first_name}!", reply_markup=BUTTONS)


async def turn_page(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query
    await query.answer("2-бет")
    await query.edit_message_text(f"Бет: {query.data}")


async def echo(update: Update, context: Context) -> None:
    assert update.message
    await update.message.reply_text(f"{update.message.text}")


async def keep_file(update: Update, context: Context) -> None:
    assert update.message
    assert update.message.document
    file = await update.message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_document(content, filename="back.txt", caption=f"{len(content)}")


@pytest.fixture
def application(sandbox: Sandbox) -> AnyApplication:
    built = build(sandbox)
    built.add_handler(CommandHandler("start", greet))
    built.add_handler(CallbackQueryHandler(turn_page))
    built.add_handler(MessageHandler(filters.Document.ALL, keep_file))
    built.add_handler(MessageHandler(filters.TEXT, echo))
    return built


async def test_a_conversation_start_press_edit(
    sandbox: Sandbox, application: AnyApplication
) -> None:
    resident = sandbox.resident("Айгерім")
    async with polling(application):
        await resident.start("p_42")
        greeting = await resident.next_message()
        assert greeting.text == "Сәлем, Айгерім!"
        assert greeting.covered("bold") == ["Сәлем"]
        assert greeting.button_texts == ["Келесі"]

        query = await resident.press("Келесі")
        assert (await resident.answer_to(query)).text == "2-бет"
        edited = await resident.wait_for(lambda message: message.edited)
        assert (edited.message_id, edited.text) == (greeting.message_id, "Бет: page:2")
        assert edited.keyboard == []
        await resident.wait_idle()
    assert [call.method for call in sandbox.calls if call.method.startswith("edit")] == [
        "editMessageText"
    ]


async def test_residents_do_not_hear_each_other(
    sandbox: Sandbox, application: AnyApplication
) -> None:
    aigerim, daniel = sandbox.resident("Айгерім"), sandbox.resident("Daniel")
    async with polling(application):
        await aigerim.send("бір")
        await daniel.send("one")
        assert (await aigerim.next_message()).text == "бір"
        assert (await daniel.next_message()).text == "one"
        assert len(aigerim.messages) == len(daniel.messages) == 1


async def test_a_document_there_and_back(sandbox: Sandbox, application: AnyApplication) -> None:
    resident = sandbox.resident("Ольга")
    async with polling(application):
        await resident.send_document("мекенжай.txt", "Абай даңғылы".encode())
        reply = await resident.next_message()
    assert reply.document is not None
    assert reply.document.name == "back.txt"
    assert reply.document.content == "Абай даңғылы".encode()
    assert reply.text == str(len("Абай даңғылы".encode()))


async def test_polling_wakes_at_once(sandbox: Sandbox, application: AnyApplication) -> None:
    resident = sandbox.resident("Нұрлан")
    loop = asyncio.get_running_loop()
    async with polling(application):
        await resident.send("бірінші")
        await resident.next_message()
        await resident.wait_idle()
        begun = loop.time()
        await resident.send("екінші")
        await resident.next_message()
        assert loop.time() - begun < 1.0


async def test_too_many_requests_is_retry_after(
    sandbox: Sandbox, ptb: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    resident = sandbox.resident("Айгерім")
    sandbox.faults.add(method="sendMessage", chat_id=resident.id, retry_after=2)
    with pytest.raises(RetryAfter) as caught:
        await ptb.send_message(resident.id, "сәлем")
    assert caught.value.retry_after == timedelta(seconds=2)
    await ptb.send_message(resident.id, "сәлем")
    assert [message.text for message in resident.messages] == ["сәлем"]


async def test_blocked_is_forbidden_until_unblocked(sandbox: Sandbox, ptb: Bot) -> None:
    resident = sandbox.resident("Daniel")
    await resident.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await ptb.send_message(resident.id, "hello")
    await resident.unblock()
    await ptb.send_message(resident.id, "hello")
    statuses = [
        u.my_chat_member.new_chat_member.status for u in await ptb.get_updates() if u.my_chat_member
    ]
    assert statuses == ["kicked", "member"]


async def test_the_same_text_again_is_not_modified(sandbox: Sandbox, ptb: Bot) -> None:
    resident = sandbox.resident("Айгерім")
    sent = await ptb.send_message(
        resident.id, "<b>бір</b>", parse_mode="HTML", reply_markup=BUTTONS
    )
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("<b>бір</b>", parse_mode="HTML", reply_markup=BUTTONS)
    await sent.edit_text("бір", reply_markup=BUTTONS)
    assert resident.last.edited


async def test_a_wrong_token_is_an_invalid_token(sandbox: Sandbox) -> None:
    wrong = Bot("123456:" + "A" * 35, base_url=f"{sandbox.url}/bot")
    with pytest.raises(InvalidToken):
        await wrong.initialize()
    await wrong.shutdown()


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_dropped_connection_is_a_network_error(
    sandbox: Sandbox, ptb: Bot, drop: str
) -> None:
    resident = sandbox.resident("Айгерім")
    sandbox.faults.add(method="sendMessage", drop=drop)
    with pytest.raises(NetworkError):
        await ptb.send_message(resident.id, "сәлем")
    assert len(resident.messages) == (drop == "after")


async def test_pictures_albums_and_places(sandbox: Sandbox, ptb: Bot) -> None:
    resident = sandbox.resident("Айгерім")
    photo = await ptb.send_photo(resident.id, PIXEL, caption="<i>сурет</i>", parse_mode="HTML")
    again = await ptb.send_photo(resident.id, photo.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
    album = await ptb.send_media_group(
        resident.id, [InputMediaPhoto(PIXEL), InputMediaPhoto(PIXEL)]
    )
    assert album[0].media_group_id == album[1].media_group_id is not None
    venue = await ptb.send_venue(resident.id, 43.2389, 76.8897, "Мектеп", "Абай даңғылы")
    assert venue.venue
    assert venue.venue.title == "Мектеп"
    assert resident.last.venue
    assert resident.last.venue.location.latitude == 43.2389


async def test_the_reply_keyboard_sends_text_and_location(sandbox: Sandbox, ptb: Bot) -> None:
    resident = sandbox.resident("Айгерім")
    keys: Any = [[KeyboardButton("Жанымда", request_location=True)], ["Аудандар"]]
    await ptb.send_message(resident.id, "Таңдаңыз", reply_markup=ReplyKeyboardMarkup(keys))
    await resident.press_key("Аудандар")
    await resident.press_key("Жанымда", location=(43.24, 76.89))
    updates = await ptb.get_updates()
    assert updates[0].message
    assert updates[0].message.text == "Аудандар"
    assert updates[1].message
    assert updates[1].message.location
    assert updates[1].message.location.latitude == 43.24


async def test_profile_and_chats(sandbox: Sandbox, ptb: Bot) -> None:
    resident = sandbox.resident("Ольга")
    commands = [BotCommand("near", "Что строится рядом")]
    await ptb.set_my_commands(commands, BotCommandScopeChat(resident.id), "ru")
    assert await ptb.get_my_commands(BotCommandScopeChat(resident.id), "ru") == tuple(commands)
    chat = await ptb.get_chat(sandbox.group.id)
    assert (chat.type, chat.title) == ("supergroup", "Орбита-3 көршілері")
    member = await ptb.get_chat_member(sandbox.group.id, resident.id)
    assert member.status == "member"
    me = await ptb.get_me()
    assert (me.is_bot, me.id) == (True, int(sandbox.token.split(":")[0]))
