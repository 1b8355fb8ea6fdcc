"""What is overdue as a filter, due dates that moved, and projects named after a place."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.nearby.named import near
from storage.news.changes import moved_due
from storage.projects.comparison import rank
from storage.projects.figures import count, sums, top
from storage.projects.listing import listing
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed
from storage.values.pages import Page
from tests.storage.builder import CENTRE, TODAY, Builder

OVERDUE = ProjectFilter(overdue_on=TODAY, area=None)
FAR = Point.of(43.4, 77.2)


def keys(page: Page[Listed]) -> list[str]:
    return [each.key for each in page.items]


@pytest.fixture
def late(session: Session, builder: Builder) -> Session:
    """Two overdue projects in Medeu, one in Alatau; the others are not, or are no longer open."""
    for key, district, status, due, cost in (
        ("late-1", "medeu", "in_progress", "2026-01", 10),
        ("late-2", "medeu", "planned", "2025", 30),
        ("late-3", "alatau", "announced", "2026-02-19", 20),
        ("this-month", "alatau", "in_progress", "2026-02", 99),
        ("today", "alatau", "in_progress", "2026-02-20", 99),
        ("done", "alatau", "completed", "2025-01", 99),
        ("stopped", "alatau", "suspended", "2025-01", 99),
        ("undated", "alatau", "in_progress", "", 99),
    ):
        builder.project(
            key, districts=(district,), status=status, due_on=due, planned_kzt=cost, area="almaty"
        )
    builder.finish()
    return session


def test_only_what_is_overdue_is_counted_and_summed(late: Session) -> None:
    assert keys(listing(late, OVERDUE, order="due")) == ["late-2", "late-1", "late-3"]
    assert count(late, OVERDUE) == 3
    assert sums(late, OVERDUE).planned.kzt == 60
    dearest = top(late, OVERDUE, "dearest", TODAY)
    assert [each.listed.key for each in dearest.items] == ["late-2", "late-3", "late-1"]


def test_which_district_has_most_that_is_overdue(late: Session) -> None:
    first, second = rank(late, "district", OVERDUE).places
    assert [(each.key, each.projects) for each in first.groups] == [("medeu", 2)]
    assert [(each.key, each.projects) for each in second.groups] == [("alatau", 1)]


def test_due_dates_that_moved_since_they_were_promised(session: Session, builder: Builder) -> None:
    for key, first, now, heard in (
        ("moved", "2025-06", "2025-12", "2025-07"),
        ("moved-later", "2025", "2026-03-01", "2025-11-02"),
        ("kept", "2025-06", "2025-06", "2025-12"),
        ("never-promised", "", "2025-06", "2025-12"),
    ):
        builder.project(key, first_due_on=first, due_on=now, heard_on=heard, area="almaty")
    builder.finish()
    found = moved_due(session, ProjectFilter())
    assert [each.listed.key for each in found.items] == ["moved-later", "moved"]
    (change,) = found.items[1].fields
    assert (change.field, change.old, change.new) == ("due_on", "2025-06", "2025-12")
    assert str(change.told_on) == "2025-07"
    page = moved_due(session, ProjectFilter(), offset=1, limit=1)
    assert ([each.listed.key for each in page.items], page.total) == (["moved"], 2)


def test_a_project_named_after_a_place_is_near_it_without_a_point(
    session: Session, builder: Builder
) -> None:
    there = builder.project("there", point=CENTRE, area="almaty")
    builder.project("far", point=FAR, area="almaty")
    named = builder.project("named", area="almaty")
    builder.project("elsewhere", area="almaty")
    builder.finish()
    found = near(session, Circle(CENTRE, 500, (named,)))
    assert [each.id for each in found.items] == [named, there]
    assert [each.distance_m is None for each in found.items] == [True, False]
    assert count(session, ProjectFilter(near=Circle(CENTRE, 500, (named,)))) == 2
    assert count(session, ProjectFilter(near=Circle(CENTRE, 500))) == 1


def test_near_a_place_what_is_silent_stands_after_what_is_named_too(
    session: Session, builder: Builder
) -> None:
    day, names = date(2026, 2, 20), ("named-silent", "named", "near-silent", "near", "nearer")
    points = dict(zip(names[2:], (CENTRE, FAR, CENTRE), strict=True))
    numbers = [
        builder.project(
            key,
            point=points.get(key),
            area="almaty",
            silent_from=day if "silent" in key else None,
        )
        for key in names
    ]
    builder.finish()
    around = Circle(CENTRE, 50_000, tuple(numbers[:2]))
    pages = [near(session, around, today=day, offset=offset, limit=2) for offset in (0, 2, 4)]
    told = [each.key for page in pages for each in page.items]
    assert told == ["named", "nearer", "near", "named-silent", "near-silent"]
    assert [each.key for each in near(session, around).items] == [
        *("named-silent", "named", "near-silent", "nearer", "near"),
    ]
