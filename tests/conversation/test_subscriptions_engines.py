"""Subscribing on either engine: from the first tap to the end, with a pause in between."""

from bot.sandbox.server import Sandbox
from storage.database.store import Store
from storage.imports import load_shipped
from storage.news.filters import NewsFilter
from storage.subscriptions import subscribers
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import preview, subscriptions
from tests.conversation.asking import at, press, press_behind, say
from tests.conversation.clock import Clock
from tests.conversation.conftest import serving


async def test_the_same_on_both_engines(sandbox: Sandbox, store: Store, clock: Clock) -> None:
    assert load_shipped(store, clock).exit_code == 0
    async with serving(sandbox, store, clock):
        daniel = sandbox.resident("Daniel")
        await at(daniel, 43.2220, 76.8512)
        await press_behind(daniel, "⋯", "🏠 Save as home")
        await say(daniel, "/subscribe")
        assert "Near home" in (await press(daniel, "🏠")).text
        await press(daniel, "✅")
        await say(daniel, "/subscribe")
        await press(daniel, "➕")
        news = (await store.read(preview, NewsFilter(), clock())).news
        assert f"📈 About {round(len(news) / 4)} a week" in (await press(daniel, "🌆")).text
        await press(daniel, "⏰")
        await press(daniel, "☀️")
        await press(daniel, "➡️")
        await press(daniel, "✅")
        assert len(await store.read(subscriptions, daniel.id)) == 2
        await daniel.press_data(daniel.last, "u:f")
        await daniel.wait_idle()
        await press(daniel, "📅 Once a week instead")
        found = await store.read(subscriptions, daniel.id)
        assert {each.schedule for each in found} == {Schedule()}
        await press(daniel, "⏸")
        await press(daniel, "1 month")
        assert "20 December 2025" in daniel.last.text
        await daniel.block()
        await daniel.unblock()
        assert "2 subscriptions" in (await say(daniel, "/start")).text
        await press(daniel, "▶️")
        facts = await store.read(subscribers.subscriber, daniel.id)
        assert facts is not None
        assert facts.rests_since is None
        assert "Ended: 2 subscriptions" in (await say(daniel, "/stop")).text
    await store.aclose()


async def test_before_there_is_a_list(sandbox: Sandbox, sqlite_store: Store, clock: Clock) -> None:
    async with serving(sandbox, sqlite_store, clock):
        daniel = sandbox.resident("Daniel")
        assert "not loaded yet" in (await say(daniel, "/subscribe")).text
        assert "You have no subscriptions" in (await say(daniel, "/stop")).text
