"""Within a radius: counted and paged as brute force counts and pages."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from storage.geo.points import Point
from storage.nearby.within import nearby, without_point
from storage.projects.project_filter import ProjectFilter
from tests.storage import oracle
from tests.storage.builder import CENTRE, Builder


def test_agrees_with_brute_force(builder: Builder, session: Session) -> None:
    known = oracle.made_up(builder, 300, seed=3)
    builder.finish()
    chance = random.Random(6)
    for filters in oracle.FILTERS:
        point, radius = oracle.near(chance, 3_000), chance.choice((200, 1_000, 3_000, 10_000))
        expected = [each for each in oracle.nearest(known, point, filters) if each[0] <= radius]
        found = [
            nearby(session, point, radius, filters, offset=offset, limit=7)
            for offset in range(0, len(expected) + 1, 7)
        ]
        assert {page.total for page in found} == {len(expected)}
        items = [each for page in found for each in page.items]
        assert len({each.id for each in items}) == len(expected)
        metres = [each.distance_m for each in items]
        assert metres == pytest.approx([metre for metre, _ in expected], abs=0.11)


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_what_is_silent_comes_after_the_rest_by_its_own_distance(
    builder: Builder, session: Session, days: int
) -> None:
    """As brute force sorts it, across the pages of a circle."""
    known = oracle.made_up(builder, 300, seed=7)
    builder.finish()
    today, chance = oracle.SILENT_ON + timedelta(days=days), random.Random(8)
    silent = {
        each.id
        for each in known
        if each.columns["silent_from"] is not None and each.columns["silent_from"] <= today
    }
    for filters in oracle.FILTERS:
        point, radius = oracle.near(chance, 3_000), chance.choice((1_000, 3_000, 10_000))
        inside = [each for each in oracle.nearest(known, point, filters) if each[0] <= radius]
        alive = [each for each in inside if each[1] not in silent]
        expected = alive + [each for each in inside if each[1] in silent]
        found = [
            nearby(session, point, radius, filters, today=today, offset=offset, limit=7)
            for offset in range(0, len(expected) + 8, 7)
        ]
        assert {(page.total, page.alive) for page in found} == {(len(expected), len(alive))}
        items = [each for page in found for each in page.items]
        assert [each.id in silent for each in items] == [each[1] in silent for each in expected]
        assert [each.is_silent(today) for each in items] == [each.id in silent for each in items]
        metres = [each.distance_m for each in items]
        assert metres == pytest.approx([metre for metre, _ in expected], abs=0.11)
    assert bool(silent) == (days >= 0)


def test_nobody_is_silent_where_no_day_is_told(builder: Builder, session: Session) -> None:
    builder.project("silent", point=CENTRE, silent_from=date(2020, 1, 1))
    builder.project("north", point=Point(CENTRE.lat_e6 + 900, CENTRE.lon_e6))
    page = nearby(session, CENTRE, 1_000)
    assert [each.key for each in page.items] == ["silent", "north"]
    assert (page.alive, page.silent) == (2, 0)


def test_the_circle_is_a_circle(builder: Builder, session: Session) -> None:
    """1,000 m to the north are inside; the corner of the square around the circle is not."""
    builder.project("north", point=Point(CENTRE.lat_e6 + 8_990, CENTRE.lon_e6))  # 999.6 m
    builder.project("corner", point=Point(CENTRE.lat_e6 + 8_000, CENTRE.lon_e6 + 11_000))
    page = nearby(session, CENTRE, 1_000)
    assert [each.key for each in page.items] == ["north"]


def test_pages_say_where_they_are(builder: Builder, session: Session) -> None:
    numbers = [builder.project(f"p-{each}", point=CENTRE) for each in range(7)]
    first = nearby(session, CENTRE, 200, limit=5)
    assert [each.id for each in first.items] == numbers[:5]
    assert (first.end, first.has_more) == (5, True)
    second = nearby(session, CENTRE, 200, offset=first.end, limit=5)
    assert [each.id for each in second.items] == numbers[5:]
    assert (second.end, second.has_more) == (7, False)
    beyond = nearby(session, CENTRE, 200, offset=50)
    assert (beyond.items, beyond.total, beyond.has_more) == ((), 7, False)
    assert nearby(session, CENTRE, 200, offset=-3).items == first.items


def test_nothing_near(session: Session) -> None:
    assert nearby(session, CENTRE, 10_000).total == 0
    assert nearby(session, Point.of(0.0, -30.0), 10_000).total == 0


def test_without_point_lists_a_districts_projects_newest_heard_first(
    builder: Builder, session: Session
) -> None:
    builder.project("old", districts=("medeu",), heard_on="2024-05")
    builder.project("new", districts=("medeu", "almaly"), heard_on="2025-11-10", sector="social")
    builder.project("unheard", districts=("medeu",))
    builder.project("with-point", districts=("medeu",), point=CENTRE)
    builder.project("elsewhere", districts=("alatau",))
    builder.project("mistake", districts=("medeu",), status="withdrawn")
    page = without_point(session, ("medeu",))
    assert [each.key for each in page.items] == ["new", "old", "unheard"]
    assert page.total == 3
    social = ProjectFilter(sectors=("social",), districts=("alatau",))
    assert [each.key for each in without_point(session, ("medeu",), social).items] == ["new"]
    assert without_point(session, ()).total == 0


def test_without_point_what_is_silent_comes_last(builder: Builder, session: Session) -> None:
    today = date(2026, 2, 20)
    for key, heard_on, silent_from in (
        ("money-told", "2026-02", date(2025, 6, 1)),
        ("from-today", "2025-03", today),
        ("alive", "2025-01", None),
        ("from-tomorrow", "2024-05", today + timedelta(days=1)),
    ):
        builder.project(key, districts=("medeu",), heard_on=heard_on, silent_from=silent_from)
    page = without_point(session, ("medeu",), today=today, limit=3)
    assert [each.key for each in page.items] == ["alive", "from-tomorrow", "money-told"]
    assert (page.total, page.alive, page.silent) == (4, 2, 2)
    assert without_point(session, ("medeu",), today=today, limit=0).silent == 2
