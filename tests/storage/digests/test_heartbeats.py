"""Once a month: nothing was new, but the bot is still here."""

from datetime import timedelta

import pytest

from storage.digests.heartbeats import chats_for_notes, plan_notes
from storage.news.filters import NewsFilter
from storage.subscriptions import subscribers
from storage.subscriptions.subscriptions import remove
from tests.storage.digest_world import AT_ONCE, CITY_NEWS, World, almaty

CHAT = 7_000_000_000
START = almaty("2026-02-16 09:00")  # a Monday
DAY = timedelta(days=1)
MONTH = almaty("2026-03-16 09:00")


@pytest.fixture
def quiet(world: World) -> World:
    """A chat that wants notes and heard nothing so far."""
    world.follow(CHAT, START)
    world.follow(CHAT, START, NewsFilter(districts=("medeu",)))
    assert subscribers.set_notes(world.session, CHAT, wanted=True)
    world.told(MONTH)
    return world


def test_a_note_after_a_month_without_news(quiet: World) -> None:
    assert plan_notes(quiet.session, MONTH - timedelta(seconds=1)) == 0
    assert plan_notes(quiet.session, MONTH) == 1
    assert plan_notes(quiet.session, MONTH) == 0
    (note,) = quiet.send(MONTH)
    assert (note.chat_id, note.cadence, note.period) == (CHAT, "note", "2026-03")
    assert (note.items, len(note.filters)) == ((), 2)


def test_at_most_one_a_month(quiet: World) -> None:
    notes = []
    for day in range(120):
        now = MONTH + day * DAY
        quiet.told(now)
        if plan_notes(quiet.session, now):
            notes.append(now)
    assert [f"{each:%m-%d}" for each in notes] == ["03-16", "04-16", "05-16", "06-16"]


def test_the_month_is_one_of_the_calendar(quiet: World) -> None:
    """From the 31st of a month to the last day of a shorter one."""
    late = almaty("2026-03-31 12:00")
    quiet.done("school", late)
    quiet.told(almaty("2026-04-03 18:00"))
    assert plan_notes(quiet.session, almaty("2026-05-03 17:59")) == 0
    quiet.told(almaty("2026-05-03 18:00"))
    assert plan_notes(quiet.session, almaty("2026-05-03 18:00")) == 1


def test_who_was_told_needs_no_note(quiet: World) -> None:
    quiet.done("school", MONTH - 3 * DAY)
    quiet.told(almaty("2026-03-20 18:00"))
    assert plan_notes(quiet.session, almaty("2026-03-21 09:00")) == 0
    quiet.told(almaty("2026-04-20 18:00"))
    assert plan_notes(quiet.session, almaty("2026-04-20 18:00")) == 1


def test_what_is_due_goes_first(quiet: World) -> None:
    friday = almaty("2026-03-20 18:00")
    quiet.done("school", friday - DAY)
    assert plan_notes(quiet.session, friday) == 0, "a digest is due, it may have news"
    assert quiet.plan(friday) == 1
    assert plan_notes(quiet.session, friday) == 0


def test_not_at_night(quiet: World) -> None:
    assert plan_notes(quiet.session, almaty("2026-03-16 22:00")) == 0
    assert plan_notes(quiet.session, almaty("2026-03-16 21:59")) == 1
    assert quiet.send(almaty("2026-03-16 22:00")) == []
    assert len(quiet.send(almaty("2026-03-17 08:00"))) == 1


def test_only_those_who_want_and_can_hear(quiet: World) -> None:
    for chat in range(1, 7):
        quiet.follow(chat, START)
        subscribers.set_notes(quiet.session, chat, wanted=chat != 1)
    subscribers.pause(quiet.session, 2, MONTH + DAY, START)
    subscribers.rest(quiet.session, 3, "blocked", START)
    remove(quiet.session, 4, 6)
    late = quiet.follow(5, START + DAY)
    assert late
    quiet.told(MONTH)
    assert set(chats_for_notes(quiet.session, MONTH, 10)) == {5, 6, CHAT}
    assert chats_for_notes(quiet.session, MONTH, 1) == (5,)
    assert plan_notes(quiet.session, MONTH, 2) == 2
    assert plan_notes(quiet.session, MONTH, 2) == 1


def test_who_came_later_waits_for_a_month(quiet: World) -> None:
    quiet.follow(1, START + DAY)
    subscribers.set_notes(quiet.session, 1, wanted=True)
    quiet.told(MONTH)
    assert chats_for_notes(quiet.session, MONTH, 10) == (CHAT,)


def test_what_is_told_at_once_is_looked_at_first(world: World) -> None:
    world.follow(CHAT, START, CITY_NEWS, AT_ONCE)
    subscribers.set_notes(world.session, CHAT, wanted=True)
    assert len(chats_for_notes(world.session, MONTH, 10)) == 1
    world.done("school", MONTH)
    assert chats_for_notes(world.session, MONTH, 10) == ()
