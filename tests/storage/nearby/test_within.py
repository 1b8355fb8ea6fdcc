"""Within a radius: counted and paged as brute force counts and pages."""

import random

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
