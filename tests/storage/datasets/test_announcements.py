"""What the two announcements count and name: as figures with the words of what they count."""

import pytest

from storage import vocabulary
from storage.vocabulary import LANGUAGES
from tests.storage.datasets.dataset import FIRST, INDICATORS, PROGRAMMES, PROJECTS, Row, of

BY_CODE = {row["code"]: row for row in PROGRAMMES}
PARTY = ("kedergisiz_keleshek", "ardagerler", "bakytty_otbasy", "zhastar_otanga")


def figure(programme: str, code: str) -> Row:
    """The only row of a figure that one announcement gives."""
    found = [row for row in INDICATORS if (row["programme"], row["code"]) == (programme, code)]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("programme", "code", "value", "unit", "words"),
    [
        ("region_roadmap", "roadmap_measures", "113", "count", "Іс-шара"),
        ("region_roadmap", "roadmap_indicators", "24", "count", "индикатор"),
        ("region_roadmap", "roadmap_total_cost", "2600000000000", "KZT", "қаржы"),
        ("region_business", "entrepreneurs_supported", "250", "count", "кәсіпкер"),
        ("region_enbek", "microcredit_recipients", "2000", "count", "2 000-нан астам"),
        ("region_life_quality", "housing_m2", "5400000", "m2", "тұрғын үй"),
        ("region_nurly_zher", "housing_nurly_zher_m2", "1000000", "m2", "Соның ішінде"),
        ("region_roads", "roads_km", "4000", "km", "4 000 км-ден астам"),
        ("region_roads", "villages_with_better_roads", "118", "count", "ауыл"),
    ],
)
def test_the_roadmaps_figures_say_what_they_count(
    programme: str, code: str, value: str, unit: str, words: str
) -> None:
    row = figure(programme, code)
    assert (row["value"], row["unit"], row["value_type"]) == (value, unit, "target")
    assert words.casefold() in row["name_kk"].casefold()
    assert row["source_title"] == "Karasayinfo.kz"
    assert not row["stated_on"]  # its page shows no day


def test_figures_of_four_projects_stand_on_what_holds_them_never_on_each() -> None:
    whole = BY_CODE["region_party_projects"]
    assert (whole["starts_on"], whole["ends_on"], whole["parent"]) == ("2019", "2020", "")
    events = figure("region_party_projects", "party_project_events")
    people = figure("region_party_projects", "party_project_participants")
    assert (events["value"], people["value"]) == ("3000", "1200000")
    assert "3 000-ға жуық" in events["name_kk"]
    for row in (events, people):
        assert (row["value_type"], row["year"]) == ("actual", "2020")
        assert "Төрт жоба" in row["name_kk"]
    for part in PARTY:
        assert BY_CODE[f"region_{part}"]["parent"] == "region_party_projects"
        assert not [row for row in INDICATORS if row["programme"] == f"region_{part}"]
    for name in ("Кедергісіз келешек", "Ардагерлерді ардақтайық", "Бақытты отбасы"):
        assert f"«{name}»" in whole["summary_kk"]
        assert f"«{name}»" in whole["summary_ru"]


def test_programmes_that_an_announcement_names_have_words_of_their_own() -> None:
    for code in BY_CODE:
        assert code in vocabulary.PROGRAMMES, code
    for code, words in {
        "region_7_20_25": "7-20-25",
        "region_nurly_zher": "Нұрлы жер",
        "region_business_roadmap": "Бизнестің жол картасы",
        "region_simple_things_economy": "Қарапайым заттар экономикасы",
        "region_enbek": "Еңбек",
        "region_zhastar_otanga": "Жастар Отанға",
    }.items():
        row = BY_CODE[code]
        assert words in row["name_kk"], row
        assert all(row[f"summary_{language}"] for language in LANGUAGES), row


# -- what they name ------------------------------------------------------------------------------

REPUBLIC_DAY = "Kazinform: Алматыда Республика күніне орай 60-тан астам"
WITHOUT_ADDRESS = {
    "kk": "мекенжайы көрсетілмеген",
    "ru": "без адреса",
    "en": "without an address",
}


@pytest.mark.parametrize(
    ("project", "source", "day", "status"),
    [
        ("car-plant-industrial-zone", REPUBLIC_DAY, "2025-10-23", "final_stage"),
        ("factory-cartridge", REPUBLIC_DAY, "2025-10-23", "final_stage"),
        ("factory-glass", REPUBLIC_DAY, "2025-10-23", "final_stage"),
        ("sugar-plant-karabulak", "Karasayinfo.kz", "", "announced"),
        ("sugar-plant-alakol", "Karasayinfo.kz", "", "announced"),
    ],
)
def test_a_plant_that_an_announcement_names_has_its_statement(
    project: str, source: str, day: str, status: str
) -> None:
    (row,) = [row for row in of(project) if row["source_title"].startswith(source)]
    assert (row["stated_on"], row["status"], row["due_on"]) == (day, status, "")
    assert row["programme"] == ("republic_day" if day else "")


def test_what_an_announcement_alone_names_says_that_it_has_no_address() -> None:
    alone = {
        row["id"]: row
        for row in FIRST.values()
        if row["kind"] == "factory" and row["source_title"].startswith((REPUBLIC_DAY, "Karasay"))
    }
    assert len(alone) == 4
    for row in alone.values():
        assert (row["latitude"], row["location_precision"]) == ("", "none")
        for language, words in WITHOUT_ADDRESS.items():
            assert words in row[f"description_{language}"].casefold(), row


@pytest.mark.parametrize("project", ["sugar-plant-karabulak", "sugar-plant-alakol"])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "2022 жылдан бері Жетісу облысына қарайды"),
        ("ru", "С 2022 года это Жетысуская область"),
        ("en", "In Zhetysu region since 2022"),
    ],
)
def test_a_sugar_plants_card_says_which_region_it_lies_in_now(
    project: str, language: str, words: str
) -> None:
    row = FIRST[project]
    assert words in row[f"description_{language}"]
    assert row["area"] == "almaty_region"


def test_what_a_source_ties_to_republic_day_is_tagged_with_it_in_that_sources_row() -> None:
    tagged = [row for row in PROJECTS if "republic_day" in row["programme"].split("|")]
    assert {row["id"] for row in tagged} >= {"square-nazarbayev-gandhi", "school-220"}
    for row in tagged:
        assert row["source_title"], row
        assert row["stated_on"].startswith("2025-1"), row
