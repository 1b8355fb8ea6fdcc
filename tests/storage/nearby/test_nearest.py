"""The nearest projects against a brute-force search, and the corners of the map."""

import random

import pytest
from sqlalchemy.orm import Session

from storage.geo.points import Point
from storage.nearby.nearest import REACH_M, nearest
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed
from tests.storage import oracle
from tests.storage.builder import CENTRE, Builder

# In storage order two candidates may be told apart by less than the storage resolution of 0.11 m.
SAME_M = 0.11


def agree(found: list[Listed], expected: list[tuple[float, int]]) -> None:
    metres = [each.distance_m or 0.0 for each in found]
    assert metres == pytest.approx([each for each, _ in expected], abs=SAME_M)
    for project, (distance, number) in zip(found, expected, strict=True):
        ties = {other for metre, other in expected if abs(metre - distance) <= SAME_M}
        assert project.id in ties | {number}


@pytest.mark.parametrize("count", [30, 400])
def test_agrees_with_brute_force(builder: Builder, session: Session, count: int) -> None:
    known = oracle.made_up(builder, count, seed=count)
    builder.finish()
    chance = random.Random(5)
    for filters in oracle.FILTERS:
        for spread in (300, 5_000, 40_000):
            point, limit = oracle.near(chance, spread), chance.choice((1, 3, 10, 25))
            max_m = chance.choice((500.0, 5_000.0, float(REACH_M)))
            found = nearest(session, point, limit=limit, filters=filters, max_m=max_m)
            everyone = oracle.nearest(known, point, filters)
            within = [each for each in everyone if each[0] <= max_m]
            agree(found, within[:limit])


def test_same_point_comes_in_the_order_of_numbers(builder: Builder, session: Session) -> None:
    numbers = [builder.project(f"p-{each}", point=CENTRE) for each in range(40)]
    found = nearest(session, CENTRE, limit=10)
    assert [each.id for each in found] == numbers[:10]
    assert {each.distance_m for each in found} == {0.0}


def test_empty_store_has_nothing(session: Session) -> None:
    assert nearest(session, CENTRE) == []
    assert nearest(session, CENTRE, filters=ProjectFilter(districts=("medeu",))) == []


@pytest.mark.parametrize(
    "point", [Point.of(0.0, -30.0), Point.of(-90.0, 0.0), Point.of(90.0, 180.0), Point.of(43, 51)]
)
def test_far_from_everything_there_is_nothing(
    builder: Builder, session: Session, point: Point
) -> None:
    builder.project("far-away", point=CENTRE)
    assert nearest(session, point) == []


def test_stops_at_the_given_reach(builder: Builder, session: Session) -> None:
    number = builder.project("in-town", point=CENTRE)
    builder.finish()
    outside = Point.of(CENTRE.latitude + 0.135, CENTRE.longitude)  # 15.0 km
    assert [each.id for each in nearest(session, outside)] == [number]
    assert nearest(session, outside, max_m=14_900) == []
    assert nearest(session, outside, limit=0) == []


def test_a_ring_is_searched_until_nothing_nearer_can_lie_outside(
    builder: Builder, session: Session
) -> None:
    """The far corner of the own cell is farther than the next cell's edge."""
    point = Point(43_238_600 // 5_000 * 5_000 + 10, 76_945_600 // 5_000 * 5_000 + 10)
    far_corner = Point(point.lat_e6 + 4_900, point.lon_e6 + 4_900)
    next_cell = Point(point.lat_e6 - 20, point.lon_e6)
    assert far_corner.cell == point.cell != next_cell.cell
    builder.project("far-corner", point=far_corner)
    builder.project("next-cell", point=next_cell)
    assert [each.key for each in nearest(session, point, limit=1)] == ["next-cell"]


def test_whole_rows_come_back(builder: Builder, session: Session) -> None:
    builder.project(
        "school-1",
        point=CENTRE,
        kind="school",
        sector="social",
        status="in_progress",
        districts=("medeu", "almaly"),
        title_ru="Школа",
        due_on="2026-09",
        first_due_on="2025",
        planned_kzt=0,
        location_precision="street",
    )
    (found,) = nearest(session, CENTRE, filters=ProjectFilter(districts=("almaly",)))
    assert (found.kind, found.sector, found.status) == ("school", "social", "in_progress")
    assert found.titles.shown("en") == "school-1 жобасы"
    assert found.titles.own("ru") == "Школа"
    assert found.districts == ("medeu", "almaly")
    assert (found.planned_kzt, found.spent_kzt) == (0, None)
    assert (str(found.due_on), str(found.first_due_on)) == ("2026-09", "2025")
    assert (found.point, found.precision) == (CENTRE, "street")


def test_what_the_grid_does_not_hold_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="neither dates nor money"):
        nearest(session, CENTRE, filters=ProjectFilter(capacity_known=True))
