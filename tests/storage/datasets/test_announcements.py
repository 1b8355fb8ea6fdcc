"""What the two announcements count and name: as figures with the words of what they count."""

import pytest

from storage import vocabulary
from storage.vocabulary import LANGUAGES
from tests.storage.datasets.dataset import INDICATORS, PROGRAMMES, PROJECTS, Row

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


def test_what_a_source_ties_to_republic_day_is_tagged_with_it() -> None:
    tagged = {row["id"] for row in PROJECTS if "republic_day" in row["programme"].split("|")}
    assert {"square-nazarbayev-gandhi", "school-220"} <= tagged
