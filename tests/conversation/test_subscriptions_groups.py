"""Groups and channels subscribe by their administrators; the others only read."""

from typing import Any

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Chat
from handlers.frame.context import Qala
from storage.database.store import Store
from storage.news.filters import NewsFilter
from storage.subscriptions import subscribers
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import Subscribed, add, subscriptions
from tests.conversation.asking import button_of, labels
from tests.conversation.clock import Clock

CHANNEL = -1007000000099


async def mine(store: Store, chat: Chat) -> tuple[Subscribed, ...]:
    return await store.read(subscriptions, chat.id)


def last_in(who: Resident, chat: Chat) -> Message:
    return [message for message in who.history(chat) if message.from_bot][-1]


async def say_there(who: Resident, text: str, chat: Chat) -> Message:
    await who.send(text, chat=chat)
    await who.wait_idle()
    return last_in(who, chat)


async def press_there(who: Resident, label: str, chat: Chat) -> str:
    """Presses a button of the chat's last message; the toast or alert."""
    message = last_in(who, chat)
    query = await who.press(button_of(message, label).callback_data or "", message)
    answer = await who.answer_to(query)
    await who.wait_idle()
    return answer.text


@pytest.fixture
def group(sandbox: Sandbox) -> Chat:
    """Айгерім owns it, Ольга is a neighbour."""
    return sandbox.group


async def test_an_administrator_subscribes_the_group(
    resident: Resident, city_store: Store, group: Chat
) -> None:
    asked = await say_there(resident, "/subscribe", group)
    assert "Үйіңізді сақтау" not in asked.text, "a group has no home"
    await press_there(resident, "🌆", group)
    assert await press_there(resident, "✅", group) == "Жазылдыңыз."
    (only,) = await mine(city_store, group)
    assert only.filter == NewsFilter()
    facts = await city_store.read(subscribers.subscriber, group.id)
    assert facts is not None
    assert facts.language == "kk", "that of the administrator"
    await press_there(resident, "⬅️", group)
    await press_there(resident, "⋯", group)
    await press_there(resident, "Русский", group)
    facts = await city_store.read(subscribers.subscriber, group.id)
    assert facts is not None
    assert facts.language == "ru"
    assert "✓ Русский" in labels(last_in(resident, group))
    assert await city_store.read(subscriptions, resident.id) == (), "and herself nothing"


async def test_others_get_a_no(
    resident: Resident, olga: Resident, city_store: Store, group: Chat
) -> None:
    said = await say_there(olga, "/subscribe", group)
    assert "только администраторы" in said.text
    assert said.buttons[0].url == "https://t.me/qala_sandbox_bot?start=subscribe"
    await say_there(resident, "/subscribe", group)
    await press_there(resident, "🌆", group)
    for label in ("✅", "📍", "📰"):
        assert "только администраторы" in await press_there(olga, label, group)
    assert olga.answers[-1].show_alert
    assert await mine(city_store, group) == ()
    await press_there(resident, "✅", group)
    await say_there(olga, "/stop", group)
    await olga.press_data(last_in(olga, group), "u:s")
    await olga.wait_idle()
    assert len(await mine(city_store, group)) == 1


async def test_a_second_administrator_and_a_nameless_one(
    sandbox: Sandbox, olga: Resident, city_store: Store, group: Chat, clock: Clock
) -> None:
    with city_store.writing() as session:
        add(session, group.id, NewsFilter(), Schedule(), "ru", clock())
    group.administrators.add(olga.id)
    assert "1. Весь город" in (await say_there(olga, "/subscribe", group)).text
    group.administrators.clear()
    nameless = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    command: dict[str, Any] = {
        "text": "/stop",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        "from": nameless,
    }
    other = {"id": -1005, "type": "channel", "title": "Басқа"}
    await olga.send_raw(chat=group, **command, sender_chat=other)
    await olga.wait_idle()
    assert len(await mine(city_store, group)) == 1, "another channel writes there, no administrator"
    itself = sandbox.world.chat_object(group.id)
    await olga.send_raw(chat=group, **command, sender_chat=itself)
    await olga.wait_idle()
    assert await mine(city_store, group) == ()


async def test_who_cannot_be_asked_for_is_no_administrator(
    sandbox: Sandbox, resident: Resident, city_store: Store, group: Chat
) -> None:
    sandbox.faults.add(method="getChatMember", error_code=400, times=None)
    said = await say_there(resident, "/subscribe", group)
    assert "әкімшілер ғана" in said.text


async def test_near_a_place_from_the_groups_list(
    resident: Resident, city_store: Store, group: Chat
) -> None:
    await say_there(resident, "/subscribe", group)
    await press_there(resident, "📍", group)
    assert "/near Қалқаман" in last_in(resident, group).text
    await say_there(resident, "/near Орбита-3", group)
    await press_there(resident, "🔔", group)
    await press_there(resident, "✅", group)
    (only,) = await mine(city_store, group)
    assert only.filter.near is not None


async def test_thrown_out_it_rests_and_asks_when_it_is_back(
    resident: Resident, city_store: Store, group: Chat, clock: Clock
) -> None:
    with city_store.writing() as session:
        add(session, group.id, NewsFilter(), Schedule(), "kk", clock())
    await resident.remove_bot(group)
    await resident.wait_idle()
    facts = await city_store.read(subscribers.subscriber, group.id)
    assert facts is not None
    assert facts.rests_because == "kicked"
    await resident.add_bot(group)
    await resident.wait_idle()
    assert "тоқтап тұр" in last_in(resident, group).text
    assert await press_there(resident, "▶️", group) == "Жалғасады."
    facts = await city_store.read(subscribers.subscriber, group.id)
    assert facts is not None
    assert facts.rests_since is None


async def test_a_group_that_becomes_another_one_takes_them_along(
    sandbox: Sandbox, olga: Resident, city_store: Store, group: Chat, clock: Clock
) -> None:
    with city_store.writing() as session:
        add(session, group.id, NewsFilter(), Schedule(), "ru", clock())
    await olga.send_raw(chat=group, migrate_to_chat_id=-1001234567890)
    await olga.wait_idle()
    assert await mine(city_store, group) == ()
    assert len(await city_store.read(subscriptions, -1001234567890)) == 1
    assert [message for message in olga.history(group) if message.from_bot] == [], "silently"


async def test_a_channel_subscribes_by_its_posts(
    sandbox: Sandbox, resident: Resident, olga: Resident, city_store: Store
) -> None:
    channel = sandbox.world.add_channel(CHANNEL, "Орбита хабарлары", [resident.id, olga.id])
    await resident.send("Ертең су болмайды", chat=channel)
    await resident.send("/help", chat=channel)
    await resident.send("/subscribe@another_bot", chat=channel)
    await resident.wait_idle()
    assert [m for m in resident.history(channel) if m.from_bot] == []
    await say_there(resident, "/subscribe@qala_sandbox_bot", channel)
    await press_there(resident, "🌆", channel)
    assert "только администраторы" in await press_there(olga, "✅", channel)
    await press_there(resident, "✅", channel)
    assert len(await mine(city_store, channel)) == 1
    await press_there(resident, "⬅️", channel)
    await press_there(resident, "⋯", channel)
    await press_there(resident, "Русский", channel)
    assert "1. Весь город" in (await say_there(resident, "/subscribe", channel)).text
    assert "Отменено" in (await say_there(resident, "/stop", channel)).text
    assert await mine(city_store, channel) == ()


async def test_a_channel_that_lets_the_bot_in_again_hears_nothing_by_itself(
    sandbox: Sandbox, qala: Qala, resident: Resident, city_store: Store, clock: Clock
) -> None:
    channel = sandbox.world.add_channel(CHANNEL, "Арна", [resident.id])
    with city_store.writing() as session:
        add(session, channel.id, NewsFilter(), Schedule(), "kk", clock())
    await resident.remove_bot(channel)
    await resident.add_bot(channel)
    await resident.wait_idle()
    assert [m for m in resident.history(channel) if m.from_bot] == []
    listed = await say_there(resident, "/subscribe", channel)
    assert "▶️ Жалғастыру" in labels(listed)
