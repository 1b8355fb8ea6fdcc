"""The vocabulary's files: complete, without collisions, found by any of their names."""

from pathlib import Path

import pytest

from storage.vocabulary import (
    AREAS,
    DISTRICTS,
    KINDS,
    LANGUAGES,
    PRECISIONS,
    PROGRAMMES,
    SECTORS,
    STATUSES,
    UNITS,
    Entry,
    Table,
    by_number,
    files,
    find_area,
    find_district,
    find_kind,
    find_precision,
    find_programme,
    find_sector,
    find_status,
    find_unit,
    suggest,
)

# The lists of the data set's format (docs: the projects.csv table), pinned.
FORMAT_SECTORS = "social urban_environment transport utilities industry housing"
FORMAT_KINDS = """
    school school_extension kindergarten clinic hospital rehabilitation_centre
    active_longevity_centre college creative_centre sports_complex park square boulevard embankment
    pond public_space yard playground pedestrian_zone street facade street_lighting greening road
    bridge interchange water_network sewer_network water_sewer_network water_intake pumping_station
    heat_main power_plant gas_network factory housing other metro_station metro_line bus_line
    bus_stop stadium theatre cultural_venue market public_building school_kindergarten
"""
FORMAT_STATUSES = (
    "announced planned in_progress final_stage completed suspended cancelled withdrawn"
)
FORMAT_KIND_ALIASES = {
    "polyclinic": "clinic",
    "outpatient_clinic": "clinic",
    "heat_network": "heat_main",
    "power_heat_plant": "power_plant",
    "water_supply": "water_network",
    "sewer_collector": "sewer_network",
    "road_repair": "road",
    "kindergarten_repair": "kindergarten",
    "lake": "pond",
    "riverbed": "embankment",
    "fountain": "public_space",
    "metro": "metro_station",
    "brt": "bus_line",
    "museum": "cultural_venue",
    "circus": "cultural_venue",
    "zoo": "cultural_venue",
    "bazaar": "market",
}
FORMAT_STATUS_ALIASES = {
    "design": "planned",
    "tender": "planned",
    "operating": "completed",
    "commissioned": "completed",
    "delayed": "in_progress",
}
KATO = {
    "alatau": "751210000",
    "almaly": "751110000",
    "auezov": "751310000",
    "bostandyk": "751410000",
    "zhetysu": "751510000",
    "medeu": "751710000",
    "nauryzbay": "751810000",
    "turksib": "751910000",
}
TABLES: tuple[Table[Entry], ...] = (
    SECTORS,
    KINDS,
    STATUSES,
    AREAS,
    PRECISIONS,
    UNITS,
    PROGRAMMES,
)  # type: ignore[assignment]  # a table of kinds is read as a table of entries


def by_title(table: Table[Entry]) -> str:
    return table.title


def test_the_lists_of_the_format_are_complete() -> None:
    assert list(SECTORS) == FORMAT_SECTORS.split()
    assert list(KINDS) == FORMAT_KINDS.split()
    assert list(STATUSES) == FORMAT_STATUSES.split()
    assert list(PRECISIONS) == ["exact", "street", "area", "district", "none", "city"]
    assert list(AREAS) == ["almaty", "almaty_region"]


def test_the_programmes_that_come_with_the_program() -> None:
    assert list(PROGRAMMES) == [
        "republic_day",
        "participatory_budget",
        "comfort_school",
        "keleshek_schools",
        "region_roadmap",
        "region_business",
        "region_life_quality",
        "region_roads",
        "region_nurly_zher",
        "region_business_roadmap",
        "region_simple_things_economy",
        "region_enbek",
        "city_budget",
        "region_7_20_25",
        "region_party_projects",
        "region_kedergisiz_keleshek",
        "region_ardagerler",
        "region_bakytty_otbasy",
        "region_zhastar_otanga",
    ]


def test_a_programme_comes_after_its_parent_and_names_a_known_area() -> None:
    seen: set[str] = set()
    for programme in PROGRAMMES.values():
        assert programme.parent is None or programme.parent in seen
        assert programme.area is None or programme.area in AREAS
        seen.add(programme.code)
    assert PROGRAMMES["region_enbek"].parent == "region_business"
    assert PROGRAMMES["region_nurly_zher"].parent == "region_life_quality"


@pytest.mark.parametrize(("alias", "code"), FORMAT_KIND_ALIASES.items())
def test_kind_aliases_of_the_format(alias: str, code: str) -> None:
    assert find_kind(alias) is KINDS[code]


@pytest.mark.parametrize(("alias", "code"), FORMAT_STATUS_ALIASES.items())
def test_status_aliases_of_the_format(alias: str, code: str) -> None:
    assert find_status(alias) is STATUSES[code]


@pytest.mark.parametrize("alias", ["health", "sport", "education"])
def test_sector_aliases_of_the_format(alias: str) -> None:
    assert find_sector(alias) is SECTORS["social"]


def test_other_aliases_of_the_format() -> None:
    assert find_programme("bnu") is PROGRAMMES["participatory_budget"]
    assert find_programme("keleshek_mektepteri") is PROGRAMMES["keleshek_schools"]
    assert find_area("almaty_city") is AREAS["almaty"]


@pytest.mark.parametrize("table", TABLES, ids=by_title)
def test_every_entry_has_three_labels_and_a_number_of_its_own(table: Table[Entry]) -> None:
    assert [entry.number for entry in table.values()] == list(range(1, len(table) + 1))
    for entry in table.values():
        assert set(entry.labels) == set(entry.plurals) == set(LANGUAGES)
        assert all(entry.labels.values())
        assert all(entry.plurals.values())


@pytest.mark.parametrize("table", [SECTORS, KINDS, STATUSES, AREAS, PRECISIONS], ids=by_title)
def test_what_stands_on_a_screen_has_an_emoji(table: Table[Entry]) -> None:
    assert all(entry.emoji for entry in table.values())


@pytest.mark.parametrize("table", TABLES, ids=by_title)
def test_every_name_finds_its_entry_however_it_is_typed(table: Table[Entry]) -> None:
    for entry in table.values():
        for name in entry.names():
            for typed in (name, name.upper(), f"  {name} ", name.replace(" ", "-")):
                assert table.find(typed) is entry, typed
        assert table[entry.code] is entry
        assert by_number(table, entry.number) is entry


@pytest.mark.parametrize("table", [SECTORS, KINDS, STATUSES], ids=by_title)
def test_every_entry_has_words_of_each_language(table: Table[Entry]) -> None:
    for entry in table.values():
        latin = {name for name in entry.names() if name.isascii()}
        assert len(latin) >= 2, entry.code
        assert len(entry.names() - latin) >= 4, entry.code


def test_kinds_know_their_sector() -> None:
    assert {kind.sector for kind in KINDS.values()} == {*SECTORS, None}
    assert [kind.code for kind in KINDS.values() if kind.sector is None] == ["other"]
    assert KINDS["kindergarten"].sector == "social"
    assert KINDS["gas_network"].sector == "utilities"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("садик", "kindergarten"),
        ("балабакша", "kindergarten"),
        ("Бақша", "kindergarten"),
        ("ФОК", "sports_complex"),
        ("КНС", "pumping_station"),
        ("ТЭЦ-2", "power_plant"),
        ("ЖЭО", "power_plant"),
        ("аурухана", "hospital"),
        ("street-lighting", "street_lighting"),
        ("Children's playground", "playground"),
        ("Mектеп", "school"),  # the first letter is Latin
    ],
)
def test_words_of_the_street(text: str, code: str) -> None:
    assert find_kind(text) is KINDS[code]


@pytest.mark.parametrize("text", ["", " ", "-", "мектепп", "кінотеатр"])
def test_what_is_not_a_kind(text: str) -> None:
    assert find_kind(text) is None


def test_districts_with_their_kato_codes() -> None:
    assert {slug: district.kato for slug, district in DISTRICTS.items()} == KATO
    # The order of the Russian names, and of the Kazakh ones with ә beside а.
    russian = [district.names["ru"] for district in DISTRICTS.values()]
    assert russian == sorted(russian)
    for district in DISTRICTS.values():
        assert district.names["kk"] == f"{district.short_names['kk']} ауданы"
        assert district.names["ru"] == f"{district.short_names['ru']} район"
        assert district.names["en"] == f"{district.short_names['en']} district"


@pytest.mark.parametrize("slug", KATO)
def test_a_district_is_found_by_any_of_its_names(slug: str) -> None:
    district = DISTRICTS[slug]
    for name in district.all_names():
        for typed in (name, name.upper(), f"{name} ауданы", f"{name} р-н", f"{name} district"):
            assert find_district(typed) is district, typed


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Әуезов ауданы", "auezov"),
        ("ауезов", "auezov"),
        ("Ауэзовский", "auezov"),
        ("Жетісу", "zhetysu"),
        ("ЖЕТЫСУСКИЙ РАЙОН", "zhetysu"),
        ("Турксиб ауданы", "turksib"),
        ("р-н Медеуский", "medeu"),
        ("bostandyk", "bostandyk"),
        ("751810000", "nauryzbay"),
    ],
)
def test_districts_as_people_write_them(text: str, slug: str) -> None:
    assert find_district(text) is DISTRICTS[slug]


@pytest.mark.parametrize("text", ["", "район", "ауданы", "Алматы", "Есіл ауданы", "750000000"])
def test_what_is_not_a_district(text: str) -> None:
    assert find_district(text) is None


def test_areas_and_precisions() -> None:
    assert find_area("Алматинская область") is AREAS["almaty_region"]
    assert find_area("г. Алматы") is AREAS["almaty"]
    assert find_precision("микрорайон") is PRECISIONS["area"]
    assert find_precision("весь город") is PRECISIONS["city"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("орын", "seats"),
        ("мест", "seats"),
        ("м²", "m2"),
        ("m2", "m2"),
        ("КМ", "km"),
        ("%", "percent"),
    ],
)
def test_units(text: str, code: str) -> None:
    assert find_unit(text) is UNITS[code]


@pytest.mark.parametrize(
    ("amount", "kk", "ru", "en"),
    [
        (1, "орын", "место", "place"),
        (2, "орын", "места", "places"),
        (5, "орын", "мест", "places"),
        (11, "орын", "мест", "places"),
        (13, "орын", "мест", "places"),
        (21, "орын", "место", "places"),
        (104, "орын", "места", "places"),
        (112, "орын", "мест", "places"),
        (2.5, "орын", "места", "places"),
        (1500, "орын", "мест", "places"),
    ],
)
def test_the_word_after_a_number(amount: float, kk: str, ru: str, en: str) -> None:
    seats = UNITS["seats"]
    assert (seats.after(amount, "kk"), seats.after(amount, "ru"), seats.after(amount, "en")) == (
        kk,
        ru,
        en,
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [("shcool", "school"), ("бальница", "hospital"), ("kindergarden", "kindergarten")],
)
def test_a_misspelt_kind_gets_a_suggestion(typed: str, code: str) -> None:
    assert suggest(KINDS, typed)[0] == code


def test_suggestions_for_districts_and_for_nonsense() -> None:
    assert suggest(DISTRICTS, "Бостандыкскй р-н") == ["bostandyk"]
    assert suggest(KINDS, "ъъъъъъъ") == []
    assert suggest(KINDS, "") == []


def test_two_entries_cannot_claim_one_name_or_one_code() -> None:
    school = KINDS["school"]
    with pytest.raises(ValueError, match="kinds: the code school stands on two lines"):
        Table("kinds", [school, school], lambda kind: kind.names())
    with pytest.raises(ValueError, match="means both school and park"):
        Table("kinds", [school, KINDS["park"]], lambda kind: ["Мектеп"])


KIND_COLUMNS = "number,code,sector,emoji,kk,kk_plural,ru,ru_plural,en,en_plural,aliases"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "1,zoo,social,🦁,зообақ,,зоопарк,,zoo,,\n1,fort,social,🏰,қамал,,форт,,fort,,",
            "a number",
        ),
        ("1,zoo,social,🦁,зообақ,,,,zoo,,", "a label is missing"),
        ("1,zoo,animals,🦁,зообақ,,зоопарк,,zoo,,", "unknown sector animals"),
    ],
)
def test_a_slip_in_the_file_is_named(
    lines: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kinds.csv").write_text(f"{KIND_COLUMNS}\n{lines}\n", encoding="utf-8")
    monkeypatch.setattr(files, "_HERE", tmp_path)
    with pytest.raises(ValueError, match=message):
        files.load_kinds(SECTORS)


def test_a_new_kind_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = "1,zoo,social,🦁,зообақ,,зоопарк,,zoo,,menagerie"
    (tmp_path / "kinds.csv").write_text(f"{KIND_COLUMNS}\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(files, "_HERE", tmp_path)
    kinds = files.load_kinds(SECTORS)
    assert kinds.find("Menagerie") is kinds["zoo"]
    assert kinds["zoo"].plurals["ru"] == "зоопарк"


def test_an_unknown_number_is_an_error() -> None:
    with pytest.raises(KeyError):
        by_number(STATUSES, 99)
