"""A filter says one thing: SQL selects exactly the rows of what passes in memory."""

import random
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.recent import unheard
from storage.projects.filter_memory import FACTS, facts_of, passes
from storage.projects.filter_sql import PROJECT, asked, clauses, conditions
from storage.projects.listing import listing
from storage.projects.programme_tree import codes_below, tree_of, with_below
from storage.projects.project_filter import EVERYWHERE, ProjectFilter
from storage.values.ranges import Amount
from tests.storage import figures_oracle as oracle
from tests.storage.builder import CENTRE, Builder

CIRCLES = st.builds(
    Circle,
    st.builds(
        lambda north, east: Point(CENTRE.lat_e6 + north, CENTRE.lon_e6 + east),
        *(st.integers(-20_000, 20_000), st.integers(-20_000, 20_000)),
    ),
    st.sampled_from((200, 700, 1_500.5, 8_000)),
    st.just(()) | st.lists(st.integers(1, 12), max_size=3).map(tuple),
)
WHOLE = st.builds(
    replace,
    oracle.filters(),
    near=CIRCLES,
    projects=st.lists(st.integers(1, 12), max_size=8).map(tuple),
    overdue_on=oracle.DAYS,
)
FIELDS = [each.name for each in fields(ProjectFilter) if each.name not in {"period_of", "to_come"}]


def only(wanted: ProjectFilter, chosen: set[str]) -> ProjectFilter:
    """The filter with these fields alone: with all of them hardly anything passes."""
    kept = {name: getattr(wanted, name) for name in chosen}
    return replace(EVERYWHERE, period_of=wanted.period_of, to_come=wanted.to_come, **kept)


TOGETHER = st.just({"period", "statuses"})  # what is due is open, unless statuses are given
FILTERS = st.builds(only, WHOLE, st.sets(st.sampled_from(FIELDS), max_size=3) | TOGETHER)


def by_sql(session: Session, wanted: ProjectFilter) -> set[int]:
    """What the conditions select with the values in them, and as a statement built once."""
    found = set(session.scalars(select(PROJECT.id).where(*conditions(wanted))))
    shape, values = asked(wanted)
    built = select(PROJECT.id).where(*clauses(shape))
    assert set(session.connection().scalars(built, values)) == found
    return found


def in_memory(session: Session, wanted: ProjectFilter) -> set[int]:
    programmes = with_below(tree_of(session), wanted.programmes)
    known = map(facts_of, session.execute(select(*FACTS)))
    return {each.number for each in known if passes(each, wanted, programmes)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 2**32),
    st.integers(1, 12),
    st.lists(FILTERS, min_size=8, max_size=16),
)
def test_the_rows_that_sql_selects_are_those_that_pass_in_memory(
    session: Session, seed: int, count: int, filters: list[ProjectFilter]
) -> None:
    with session.begin_nested() as nested:
        builder = Builder(session)
        known = oracle.made_up(builder, count, seed)
        first = min(one.id for one in known) - 1
        for each in filters:
            wanted = _numbered(each, first)
            told = by_sql(session, wanted)
            assert in_memory(session, wanted) == told, wanted
            plain = replace(wanted, near=None, overdue_on=None)
            assert by_sql(session, plain) == {one.id for one in known if one.passes(plain)}
            if day := wanted.overdue_on:
                late = replace(EVERYWHERE, overdue_on=day)
                visible = [one for one in known if one.status != "withdrawn"]
                expected = {one.id for one in visible if one.proven_late(day)}
                assert by_sql(session, late) == in_memory(session, late) == expected
                silent = unheard(session, day, EVERYWHERE, limit=100).items
                assert {each.id for each in silent} == {o.id for o in visible if o.unheard(day)}
                everyone = listing(session, EVERYWHERE, limit=100).items
                assert {each.id for each in everyone if each.is_unheard(day)} == {
                    each.id for each in silent
                }
                assert {each.id for each in everyone if each.overdue_days(day)} == expected
        nested.rollback()


def _numbered(wanted: ProjectFilter, first: int) -> ProjectFilter:
    """The filter with the numbers that this store gave its projects."""
    near = wanted.near
    if near is not None:
        near = replace(near, named=tuple(first + each for each in near.named))
    return replace(wanted, near=near, projects=tuple(first + each for each in wanted.projects))


@pytest.mark.parametrize("radius_m", [200, 2_000, 10_000])
def test_the_edge_of_a_circle_is_the_same_line(
    session: Session, builder: Builder, radius_m: int
) -> None:
    """Points within a few decimetres of the edge, on which a rounding would tell."""
    chance = random.Random(radius_m)
    north = radius_m / 111_195 * 1e6
    for number in range(60):
        lat = CENTRE.lat_e6 + chance.uniform(-1, 1) * north
        aside = max(0.0, north**2 - (lat - CENTRE.lat_e6) ** 2) ** 0.5 / 0.7285
        lon = CENTRE.lon_e6 + chance.choice((-1, 1)) * aside + chance.randrange(-30, 30)
        builder.project(f"p-{number}", point=Point(round(lat), round(lon)))
    wanted = replace(EVERYWHERE, near=Circle(CENTRE, radius_m))
    told = by_sql(session, wanted)
    assert 0 < len(told) < 60
    assert in_memory(session, wanted) == told


def test_a_programme_takes_in_all_below_it(session: Session, builder: Builder) -> None:
    for code, parent in (("a", ""), ("b", "a"), ("c", "b"), ("d", ""), ("x", "y"), ("y", "x")):
        builder.programme(code, parent)
    for codes in (("a",), ("b", "d"), ("x",), ("c", "a"), ("d", "d")):
        assert codes_below(session, codes) == with_below(tree_of(session), codes)
    assert codes_below(session, ("a", "x")) == {"a", "b", "c", "x", "y"}
    assert codes_below(session, ("nobody",)) == set()


def test_two_filters_in_one_statement_keep_their_own_values(
    session: Session, builder: Builder
) -> None:
    one = builder.project("one", programmes=("roads",), sector="social", area="almaty")
    two = builder.project("two", programmes=("schools",), point=CENTRE, area="almaty")
    builder.project("neither", programmes=("roads",), area="almaty")
    first = ProjectFilter(programmes=("roads",), sectors=("social",))
    second = ProjectFilter(programmes=("schools",), near=Circle(CENTRE, 300))
    numbers = select(PROJECT.id).where(*conditions(first))
    both = numbers.union(select(PROJECT.id).where(*conditions(second)))
    assert set(session.scalars(both)) == {one, two}


@pytest.mark.parametrize(
    ("amount", "passes_it"),
    [
        (Amount(100, None), True),
        (Amount(101, None), False),
        (Amount(None, 100), True),
        (Amount(None, 99), False),
        (Amount(100, 100), True),
        (Amount(), True),
    ],
)
def test_both_ends_of_an_amount_pass(
    session: Session, builder: Builder, amount: Amount, *, passes_it: bool
) -> None:
    number = builder.project("school", contracted_kzt=100, spent_kzt=7, area="almaty")
    builder.project("unknown", area="almaty")
    wanted = ProjectFilter(amount=amount)
    assert (
        by_sql(session, wanted) == in_memory(session, wanted) == ({number} if passes_it else set())
    )
