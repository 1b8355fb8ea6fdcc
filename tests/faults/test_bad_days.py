"""Telegram on a bad day: one message or an honest unknown for each, and who is gone rests."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.digests.service import serving
from storage.digests import deliveries
from storage.subscriptions import subscribers
from storage.subscriptions.subscribers import SubscriberFacts
from storage.tables.subscriptions import Delivery
from tests.bot.digests.city import DAY, FIRST, City, received, road, soon
from tests.storage.digest_world import AT_ONCE, FRIDAY

WEEK = timedelta(days=7)


def told(city: City, chat: int) -> SubscriberFacts | None:
    with city.store.reading() as session:
        return subscribers.subscriber(session, chat)


def attempts(city: City) -> set[int]:
    with city.store.reading() as session:
        return set(session.scalars(select(col(Delivery.attempts))))


async def test_a_storm_of_429_loses_and_doubles_nothing(city: City) -> None:
    people = city.people(40)
    city.completed()
    for _ in range(4):
        city.sandbox.faults.add(method="sendMessage", retry_after=1)
    await city.run()
    assert received(people) == [1] * 40
    assert set(city.states().values()) == {("sent", "")}
    assert attempts(city) == {1}  # what waited for the end of a halt was given back


async def test_a_long_halt_is_not_waited_for_with_claims_in_the_hand(city: City) -> None:
    people = city.people(40)
    city.completed()
    city.sandbox.faults.add(method="sendMessage", retry_after=600)
    async with serving(city.digests(per_second=30)):
        await soon(lambda: any(call.method == "sendMessage" for call in city.sandbox.calls))
        await soon(lambda: "sending" not in {state for state, _ in city.states().values()})
        await asyncio.sleep(0.3)
        states = [state for state, _ in city.states().values()]
    assert set(states) <= {"sent", "pending"}
    assert states.count("sent") == sum(received(people)) < 10
    assert attempts(city) <= {0, 1}


async def test_5xx_and_broken_connections(city: City) -> None:
    chance = random.Random(3)
    bad = (
        {"error_code": 500},
        {"error_code": 502},
        {"error_code": 504},
        {"drop": "before"},
        {"drop": "after"},
    )
    people = city.people(80)
    city.completed()
    for person in people:
        for _ in range(chance.choice((0, 1, 2))):
            city.sandbox.faults.add(method="sendMessage", chat_id=person.id, **chance.choice(bad))
    await city.run()
    states = city.states()
    for person in people:
        outcome = (states[person.id][0], len(person.messages))
        assert outcome in {("sent", 1), ("unknown", 0), ("unknown", 1)}
    assert sum(state == "sent" for state, _ in states.values()) > 30
    assert ("unknown", "no answer") in states.values()


async def test_a_server_that_is_down_for_long_loses_nothing(city: City) -> None:
    people = city.people(12)
    city.completed()
    city.sandbox.faults.add(method="sendMessage", error_code=500, times=None)
    async with serving(city.digests()):
        await soon(lambda: len(city.sandbox.calls) > 60)
        assert received(people) == [0] * 12
        city.sandbox.faults.clear()
        await soon(lambda: received(people) == [1] * 12)
    assert set(city.states().values()) == {("sent", "")}


async def test_what_is_unknown_is_sent_once_more_where_that_is_wanted(city: City) -> None:
    people = city.people(3)
    city.completed()
    city.sandbox.faults.add(method="sendMessage", chat_id=people[0].id, drop="before")
    city.sandbox.faults.add(method="sendMessage", chat_id=people[1].id, drop="before", times=None)
    await city.run()
    assert received(people) == [0, 0, 1]
    for _ in range(3):
        city.clock.now += timedelta(minutes=1)
        await city.run(resend=True)
    assert received(people) == [1, 0, 1]
    assert [city.states()[each.id][0] for each in people] == ["sent", "unknown", "sent"]
    tries = [call for call in city.sandbox.calls if call.chat_id == people[1].id]
    assert len(tries) == 2


async def test_who_blocked_the_bot_rests_and_wakes(city: City) -> None:
    people = city.people(3)
    city.completed()
    await people[1].block()
    await city.run()
    assert received(people) == [1, 0, 1]
    assert city.states()[people[1].id] == ("failed", "blocked")
    facts = told(city, people[1].id)
    assert facts is not None
    assert (facts.rests_since, facts.rests_because) == (city.clock.now, "blocked")
    city.completed("second", FIRST + timedelta(days=1))
    city.clock.now += WEEK
    await city.run()
    assert len(city.states()) == 3
    await people[1].unblock()
    with city.store.writing() as session:
        assert subscribers.wake(session, people[1].id, city.clock.now)
    city.clock.now += WEEK
    await city.run()
    assert received(people) == [2, 2, 2]
    texts = sorted(each.text for each in people[1].messages)
    assert texts == ["Дайджест 1", "Дайджест 2"]  # what failed, and what happened meanwhile


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Forbidden: user is deactivated", "deactivated"),
        ("Forbidden: bot was kicked from the supergroup chat", "kicked"),
        ("Bad Request: chat not found", "chat not found"),
    ],
)
async def test_who_is_gone_rests(sqlite_city: City, said: str, reason: str) -> None:
    (person,) = sqlite_city.people(1)
    sqlite_city.completed()
    code = 403 if said.startswith("F") else 400
    sqlite_city.sandbox.faults.add(method="sendMessage", error_code=code, description=said)
    await sqlite_city.run()
    assert sqlite_city.states()[person.id] == ("failed", reason)
    facts = told(sqlite_city, person.id)
    assert facts is not None
    assert facts.rests_because == reason


async def test_a_group_that_moved_gets_its_digest_there_once(city: City) -> None:
    old, new = city.sandbox.group.id, -100777
    city.sandbox.world.add_group(new, "moved", [])
    city.follow([old], schedule=FRIDAY)
    city.follow([old], schedule=AT_ONCE)
    city.completed()
    city.sandbox.faults.add(
        method="sendMessage", chat_id=old, error_code=400, migrate_to_chat_id=new, times=None
    )
    await city.run()
    assert len(city.sandbox.world.history(new)) == 1
    assert not city.sandbox.world.history(old)
    assert city.states() == {new: ("sent", "")}
    facts = told(city, new)
    assert facts is not None
    assert facts.subscriptions == 2
    assert told(city, old) is None


async def test_both_ids_of_a_group_subscribed_and_it_is_told_once(city: City) -> None:
    old, new = city.sandbox.group.id, -100777
    city.sandbox.world.add_group(new, "moved", [])
    city.follow([old, new], schedule=FRIDAY)
    city.completed()
    city.sandbox.faults.add(
        method="sendMessage", chat_id=old, error_code=400, migrate_to_chat_id=new, times=None
    )
    await city.run()
    assert len(city.sandbox.world.history(new)) == 1
    assert city.states() == {new: ("sent", "")}


async def test_what_telegram_refuses_fails_and_the_chat_does_not_rest(city: City) -> None:
    people = city.people(2)
    city.completed()
    city.sandbox.faults.add(method="sendMessage", error_code=400, chat_id=people[0].id)
    await city.run()
    assert city.states()[people[0].id] == ("failed", "refused")
    facts = told(city, people[0].id)
    assert facts is not None
    assert facts.rests_since is None
    assert received(people) == [0, 1]


async def test_a_revoked_token_costs_no_digest(city: City) -> None:
    people = city.people(10)
    city.completed()
    city.sandbox.faults.add(method="sendMessage", error_code=401, times=10)
    digests = city.digests()
    async with serving(digests):
        await soon(lambda: any(call.method == "sendMessage" for call in city.sandbox.calls))
        await soon(lambda: {state for state, _ in city.states().values()} == {"pending"})
    assert received(people) == [0] * 10
    assert attempts(city) == {0}


async def test_a_stop_finishes_what_is_on_the_road_and_gives_back_the_rest(city: City) -> None:
    people = city.people(200)
    city.completed()
    city.sandbox.faults.add(method="sendMessage", delay=0.3, times=None)
    async with serving(city.digests(per_second=30)):
        await soon(lambda: sum(received(people)) > 5)
    states = [state for state, _ in city.states().values()]
    assert states.count("sent") == sum(received(people)) > 5
    assert set(states) == {"sent", "pending"}
    with city.store.reading() as session:
        assert deliveries.waiting(session, city.clock.now) == 200 - sum(received(people))


async def test_a_chat_that_ended_everything_while_its_digest_was_composed(city: City) -> None:
    (person,) = city.people(1)
    city.completed()

    async def ends(*what: object) -> object:
        await city.store.write(subscribers.end_everything, person.id)
        from tests.bot.digests.city import simple

        return await simple(*what)  # type: ignore[arg-type]

    await city.run(text=ends)
    assert not person.messages
    assert city.states() == {}


def paused(session: Session, chat: int) -> bool:
    return subscribers.pause(session, chat, FIRST + DAY, FIRST)


@pytest.mark.parametrize("wish", [subscribers.end_everything, paused])
async def test_whoever_stops_while_a_digest_waits_for_its_turn_gets_it_no_more(
    city: City, wish: Callable[[Session, int], object]
) -> None:
    (person,) = city.people(1)
    city.completed()
    async with road(city.sandbox.url, city.sandbox.token, per_second=30) as city.bot:
        await city.bot.send_message(person.id, "an answer")  # a chat bears one message a second
        async with serving(city.digests()):
            await soon(lambda: {state for state, _ in city.states().values()} == {"sending"})
            await city.store.write(wish, person.id)
            await asyncio.sleep(1.5)
    assert [message.text for message in person.messages] == ["an answer"]
