"""What is forgotten of the digests, and what stays because it keeps something from coming twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from storage.digests import retention
from storage.news.filters import NewsFilter, store_filter
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import remove
from storage.tables.subscriptions import Content, Delivery, StoredFilter, Subscription
from tests.storage.digest_world import World, almaty

START = almaty("2026-02-16 09:00")
FIRST = almaty("2026-02-20 18:00")
DAY = timedelta(days=1)
MONTHLY = Schedule("monthly", 1, 18)


@pytest.fixture
def told(world: World) -> World:
    """Six chats that were told."""
    for chat in range(1, 7):
        world.follow(chat, START)
    world.done("school", START + DAY)
    assert len(world.told(FIRST)) == 6
    return world


def left(world: World, model: type) -> int:
    return world.session.scalar(select(func.count()).select_from(model)) or 0


def test_old_deliveries_go_piece_by_piece(told: World) -> None:
    assert retention.forget_deliveries(told.session, FIRST) == 0
    assert retention.forget_deliveries(told.session, FIRST + DAY, limit=4) == 4
    assert retention.forget_deliveries(told.session, FIRST + DAY, limit=4) == 2
    assert retention.forget_deliveries(told.session, FIRST + DAY, limit=4) == 0


def test_what_another_cadence_would_tell_again_is_remembered(told: World) -> None:
    told.follow(1, START, schedule=MONTHLY)
    told.session.execute(
        Subscription.__table__.update()  # type: ignore[attr-defined]
        .where(col(Subscription.cadence) == "monthly")
        .values(cursor=0, told_before=True)
    )
    assert retention.forget_deliveries(told.session, FIRST + DAY) == 5
    assert told.session.scalars(select(col(Delivery.chat_id))).all() == [1]
    assert told.told(almaty("2026-03-01 18:00")) == {}


def test_what_was_not_sent_yet_stays(world: World) -> None:
    world.follow(1, START)
    world.done("school", START + DAY)
    world.plan(FIRST)
    assert retention.forget_deliveries(world.session, FIRST + 900 * DAY) == 0


def test_contents_that_nothing_names_go(told: World) -> None:
    assert retention.unnamed_contents(told.session)[0] == []
    retention.forget_deliveries(told.session, FIRST + DAY)
    unnamed, last = retention.unnamed_contents(told.session)
    assert len(unnamed) == 1
    told.follow(9, START)
    told.done("again", FIRST + DAY)
    told.plan(FIRST + 7 * DAY)
    assert retention.forget_contents(told.session, unnamed, last) == 1
    assert left(told, Content) >= 1


def test_a_content_that_is_named_meanwhile_stays(told: World) -> None:
    retention.forget_deliveries(told.session, FIRST + DAY)
    (unnamed,), last = retention.unnamed_contents(told.session)
    told.session.add(
        Delivery(
            chat_id=1,
            cadence="daily",
            period="2026-02-21",
            upto=1,
            content_id=unnamed,
            state="pending",
            planned_at=FIRST,
        )
    )
    told.session.flush()
    if last == 0:  # the numbers begin anew only where nothing is left
        last = -1
    assert retention.forget_contents(told.session, [unnamed], last) == 0


def test_filters_that_nobody_follows_go(told: World) -> None:
    session = told.session
    spare = store_filter(session, NewsFilter(kinds=("school",)))
    followed = told.follow(8, START, NewsFilter(kinds=("road",)))
    assert retention.unused_filters(session) == [spare]
    assert remove(session, 8, followed)
    unused = retention.unused_filters(session)
    assert len(unused) == 2  # that of the digests which went out is named by their content
    told.follow(9, START, NewsFilter(kinds=("school",)))
    assert retention.forget_filters(session, unused) == 1
    assert left(told, StoredFilter) == 2
