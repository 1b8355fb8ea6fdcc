"""What is news, and which news pass a filter: against a plain oracle."""

import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NEWS_KINDS, NewsFilter, NewsKind
from storage.news.matching import latest_change, load_board
from storage.projects.filter_sql import conditions
from storage.tables.facts import Project
from storage.vocabulary import STATUSES
from tests.storage.builder import CENTRE
from tests.storage.digest_world import World, almaty

START = almaty("2026-02-16 09:00")
DAY = timedelta(days=1)
EVERYTHING = NewsFilter(news=NEWS_KINDS)
SLUGS, KINDS, SECTORS = (
    ("medeu", "almaly", "auezov"),
    ("school", "park"),
    ("social", "urban_environment"),
)
CODES = ("above", "below", "other")


def kinds_told(world: World, wanted: NewsFilter = EVERYTHING) -> list[str]:
    board = load_board(world.session, 0, latest_change(world.session))
    return sorted(each.kind for each in board.matching(wanted))


@pytest.mark.parametrize(
    ("field", "old", "new", "told"),
    [
        ("due_on", "2026-05", "2026-09", ["slipped"]),
        ("due_on", "2026-05", "2026-05-31", []),
        ("due_on", "2026-09", "2026-05", []),
        ("due_on", "", "2026-05", []),
        ("due_on", "2026-05", "", []),
        ("status", "planned", "in_progress", ["state"]),
        ("status", "announced", "planned", []),
        ("status", "in_progress", "suspended", ["state"]),
        ("status", "", "in_progress", []),
        ("planned_kzt", "100", "200", ["budget"]),
        ("contracted_kzt", "100", "90", ["budget"]),
        ("planned_kzt", "", "200", []),
        ("spent_kzt", "100", "200", []),
        ("title_kk", "a", "b", []),
        ("address", "a", "b", []),
        ("description_ru", "a", "b", []),
        ("point", "43.2,76.9", "43.3,76.9", []),
    ],
)
def test_what_is_news(world: World, field: str, old: str, new: str, told: list[str]) -> None:
    status = new if field == "status" else "in_progress"
    number = world.builder.project("school", status=status)
    world.changed(number, field, old, new, START)
    assert kinds_told(world) == told


def test_what_came_back_is_no_news(world: World) -> None:
    number = world.builder.project("school", status="in_progress", due_on="2026-05")
    world.changed(number, "due_on", "2026-05", "2026-09", START)
    world.changed(number, "due_on", "2026-09", "2026-05", START + DAY)
    world.changed(number, "status", "in_progress", "completed", START)
    world.changed(number, "status", "completed", "in_progress", START)
    assert kinds_told(world) == []


def test_several_news_of_one_project(world: World) -> None:
    number = world.builder.project("school", status="in_progress")
    world.changed(number, "planned_kzt", "100", "200", START)
    world.changed(number, "due_on", "2026-05", "2026-06", START)
    world.complete(number, START + DAY)
    assert kinds_told(world) == ["budget", "completed", "slipped", "state"]
    assert kinds_told(world, NewsFilter(news=("slipped",))) == ["slipped"]


@pytest.mark.parametrize(
    ("status", "completed_on", "told"),
    [
        ("planned", "", ["announced"]),
        ("", "", ["announced"]),
        ("suspended", "", []),
        ("completed", "2026-02-10", ["completed"]),
        ("completed", "2026", ["completed"]),
        ("completed", "2025-12-01", []),
        ("completed", "", []),
        ("withdrawn", "", []),
    ],
)
def test_what_comes_in_new(world: World, status: str, completed_on: str, told: list[str]) -> None:
    number = world.builder.project("school", status=status, completed_on=completed_on)
    world.builder.said(number, "status", status, "2026-02")
    world.changed(number, "created", "", "", START)
    world.changed(number, "planned_kzt", "1", "2", START)
    assert kinds_told(world) == told


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["2025-12-18"], True),  # the 60th day before
        (["2025-12-17"], False),
        (["2025-12"], False),  # it may have been the first of December
        (["2023-06", "2026-02-16"], False),
        (["2026-01", "2026-02-16"], True),
        (["", "2026-02-16"], False),
        ([""], False),
        ([], False),
    ],
)
def test_only_what_was_announced_lately_is_announced(
    world: World, days: list[str], told: bool
) -> None:
    """A list that is taken in brings what was announced years ago."""
    number = world.builder.project("school", status="announced")
    for day in days:
        world.builder.said(number, "status", "announced", day)
    world.builder.said(number, "point", "43.2,76.9", "2013-12-21")
    world.changed(number, "created", "", "", START)
    assert kinds_told(world) == (["announced"] if told else [])


def test_the_first_import_announces_nothing(world: World) -> None:
    number = world.builder.project("school", status="planned")
    world.builder.said(number, "status", "planned", "2026-02")
    world.import_id = world.builder.import_id
    world.changed(number, "created", "", "", START)
    assert kinds_told(world) == []


def test_completed_without_a_known_day_is_news_when_it_was_known_before(world: World) -> None:
    number = world.builder.project("school", status="in_progress")
    world.set(number, status_no=STATUSES["completed"].number)
    world.changed(number, "status", "in_progress", "completed", START)
    assert kinds_told(world) == ["completed", "state"]


def test_a_project_outside_the_city_is_told_to_who_follows_it(world: World) -> None:
    far = world.done("far", START, area="region", point=CENTRE)
    assert kinds_told(world, NewsFilter()) == []
    assert kinds_told(world, NewsFilter(projects=(far,))) == ["completed"]
    assert kinds_told(world, NewsFilter(near=Circle(CENTRE, 500))) == ["completed"]


def _random_project(world: World, chance: random.Random, number: int) -> None:
    point = Point(
        CENTRE.lat_e6 + chance.randrange(-30_000, 30_000),
        CENTRE.lon_e6 + chance.randrange(-40_000, 40_000),
    )
    project = world.builder.project(
        f"project-{number}",
        status="in_progress",
        kind=chance.choice(("", *KINDS)),
        sector=chance.choice(("", *SECTORS)),
        districts=tuple(chance.sample(SLUGS, chance.randrange(3))),
        programmes=tuple(chance.sample(CODES, chance.randrange(3))),
        point=chance.choice((None, point, point, point)),
        area=chance.choice(("almaty", "almaty", "region")),
    )
    changes: dict[str, Any] = {
        "completed": lambda: world.complete(project, START),
        "slipped": lambda: world.changed(project, "due_on", "2026", "2027", START),
        "budget": lambda: world.changed(project, "planned_kzt", "1", "2", START),
        "wording": lambda: world.changed(project, "title_kk", "a", "b", START),
    }
    changes[chance.choice(list(changes))]()


def _random_filter(chance: random.Random, count: int) -> NewsFilter:
    def some(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(chance.sample(codes, chance.choice((0, 0, 1, 2))))

    near = chance.choice((None, Point(CENTRE.lat_e6 + chance.randrange(9_000), CENTRE.lon_e6)))
    news: tuple[NewsKind, ...] = tuple(chance.sample(NEWS_KINDS, chance.randrange(1, 4)))
    return NewsFilter(
        news=news,
        districts=some(SLUGS),
        kinds=some(KINDS),
        sectors=some(SECTORS),
        programmes=some(CODES),
        near=Circle(near, chance.choice((200, 1_000, 3_000, 10_000))) if near else None,
        projects=chance.choice(((), (), (), (chance.randrange(1, count),))),
    ).canonical()


def _passing(world: World, wanted: NewsFilter) -> set[int]:
    """The numbers of the projects that pass, as the store's own query has them."""
    found = world.session.scalars(select(col(Project.id)).where(*conditions(wanted)))
    return {number or 0 for number in found}


@pytest.mark.parametrize("seed", range(4))
def test_matching_agrees_with_a_query_for_each_filter(world: World, seed: int) -> None:
    chance, count = random.Random(seed), 80
    world.builder.programme("above")
    world.builder.programme("below", parent="above")
    for number in range(count):
        _random_project(world, chance, number)
    board = load_board(world.session, 0, latest_change(world.session))
    everything = {
        (each.project, each.kind, each.change)
        for project in range(1, count + 1)
        for each in board.matching(NewsFilter(news=NEWS_KINDS, projects=(project,)))
    }
    matched = 0
    for _ in range(150):
        wanted = _random_filter(chance, count)
        passing = _passing(world, wanted)
        expected = {each for each in everything if each[0] in passing and each[1] in wanted.news}
        found = [each[:3] for each in board.matching(wanted)]
        assert len(found) == len(set(found))
        assert set(found) == expected, wanted
        matched += len(found)
    assert matched > 100
