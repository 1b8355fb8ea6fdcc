"""Groups and channels: the bot answers only what is addressed to it."""

from typing import Any

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from storage.database.store import Store
from storage.people import people

NAME = "qala_sandbox_bot"
QUIET = {"getUpdates", "getWebhookInfo"}


async def test_talk_among_neighbours_is_not_for_the_bot(sandbox: Sandbox, olga: Resident) -> None:
    for text in ("Кто видел план?", "/help@another_bot", "@another_bot школа", "❓ Помощь"):
        await olga.send(text, chat=sandbox.group)
    await olga.send_sticker(chat=sandbox.group)
    await olga.send_photo(chat=sandbox.group)
    await olga.send_location(43.2, 76.8, chat=sandbox.group)
    await olga.wait_idle()
    assert [m for m in olga.history(sandbox.group) if m.from_bot] == []


@pytest.mark.parametrize("text", ["/help", f"/help@{NAME}", f"/help@{NAME.upper()}"])
async def test_a_command_is_answered_there(sandbox: Sandbox, olga: Resident, text: str) -> None:
    asked = await olga.send(text, chat=sandbox.group)
    answer = await olga.next_message(chat=sandbox.group)
    assert "Как спрашивать" in answer.text
    assert answer.raw["reply_to_message"]["message_id"] == asked.message_id
    assert olga.messages == []  # and not in private


async def test_whoever_names_the_bot_is_answered_and_the_name_is_left_out(
    sandbox: Sandbox, olga: Resident
) -> None:
    await olga.send(f"@{NAME}, школа", chat=sandbox.group)
    answer = await olga.next_message(chat=sandbox.group)
    assert "школа" in answer.text.lower()
    assert NAME not in answer.text
    await olga.send_photo(caption=f"@{NAME} что это?", chat=sandbox.group)
    await olga.send_raw(
        text="Кала, что строится?",
        entities=[{"type": "text_mention", "offset": 0, "length": 4, "user": sandbox.world.bot}],
        chat=sandbox.group,
    )
    assert await olga.next_message(chat=sandbox.group)


async def test_a_reply_to_its_message_is_answered(sandbox: Sandbox, olga: Resident) -> None:
    await olga.send("/help", chat=sandbox.group)
    said = await olga.next_message(chat=sandbox.group)
    await olga.send("/privacy", chat=sandbox.group, reply_to=said)
    assert "Что я о вас храню" in (await olga.next_message(chat=sandbox.group)).text
    await olga.send("⚙️ Настройки", chat=sandbox.group, reply_to=said)
    assert "Настроим это в личном чате" in (await olga.next_message(chat=sandbox.group)).text


async def test_start_there_offers_buttons_and_no_keyboard(sandbox: Sandbox, olga: Resident) -> None:
    await olga.send("/start", chat=sandbox.group)
    hello = await olga.next_message(chat=sandbox.group)
    assert f"@{NAME}" in hello.text
    assert hello.reply_keyboard is None
    *examples, menu = hello.button_texts
    assert len(examples) == 3
    assert "Данные по " in hello.text
    assert menu == "☰ Меню"
    await olga.press("☰ Меню", chat=sandbox.group)
    topics = await olga.wait_for(lambda m: "❓ Помощь" in m.button_texts, chat=sandbox.group)
    assert "📍 Рядом со мной" in topics.button_texts
    await olga.press("❓ Помощь", chat=sandbox.group)
    helped = await olga.wait_for(lambda m: "Как спрашивать" in m.text, chat=sandbox.group)
    assert helped.message_id == hello.message_id


async def test_each_person_is_answered_in_their_language(
    sandbox: Sandbox, resident: Resident, olga: Resident
) -> None:
    await resident.send("/help", chat=sandbox.group)
    assert "Қалай сұрауға" in (await resident.next_message(chat=sandbox.group)).text
    await olga.send("/language")
    await olga.next_message()
    await olga.press("Қазақша")
    await olga.wait_for(lambda m: m.text == "Енді қазақша сөйлесеміз.")
    asked = await olga.send("/privacy", chat=sandbox.group)
    answer = await olga.wait_for(
        lambda m: m.raw.get("reply_to_message", {}).get("message_id") == asked.message_id,
        chat=sandbox.group,
    )
    assert "Сіз туралы не сақтаймын" in answer.text
    assert answer.button_texts == ["▶️"]  # the rest of the text, and nothing of one's own


async def test_settings_are_for_the_private_chat(
    sandbox: Sandbox, olga: Resident, city_store: Store
) -> None:
    for command in ("/language", "/settings"):
        await olga.send(command, chat=sandbox.group)
        said = await olga.next_message(chat=sandbox.group)
        assert said.buttons[0].url == f"https://t.me/{NAME}?start=language"
    for data in ("l:en", "o:radius:500", "o:home", "o:forget", "o:export", "o:delete:yes"):
        await olga.press_data(said, data)
    await olga.wait_idle()
    assert await city_store.read(people.person, olga.id) is None
    assert await city_store.read(people.person, sandbox.group.id) is None
    await olga.start("language")
    assert "На каком языке" in (await olga.next_message()).text


def member(status: str, user: dict[str, Any]) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": user, **until}


def membership(sandbox: Sandbox, chat: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    bot = sandbox.world.bot
    return {
        "my_chat_member": {
            "chat": chat,
            "from": sandbox.resident("Ольга").user,
            "date": 1763640000,
            "old_chat_member": member(old, bot),
            "new_chat_member": member(new, bot),
        }
    }


async def test_added_to_a_group_it_says_hello_once(
    sandbox: Sandbox, qala: Qala, olga: Resident
) -> None:
    chat = sandbox.world.chat_object(sandbox.group.id)
    sandbox.push_update(membership(sandbox, chat, "left", "member"))
    assert "Здравствуйте" in (await olga.next_message(chat=sandbox.group)).text
    for old, new in (("member", "left"), ("member", "member"), ("member", "kicked")):
        sandbox.push_update(membership(sandbox, chat, old, new))
    await olga.wait_idle()
    assert len([m for m in olga.history(sandbox.group) if m.from_bot]) == 1


async def test_a_group_where_it_may_not_write(sandbox: Sandbox, qala: Qala, olga: Resident) -> None:
    sandbox.faults.add(method="sendMessage", error_code=403, description="Forbidden: no rights")
    chat = sandbox.world.chat_object(sandbox.group.id)
    sandbox.push_update(membership(sandbox, chat, "left", "member"))
    await olga.wait_idle()
    assert [m for m in olga.history(sandbox.group) if m.from_bot] == []


async def test_channels_are_met_with_silence(sandbox: Sandbox, qala: Qala, olga: Resident) -> None:
    channel = {"id": -1007000000099, "type": "channel", "title": "Арна"}
    post = {"message_id": 1, "date": 1763640000, "chat": channel, "text": f"/help @{NAME}"}
    calls = len(sandbox.calls)
    sandbox.push_update({"channel_post": post})
    sandbox.push_update({"edited_channel_post": {**post, "edit_date": 1763640001}})
    sandbox.push_update(membership(sandbox, channel, "left", "member"))
    await olga.wait_idle()
    assert [c.method for c in sandbox.calls[calls:] if c.method not in QUIET] == []


async def test_blocked_and_let_in_again(olga: Resident, city_store: Store) -> None:
    await olga.start()
    await olga.wait_idle()
    await olga.block()
    await olga.wait_idle()
    gone = await city_store.read(people.person, olga.id)
    assert gone is not None
    assert gone.blocked_at is not None
    await olga.unblock()
    await olga.wait_idle()
    back = await city_store.read(people.person, olga.id)
    assert back is not None
    assert back.blocked_at is None


async def test_who_blocks_without_a_word_is_not_written_down(
    sandbox: Sandbox, olga: Resident, city_store: Store
) -> None:
    await olga.block()
    await olga.unblock()
    await olga.wait_idle()
    assert await city_store.read(people.person, olga.id) is None
