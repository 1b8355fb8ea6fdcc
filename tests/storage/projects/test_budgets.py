"""Money: every breakdown and filter against sums over plain dictionaries."""

from collections import defaultdict
from typing import Any

from sqlalchemy.orm import Session

from storage.projects.budgets import Breakdown, population, totals
from storage.projects.project_filter import ProjectFilter
from storage.projects.sums import Funds, Money, Total
from tests.storage import oracle
from tests.storage.builder import Builder

BREAKDOWNS: tuple[Breakdown, ...] = ("all", "district", "sector", "programme", "year")


def nowhere(columns: dict[str, Any]) -> str:
    return "citywide" if columns["location_precision"] == "city" else "none"


def keys_of(columns: dict[str, Any], by: Breakdown) -> tuple[str, ...]:
    districts, programmes = columns["districts"], columns["programmes"]
    return {
        "all": ("all",),
        "district": ("several",) if len(districts) > 1 else districts or (nowhere(columns),),
        "sector": (columns["sector"] or "unknown",),
        "programme": programmes or ("none",),
        "year": (columns["due_on"][:4] or "unknown",),
    }[by]


def funds(projects: list[oracle.Known]) -> Funds:
    sums = []
    for name in ("planned_kzt", "contracted_kzt", "spent_kzt"):
        known = [each.columns[name] for each in projects if each.columns[name] is not None]
        sums.append(Money(len(known), len(projects), sum(known) if known else None))
    return Funds(len(projects), *sums)


def total(key: str, projects: list[oracle.Known]) -> Total:
    private = [each for each in projects if each.columns["funding"] == "private"]
    return Total(key, funds([each for each in projects if each not in private]), funds(private))


def expected(known: list[oracle.Known], by: Breakdown, filters: ProjectFilter) -> set[Total]:
    groups: dict[str, list[oracle.Known]] = defaultdict(list)
    for each in known:
        if each.passes(filters):
            for key in keys_of(each.columns, by):
                groups[key].append(each)
    return {total(key, projects) for key, projects in groups.items()}


def test_sums_agree_with_plain_sums(builder: Builder, session: Session) -> None:
    known = oracle.made_up(builder, 300, seed=9)
    builder.finish()
    for filters in oracle.FILTERS:
        for by in BREAKDOWNS:
            found = totals(session, by, filters)
            wanted = expected(known, by, filters)
            if by == "all" and not wanted:
                wanted = {total("all", [])}
            assert set(found) == wanted, (by, filters)
            assert len(found) == len(wanted)


def test_breakdowns_come_in_their_own_order(builder: Builder, session: Session) -> None:
    for slug in ("medeu", "almaly"):
        builder.district(slug)
    builder.programme("later")
    builder.programme("earlier")
    builder.project("a", districts=("almaly", "medeu"), sector="utilities", due_on="2026")
    builder.project("b", districts=("almaly",), programmes=("earlier",), due_on="2024")
    builder.project("c", districts=("medeu",), programmes=("later",), sector="social")
    builder.project("d")
    builder.finish()
    keys = {by: [total.key for total in totals(session, by)] for by in BREAKDOWNS}
    assert keys["district"] == ["medeu", "almaly", "none", "several"]
    assert keys["sector"] == ["social", "utilities", "unknown"]
    assert keys["programme"] == ["later", "earlier", "none"]
    assert keys["year"] == ["2024", "2026", "unknown"]


def test_a_project_of_two_programmes_is_one_project(builder: Builder, session: Session) -> None:
    builder.project("a", programmes=("one", "two"), planned_kzt=10)
    builder.finish()
    by_programme = totals(session, "programme")
    assert [(each.key, each.planned) for each in by_programme] == [
        ("one", Money(1, 1, 10)),
        ("two", Money(1, 1, 10)),
    ]
    (whole,) = totals(session, "all")
    assert (whole.projects, whole.planned, whole.spent) == (1, Money(1, 1, 10), Money(0, 1, None))


def test_nothing_known_is_unknown_and_zero_is_known(builder: Builder, session: Session) -> None:
    builder.project("a", planned_kzt=0, contracted_kzt=None)
    builder.finish()
    (whole,) = totals(session, "all")
    assert (whole.planned, whole.contracted) == (Money(1, 1, 0), Money(0, 1, None))


def test_population_is_the_latest_known(builder: Builder, session: Session) -> None:
    builder.programme("city_budget", area="almaty")
    builder.programme("region", area="almaty_region")
    assert population(session) is None
    for value, year, stated_on in ((2_258_253, 2024, "2024-07"), (2_280_296, 2024, "2024-11-01")):
        builder.indicator(
            "city_budget", "population", value, value_type="actual", year=year, stated_on=stated_on
        )
    builder.indicator("city_budget", "population", 3_000_000, value_type="target", year=2030)
    builder.indicator(
        "city_budget", "population", 9, value_type="actual", year=2026, district="medeu"
    )
    builder.indicator("region", "population", 1_554_695, value_type="actual", year=2024)
    found = population(session)
    assert found is not None
    assert (found.value, str(found.on)) == (2_280_296, "2024-11-01")
    assert found.source is not None
    assert found.source.title == "gazette"
    region = population(session, "almaty_region")
    assert region is not None
    assert (region.value, str(region.on)) == (1_554_695, "2024")
