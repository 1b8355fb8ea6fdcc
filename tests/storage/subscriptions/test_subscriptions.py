"""Subscriptions: one of each, twenty a chat, changed, ended, moved, and shown beforehand."""

import json
from datetime import timedelta

import pytest

from storage.digests.planner import Planner
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NEWS_KINDS, NewsFilter, key_of, of_key
from storage.people import people
from storage.subscriptions import subscribers
from storage.subscriptions.schedules import AT_ONCE as NOW_AND_THEN
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import (
    LIMIT,
    TooManySubscriptionsError,
    change,
    preview,
    remove,
    subscriptions,
)
from storage.values.ranges import Amount, Period
from tests.storage.builder import CENTRE
from tests.storage.digest_world import AT_ONCE, CITY_NEWS, FRIDAY, World, almaty

CHAT, OTHER = -1_001_000_000_000, 8_000_000_000
START = almaty("2026-02-16 09:00")
FIRST = almaty("2026-02-20 18:00")
DAY = timedelta(days=1)
FULL = NewsFilter(
    news=NEWS_KINDS,
    districts=("medeu", "almaly"),
    sectors=("education",),
    kinds=("school",),
    programmes=("roads",),
    near=Circle(CENTRE, 500),
    projects=(7,),
)
SCHOOLS = NewsFilter(kinds=("school", "kindergarten"), near=Circle(CENTRE, 2_000))


def test_pressed_five_times_is_one(world: World) -> None:
    again = NewsFilter(
        kinds=("kindergarten", "school", "school"),
        near=Circle(Point(CENTRE.lat_e6 + 40, CENTRE.lon_e6 - 40), 2_000),
    )
    numbers = {world.follow(CHAT, START, each) for each in (SCHOOLS, again) * 3}
    assert len(numbers) == 1
    (found,) = subscriptions(world.session, CHAT)
    assert found.filter == SCHOOLS.canonical()
    assert (found.schedule, found.due_at) == (FRIDAY, FIRST)
    assert found.filter.near is not None
    point = found.filter.near.point
    assert point.lat_e6 % 1_000 == point.lon_e6 % 1_000 == 0


def test_a_chat_may_have_twenty(world: World) -> None:
    for step in range(LIMIT):
        world.follow(CHAT, START, NewsFilter(projects=(step + 1,)))
    with pytest.raises(TooManySubscriptionsError):
        world.follow(CHAT, START)
    world.follow(CHAT, START, NewsFilter(projects=(1,)))
    world.follow(OTHER, START)
    known = subscribers.subscriber(world.session, CHAT)
    assert known is not None
    assert known.subscriptions == LIMIT


def test_a_filter_is_the_same_after_it_was_stored() -> None:
    assert of_key(key_of(FULL)) == FULL.canonical()
    assert of_key(key_of(CITY_NEWS)) == CITY_NEWS


def test_what_is_stored_of_a_filter_stays_as_it_is() -> None:
    """Filters that people have are told apart by these very bytes."""
    assert key_of(CITY_NEWS) == '{"news":["completed"]}'
    assert key_of(FULL) == (
        '{"districts":["almaly","medeu"],"kinds":["school"],'
        '"near":{"lat_e6":43239000,"lon_e6":76946000},'
        '"news":["completed","announced","slipped","state","budget"],"programmes":["roads"],'
        '"project":7,"radius_m":500,"sectors":["education"]}'
    )


@pytest.mark.parametrize(
    "wrong",
    [
        NewsFilter(news=()),
        NewsFilter(statuses=("completed",)),
        NewsFilter(amount=Amount(1)),
        NewsFilter(period=Period()),
        NewsFilter(projects=(1, 2)),
        NewsFilter(near=Circle(CENTRE, 199)),
        NewsFilter(near=Circle(CENTRE, 10_001)),
    ],
)
def test_filters_without_sense_are_refused(wrong: NewsFilter) -> None:
    with pytest.raises(ValueError, match=r"news|radius|one project"):
        key_of(wrong)


@pytest.mark.parametrize(
    ("cadence", "day", "hour"),
    [
        ("weekly", 0, 18),
        ("weekly", 8, 18),
        ("monthly", 29, 9),
        ("daily", 1, 9),
        ("daily", 0, 24),
        ("at_once", 0, 9),
        ("yearly", 0, 0),
    ],
)
def test_schedules_without_sense_are_refused(cadence: str, day: int, hour: int) -> None:
    with pytest.raises(ValueError, match=cadence):
        Schedule(cadence, day, hour)  # type: ignore[arg-type]


def test_usual_schedules_are_possible() -> None:
    assert Schedule.usual("weekly") == FRIDAY == Schedule()
    assert Schedule.usual("monthly").day == 1
    assert Schedule.usual("at_once") == AT_ONCE
    assert AT_ONCE.cadence == NOW_AND_THEN


def test_a_cadence_has_one_time_for_the_whole_chat(world: World) -> None:
    world.follow(CHAT, START)
    world.follow(CHAT, START, SCHOOLS, Schedule("weekly", 1, 8))
    world.follow(CHAT, START, SCHOOLS, Schedule("daily", 0, 8))
    found = subscriptions(world.session, CHAT)
    assert [each.schedule.cadence for each in found] == ["daily", "weekly", "weekly"]
    assert {each.due_at for each in found[1:]} == {almaty("2026-02-23 08:00")}


def test_one_more_does_not_put_off_what_is_due(world: World) -> None:
    world.follow(CHAT, START)
    school = world.done("school", START + DAY)
    world.follow(CHAT, FIRST + timedelta(minutes=1), SCHOOLS)
    assert world.told(FIRST + timedelta(minutes=2)) == {(CHAT, "2026-W08"): [school]}


def test_changing_goes_on_from_what_was_told(world: World) -> None:
    number = world.follow(CHAT, START, SCHOOLS)
    assert change(world.session, OTHER, number, CITY_NEWS, FRIDAY, START) is None
    park = world.done("park", START + DAY)
    daily = Schedule("daily", 0, 12)
    assert change(world.session, CHAT, number, CITY_NEWS, daily, START + DAY) == number
    assert world.told(almaty("2026-02-17 12:00")) == {(CHAT, "2026-02-17"): [park]}


def test_changing_into_one_that_is_there_leaves_one(world: World) -> None:
    first, second = world.follow(CHAT, START), world.follow(CHAT, START, SCHOOLS)
    assert change(world.session, CHAT, second, CITY_NEWS, FRIDAY, START) == first
    assert [each.id for each in subscriptions(world.session, CHAT)] == [first]


@pytest.mark.parametrize(
    ("before", "after", "due"),
    [
        (Schedule("weekly", 1, 18), Schedule("monthly", 1, 18), "2026-03-01 18:00"),
        (Schedule("monthly", 5, 18), FRIDAY, "2026-02-20 18:00"),
        (AT_ONCE, Schedule("daily", 0, 0), "2026-02-17 00:00"),
        (Schedule("daily", 0, 0), AT_ONCE, "2000-01-01 06:00"),
    ],
)
def test_another_cadence_of_the_same_day_and_hour_is_due_when_it_is_itself(
    world: World, before: Schedule, after: Schedule, due: str
) -> None:
    number = world.follow(CHAT, START, schedule=before)
    change(world.session, CHAT, number, CITY_NEWS, after, START)
    (found,) = subscriptions(world.session, CHAT)
    assert found.due_at == almaty(due)


def test_what_is_merged_tells_what_neither_told(world: World) -> None:
    daily = world.follow(CHAT, START, schedule=Schedule("daily", 0, 18))
    school = world.done("school", START)
    weekly = world.follow(CHAT, START)
    assert change(world.session, CHAT, daily, CITY_NEWS, FRIDAY, START) == weekly
    assert world.told(FIRST) == {(CHAT, "2026-W08"): [school]}


def test_what_is_merged_tells_nothing_again(world: World) -> None:
    world.follow(CHAT, START, schedule=Schedule("daily", 0, 18))
    weekly = world.follow(CHAT, START)
    school = world.done("school", START)
    assert world.told(almaty("2026-02-16 18:00")) == {(CHAT, "2026-02-16"): [school]}
    park = world.done("park", START + DAY)
    change(world.session, CHAT, weekly, CITY_NEWS, Schedule("daily", 0, 18), START + DAY)
    assert len(subscriptions(world.session, CHAT)) == 1
    assert world.told(almaty("2026-02-17 18:00")) == {(CHAT, "2026-02-17"): [park]}


def test_who_removed_the_last_one_is_told_nothing_that_waits(world: World) -> None:
    number = world.follow(CHAT, START)
    world.done("school", START)
    assert world.plan(FIRST) == 1
    remove(world.session, CHAT, number)
    assert world.send(FIRST) == []


def test_removed_is_only_ones_own(world: World) -> None:
    number = world.follow(CHAT, START)
    assert not remove(world.session, OTHER, number)
    assert remove(world.session, CHAT, number)
    assert not remove(world.session, CHAT, number)
    assert subscriptions(world.session, CHAT) == ()


def test_ending_everything_leaves_nothing_to_send(world: World) -> None:
    for wanted in (CITY_NEWS, SCHOOLS):
        world.follow(CHAT, START, wanted)
    world.done("school", START + DAY)
    assert world.plan(FIRST) == 1
    assert subscribers.end_everything(world.session, CHAT) == 2
    assert world.send(FIRST) == []
    assert subscribers.subscriber(world.session, CHAT) is None
    assert subscribers.end_everything(world.session, CHAT) == 0


def test_a_group_that_moved_takes_everything_with_it(world: World) -> None:
    world.follow(OTHER, START)
    world.follow(OTHER, START, CITY_NEWS, AT_ONCE)
    world.follow(CHAT, START + timedelta(minutes=1), CITY_NEWS, Schedule("weekly", 1, 9))
    school = world.done("school", START + DAY)
    assert world.told(START + DAY) == {(OTHER, "1"): [school]}
    assert subscribers.move(world.session, OTHER, CHAT, START + DAY)
    assert not subscribers.move(world.session, OTHER, CHAT, START + DAY)
    assert subscribers.subscriber(world.session, OTHER) is None
    found = subscriptions(world.session, CHAT)
    assert [each.schedule.cadence for each in found] == ["at_once", "weekly"]
    park = world.done("park", START + 2 * DAY)
    assert world.told(START + 2 * DAY) == {(CHAT, "2"): [park]}
    assert world.told(almaty("2026-02-23 09:00")) == {}, "told under the old number already"


def test_digests_have_the_chats_language(world: World) -> None:
    world.follow(CHAT, START)
    assert subscribers.set_digest_language(world.session, CHAT, "ru")
    assert not subscribers.set_digest_language(world.session, OTHER, "ru")
    world.done("school", START + DAY)
    world.plan(FIRST)
    assert [each.language for each in world.send(FIRST)] == ["ru"]


def test_a_preview_tells_four_weeks(world: World) -> None:
    now = START + 28 * DAY
    ages = (0, 3, 8, 27, 28, 29)
    schools = {age: world.done(f"school-{age}", now - age * DAY) for age in reversed(ages)}
    found = preview(world.session, CITY_NEWS, now)
    assert [each.project for each in found.news] == [schools[age] for age in ages[:-1]]
    assert found.weeks == (2, 0, 1, 2)
    assert found.a_week == 1.25
    assert preview(world.session, SCHOOLS, now).weeks == (0, 0, 0, 0)
    assert preview(world.session, CITY_NEWS, now + 90 * DAY).news == ()


def test_a_preview_is_what_would_have_been_told(world: World) -> None:
    world.follow(CHAT, START, SCHOOLS)
    world.done("school", START + DAY, kind="school", point=CENTRE)
    world.done("park", START + DAY, kind="park", point=CENTRE)
    expected = [each.project for each in preview(world.session, SCHOOLS, FIRST).news]
    assert world.told(FIRST) == {(CHAT, "2026-W08"): expected}


def test_who_looked_ahead_plans_the_same(world: World) -> None:
    world.follow(CHAT, START)
    world.done("school", START + DAY)
    planner = Planner(FIRST)
    assert planner.step(world.session, planner.prepare(world.session)).deliveries == 1
    assert planner.step(world.session, planner.prepare(world.session)).more is False


def test_a_persons_export_and_deletion_take_the_digests_in(world: World) -> None:
    session = world.session
    world.follow(OTHER, START, SCHOOLS)
    world.done("school", START + DAY, kind="school", point=CENTRE)
    world.told(FIRST)
    exported = people.export_person(session, OTHER)
    assert json.loads(json.dumps(exported)) == exported
    digests = exported["digests"]
    assert [each["filter"]["radius_m"] for each in digests["subscriptions"]] == [2_000]
    assert [each["state"] for each in digests["deliveries"]] == ["sent"]
    assert people.delete_person(session, OTHER)
    assert people.export_person(session, OTHER) == {}
