"""What the shipped data set tells of single objects, and its tables besides projects.csv."""

import re
from collections import Counter, defaultdict

import pytest

from storage import vocabulary
from storage.values.place_kinds import PLACE_KINDS
from storage.vocabulary import AREAS, DISTRICTS, LANGUAGES
from tests.storage.datasets.dataset import (
    ALMATY,
    FIRST,
    INDICATORS,
    PLACES,
    PROGRAMMES,
    PROJECTS,
    due_dates,
    inside,
    latest,
    of,
    rows,
)

VALUE_TYPES = {"target", "actual", "baseline", "limit", "allocation"}
INDICATOR_UNITS = {"count", "KZT", "percent", "m2", "km", "persons"}
KATO = {
    "almaly": "751110000",
    "alatau": "751210000",
    "auezov": "751310000",
    "bostandyk": "751410000",
    "zhetysu": "751510000",
    "medeu": "751710000",
    "nauryzbay": "751810000",
    "turksib": "751910000",
}


def norm(name: str) -> str:
    return re.sub(r"[^\w]+", " ", name.casefold().replace("ё", "е")).strip()


# -- what is known of single objects ------------------------------------------------------------


def test_the_square_was_promised_for_2024_and_opened_in_november_2025() -> None:
    key = "square-nazarbayev-gandhi"
    assert len(of(key)) == 6  # five of the press and the map's
    promise = next(row for row in PROJECTS if row["promised_on"] == "2023-02")
    assert (promise["id"], promise["due_on"], promise["stated_on"]) == (key, "2024", "2025-11-10")
    assert due_dates(key) == ["2024", "2025-10-25"]
    assert (latest(key, "status"), latest(key, "completed_on")) == ("completed", "2025-11")
    assert not any(row["planned_kzt"] for row in of(key))  # one sponsor's part is not the cost


@pytest.mark.parametrize(
    ("key", "dates"),
    [
        ("lake-sairan", ["2024-05", "2025-05", "2025-06"]),
        ("factory-vysotnik", ["2019", "2020", "2021"]),
        ("school-alem-city", ["2024-09", "2025-09-01"]),
        ("school-174-extension", ["2025-02", "2025-08"]),
        ("kindergarten-shugyla", ["2024-09", "2025-05"]),
        ("road-sain-extension", ["2025-08", "2025-12"]),
        ("school-nurly-dala", ["2025", "2025-09-01"]),
        ("park-baum-grove", ["2024", "2024", "2026"]),
        ("clinic-sayaly", ["2024-03", "2024-06"]),
        ("clinic-karasu", ["2024-03", "2024-06"]),
        ("clinic-nurshashkan", ["2023-09", "2024-06"]),
        ("clinic-20-repair", ["2025-05"]),
        ("metro-kalkaman", ["2025", "2026-06", "2026-06"]),
        ("stadium-football", ["2027", "2027-12"]),
        ("park-mayak-grove", ["2022-10", "2024-12-31"]),
        ("school-131-extension", ["2026"]),
        ("power-plant-2-gas", ["2026-12-31", "2026-12", "2026-09"]),
        ("sewer-western-collector", ["2026-11"]),
        ("car-plant-multibrand", ["2024"]),
    ],
)
def test_promises_slip_in_this_order(key: str, dates: list[str]) -> None:
    assert due_dates(key) == dates


@pytest.mark.parametrize(
    ("key", "states"),
    [
        ("school-kuramys", ["in_progress", "completed"]),
        ("school-sabdenov", ["in_progress", "completed"]),
        ("school-nurly-dala", ["in_progress", "completed", "completed"]),
        ("school-alem-city", ["planned", "in_progress", "final_stage"]),
        ("sewer-western-collector", ["planned", "in_progress", "final_stage"]),
        ("car-plant-multibrand", ["in_progress", "completed"]),
        ("school-220", ["completed", "completed", "completed"]),
        ("school-99-reconstruction", ["in_progress", "final_stage"]),
        ("clinic-3-repair", ["completed", "in_progress"]),
        ("stadium-football", ["planned", "in_progress", "in_progress", "planned"]),
        ("road-raiymbek-voad", ["planned", "in_progress"]),
        ("theatre-sats", ["planned", "in_progress"]),
        ("square-rozybakiyev-duisenov", ["in_progress", "completed"]),
        ("yard-microdistrict-2-41-42", ["completed"]),
    ],
)
def test_states_follow_each_other(key: str, states: list[str]) -> None:
    assert [row["status"] for row in of(key) if row["status"]] == states


def test_seven_schools_were_announced_two_days_ahead_and_say_so() -> None:
    said = [row for row in PROJECTS if row["stated_on"] == "2025-08-30"]
    assert len({row["id"] for row in said}) == len(said) == 7
    for row in said:
        dates = (row["status"], row["due_on"], row["completed_on"])
        assert dates == ("completed", "2025-09-01", "2025-09"), row
        assert row["programme"] == "keleshek_schools"
        assert "2025 жылғы 30 тамызда хабарланды" in row["description_kk"]
        assert "объявили 30 августа 2025 года" in row["description_ru"]
        assert "announced on 30 August 2025" in row["description_en"]
        confirmed = "no later word" not in row["description_en"]
        assert confirmed == (row["id"] == "school-nurly-dala")


def test_a_month_that_was_inferred_is_not_given_and_a_day_of_an_article_is() -> None:
    assert [row["completed_on"] for row in of("school-220")] == ["2025", "2025-10-24", ""]
    assert [row["completed_on"] for row in of("school-222")] == ["2025"]
    assert latest("school-221", "completed_on") == latest("school-224", "completed_on") == "2025-08"


def test_a_short_street_gives_its_point_and_a_long_one_none() -> None:
    streets = {row["name_en"]: (row["latitude"], row["longitude"]) for row in PLACES}
    for key, street in (
        ("lighting-tulebayev", "Tulebayev Street"),
        ("sewer-muratbayev", "Muratbayev Street"),
        ("interchange-seifullin-zhansugurov", "Zhansugurov Street"),
        ("yard-dosmukhamedov-68", "Dosmukhamedov Street"),
    ):
        point = (latest(key, "latitude"), latest(key, "longitude"))
        assert (point, latest(key, "location_precision")) == (streets[street], "street")
    for key in (
        "lighting-seifullin",
        "yard-shevchenko-157",
        "school-raiymbek-210",
        "road-ryskulov-extension",
    ):
        assert not latest(key, "latitude")


def test_a_map_gives_a_point_where_a_name_does_not() -> None:
    for key, point, precision in (
        ("street-pushkin", ("43.26564", "76.95237"), "street"),  # the middle of its section
        ("school-99-reconstruction", ("43.27725", "76.98731"), "exact"),  # a school by its number
        ("park-baum-grove", ("43.30581", "76.94959"), "area"),  # 2.5 km long
        ("lake-sairan", ("43.24319", "76.86532"), "exact"),
        ("power-plant-2-gas", ("43.2935", "76.7992"), "exact"),
        ("region-school-satay", ("43.4479", "77.6253"), "area"),
    ):
        assert (latest(key, "latitude"), latest(key, "longitude")) == point, key
        given = [row for row in of(key) if row["latitude"]]
        assert [row["location_precision"] for row in given] == [precision], key
    for key in ("yard-tlendiyev-2g", "kindergarten-maulenov", "region-school-kyzyl-tu"):
        assert not latest(key, "latitude"), key


def test_what_a_newer_page_denies_is_taken_back() -> None:
    newest = of("clinic-3-repair")[-1]
    assert (newest["stated_on"], newest["status"]) == ("2025-11-03", "in_progress")
    assert newest["completed_on"] == "-"
    assert [row["id"] for row in PROJECTS if "-" in row.values()] == ["clinic-3-repair"]


def test_whose_money_it_is_is_said_by_the_page() -> None:
    funded = defaultdict(set)
    for row in PROJECTS:
        if row["funding"]:
            funded[row["funding"]].add(row["id"])
            assert row["funding"] in {"public", "private"}, row
    assert not funded["public"] & funded["private"]
    assert {"car-plant-multibrand", "factory-vysotnik", "tennis-alatau"} <= funded["private"]
    assert {"school-sayaly-2", "kindergarten-45-repair"} <= funded["public"]
    for key in ("square-nazarbayev-gandhi", "heat-city-2025", "factory-glass"):  # mixed, not said
        assert not latest(key, "funding"), key


def test_money_is_told_apart() -> None:
    contracted = {row["id"]: row["contracted_kzt"] for row in PROJECTS if row["contracted_kzt"]}
    assert contracted == {
        "fountains-repair-4": "5600000000",
        "brt-raiymbek": "39900000000",
        "circus-reconstruction": "216000000",  # the design alone, and its description says so
    }
    assert "design alone" in of("circus-reconstruction")[1]["description_en"]
    for key in ("clinic-kuramys", "clinic-shugyla", "maternity-2", "stadium-football"):
        assert not latest(key, "planned_kzt"), key  # sums of two objects, or a part
    assert latest("power-plant-2-gas", "planned_kzt") == "388000000000"
    plant = [row["planned_kzt"] for row in of("car-plant-multibrand")]
    assert plant == ["100000000000", "202000000000"]
    assert not FIRST["factory-glass"]["planned_kzt"]  # a programme's support is not the cost


def test_only_what_a_page_links_with_republic_day_is_in_that_programme() -> None:
    linked = {row["id"] for row in PROJECTS if "republic_day" in row["programme"]}
    named = {"car-plant-industrial-zone", "factory-glass", "factory-cartridge"}
    assert linked == {"square-nazarbayev-gandhi", "school-220", *named}


# -- the other tables ---------------------------------------------------------------------------


def test_districts_have_their_kato_codes_and_no_invented_population() -> None:
    districts = rows("districts")
    assert {row["slug"]: row["kato"] for row in districts} == KATO
    for row in districts:
        assert row["area"] == "almaty"
        assert inside(row, ALMATY), row
        assert not row["population"] + row["population_on"] + row["population_source"], row
        assert [row["name_kk"], row["name_ru"], row["name_en"]] == [
            DISTRICTS[row["slug"]].names[language] for language in LANGUAGES
        ]


def test_places_are_whole_and_in_almaty() -> None:
    kinds = Counter(row["kind"] for row in PLACES)
    assert set(kinds) == set(PLACE_KINDS)
    assert (kinds["microdistrict"], kinds["street"], kinds["landmark"]) == (73, 110, 45)
    assert (kinds["metro_station"], kinds["mall"], kinds["university"]) == (11, 11, 7)
    assert (kinds["market"], kinds["estate"]) == (5, 1)
    for row in PLACES:
        assert row["name_kk"], row
        assert row["name_ru"], row
        assert row["name_en"], row
        assert row["district"], row
        assert set(row["district"].split("|")) <= set(KATO), row
        assert inside(row, ALMATY), row
    names = {row["name_ru"] for row in PLACES}
    assert not names & {"Улица Кенесары хана", "Улица Радостовца"}


def test_a_name_means_one_place() -> None:
    owners: dict[str, str] = {}
    for row in PLACES:
        own = {norm(row[f"name_{language}"]) for language in LANGUAGES}
        aliases = [norm(alias) for alias in row["aliases"].split("|") if alias]
        assert len(set(aliases)) == len(aliases), row
        assert not own & set(aliases), row
        for name in own | set(aliases):
            assert name, row
            assert name not in owners, (name, owners.get(name), row["name_ru"])
            owners[name] = row["name_ru"]
    districts = {norm(name) for district in DISTRICTS.values() for name in district.all_names()}
    assert not districts & set(owners)


def test_programmes_have_parents_and_three_names() -> None:
    codes = [row["code"] for row in PROGRAMMES]
    assert len(codes) == len(set(codes)) == 19
    assert set(vocabulary.PROGRAMMES) <= set(codes)
    for position, row in enumerate(PROGRAMMES):
        assert not row["parent"] or row["parent"] in codes[:position], row
        assert all(row[f"name_{language}"] for language in LANGUAGES), row
        assert all(row[f"summary_{language}"] for language in LANGUAGES), row
        assert row["area"] in {"", *AREAS}, row
    roadmap = next(row for row in PROGRAMMES if row["code"] == "region_roadmap")
    assert (roadmap["starts_on"], roadmap["ends_on"]) == ("2021", "2025")
    assert (roadmap["area"], roadmap["planned_kzt"]) == ("almaty_region", "2600000000000")


def test_indicators_are_well_formed() -> None:
    codes = {row["code"] for row in PROGRAMMES}
    names = defaultdict(set)
    told: Counter[tuple[str, ...]] = Counter()
    for row in INDICATORS:
        assert row["programme"] in codes, row
        assert re.fullmatch(r"[a-z0-9_]{1,40}", row["code"]), row
        assert row["value_type"] in VALUE_TYPES, row
        assert row["unit"] in INDICATOR_UNITS, row
        assert re.fullmatch(r"\d+(\.\d+)?", row["value"]), row
        assert re.fullmatch(r"(20\d\d)?", row["year"]), row
        assert row["district"] in {"", *KATO}, row
        names[row["programme"], row["code"]].add(tuple(row[f"name_{x}"] for x in LANGUAGES))
        key = ("programme", "code", "value_type", "year", "district", "source_url", "stated_on")
        told[tuple(row[column] for column in key)] += 1
    assert all(len(found) == 1 and all(next(iter(found))) for found in names.values()), names
    assert told.most_common(1)[0][1] == 1, told.most_common(2)


def values(programme: str, code: str, year: str = "2025", district: str = "") -> set[str]:
    """The values of an indicator as "type value"."""
    return {
        f"{row['value_type']} {row['value']}"
        for row in INDICATORS
        if (row["programme"], row["code"]) == (programme, code)
        and (row["year"], row["district"]) == (year, district)
    }


def test_the_announcement_of_republic_day() -> None:
    found = {row["code"]: row["value"] for row in INDICATORS if row["programme"] == "republic_day"}
    assert found == {
        "projects_total": "60",
        "social_projects": "20",
        "urban_environment_projects": "32",
        "industry_projects": "9",
        "utilities_projects": "4",
        "districts_covered": "8",
        "schools_opened": "4",  # told by another page, the day after
    }


def test_targets_stand_beside_what_was_reached_and_conflicts_side_by_side() -> None:
    assert values("region_business", "smb_share_grp") == {"target 37.8", "actual 46.3"}
    assert values("region_roadmap", "roadmap_measures") == {"target 113"}
    turksib = values("participatory_budget", "projects_launched", "2022", "turksib")
    promised = values("participatory_budget", "projects", "2022", "turksib")
    assert (promised, turksib) == ({"target 28"}, {"actual 11"})
    assert values("region_life_quality", "housing_m2") == {"target 5400000"}
    money = values("participatory_budget", "total_amount", "2024")
    assert money == {"allocation 15500000000", "allocation 12900000000"}
    nauryzbay = values("participatory_budget", "projects", district="nauryzbay")
    chosen = values("participatory_budget", "admitted_to_implementation", district="nauryzbay")
    assert (nauryzbay, chosen) == ({"target 34"}, {"actual 26"})


def test_the_votes_of_2022_add_up() -> None:
    votes = [
        int(row["value"])
        for row in INDICATORS
        if (row["code"], row["year"]) == ("admitted_to_vote", "2022") and row["district"]
    ]
    assert (len(votes), sum(votes)) == (8, 485)
    assert values("participatory_budget", "admitted_to_vote", "2022") == {"actual 485"}


def test_population_is_that_of_whole_areas() -> None:
    population = [row for row in INDICATORS if row["code"] == "population"]
    assert not any(row["district"] for row in population)
    newest = max(population, key=lambda r: (r["programme"] == "city_budget", r["stated_on"]))
    assert (newest["value"], newest["stated_on"]) == ("2280296", "2024-11-01")


def test_what_was_cut_off_in_its_source_is_not_used() -> None:
    assert not any("487200000000" in row["value"] for row in INDICATORS)
