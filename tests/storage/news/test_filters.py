"""A filter lets the same projects through as a condition as it does on the board of news."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.digests.deliveries import Item
from storage.digests.digest import told_page
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NEWS_KINDS, NewsFilter
from storage.news.matching import Board, latest_change, load_board
from storage.projects.filter_sql import conditions
from storage.tables.facts import Project
from tests.storage.builder import CENTRE
from tests.storage.digest_world import CITY_NEWS, World, almaty

START = almaty("2026-02-16 09:00")
points = st.builds(
    lambda north, east: Point(CENTRE.lat_e6 + north, CENTRE.lon_e6 + east),
    st.integers(-30_000, 30_000),
    st.integers(-30_000, 30_000),
)


def some(*codes: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), max_size=2, unique=True).map(tuple)


columns = st.fixed_dictionaries(
    {
        "point": st.none() | points,
        "districts": some("medeu", "alatau"),
        "kind": st.sampled_from(["", "school", "park"]),
        "sector": st.sampled_from(["", "social", "transport"]),
        "programmes": some("whole", "part", "other"),
        "area": st.sampled_from(["almaty", "almaty", "almaty_region"]),
    }
)
filters = st.builds(
    NewsFilter,
    news=st.just(NEWS_KINDS),
    districts=some("medeu", "alatau", "atlantis"),
    sectors=some("social", "transport"),
    kinds=some("school", "park"),
    programmes=some("whole", "part", "nobody"),
    near=st.none() | st.builds(Circle, points, st.sampled_from([200, 1_000, 3_000])),
    projects=st.just(()) | st.tuples(st.integers(1, 5)),
)


def _is_near(session: Session, board: Board, wanted: NewsFilter, told: set[int]) -> None:
    """Only what a filter with a point brought is told by distance."""
    news = board.matching(NewsFilter(news=NEWS_KINDS)) + board.matching(wanted)
    items = [Item(each.project, each.kind, each.change) for each in set(news)]
    page = told_page(session, [CITY_NEWS, wanted], items, "weekly", limit=100)
    near = {each.listed.id: each.listed.distance_m for each in page.items}
    measured = {number for number, metres in near.items() if metres is not None}
    assert measured == (told if wanted.near else set())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(columns, min_size=1, max_size=8), st.lists(filters, min_size=5, max_size=12))
def test_as_on_the_board(world: World, made: list[dict[str, str]], asked: list[NewsFilter]) -> None:
    session = world.session
    with session.begin_nested() as nested:
        town = World(session)
        town.builder.programme("whole")
        town.builder.programme("part", parent="whole")
        for number, given_columns in enumerate(made):
            town.done(f"{number}", START, **given_columns)
        board = load_board(session, 0, latest_change(session))
        for each in asked:
            wanted = each.canonical()
            told = {news.project for news in board.matching(wanted)}
            passed = select(col(Project.id)).where(*conditions(wanted))
            assert set(session.scalars(passed)) == told, wanted
            _is_near(session, board, wanted, told)
        nested.rollback()
