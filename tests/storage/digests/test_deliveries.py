"""Deliveries: each is claimed once, told of once, and never sent again blindly."""

import asyncio
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from storage.database.store import Store
from storage.digests import deliveries
from storage.digests.deliveries import acknowledge, claim, counts
from storage.subscriptions import subscribers
from storage.tables.subscriptions import Delivery
from tests.storage.digest_world import AT_ONCE, LEASE, World, almaty, planned

START = almaty("2026-02-16 09:00")
FIRST = almaty("2026-02-20 18:00")
DAY = timedelta(days=1)


@pytest.fixture
def waiting(world: World) -> World:
    """Six chats with a digest that waits."""
    for chat in range(1, 7):
        world.follow(chat, START)
    world.done("school", START + DAY)
    assert world.plan(FIRST) == 6
    return world


def test_claimed_once_in_order(waiting: World) -> None:
    session = waiting.session
    first = claim(session, FIRST, 4, LEASE)
    second = claim(session, FIRST, 4, LEASE)
    assert [each.chat_id for each in (*first, *second)] == [1, 2, 3, 4, 5, 6]
    assert claim(session, FIRST, 4, LEASE) == ()
    assert len({each.content_id for each in (*first, *second)}) == 1
    assert {(each.language, each.cadence, each.attempts) for each in first} == {("kk", "weekly", 1)}
    assert [item.kind for item in first[0].items] == ["completed"]
    assert first[0].filters == second[0].filters


def test_every_state_is_counted(waiting: World) -> None:
    session = waiting.session
    taken = claim(session, FIRST, 5, LEASE)
    assert acknowledge(session, taken[0].id, "sent", FIRST)
    assert acknowledge(session, taken[1].id, "failed", FIRST, "blocked")
    assert acknowledge(session, taken[2].id, "unknown", FIRST, "timeout")
    states = {"sent": 1, "failed": 1, "unknown": 1, "sending": 2, "pending": 1}
    assert counts(session).states == states
    assert counts(session, FIRST).failed == {"blocked": 1}
    assert counts(session, FIRST + DAY).states == {}
    assert not acknowledge(session, taken[0].id, "failed", FIRST), "sent stays sent"
    assert not acknowledge(session, 10**9, "sent", FIRST)


def test_a_lease_that_ended_is_unknown_and_not_sent_again(waiting: World) -> None:
    session = waiting.session
    taken = claim(session, FIRST, 2, LEASE)
    assert deliveries.expire_leases(session, FIRST + LEASE - timedelta(seconds=1)) == 0
    later = claim(session, FIRST + LEASE, 100, LEASE)
    assert not {each.id for each in taken} & {each.id for each in later}
    assert counts(session).states == {"unknown": 2, "sending": 4}
    assert acknowledge(session, taken[0].id, "sent", FIRST + LEASE), "a late word still counts"
    assert counts(session).states == {"unknown": 1, "sent": 1, "sending": 4}


def test_what_is_unknown_is_sent_once_more_if_wanted(waiting: World) -> None:
    session = waiting.session
    for attempt in (1, 2):
        taken = claim(session, FIRST, 6, LEASE)
        assert {each.attempts for each in taken} == {attempt}
        assert all(acknowledge(session, each.id, "unknown", FIRST) for each in taken)
        assert deliveries.resend_unknown(session) == (6 if attempt == 1 else 0)


def test_what_certainly_was_not_sent_is_given_back(waiting: World) -> None:
    session = waiting.session
    taken = claim(session, FIRST, 6, LEASE)
    acknowledge(session, taken[0].id, "sent", FIRST)
    assert deliveries.release(session, taken) == 5
    assert {each.attempts for each in claim(session, FIRST, 6, LEASE)} == {1}


def test_a_chat_that_rests_keeps_its_digest(waiting: World) -> None:
    session = waiting.session
    subscribers.rest(session, 1, "blocked", FIRST)
    assert [each.chat_id for each in claim(session, FIRST, 6, LEASE)] == [2, 3, 4, 5, 6]
    subscribers.wake(session, 1, FIRST + DAY)
    assert [each.chat_id for each in claim(session, FIRST + DAY, 6, LEASE)] == [1]


def test_what_failed_because_the_chat_was_gone_is_sent_once_it_wakes(waiting: World) -> None:
    session = waiting.session
    gone, wrong, *_ = claim(session, FIRST, 6, LEASE)
    acknowledge(session, gone.id, "failed", FIRST, "blocked")
    subscribers.rest(session, gone.chat_id, "blocked", FIRST)
    subscribers.rest(session, gone.chat_id, "blocked", FIRST + DAY)  # heard once more
    acknowledge(session, wrong.id, "failed", FIRST, "refused")
    assert claim(session, FIRST + DAY, 6, LEASE) == ()
    assert subscribers.wake(session, gone.chat_id, FIRST + 30 * DAY)
    (again,) = claim(session, FIRST + 30 * DAY, 6, LEASE)
    assert (again.id, again.items) == (gone.id, gone.items)
    acknowledge(session, again.id, "sent", FIRST + 30 * DAY)
    subscribers.rest(session, gone.chat_id, "blocked", FIRST + 31 * DAY)
    assert subscribers.wake(session, gone.chat_id, FIRST + 32 * DAY)
    assert claim(session, FIRST + 32 * DAY, 6, LEASE) == ()


def test_what_failed_was_not_told(world: World) -> None:
    world.follow(1, START)
    world.follow(1, START, schedule=AT_ONCE)
    school = world.done("school", START)
    world.plan(START)
    (taken,) = claim(world.session, START, 5, LEASE)
    acknowledge(world.session, taken.id, "failed", START, "refused")
    assert world.told(FIRST) == {(1, "2026-W08"): [school]}


async def test_two_claimers_at_once_take_each_once(store: Store) -> None:
    _fill(store, 120)
    await store.write(planned, FIRST)
    taken: list[int] = []

    async def work() -> None:
        while found := await store.write(claim, FIRST, 7, LEASE):
            taken.extend(each.id for each in found)

    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(work())
    assert len(taken) == len(set(taken)) == 120
    await store.aclose()


def test_two_planners_at_once_plan_each_once(store_url: str, store: Store) -> None:
    _fill(store, 120)
    made: list[int] = []

    def work() -> None:
        with Store(store_url) as own, own.writing() as session:
            made.append(planned(session, FIRST, 20))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [0, 0, 120]
    with store.reading() as session:
        assert session.scalar(select(func.count(col(Delivery.id)))) == 120


def _fill(store: Store, chats: int) -> None:
    with store.writing() as session:
        world = World(session)
        for chat in range(chats):
            world.follow(chat, START)
        world.done("school", START + DAY)
