"""Less of it, for all subscriptions of a chat in one go."""

from datetime import UTC, datetime

import pytest

from storage.database.store import Store
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NewsFilter
from storage.subscriptions.reduce import Less, lessen, possible
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import Subscribed, add, subscriptions
from storage.tables.numbers import numbered

NOW = datetime(2026, 2, 16, 6, tzinfo=UTC)
NEAR = NewsFilter(near=Circle(Point.of(43.238, 76.945), 2000), news=("completed", "budget"))
DAILY = Schedule("daily", 0, 9)


def after(store: Store, less: Less, *wanted: tuple[NewsFilter, Schedule]) -> tuple[Subscribed, ...]:
    """What two chats have when the first of them wants less; the other's must not change."""
    with store.writing() as session:
        for chat in (1, 2):
            for one, schedule in wanted:
                add(session, chat, one, schedule, "kk", NOW)
        others = subscriptions(session, 2)
        assert lessen(session, 1, less, NOW) > 0
        assert subscriptions(session, 2) == others
        assert less not in possible(subscriptions(session, 1)) or less == "nearer"
        return subscriptions(session, 1)


def test_weekly_instead_of_daily(store: Store) -> None:
    (only,) = after(store, "weekly", (NEAR, DAILY))
    assert only.schedule == Schedule()
    assert only.filter == NEAR


def test_rarer_ones_come_with_the_others_of_the_cadence(store: Store) -> None:
    sunday = Schedule("weekly", 7, 10)
    found = after(store, "weekly", (NEAR, DAILY), (NewsFilter(), sunday))
    assert {each.schedule for each in found} == {sunday}
    assert len({each.due_at for each in found}) == 1


def test_the_same_twice_becomes_one(store: Store) -> None:
    found = after(store, "monthly", (NEAR, DAILY), (NEAR, Schedule()))
    assert [each.schedule for each in found] == [Schedule("monthly", 1, 18)]


def test_only_what_is_completed(store: Store) -> None:
    slips = NewsFilter(news=("slipped",))
    found = after(store, "completed", (NEAR, DAILY), (slips, DAILY))
    assert {each.filter.news for each in found} == {("completed",), ("slipped",)}


def test_a_step_nearer(store: Store) -> None:
    (only,) = after(store, "nearer", (NEAR, DAILY))
    assert only.filter.near is not None
    assert only.filter.near.radius_m == 1000


@pytest.mark.parametrize(
    ("wanted", "schedule", "expected"),
    [
        (NewsFilter(), Schedule("monthly", 1, 18), ()),
        (NewsFilter(), Schedule(), ("monthly",)),
        (NEAR, DAILY, ("weekly", "monthly", "completed", "nearer")),
        (
            NewsFilter(news=("budget",), projects=(7,)),
            Schedule("at_once", 0, 0),
            ("weekly", "monthly"),
        ),
    ],
)
def test_what_is_offered_fits(
    wanted: NewsFilter, schedule: Schedule, expected: tuple[Less, ...]
) -> None:
    assert possible([Subscribed(1, schedule, wanted, None)]) == expected


def test_the_numbers_of_an_empty_store(store: Store) -> None:
    with store.reading() as session:
        found = numbered(session)
    assert (found.districts, found.programmes, found.city) == ({}, {}, ())
