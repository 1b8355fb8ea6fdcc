"""What is due becomes one delivery for each chat, cadence and period."""

from datetime import timedelta

import pytest

from storage.digests.planner import due_subscriptions, plan
from storage.geo.circle import Circle
from storage.news.filters import NewsFilter
from storage.subscriptions import subscribers
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import change, remove, subscriptions
from tests.storage.builder import CENTRE
from tests.storage.digest_world import AT_ONCE, CITY_NEWS, FRIDAY, World, almaty

CHAT = 7_000_000_000
START = almaty("2026-02-16 09:00")  # a Monday
DAY, WEEK = timedelta(days=1), timedelta(days=7)
FIRST = almaty("2026-02-20 18:00")


def test_a_week_is_told_on_friday_evening_and_once(world: World) -> None:
    world.follow(CHAT, START)
    school = world.done("school", START + DAY)
    assert world.told(FIRST - timedelta(seconds=1)) == {}
    assert world.told(FIRST) == {(CHAT, "2026-W08"): [school]}
    assert world.told(FIRST + timedelta(minutes=5)) == {}
    assert world.told(FIRST + WEEK) == {}, "a week without news sends nothing"
    park = world.done("park", FIRST + WEEK + DAY)
    assert world.told(FIRST + 2 * WEEK) == {(CHAT, "2026-W10"): [park]}


def test_what_was_there_before_is_no_news(world: World) -> None:
    world.done("old", START - DAY)
    world.follow(CHAT, START)
    assert world.told(FIRST) == {}


@pytest.mark.parametrize(
    ("schedule", "due", "period"),
    [
        (Schedule("daily", 0, 9), "2026-12-31 09:00", "2026-12-31"),
        (Schedule("daily", 0, 0), "2027-01-01 00:00", "2027-01-01"),
        (Schedule("weekly", 5, 18), "2027-01-01 18:00", "2026-W53"),
        (Schedule("weekly", 1, 7), "2027-01-04 07:00", "2027-W01"),
        (Schedule("monthly", 1, 0), "2027-01-01 00:00", "2027-01"),
        (Schedule("monthly", 28, 23), "2027-01-28 23:00", "2027-01"),
    ],
)
def test_periods_at_new_year(world: World, schedule: Schedule, due: str, period: str) -> None:
    now = almaty(due)
    before = {"daily": DAY, "weekly": WEEK, "monthly": 28 * DAY}[schedule.cadence]
    world.follow(CHAT, now - before + timedelta(minutes=1), CITY_NEWS, schedule)
    number = world.done("school", now - timedelta(minutes=1))
    assert world.told(now - timedelta(minutes=1)) == {}
    assert world.told(now) == {(CHAT, period): [number]}


def test_a_year_week_by_week_and_month_by_month(world: World) -> None:
    world.follow(CHAT, START)
    world.follow(CHAT + 1, START, CITY_NEWS, Schedule("monthly", 15, 12))
    weeks: list[str] = []
    months: list[str] = []
    for step in range(60):
        now = FIRST + step * WEEK
        world.done(f"school-{step}", now - DAY)
        for chat, period in world.told(now):
            (weeks if chat == CHAT else months).append(period)
    assert len(weeks) == len(set(weeks)) == 60
    assert "2026-W53" in weeks
    assert "2027-W01" in weeks
    assert months == sorted(set(months))
    assert months[0] == "2026-03"
    assert len(months) == 13


@pytest.mark.parametrize("weeks", [1, 3, 60])
def test_downtime_is_made_up_once(world: World, weeks: int) -> None:
    world.follow(CHAT, START)
    told = [world.done(f"school-{step}", FIRST + step * WEEK - DAY) for step in range(weeks)]
    back = FIRST + (weeks - 1) * WEEK + 3 * DAY
    found = world.told(back)
    assert list(found.values()) == [told]
    assert world.told(back + timedelta(hours=1)) == {}
    park = world.done("park", back + timedelta(hours=2))
    assert list(world.told(FIRST + weeks * WEEK).values()) == [[park]]


def test_a_clock_that_jumps_doubles_nothing(world: World) -> None:
    world.follow(CHAT, START)
    school = world.done("school", START + DAY)
    assert list(world.told(FIRST + 2 * WEEK).values()) == [[school]]
    park = world.done("park", START + 2 * DAY)
    assert world.told(FIRST) == {}
    assert world.told(FIRST + 2 * WEEK + DAY) == {}
    assert list(world.told(FIRST + 3 * WEEK).values()) == [[park]]


def test_quiet_hours_hold_back_what_is_told_at_once(world: World) -> None:
    world.follow(CHAT, START, CITY_NEWS, AT_ONCE)
    first = world.done("first", almaty("2026-02-16 21:30"))
    world.plan(almaty("2026-02-16 21:59"))
    assert world.send(almaty("2026-02-16 22:00")) == [], "planned before, still not sent"
    second = world.done("second", almaty("2026-02-16 23:00"))
    assert world.told(almaty("2026-02-17 07:59")) == {}
    assert sorted(world.told(almaty("2026-02-17 08:00")).values()) == [[first], [second]]
    assert world.told(almaty("2026-02-17 08:05")) == {}
    third = world.done("third", almaty("2026-02-17 09:00"))
    assert list(world.told(almaty("2026-02-17 09:01")).values()) == [[third]]


def test_an_own_hour_in_the_night_is_kept(world: World) -> None:
    world.follow(CHAT, START, CITY_NEWS, Schedule("daily", 0, 23))
    world.done("school", START)
    assert len(world.told(almaty("2026-02-16 23:00"))) == 1


@pytest.mark.parametrize("schedule", [FRIDAY, AT_ONCE, Schedule("daily", 0, 9)])
def test_a_circle_and_its_district_tell_nothing_twice(world: World, schedule: Schedule) -> None:
    """What lies in the circle of the district passes both; what has no point only the district."""
    district = NewsFilter(districts=("medeu",))
    home = NewsFilter(near=Circle(CENTRE, 2_000))
    world.follow(CHAT, START, home, schedule)
    world.follow(CHAT, START, district, schedule)
    world.follow(CHAT + 1, START, home, schedule)
    both = world.done("both", START + DAY, point=CENTRE, districts=("medeu",))
    unplaced = world.done("unplaced", START + DAY, districts=("medeu",))
    near = world.done("near", START + DAY, point=CENTRE, districts=("auezov",))
    world.done("neither", START + DAY, districts=("auezov",))
    told: dict[int, list[int]] = {CHAT: [], CHAT + 1: []}
    for hours in range(30, 30 + 24 * 8, 6):
        for (chat, _), projects in world.told(START + timedelta(hours=hours)).items():
            told[chat] += projects
    assert sorted(told[CHAT]) == sorted([both, unplaced, near])
    assert sorted(told[CHAT + 1]) == sorted([both, near])


def test_a_district_added_later_repeats_nothing(world: World) -> None:
    world.follow(CHAT, START, NewsFilter(near=Circle(CENTRE, 2_000)))
    both = world.done("both", START + DAY, point=CENTRE, districts=("medeu",))
    world.done("unplaced-before", START + DAY, districts=("medeu",))
    world.follow(CHAT, START + 2 * DAY, NewsFilter(districts=("medeu",)))
    unplaced = world.done("unplaced-after", START + 3 * DAY, districts=("medeu",))
    assert {tuple(sorted(each)) for each in world.told(FIRST).values()} == {(both, unplaced)}
    assert world.told(FIRST + WEEK) == {}


def test_a_pause_is_made_up_once(world: World) -> None:
    for schedule in (FRIDAY, AT_ONCE):
        world.follow(CHAT, START, NewsFilter(districts=("medeu",)), schedule)
    until = almaty("2026-03-11 00:00")
    assert subscribers.pause(world.session, CHAT, until, START)
    school = world.done("school", START + DAY, districts=("medeu",))
    for moment in (FIRST, FIRST + WEEK, until - timedelta(seconds=1)):
        assert world.told(moment) == {}
    assert list(world.told(until + timedelta(hours=9)).values()) == [[school]]
    assert world.told(almaty("2026-03-13 18:00")) == {}, "told at once already"


def test_a_pause_can_end_early(world: World) -> None:
    world.follow(CHAT, START)
    subscribers.pause(world.session, CHAT, START + 60 * DAY, START)
    school = world.done("school", START + DAY)
    subscribers.pause(world.session, CHAT, None, START + 2 * DAY)
    assert world.told(FIRST) == {(CHAT, "2026-W08"): [school]}


def test_what_is_planned_waits_for_the_end_of_a_pause(world: World) -> None:
    world.follow(CHAT, START)
    world.done("school", START + DAY)
    assert world.plan(FIRST) == 1
    subscribers.pause(world.session, CHAT, FIRST + DAY, FIRST)
    assert world.send(FIRST + timedelta(hours=1)) == []
    assert len(world.send(FIRST + DAY)) == 1


def test_a_chat_that_rests_is_told_when_it_wakes(world: World) -> None:
    world.follow(CHAT, START)
    assert subscribers.rest(world.session, CHAT, "blocked", START)
    assert subscriptions(world.session, CHAT)[0].due_at is None
    school = world.done("school", START + DAY)
    assert world.told(FIRST) == {}
    assert subscribers.wake(world.session, CHAT, FIRST + DAY)
    assert not subscribers.wake(world.session, CHAT, FIRST + DAY)
    assert world.told(FIRST + WEEK) == {(CHAT, "2026-W09"): [school]}


def test_a_facility_in_several_filters_comes_once(world: World) -> None:
    near = NewsFilter(near=Circle(CENTRE, 2_000))
    for wanted in (CITY_NEWS, near, NewsFilter(kinds=("school",))):
        world.follow(CHAT, START, wanted)
    school = world.done("school", START, kind="school", point=CENTRE)
    park = world.done("park", START)
    assert world.told(FIRST) == {(CHAT, "2026-W08"): [school, park]}


def test_a_facility_told_once_is_not_told_by_another_cadence(world: World) -> None:
    for schedule in (AT_ONCE, Schedule("daily", 0, 19), FRIDAY, Schedule("monthly", 1, 9)):
        world.follow(CHAT, START, CITY_NEWS, schedule)
    school = world.done("school", START)
    assert list(world.told(START).values()) == [[school]]
    park = world.done("park", almaty("2026-02-20 17:59"))
    assert list(world.told(FIRST).values()) == [[park]], "one of the two tells it"
    assert world.told(almaty("2026-03-01 09:00")) == {}


def test_told_once_also_when_the_one_that_told_is_gone(world: World) -> None:
    world.follow(CHAT, START)
    quick = world.follow(CHAT, START, CITY_NEWS, AT_ONCE)
    world.done("school", START)
    assert len(world.told(START)) == 1
    assert remove(world.session, CHAT, quick)
    park = world.done("park", START + DAY)
    assert world.told(FIRST) == {(CHAT, "2026-W08"): [park]}


def test_another_day_in_the_same_week_neither_doubles_nor_loses(world: World) -> None:
    number = world.follow(CHAT, START, CITY_NEWS, Schedule("weekly", 1, 18))
    school = world.done("school", START)
    monday = almaty("2026-02-16 18:00")
    assert world.told(monday) == {(CHAT, "2026-W08"): [school]}
    assert change(world.session, CHAT, number, CITY_NEWS, FRIDAY, monday) == number
    park = world.done("park", monday + DAY)
    assert world.told(FIRST) == {}, "the week has had its digest"
    assert world.told(FIRST + WEEK) == {(CHAT, "2026-W09"): [park]}


def test_chunks_cut_between_chats(world: World) -> None:
    for chat in range(7):
        for kind in ("school", "park", "clinic"):
            world.follow(chat, START, NewsFilter(kinds=(kind,)))
    school = world.done("school", START, kind="school")
    park = world.done("park", START, kind="park")
    assert due_subscriptions(world.session, FIRST) == {"weekly": 21}
    first = plan(world.session, FIRST, 4)
    assert (first.subscriptions, first.deliveries, first.more) == (3, 1, True)
    found = world.told(FIRST, chunk=4)
    assert found == {(chat, "2026-W08"): [school, park] for chat in range(7)}


def test_nothing_is_due_in_an_empty_store(world: World) -> None:
    assert world.told(FIRST) == {}
    assert due_subscriptions(world.session, FIRST) == {}


def test_a_late_entry_is_told_and_a_bulk_of_old_ones_is_not(world: World) -> None:
    world.follow(CHAT, START)
    numbers = {}
    for days in (59, 60, 61, 900):
        numbers[days] = world.builder.project(f"late-{days}", status="in_progress")
        world.complete(numbers[days], START, on=(START - days * DAY).date().isoformat())
    for step in range(30):
        old = world.builder.project(f"old-{step}", status="completed", completed_on="2024-05")
        world.changed(old, "created", "", "", START)
    assert world.told(FIRST) == {(CHAT, "2026-W08"): [numbers[59], numbers[60]]}


def test_late_for_the_cursor_of_one_is_not_late_for_another(world: World) -> None:
    world.follow(CHAT, START)
    school = world.done("school", START + DAY)
    world.follow(CHAT + 1, START + 2 * DAY)
    park = world.done("park", START + 3 * DAY)
    week = "2026-W08"
    assert world.told(FIRST) == {(CHAT, week): [school, park], (CHAT + 1, week): [park]}
