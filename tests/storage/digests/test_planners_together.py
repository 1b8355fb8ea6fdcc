"""Planners and people at the same time: nobody meets an error, nothing is lost or told twice."""

import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.store import Store
from storage.digests.deliveries import claim
from storage.digests.pipeline import Pipeline
from storage.digests.planner import Planned, Planner
from storage.news.filters import NewsFilter
from storage.subscriptions import subscribers
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import add, change, remove, subscriptions
from storage.tables.subscriptions import Delivery, Subscription
from tests.storage.digest_world import AT_ONCE, CITY_NEWS, FRIDAY, LEASE, World, almaty

START = almaty("2026-02-16 09:00")
DAY = timedelta(days=1)
STEADY, RESTLESS = range(1, 31), range(31, 61)
KINDS = ("school", "park")
DAILY = Schedule("daily", 0, 10)


class Rounds:
    """Threads that each run a job again and again until all news was planned."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.over = threading.Event()
        self.errors: list[Exception] = []

    def again(self, job: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                while not self.over.is_set():
                    job()
            except Exception as error:  # noqa: BLE001 - the test says which
                self.errors.append(error)
                self.over.set()

        thread = threading.Thread(target=run)
        thread.start()
        return thread


def plan_all_due(store: Store, now: datetime, rows: int) -> None:
    planner, step = Planner(now, rows), Planned(0, 0, more=True)
    while step.more:
        with store.reading() as session:
            chunk = planner.prepare(session)
        with store.writing() as session:
            step = planner.step(session, chunk)


def restless(session: Session, chance: random.Random, now: datetime) -> None:
    """One thing that a person may do."""
    chat = chance.choice(RESTLESS)
    wanted = NewsFilter(kinds=tuple(chance.sample(KINDS, chance.randrange(3))))
    schedule = chance.choice((AT_ONCE, DAILY, FRIDAY))
    own = subscriptions(session, chat)
    one = chance.choice(own).id if own else 0
    acts: tuple[Callable[[], Any], ...] = (
        lambda: add(session, chat, wanted, schedule, "kk", now),
        lambda: add(session, chat, wanted, schedule, "kk", now),
        lambda: change(session, chat, one, wanted, schedule, now),
        lambda: remove(session, chat, one),
        lambda: subscribers.pause(session, chat, now + chance.choice((-1, 1)) * DAY, now),
        lambda: subscribers.rest(session, chat, "blocked", now),
        lambda: subscribers.wake(session, chat, now),
        lambda: subscribers.end_everything(session, chat),
        lambda: subscribers.move(session, chat, chance.choice(RESTLESS), now),
    )
    chance.choice(acts)()


def steady(session: Session, chance: random.Random, now: datetime) -> None:
    """What must neither lose nor repeat anything: the whole city is followed all the time."""
    chat = chance.choice(STEADY)
    own = [each for each in subscriptions(session, chat) if each.filter == CITY_NEWS]
    acts: tuple[Callable[[], Any], ...] = (
        lambda: subscribers.pause(session, chat, now + DAY, now),
        lambda: subscribers.pause(session, chat, None, now),
        lambda: subscribers.rest(session, chat, "blocked", now),
        lambda: subscribers.wake(session, chat, now),
        lambda: change(session, chat, own[0].id, CITY_NEWS, chance.choice((DAILY, AT_ONCE)), now),
        lambda: add(session, chat, NewsFilter(kinds=("park",)), FRIDAY, "kk", now),
    )
    chance.choice(acts)()


def told_to(session: Session) -> dict[int, list[int]]:
    """The projects that each chat was told, as often as it was."""
    found: dict[int, list[int]] = {}
    session.execute(update(Delivery).values(state="pending"))
    for each in claim(session, almaty("2026-12-31 12:00"), 100_000, LEASE):
        found.setdefault(each.chat_id, []).extend(item.project for item in each.items)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_planners_and_people_together(store: Store, seed: int) -> None:
    rounds, done = Rounds(store), []
    with store.writing() as session:
        world = World(session)
        for chat in (*STEADY, *RESTLESS):
            add(session, chat, CITY_NEWS, DAILY, "kk", START)
    clock = [START]

    def person(act: Callable[..., None], number: int) -> Callable[[], None]:
        chance = random.Random(f"{seed} {number}")

        def job() -> None:
            with store.writing() as session:
                act(session, chance, clock[0])

        return job

    threads = [rounds.again(person(act, number)) for number, act in enumerate((restless, steady))]
    threads += [rounds.again(lambda: plan_all_due(store, clock[0], 25))]
    for day in range(8):
        with store.writing() as session:
            world.session = world.builder.session = session
            done.append(world.done(f"{seed}-{day}", clock[0], kind=KINDS[day % 2]))
        plan_all_due(store, clock[0], 25)
        clock[0] += DAY
    rounds.over.set()
    for thread in threads:
        thread.join()
    assert rounds.errors == []
    with store.writing() as session:
        for chat in STEADY:
            subscribers.wake(session, chat, clock[0])
            subscribers.pause(session, chat, None, clock[0])
    plan_all_due(store, clock[0] + 40 * DAY, 25)
    with store.writing() as session:
        behind = select(col(Subscription.chat_id)).where(col(Subscription.due_at) < clock[0])
        quick = behind.where(col(Subscription.cadence) != "at_once")
        assert session.scalars(quick).all() == []
        found = told_to(session)
    assert {chat: sorted(found[chat]) for chat in STEADY} == dict.fromkeys(STEADY, done)


async def test_the_bot_plans_beside_its_loop(store: Store) -> None:
    with store.writing() as session:
        world = World(session)
        for chat in range(7):
            add(session, chat, CITY_NEWS, FRIDAY, "kk", START)
        world.done("school", START + DAY)
    friday = almaty("2026-02-20 18:00")
    async with Pipeline(store, friday, chunk=3) as pipeline:
        steps = [step async for step in pipeline]
    assert sum(step.deliveries for step in steps) == sum(step.subscriptions for step in steps) == 7
    assert [step.more for step in steps] == [True] * (len(steps) - 1) + [False]
    assert len(steps) > 2
    async with Pipeline(store, friday) as pipeline:
        assert [step async for step in pipeline] == [Planned(0, 0, more=False)]
    await store.aclose()
