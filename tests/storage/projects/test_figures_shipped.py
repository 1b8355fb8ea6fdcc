"""Questions on the shipped data set, against sums over its CSV file, on both engines."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product

import pytest
from sqlalchemy.orm import Session

from storage.database.store import Store
from storage.imports import load_shipped
from storage.news.changes import changed, changed_between, new_since
from storage.projects.comparison import breakdown, compare
from storage.projects.figures import count, sums, top, undated
from storage.projects.listing import listing
from storage.projects.project_filter import EVERYWHERE, ProjectFilter
from storage.projects.summary import Listed
from storage.search.gazetteer import names_snapshot
from storage.values.partial_dates import parse_partial
from storage.values.ranges import Amount, Period
from storage.values.states import STATES
from storage.vocabulary import KINDS
from tests.storage.datasets import dataset

NOW = datetime(2026, 2, 20, tzinfo=UTC)
TODAY = date(2026, 2, 20)
IDS = list(dict.fromkeys(row["id"] for row in dataset.PROJECTS))
OF = {key: dataset.of(key) for key in IDS}


def latest(key: str, field: str) -> str:
    """The value that holds: a due date counts from its promise where that is told."""
    rows = [row for row in OF[key] if row[field]]
    if field == "due_on":
        rows.sort(key=lambda row: row["promised_on"] or row["stated_on"])
    return rows[-1][field].removeprefix("-") if rows else ""


ALSO = {
    "water_sewer_network": ("water_network", "sewer_network"),
    "metro_line": ("metro_station",),
}

PROJECTS = {
    key: {
        field: latest(key, field)
        for field in (
            *("kind", "status", "district", "area", "funding"),
            *("planned_kzt", "contracted_kzt", "spent_kzt"),
            *("completed_on", "due_on", "starts_on", "capacity", "capacity_unit"),
        )
    }
    for key in IDS
}


@pytest.fixture(scope="module")
def filled(shared_store: Store) -> Store:
    load_shipped(shared_store, clock=lambda: NOW)
    return shared_store


@pytest.fixture
def shipped(filled: Store) -> Iterator[Session]:
    with filled.reading() as session:
        yield session


def keys(shipped: Session, filters: ProjectFilter) -> set[str]:
    found = listing(shipped, filters, limit=1_000)
    assert found.total == len(found.items) == count(shipped, filters)
    return {each.key for each in found.items}


def expected(filters: ProjectFilter) -> set[str]:
    """By kind, status, district, area, period of completion and amount."""
    return {key for key, own in PROJECTS.items() if _passes(own, filters)}


def _passes(own: dict[str, str], filters: ProjectFilter) -> bool:
    district = set(own["district"].split("|"))
    money = [own[each] for each in ("planned_kzt", "contracted_kzt", "spent_kzt") if own[each]]
    amount, span = filters.amount, filters.period
    if amount and not (money and (amount.minimum or 0) <= int(money[0])):
        return False
    if span:
        done = dataset.interval(own["completed_on"]) if own["completed_on"] else None
        if own["status"] != "completed" or done is None or span.first is None or span.last is None:
            return False
        first, last = date(*done.first), date(*done.last)
        if first < span.first or last > span.last:
            return False
    return (
        (not filters.kinds or bool({own["kind"], *ALSO.get(own["kind"], ())} & set(filters.kinds)))
        and (not filters.statuses or own["status"] in filters.statuses)
        and (not filters.districts or not district.isdisjoint(filters.districts))
        and (filters.area is None or (own["area"] or "almaty") == filters.area)
    )


def test_every_kind_in_every_district_and_state(shipped: Session) -> None:
    kinds = [(), *((kind,) for kind in sorted({own["kind"] for own in PROJECTS.values()}))]
    slugs = [(), ("medeu",), ("alatau", "turksib"), ("nauryzbay",), ("auezov",)]
    states = [(), STATES["building"], STATES["planned"], STATES["completed"]]
    met = 0
    for kind, districts, statuses in product(kinds, slugs, states):
        for area in ("almaty", None):
            filters = ProjectFilter(kinds=kind, districts=districts, statuses=statuses, area=area)
            wanted = expected(filters)
            assert keys(shipped, filters) == wanted, filters
            met += bool(wanted)
    assert met > 200


@pytest.mark.parametrize(
    "span",
    [
        Period(date(2025, 1, 1), date(2025, 12, 31)),
        Period(date(2024, 1, 1), date(2025, 12, 31)),
        Period(date(2025, 9, 1), date(2025, 9, 30)),
        Period(date(2025, 10, 24), date(2025, 10, 24)),
        Period(date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_completed_in_a_period(shipped: Session, span: Period) -> None:
    for kinds in ((), ("school",), ("kindergarten",)):
        filters = ProjectFilter(kinds=kinds, period=span, period_of="completed", area=None)
        assert keys(shipped, filters) == expected(filters)
    september = ProjectFilter(
        period=Period(date(2025, 9, 1), date(2025, 9, 30)), period_of="completed"
    )
    found = undated(shipped, september)
    rough = expected(ProjectFilter(statuses=("completed",)))
    year = {key for key in rough if PROJECTS[key]["completed_on"] == "2025"}
    unknown = {key for key in rough if not PROJECTS[key]["completed_on"]}
    assert (found.rough, found.unknown) == (len(year), len(unknown))


def test_money(shipped: Session) -> None:
    for filters in (
        ProjectFilter(),
        EVERYWHERE,
        ProjectFilter(kinds=("factory",)),
        ProjectFilter(amount=Amount()),
    ):
        found, of = sums(shipped, filters), [PROJECTS[key] for key in expected(filters)]
        for field in ("planned", "contracted", "spent"):
            for payer, private in ((found.public, False), (found.private, True)):
                its = [own for own in of if (own["funding"] == "private") == private]
                known = [int(own[f"{field}_kzt"]) for own in its if own[f"{field}_kzt"]]
                money = getattr(payer, field)
                assert (money.known, money.of) == (len(known), len(its))
                assert money.kzt == (sum(known) if known else None)
    assert keys(shipped, ProjectFilter(amount=Amount(10**10))) == expected(
        ProjectFilter(amount=Amount(10**10))
    )
    dearest = top(shipped, ProjectFilter(), "dearest", TODAY, limit=1).items[0]
    most = max(expected(ProjectFilter()), key=lambda key: int(PROJECTS[key]["planned_kzt"] or 0))
    assert (dearest.listed.key, dearest.value) == (most, int(PROJECTS[most]["planned_kzt"]))


def test_groups_and_the_largest_school(shipped: Session) -> None:
    kinds = Counter(PROJECTS[key]["kind"] for key in expected(ProjectFilter()))
    groups = {group.key: group.projects for group in breakdown(shipped, "kind")}
    assert groups == kinds
    for group in compare(shipped, "district", ("medeu", "turksib")):
        assert group.projects == len(expected(ProjectFilter(districts=(group.key,))))
    schools = [PROJECTS[key] for key in expected(ProjectFilter(kinds=("school",)))]
    seats = [float(own["capacity"]) for own in schools if own["capacity_unit"] == "seats"]
    largest = top(shipped, ProjectFilter(kinds=("school",)), "largest", TODAY)
    assert (largest.unit, largest.items[0].value) == ("seats", max(seats))
    assert (largest.known, largest.total) == (len(seats), len(schools))


def test_what_changed_and_what_is_new(shipped: Session) -> None:
    assert changed(shipped, datetime(2000, 1, 1, tzinfo=UTC)).total == 0  # one import, no change
    since = date(2025, 9, 1)
    found = changed_between(shipped, since, filters=EVERYWHERE, limit=1_000)
    opened = {
        each.listed.key
        for each in found.items
        if any(one.field == "status" and one.new == "completed" for one in each.fields)
    }
    assert opened == {key for key in IDS if _opened_since(key, since.isoformat())}
    assert opened
    new = new_since(shipped, since, date(2025, 12, 31), EVERYWHERE, limit=1_000)
    span = Period(since, date(2025, 12, 31))
    assert {each.key for each in new.completed.items} == expected(
        ProjectFilter(period=span, period_of="completed", area=None)
    )
    assert new.announced.total > 0
    assert all(_first_heard(each) >= since for each in new.announced.items)


def _opened_since(key: str, since: str) -> bool:
    """It was known before, by whatever promise, but not as completed."""
    days = [_sorts(row["stated_on"]) for row in OF[key]]
    promises = [_sorts(row["promised_on"]) for row in OF[key] if row["promised_on"]]
    before = [row for row in OF[key] if row["status"] and _sorts(row["stated_on"]) < since]
    was = before[-1]["status"] if before else ""
    known = min(days + promises) < since
    return known and was != "completed" and latest(key, "status") == "completed"


def _sorts(partial: str) -> str:
    return f"{partial}-01-01"[:10] if partial else ""


ON_A_MAP = {"id", "latitude", "longitude", "location_precision"}
ABOUT_THE_ROW = {"stated_on", "source_title", "source_url"}


def _first_heard(listed: Listed) -> date:
    """The first day of the earliest row that tells more than where it lies on a map."""
    return min(
        parse_partial(row["stated_on"]).first
        for row in OF[listed.key]
        if any(value for name, value in row.items() if name not in ON_A_MAP | ABOUT_THE_ROW)
    )


def test_numbered_schools_are_found_by_number(shipped: Session) -> None:
    names, titles = names_snapshot(shipped), {each.id: each for each in _all(shipped)}
    for number in (174, 220, 221, 222, 224, 216, 131, 58, 16, 99):
        (found,) = names.find_project(number, ("school",))
        assert f"№{number}" in titles[found].titles.ru
    for number in (2, 178, 210, 1500, 2000):
        assert names.find_project(number, ("school",)) == []
    for kind in KINDS:
        assert names.find_project(None, (kind,)) == []


def _all(shipped: Session) -> tuple[Listed, ...]:
    return listing(shipped, EVERYWHERE, limit=1_000).items
