"""The next digest before its time: for the period it would have had, and only with news."""

from datetime import datetime, timedelta

from storage.digests.planner import Planned, Planner
from storage.news.filters import NewsFilter
from storage.subscriptions import subscribers
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import change, subscriptions
from tests.storage.digest_world import AT_ONCE, CITY_NEWS, FRIDAY, World, almaty

CHAT = 7_000_000_000
START = almaty("2026-02-16 09:00")  # a Monday
DAY, WEEK = timedelta(days=1), timedelta(days=7)
FIRST = almaty("2026-02-20 18:00")
NOON = almaty("2026-02-17 12:00")


def planned_early(world: World, now: datetime = NOON, chunk: int = 1_000) -> int:
    planner, made, step = Planner(now, chunk, early=True), 0, Planned(0, 0, more=True)
    while step.more:
        step = planner.step(world.session, planner.prepare(world.session))
        made += step.deliveries
    return made


def sent(world: World, now: datetime = NOON) -> dict[tuple[int, str], list[int]]:
    return {
        (each.chat_id, each.period): [item.project for item in each.items]
        for each in world.send(now)
    }


def test_the_next_friday_comes_now_and_friday_brings_the_rest(world: World) -> None:
    world.follow(CHAT, START)
    school = world.done("school", START)
    assert planned_early(world) == 1
    assert sent(world) == {(CHAT, "2026-W08"): [school]}
    assert subscriptions(world.session, CHAT)[0].due_at == FIRST + WEEK
    park = world.done("park", NOON + DAY)
    assert world.told(FIRST) == {}, "the week had its digest"
    assert world.told(FIRST + WEEK) == {(CHAT, "2026-W09"): [park]}


def test_pressed_twice_tells_the_following_week_only_if_there_is_news(world: World) -> None:
    world.follow(CHAT, START)
    world.done("school", START)
    assert planned_early(world) == 1
    assert planned_early(world) == 0
    park = world.done("park", NOON)
    assert planned_early(world) == 1
    assert list(sent(world).items())[1] == ((CHAT, "2026-W09"), [park])
    clinic = world.done("clinic", NOON)
    assert world.told(FIRST + WEEK) == {}
    assert world.told(FIRST + 2 * WEEK) == {(CHAT, "2026-W10"): [clinic]}


def test_without_news_the_real_friday_still_tells(world: World) -> None:
    world.follow(CHAT, START)
    assert planned_early(world) == 0
    assert subscriptions(world.session, CHAT)[0].due_at == FIRST
    school = world.done("school", NOON)
    assert world.told(FIRST) == {(CHAT, "2026-W08"): [school]}


def test_every_cadence_tells_and_none_repeats_another(world: World) -> None:
    month, daily = Schedule("monthly", 1, 9), Schedule("daily", 0, 19)
    schools = NewsFilter(kinds=("school",))
    world.follow(CHAT, START, schools, daily)
    world.follow(CHAT, START, CITY_NEWS, FRIDAY)
    world.follow(CHAT, START, CITY_NEWS, month)
    world.follow(CHAT + 1, START, CITY_NEWS, month)
    school = world.done("school", START, kind="school")
    park = world.done("park", START)
    assert planned_early(world, chunk=1) == 3
    assert sent(world) == {
        (CHAT, "2026-02-16"): [school],  # was due already
        (CHAT, "2026-W08"): [park],
        (CHAT + 1, "2026-03"): [school, park],
    }
    by_cadence = {each.schedule.cadence: each.due_at for each in subscriptions(world.session, CHAT)}
    assert by_cadence["monthly"] == almaty("2026-03-01 09:00"), "it had nothing to tell"


def test_what_is_told_at_once_is_told_as_ever(world: World) -> None:
    world.follow(CHAT, START, CITY_NEWS, AT_ONCE)
    night = almaty("2026-02-17 23:00")
    school = world.done("school", START)
    assert planned_early(world, night) == 0
    assert planned_early(world) == 1
    assert planned_early(world) == 0
    assert [each for _, each in sent(world).items()] == [[school]]


def test_who_pauses_or_rests_is_left_alone(world: World) -> None:
    for chat in (CHAT, CHAT + 1, CHAT + 2):
        world.follow(chat, START)
        world.follow(chat, START, NewsFilter(districts=("medeu",)), AT_ONCE)
    world.done("school", START)
    subscribers.pause(world.session, CHAT, NOON + 2 * DAY, START)
    subscribers.rest(world.session, CHAT + 1, "blocked", START)
    subscribers.pause(world.session, CHAT + 2, NOON - DAY, START)
    assert planned_early(world) == 1
    assert [chat for chat, _ in sent(world)] == [CHAT + 2]
    assert len(world.told(FIRST)) == 1, "the pause is over"


def test_all_filters_of_a_chat_move_on_together(world: World) -> None:
    world.follow(CHAT, START, NewsFilter(kinds=("school",)))
    world.follow(CHAT, START, NewsFilter(kinds=("park",)))
    world.follow(CHAT + 1, START, NewsFilter(kinds=("park",)))
    world.done("school", START, kind="school")
    assert planned_early(world) == 1
    assert {each.due_at for each in subscriptions(world.session, CHAT)} == {FIRST + WEEK}
    park = world.done("park", NOON, kind="park")
    assert world.told(FIRST) == {(CHAT, "2026-W08"): [1], (CHAT + 1, "2026-W08"): [park]}
    assert world.told(FIRST + WEEK) == {(CHAT, "2026-W09"): [park]}


def test_a_week_that_had_its_digest_gives_way_to_the_next(world: World) -> None:
    number = world.follow(CHAT, START, CITY_NEWS, Schedule("weekly", 1, 18))
    world.done("school", START)
    assert len(world.told(almaty("2026-02-16 18:00"))) == 1
    change(world.session, CHAT, number, CITY_NEWS, FRIDAY, START + DAY)
    park = world.done("park", START + DAY)
    assert planned_early(world) == 1
    assert sent(world) == {(CHAT, "2026-W09"): [park]}


def test_what_is_due_already_is_planned_as_ever(world: World) -> None:
    world.follow(CHAT, START)
    school = world.done("school", START)
    now = FIRST + timedelta(minutes=5)
    assert planned_early(world, now) == 1
    assert sent(world, now) == {(CHAT, "2026-W08"): [school]}


def test_what_changes_after_looking_ahead_is_noticed(world: World) -> None:
    number = world.follow(CHAT, START)
    park = world.done("park", START, kind="park")
    world.done("school", START, kind="school")
    planner = Planner(FIRST)
    prepared = planner.prepare(world.session)
    change(world.session, CHAT, number, NewsFilter(kinds=("park",)), FRIDAY, NOON)
    assert planner.step(world.session, prepared).deliveries == 1
    assert sent(world, FIRST) == {(CHAT, "2026-W08"): [park]}
