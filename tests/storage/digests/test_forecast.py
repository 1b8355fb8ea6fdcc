"""A forecast is what the planner then makes, and it writes nothing."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from storage.digests import forecast as forecasting
from storage.digests.deliveries import claim
from storage.digests.forecast import forecast
from storage.digests.planner import Planned, Planner
from storage.news.filters import NewsFilter
from storage.subscriptions import subscribers
from storage.subscriptions.schedules import CADENCES, Schedule
from storage.tables.subscriptions import Content, Delivery
from tests.storage.digest_world import AT_ONCE, CITY_NEWS, FRIDAY, LEASE, World, almaty

START = almaty("2026-02-16 09:00")  # a Monday
DAY = timedelta(days=1)
FIRST = almaty("2026-02-20 18:00")
SCHEDULES = (
    *(AT_ONCE, Schedule("daily", 0, 9), Schedule("daily", 0, 18)),
    *(FRIDAY, Schedule("weekly", 5, 7), Schedule("monthly", 20, 18)),
)


def seen(world: World, now: datetime, *, early: bool) -> tuple[int, dict[str, int], int, int]:
    """What the planner makes: subscriptions, deliveries by cadence, chats, texts."""
    planner, step, rows = Planner(now, 7, early=early), Planned(0, 0, more=True), 0
    while step.more:
        step = planner.step(world.session)
        rows += step.subscriptions
    made = claim(world.session, almaty("2026-02-28 12:00"), 10_000, LEASE)
    counted = {each: sum(one.cadence == each for one in made) for each in CADENCES}
    return (
        rows,
        {each: count for each, count in counted.items() if count},
        len({each.chat_id for each in made}),
        len({(each.content_id, each.language) for each in made}),
    )


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_the_planner_makes_what_was_forecast(
    world: World, monkeypatch: pytest.MonkeyPatch, seed: int, early: bool
) -> None:
    monkeypatch.setattr(forecasting, "CHUNK", 25)
    chance = random.Random(seed)
    wanted = [CITY_NEWS, *(NewsFilter(kinds=(kind,)) for kind in ("school", "park", "clinic"))]
    world.done("first", START - DAY)
    for chat in range(1, 41):
        for _ in range(chance.randrange(1, 4)):
            world.follow(chat, START, chance.choice(wanted), chance.choice(SCHEDULES))
        if chance.random() < 0.2:
            subscribers.pause(world.session, chat, START + chance.randrange(1, 9) * DAY, START)
        if chance.random() < 0.1:
            subscribers.rest(world.session, chat, "blocked", START)
        if chance.random() < 0.5:
            subscribers.set_digest_language(world.session, chat, "ru")
    for step in range(3):
        kind = chance.choice(("school", "park", "clinic"))
        world.done(f"one-{step}", START, kind=kind)
    world.told(START + DAY)
    world.done("last", START + DAY, kind="park")
    found = forecast(world.session, FIRST, early=early)
    rows, deliveries, chats, texts = seen(world, FIRST, early=early)
    assert (found.deliveries, found.chats, found.texts) == (deliveries, chats, texts)
    assert found.subscriptions == rows if not early else found.subscriptions <= rows
    assert found.chats


def test_a_forecast_writes_nothing(world: World) -> None:
    world.follow(1, START)
    world.done("school", START)
    for _ in range(2):
        found = forecast(world.session, FIRST)
        assert (found.subscriptions, found.deliveries, found.chats) == (1, {"weekly": 1}, 1)
    for model in (Delivery, Content):
        assert not world.session.scalar(select(func.count(col(model.id))))


def test_nothing_to_forecast(world: World) -> None:
    assert forecast(world.session, FIRST) == forecasting.Forecast(0, {}, 0, 0)
