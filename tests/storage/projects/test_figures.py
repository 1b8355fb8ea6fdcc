"""Counts, sums, groups and orders of any combination of filters, against plain Python."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from storage.database.store import Store
from storage.geo.circle import Circle
from storage.geo.points import distance_m
from storage.nearby.named import near
from storage.nearby.within import nearby
from storage.news.recent import overdue
from storage.programmes.indicators import indicator_rows
from storage.projects.budgets import totals
from storage.projects.comparison import By, breakdown, compare, narrowed, rank
from storage.projects.figures import Ranked, count, per_resident, sums, top, undated
from storage.projects.listing import listing
from storage.projects.project_filter import EVERYWHERE, ProjectFilter
from storage.projects.sums import Money
from storage.values.orders import TopOrder
from storage.values.partial_dates import PartialDate
from storage.values.ranges import Amount, Period
from tests.storage import figures_oracle as oracle
from tests.storage.builder import CENTRE, Builder
from tests.storage.figures_oracle import Known

TODAY = date(2025, 11, 20)
ALL = 10_000
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

Check = Callable[[ProjectFilter, list[Known]], None]


@pytest.fixture(scope="module")
def known(shared_store: Store) -> list[Known]:
    """The projects of a made-up city, which no test changes."""
    with shared_store.writing() as session:
        builder = Builder(session)
        made = oracle.made_up(builder, 150, seed=7)
        builder.finish()
    return made


@pytest.fixture
def reading(shared_store: Store) -> Iterator[Session]:
    """A session that reads the made-up city."""
    with shared_store.reading() as session:
        yield session


def always(known: list[Known], check: Check) -> None:
    """Whatever is asked, with the projects that should pass."""

    @MANY
    @given(oracle.filters())
    def asked(filters: ProjectFilter) -> None:
        check(filters, [one for one in known if one.passes(filters)])

    asked()


def numbers(found: Sequence[Any]) -> list[int]:
    return [each.id for each in found]


def test_counts_sums_and_lists(reading: Session, known: list[Known]) -> None:
    def check(filters: ProjectFilter, passing: list[Known]) -> None:
        assert count(reading, filters) == len(passing)
        assert oracle.flat(sums(reading, filters)) == oracle.sums(passing)
        page = listing(reading, filters, limit=ALL)
        assert set(numbers(page.items)) == {one.id for one in passing}
        found = undated(reading, filters)
        expected = oracle.undated(known, filters) if filters.period else (0, 0)
        assert (found.rough, found.unknown) == expected

    always(known, check)


@pytest.mark.parametrize("by", get_args(By))
def test_groups(reading: Session, known: list[Known], by: By) -> None:
    def check(filters: ProjectFilter, passing: list[Known]) -> None:
        for each in (False, True):
            found = breakdown(reading, by, filters, each=each)
            assert len({group.key for group in found}) == len(found)
            expected = oracle.groups(passing, by, each=each)
            assert {group.key: oracle.flat(group) for group in found} == expected
            keyless = [group.key in {"several", "citywide", "none", "unknown"} for group in found]
            assert keyless == sorted(keyless)

    always(known, check)


@pytest.mark.parametrize("by", ["district", "sector", "programme", "year"])
def test_groups_are_those_of_the_budgets(reading: Session, known: list[Known], by: Any) -> None:
    filters = ProjectFilter(statuses=("completed", "in_progress"), area=None)
    assert breakdown(reading, by, filters) == totals(reading, by, filters)


@pytest.mark.parametrize("order", get_args(TopOrder))
def test_orders(reading: Session, known: list[Known], order: TopOrder) -> None:
    def check(filters: ProjectFilter, passing: list[Known]) -> None:
        found = top(reading, filters, order, TODAY, limit=ALL)
        assert (found.total, found.known) == (len(passing), len(found.items))
        listed = listing(reading, filters, order=order, today=TODAY, limit=ALL)
        assert sorted(numbers(listed.items)) == sorted(one.id for one in passing)
        if order not in {"newest", "oldest"}:
            values = [(_value(each.value), each.listed.id) for each in found.items]
            assert values == oracle.ranked(passing, order, TODAY)
            assert numbers(listed.items)[: found.known] == [number for _, number in values]
        pages = [top(reading, filters, order, TODAY, offset=at, limit=4) for at in range(0, 9, 4)]
        assert [each for page in pages for each in page.items] == list(found.items[:12])

    always(known, check)


def _value(value: Any) -> Any:
    """A date as its last day, by which what is due soonest is ranked."""
    return value.last if isinstance(value, PartialDate) else value


def _dates(items: Sequence[Ranked]) -> list[Any]:
    return [each.value for each in items]


def test_newest_and_oldest(session: Session, builder: Builder) -> None:
    new = builder.project("new", status="completed", completed_on="2025-11", heard_on="2025-11-12")
    old = builder.project("old", status="completed", completed_on="2019", heard_on="2025-11-13")
    begun = builder.project("begun", status="in_progress", starts_on="2018-05", heard_on="2024")
    silent = builder.project("silent")
    found = {order: top(session, ProjectFilter(), order, TODAY) for order in ("newest", "oldest")}
    assert [each.listed.id for each in found["newest"].items] == [old, new, begun]
    assert [each.listed.id for each in found["oldest"].items] == [begun, old, new]
    assert [str(each) for each in _dates(found["oldest"].items)] == ["2018-05", "2019", "2025-11"]
    assert (found["oldest"].known, found["oldest"].total) == (3, 4)
    completed = top(session, ProjectFilter(statuses=("completed",)), "newest", TODAY)
    assert [str(each) for each in _dates(completed.items)] == ["2025-11", "2019"]
    assert numbers(listing(session, ProjectFilter(), order="oldest").items)[-1] == silent


def test_who_is_latest_depends_on_today(session: Session) -> None:
    with pytest.raises(ValueError, match="depends on today"):
        listing(session, ProjectFilter(), order="latest")


@pytest.mark.parametrize("by", get_args(By))
def test_compared_keys_are_what_a_question_about_each_says(
    reading: Session, known: list[Known], by: By
) -> None:
    keys = {
        "district": ("medeu", "almaly", "nowhere"),
        "kind": ("road", "school"),
        "sector": ("transport", "social"),
        "year": ("2025", "2024", "2031"),
        "programme": ("roadmap", "schools"),
        "state": ("building", "completed"),
    }[by]

    def check(filters: ProjectFilter, _: list[Known]) -> None:
        found = compare(reading, by, (*keys, keys[0]), filters)
        assert [group.key for group in found] == list(keys)
        for group in found:
            alone = [one for one in known if one.passes(narrowed(filters, by, group.key))]
            assert oracle.flat(group) == oracle.sums(alone)

    always(known, check)


@pytest.mark.parametrize("by", get_args(By))
@pytest.mark.parametrize("measure", ["number", "money"])
def test_ranking(reading: Session, known: list[Known], by: By, measure: Any) -> None:
    def check(filters: ProjectFilter, passing: list[Known]) -> None:
        expected = oracle.groups(passing, by, each=measure == "number")
        for direction in ("most", "fewest"):
            found = rank(reading, by, filters, measure=measure, direction=direction)
            column = 0 if found.money is None else 2 + 2 * oracle.MONEY.index(f"{found.money}_kzt")
            values: list[Any] = []
            for place in found.places:
                sums_ = [oracle.flat(group) for group in place.groups]
                assert len({each[column] for each in sums_}) == 1
                assert place.position == 1 + len(values)
                values += [each[column] for each in sums_]
            assert values == sorted(values, reverse=direction == "most")
            if found.covered is not None:
                stated = oracle.sums(passing)[column - 1] or 0
                public = [one for one in passing if one.funding != "private"]
                assert (found.covered.known, found.covered.of) == (stated, len(public))
                assert bool(values) <= (2 * stated >= len(public))
            there = [*found.rest, *(group for place in found.places for group in place.groups)]
            nonzero = {each.key: oracle.flat(each) for each in there if each.projects}
            assert nonzero == expected
            assert not {"several", "none", "unknown"} & {
                group.key for place in found.places for group in place.groups
            }

    always(known, check)


def test_ties_and_districts_without_a_project(session: Session, builder: Builder) -> None:
    for slug in ("almaly", "medeu", "alatau", "turksib"):
        builder.district(slug)
    for number, slugs in enumerate((("medeu",), ("medeu", "alatau"), ("alatau",), ("almaly",))):
        builder.project(f"p{number}", districts=slugs, planned_kzt=None if number else 5)
    builder.project("p4", districts=("almaly",), planned_kzt=4)
    builder.project("p5", planned_kzt=3)
    builder.finish()
    most = rank(session, "district", EVERYWHERE)
    shown = [(at.position, [(each.key, each.projects) for each in at.groups]) for at in most.places]
    assert shown == [
        (1, [("almaly", 2), ("medeu", 2), ("alatau", 2)]),
        (4, [("turksib", 0)]),
    ]
    fewest = rank(session, "district", EVERYWHERE, direction="fewest")
    assert fewest.places[0].groups[0].key == "turksib"
    money = rank(session, "district", EVERYWHERE, measure="money")
    assert [group.key for place in money.places for group in place.groups] == [
        "medeu",
        "almaly",
    ]
    assert (money.money, {group.key for group in money.rest}) == (
        "planned",
        {"alatau", "several", "none"},
    )


def test_no_ranking_by_money_that_too_few_state(session: Session, builder: Builder) -> None:
    for number, slug in enumerate(("medeu", "almaly", "alatau", "medeu", "almaly")):
        builder.project(f"p{number}", districts=(slug,), planned_kzt=None if number > 1 else 9)
    builder.project("plant", districts=("alatau",), funding="private", planned_kzt=900)
    builder.finish()
    money = rank(session, "district", EVERYWHERE, measure="money")
    assert (money.places, money.covered) == ((), Money(2, 5, 18))
    assert {group.key for group in money.rest} == {"medeu", "almaly", "alatau"}
    builder.project("p5", districts=("alatau",), planned_kzt=1)
    builder.finish()
    assert rank(session, "district", EVERYWHERE, measure="money").places


def test_near_honours_every_filter(reading: Session, known: list[Known]) -> None:
    @MANY
    @given(oracle.filters(), st.sampled_from((150.0, 900.0, 5_000.0)))
    def asked(filters: ProjectFilter, radius_m: float) -> None:
        found = near(reading, Circle(CENTRE, radius_m), filters, limit=ALL)
        expected = sorted(
            (distance_m(CENTRE, one.point), one.id)
            for one in known
            if one.point and one.passes(filters) and one.in_circle(Circle(CENTRE, radius_m))
        )
        assert [(each.distance_m, each.id) for each in found.items] == expected
        second = near(reading, Circle(CENTRE, radius_m), filters, offset=2, limit=2)
        assert list(second.items) == list(found.items[2:4])
        assert second.total == found.total == len(expected)

    asked()


def test_overdue_honours_every_filter(reading: Session, known: list[Known]) -> None:
    def check(filters: ProjectFilter, passing: list[Known]) -> None:
        found = overdue(reading, TODAY, filters, limit=ALL)
        expected = oracle.ranked(passing, "latest", TODAY)
        assert [(each.days, each.listed.id) for each in found.items] == expected

    always(known, check)


@pytest.mark.parametrize(
    "filters",
    [
        ProjectFilter(period=Period()),
        ProjectFilter(amount=Amount()),
        ProjectFilter(contractors=("x",)),
        ProjectFilter(near=Circle(CENTRE, 1)),
        ProjectFilter(capacity_known=True),
        ProjectFilter(projects=(1,)),
    ],
)
def test_what_the_grids_index_cannot_tell_is_refused_and_not_ignored(
    session: Session, filters: ProjectFilter
) -> None:
    assert filters.of_one_row
    with pytest.raises(ValueError, match="index"):
        nearby(session, CENTRE, 500, filters)


def test_per_resident(session: Session, builder: Builder) -> None:
    builder.project("p", districts=("medeu",), planned_kzt=1_000_001, spent_kzt=None)
    builder.district("almaly", population=30)
    builder.finish()
    unknown = per_resident(session, ProjectFilter(districts=("medeu",)))
    assert (unknown.population, unknown.planned_kzt) == (None, None)
    assert per_resident(session).population is None
    builder.programme("budget", area="almaty")
    builder.indicator("budget", "population", 2_000, value_type="actual", year=2024)
    whole = per_resident(session)
    assert whole.population is not None
    assert (whole.population.value, whole.planned_kzt, whole.spent_kzt) == (2_000, 500, None)
    few = per_resident(session, ProjectFilter(districts=("almaly",)))
    assert few.population is not None
    assert (few.population.value, few.sums.projects, few.planned_kzt) == (30, 0, None)
    assert per_resident(session, ProjectFilter(districts=("almaly", "medeu"))).population is None


def test_indicators_by_programme_code_year_and_district(session: Session, builder: Builder) -> None:
    builder.indicator("bnu", "limit", 58, year=2022, value_type="limit", unit="KZT")
    builder.indicator("bnu", "limit", 92, year=2025, value_type="limit", stated_on="2024-09")
    builder.indicator("bnu", "projects", 7, year=2025, district="medeu", value_type="actual")
    builder.indicator("other", "limit", 1)
    rows = indicator_rows(session, "bnu")
    assert [(each.code, each.year, each.district) for each in rows] == [
        ("limit", 2022, None),
        ("limit", 2025, None),
        ("projects", 2025, "medeu"),
    ]
    (found,) = indicator_rows(session, "bnu", "limit", 2025)
    assert (found.value, found.value_type, str(found.stated_on)) == (92, "limit", "2024-09")
    assert found.source.title == "gazette"
    assert len(indicator_rows(session, code="limit")) == 3
    assert len(indicator_rows(session, district="medeu")) == 1
    assert len(indicator_rows(session, "bnu", district="")) == 2
    assert indicator_rows(session, "nobody") == []
