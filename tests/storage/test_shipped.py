"""The queries on the data set that comes with the program."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from storage.database.store import Store
from storage.geo.points import Point
from storage.nearby.nearest import nearest
from storage.nearby.within import nearby, without_point
from storage.news.recent import completed_within, overdue
from storage.places.districts import districts
from storage.places.named import find_places
from storage.places.places import about_district, known_places
from storage.programmes.programmes import programme, programmes
from storage.projects.about import about, is_empty
from storage.projects.budgets import population, totals
from storage.projects.listing import by_key, card, listing
from storage.projects.project_filter import EVERYWHERE, ProjectFilter
from storage.search.search import search
from storage.vocabulary import DISTRICTS

TODAY = date(2026, 2, 20)


@pytest.fixture
def shipped(shipped_sqlite: Store) -> Iterator[Session]:
    with shipped_sqlite.reading() as session:
        yield session


def test_every_project_has_a_card(shipped: Session) -> None:
    page = listing(shipped, EVERYWHERE, limit=10_000)
    assert page.total == len(page.items) > 100
    for each in page.items:
        found = card(shipped, each.id, TODAY)
        assert found is not None
        assert found.facts, each.key
        assert each.titles.own("kk"), each.key
        assert each.titles.own("ru"), each.key
        assert each.titles.own("en"), each.key


def test_the_square_that_was_promised_for_2024(shipped: Session) -> None:
    number = by_key(shipped, "square-nazarbayev-gandhi")
    assert number is not None
    found = card(shipped, number, TODAY)
    assert found is not None
    assert found.listed.status == "completed"
    assert (str(found.first_promise), str(found.listed.first_promised_on)) == ("2024", "2023-02")
    (slip,) = found.slips
    assert (str(slip.from_due), slip.to_due.text[:7]) == ("2024", "2025-10")
    assert found.late_days == (date(2025, 11, 30) - date(2024, 12, 31)).days
    assert found.conflicts == {}


def test_every_district_is_near_something(shipped: Session) -> None:
    found = districts(shipped)
    assert {each.slug for each in found} == set(DISTRICTS)
    for each in found:
        assert each.point is not None
        assert each.projects > 0
        near = nearest(shipped, each.point, limit=3)
        assert len(near) == 3
        assert nearby(shipped, each.point, 10_000).total >= 1
        with_point = sum(
            item.point is not None
            for item in listing(shipped, ProjectFilter(districts=(each.slug,)), limit=1_000).items
        )
        listed = listing(shipped, ProjectFilter(districts=(each.slug,))).total
        assert without_point(shipped, (each.slug,)).total == listed - with_point


def test_every_place_is_found_by_its_names(shipped: Session) -> None:
    for each in known_places(shipped):
        for name in (each.names.kk, each.names.ru, each.names.en):
            found = find_places(shipped, name)
            assert each.id in {other.id for other in found}, name
            assert found[0].score == 1.0, name


def test_about_where_things_are(shipped: Session) -> None:
    known = {"Ақжар": "nauryzbay", "Алмагүл": "bostandyk", "Ақсай-4": "auezov"}
    for name, slug in known.items():
        place = next(each for each in known_places(shipped) if each.names.kk == name)
        assert about_district(shipped, place.point).districts == (slug,)
    far = about_district(shipped, Point.of(43.60, 77.40))
    assert far.districts == ()
    assert far.distance_m is not None
    assert far.distance_m > 3_000


def test_money_is_counted_once_and_covered(shipped: Session) -> None:
    (whole,) = totals(shipped, "all")
    by_district, by_sector = totals(shipped, "district"), totals(shipped, "sector")
    for parts in (by_district, by_sector, totals(shipped, "year")):
        assert sum(each.projects for each in parts) == whole.projects
        assert sum(each.planned.kzt or 0 for each in parts) == whole.planned.kzt
        assert sum(each.planned.known for each in parts) == whole.planned.known
    assert 0 < whole.planned.known < whole.projects
    found = population(shipped)
    assert found is not None
    assert found.value > 2_000_000


def test_programmes_and_their_indicators(shipped: Session) -> None:
    codes = {each.code: each for each in programmes(shipped)}
    assert codes["region_roads"].depth == 1
    assert codes["participatory_budget"].projects > 0
    roadmap = programme(shipped, "region_roadmap")
    assert roadmap is not None
    assert roadmap.facts.planned_kzt == 2_600_000_000_000
    republic_day = programme(shipped, "republic_day")
    assert republic_day is not None
    promised = {
        each.code: each.promised[0].value for each in republic_day.indicators if each.promised
    }
    assert promised["social_projects"] == 20
    assert promised["urban_environment_projects"] == 32


def test_news(shipped: Session) -> None:
    assert completed_within(shipped, TODAY, 365).total > 0
    late = overdue(shipped, TODAY, limit=100).items
    assert late
    assert [each.days for each in late] == sorted((each.days for each in late), reverse=True)
    assert all(each.days > 0 for each in late)


def test_search_finds_what_people_ask_for(shipped: Session) -> None:
    assert [each.key for each in search(shipped, "школа 220").projects.items] == ["school-220"]
    assert [each.key for each in search(shipped, "220 мектеп").projects.items] == ["school-220"]
    assert search(shipped, "полеклиника").mended
    assert search(shipped, "Қалқаман").places


def test_about_the_data(shipped: Session) -> None:
    assert not is_empty(shipped)
    found = about(shipped)
    assert found.projects > 100
    assert found.statements > found.projects
    assert found.package is not None
    assert any("OpenStreetMap" in licence.title for licence in found.package.licences)
    assert found.last_import is not None
    assert found.last_import.finished_at is not None
