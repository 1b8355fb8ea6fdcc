"""Subscribing, as residents do it: a few taps, seen before, changed or ended when they like."""

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from storage import subscribers
from storage.newsfilters import NewsFilter
from storage.schedules import Schedule
from storage.store import Store
from storage.subscriptions import Subscribed, subscriptions
from tests.conversation.asking import labels, press, say


async def mine(store: Store, chat_id: int) -> tuple[Subscribed, ...]:
    return await store.read(subscriptions, chat_id)


async def subscribed_to_the_city(who: Resident) -> Message:
    await say(who, "/subscribe")
    await press(who, "🌆")
    return await press(who, "✅")


async def test_the_whole_city_in_two_taps(daniel: Resident, city_store: Store) -> None:
    asked = await say(daniel, "/subscribe")
    assert "What shall I tell you about?" in asked.text
    draft = await press(daniel, "🌆 Whole city")
    assert "Whole city" in draft.text
    assert "In the last four weeks" in draft.text
    done = await press(daniel, "✅ Subscribe")
    assert "Subscribed." in done.text
    (only,) = await mine(city_store, daniel.id)
    assert only.filter == NewsFilter()
    assert only.schedule == Schedule()
    listed = await press(daniel, "⬅️ Subscriptions")
    assert "1. Whole city" in listed.text
    opened = await press(daniel, "1. Whole city")
    assert "✅ Keep the changes" not in labels(opened)
    removed = await press(daniel, "🗑 Remove")
    assert await mine(city_store, daniel.id) == ()
    assert "↩️ Bring it back" in labels(removed)
    await press(daniel, "↩️ Bring it back")
    assert len(await mine(city_store, daniel.id)) == 1


async def test_stop_ends_all_at_once(daniel: Resident, city_store: Store) -> None:
    await subscribed_to_the_city(daniel)
    ended = await say(daniel, "/stop")
    assert "It was 1 subscription." in ended.text
    assert "/subscribe" in ended.text
    assert await mine(city_store, daniel.id) == ()
    assert await city_store.read(subscribers.subscriber, daniel.id) is None
    assert "You have no subscriptions" in (await say(daniel, "/stop")).text
