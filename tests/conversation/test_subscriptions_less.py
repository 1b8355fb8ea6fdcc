"""Less of it, for a while nothing, nothing at all; and back after a rest."""

from datetime import UTC, datetime

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from storage.database.store import Store
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NewsFilter
from storage.subscriptions import subscribers
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscribers import SubscriberFacts
from storage.subscriptions.subscriptions import add, remove, subscriptions
from tests.conversation.asking import button_of, labels, press, say
from tests.conversation.clock import Clock

NEAR = NewsFilter(near=Circle(Point.of(43.238, 76.945), 2000), news=("completed", "budget"))
DAILY = Schedule("daily", 0, 9)


def subscribe(store: Store, chat_id: int, clock: Clock, *wanted: NewsFilter) -> None:
    with store.writing() as session:
        for one in wanted or (NEAR,):
            add(session, chat_id, one, DAILY, "en", clock())


async def facts(store: Store, chat_id: int) -> SubscriberFacts:
    found = await store.read(subscribers.subscriber, chat_id)
    assert found is not None
    return found


async def under_a_digest(who: Resident) -> Message:
    """A press of the one button under a digest, whatever that digest says."""
    digest = await say(who, "/help")
    await who.press_data(digest, "u:f")
    await who.wait_idle()
    assert who.last.message_id != digest.message_id, "the digest stays as it is"
    return who.last


async def test_less_in_one_press(daniel: Resident, city_store: Store, clock: Clock) -> None:
    subscribe(city_store, daniel.id, clock, NEAR, NewsFilter())
    offered = await under_a_digest(daniel)
    assert labels(offered) == [
        "📅 Once a week instead",
        "🗓 Once a month instead",
        "✅ Only what is completed",
        "📏 A smaller radius",
        "⏸ Pause",
        "⏹ End all",
        "🔔 Subscriptions",
    ]
    for label in ("📅", "✅", "📏"):
        await under_a_digest(daniel)
        await press(daniel, label)
    found = await city_store.read(subscriptions, daniel.id)
    assert {each.schedule for each in found} == {Schedule()}
    near = next(each.filter for each in found if each.filter.near)
    assert (near.news, near.near and near.near.radius_m) == (("completed",), 1000)
    assert "📅 Once a week instead" not in labels(await under_a_digest(daniel))


async def test_all_of_it_ends_from_a_digest(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    subscribe(city_store, daniel.id, clock)
    await under_a_digest(daniel)
    assert "Ended:" in (await press(daniel, "⏹")).text
    assert await city_store.read(subscriptions, daniel.id) == ()
    assert "You have no subscriptions" in (await under_a_digest(daniel)).text


async def test_a_pause_of_a_week(daniel: Resident, city_store: Store, clock: Clock) -> None:
    subscribe(city_store, daniel.id, clock)
    await under_a_digest(daniel)
    await press(daniel, "⏸")
    paused = await press(daniel, "1 week")
    assert "27 November 2025" in paused.text
    until = datetime(2025, 11, 26, 19, tzinfo=UTC)  # the 27th begins in Almaty
    assert (await facts(city_store, daniel.id)).paused_until == until
    listed = await press(daniel, "🔔 Subscriptions")
    assert "⏸ Paused. They go on: 27 November 2025" in listed.text
    assert "⏸ Pause" not in labels(listed)
    await press(daniel, "▶️")
    assert (await facts(city_store, daniel.id)).paused_until is None
    assert "Paused" not in daniel.last.text


async def test_a_pause_until_a_day(daniel: Resident, city_store: Store, clock: Clock) -> None:
    subscribe(city_store, daniel.id, clock)
    await say(daniel, "/subscribe")
    await press(daniel, "⏸")
    await press(daniel, "📆")
    days = await press(daniel, "November 2025")
    assert next(label for label in labels(days) if label.isdecimal()) == "21"
    await press(daniel, "⬅️")
    await press(daniel, "February 2026")
    assert "28 February 2026" in (await press(daniel, "28")).text
    clock.advance(days=100)
    await say(daniel, "/subscribe")
    assert "Paused" not in daniel.last.text, "the pause has passed"


@pytest.mark.parametrize("data", ["u:pd20251120", "u:pd20251119", "u:pd20270601"])
async def test_days_that_cannot_be(
    daniel: Resident, city_store: Store, clock: Clock, data: str
) -> None:
    subscribe(city_store, daniel.id, clock)
    menu = await say(daniel, "/menu")
    answer = await daniel.answer_to(await daniel.press_data(menu, data))
    assert answer.text == "This day cannot be chosen. Choose another."
    assert (await facts(city_store, daniel.id)).paused_until is None


async def test_who_blocks_rests_and_is_asked(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    subscribe(city_store, daniel.id, clock)
    await daniel.start()
    await daniel.block()
    await daniel.wait_idle()
    assert (await facts(city_store, daniel.id)).rests_because == "kicked"
    await daniel.unblock()
    asked = await say(daniel, "/start")
    assert "1 subscription" in asked.text
    assert "20 November 2025" in asked.text
    assert (await facts(city_store, daniel.id)).rests_since is not None
    assert "They stay on hold." in (await press(daniel, "😴")).text
    listed = await say(daniel, "/subscribe")
    assert "😴 On hold since 20 November 2025" in listed.text
    await press(daniel, "▶️")
    assert (await facts(city_store, daniel.id)).rests_since is None
    before = len(daniel.messages)
    await say(daniel, "/start")
    assert len(daniel.messages) == before + 2, "nothing is asked any more"
    assert "Data up to" in daniel.last.text  # after the greeting


async def test_an_answer_that_cannot_be_given_lets_rest(
    sandbox: Sandbox, daniel: Resident, city_store: Store, clock: Clock
) -> None:
    subscribe(city_store, daniel.id, clock)
    await daniel.start()
    await daniel.wait_idle()
    sandbox.faults.add(method="sendMessage", error_code=403)
    await daniel.send("/help")
    await daniel.wait_idle()
    assert (await facts(city_store, daniel.id)).rests_because == "blocked"


async def test_one_more_while_they_rest_says_that_they_rest(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    subscribe(city_store, daniel.id, clock)
    await city_store.write(subscribers.rest, daniel.id, "blocked", clock())
    for label in ("/subscribe", "➕", "🌆"):
        await (say if label.startswith("/") else press)(daniel, label)
    made = await press(daniel, "✅")
    assert "😴 On hold since 20 November 2025" in made.text
    await press(daniel, "▶️")
    found = await city_store.read(subscriptions, daniel.id)
    assert len(found) == 2
    assert all(each.due_at for each in found)


async def test_the_first_one_after_a_rest_comes(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    subscribe(city_store, daniel.id, clock)
    await city_store.write(subscribers.rest, daniel.id, "blocked", clock())
    (old,) = await city_store.read(subscriptions, daniel.id)
    await city_store.write(remove, daniel.id, old.id)
    subscribe(city_store, daniel.id, clock)
    (new,) = await city_store.read(subscriptions, daniel.id)
    assert new.due_at is not None
    assert (await facts(city_store, daniel.id)).rests_since is None


async def test_the_wake_can_be_an_end(daniel: Resident, city_store: Store, clock: Clock) -> None:
    subscribe(city_store, daniel.id, clock)
    await city_store.write(subscribers.rest, daniel.id, "blocked", clock())
    asked = await say(daniel, "/start")
    assert button_of(asked, "⏹").callback_data == "u:s"
    await press(daniel, "⏹")
    assert await city_store.read(subscriptions, daniel.id) == ()


async def test_who_writes_that_it_shall_end_is_shown_the_ways(
    olga: Resident, city_store: Store, clock: Clock
) -> None:
    assert "нет подписок" in (await say(olga, "отписаться")).text
    subscribe(city_store, olga.id, clock)
    assert "⏹ Отменить все" in labels(await say(olga, "Отписаться!"))
    assert "1. " in (await say(olga, "подписки")).text


async def test_the_link_from_a_group_opens_the_subscriptions(daniel: Resident) -> None:
    await daniel.start("subscribe")
    assert "What shall I tell you about?" in (await daniel.next_message()).text


async def test_a_command_that_others_have_is_understood(olga: Resident) -> None:
    assert "нет подписок" in (await say(olga, "/unsubscribe")).text
