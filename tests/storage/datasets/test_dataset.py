"""The shipped data set, row by row against docs/format.md."""

import json
import re
from collections import Counter, defaultdict

import pytest

from storage.vocabulary import (
    AREAS,
    DISTRICTS,
    KINDS,
    LANGUAGES,
    PRECISIONS,
    SECTORS,
    UNITS,
)
from tests.storage.datasets.dataset import (
    ALMATY,
    CITY_MAP,
    FIRST,
    FOLDER,
    INDICATORS,
    PLACES,
    PROGRAMMES,
    PROJECTS,
    REGION,
    Row,
    inside,
    interval,
    latest,
    of,
    rows,
)

MAPS = ("OpenStreetMap", "World Resources Institute", "gis.smartalmaty.kz")
ABOUT_THE_SOURCE = ("source_title", "source_url", "stated_on")
OUTSIDE_THE_CITY = {"power-plant-3"}  # it heats the city and stands beside it
TABLES = ("projects", "projects.smartalmaty", "districts", "places", "programmes", "indicators")
COMPILED = (2026, 11, 30)  # nothing can have been stated after the data set was compiled
# No aliases; none of the sources tells of a project suspended or withdrawn.
STATUSES = {"announced", "planned", "in_progress", "final_stage", "completed", "cancelled"}
# Names that are written in Latin letters in every language.
BRANDS = re.compile(
    r"KazTigerTape|Chery|Changan|Haval|Astana Motors Manufacturing Kazakhstan|Almaty Business"
    r"|Nur Otan|Family|Promenade|Time City|MG City|Joo School Medeu|Flow Park|Market Plaza|BRT"
    r"|Dostyk Plaza|Esentai Mall|Moskva Metropolitan"
)
# Names that keep their Kazakh letters in Russian.
KAZAKH_NAMES = re.compile(
    r"Келешек мектептері|Нұрлы жер|Еңбек|Кедергісіз келешек|Ардагерлерді ардақтайық"
    r"|Бақытты отбасы|Жастар Отанға"
)
LATIN = re.compile(r"[A-Za-z]")
CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
KAZAKH_ONLY = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
# Kazakh names end in -ay and -ey, as the districts' do: Nauryzbay, Aksay.
OTHER_SPELLING = re.compile(r"\b[A-Z][a-z]*[ae]i\b")


# -- every table --------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_whole_and_clean(table: str) -> None:
    text = (FOLDER / f"{table}.csv").read_text(encoding="utf-8")
    assert "\r" not in text
    assert "\ufeff" not in text
    for row in rows(table):
        assert None not in row, row
        for column, cell in row.items():
            assert cell == " ".join(cell.split()), (table, column, cell)


@pytest.mark.parametrize("table", TABLES)
def test_the_header_is_the_descriptors(table: str) -> None:
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(found for found in package["resources"] if found["name"] == table)
    assert [field["name"] for field in resource["schema"]["fields"]] == list(rows(table)[0])
    assert resource["path"] == f"{table}.csv"


def test_the_descriptor_names_licences_and_every_publication() -> None:
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    licences = " ".join(licence["title"] for licence in package["licenses"])
    assert "© OpenStreetMap contributors" in licences
    assert "Open Database License" in licences
    assert set(package["titles"]) == set(LANGUAGES)
    listed = {source["title"] for source in package["sources"]}
    for row in PROJECTS + PROGRAMMES + INDICATORS:
        host = row["source_url"].partition("//")[2].partition("/")[0]
        assert not host or host.rstrip(".").removeprefix("www.") in listed, host


@pytest.mark.parametrize("table", ["projects", "projects.smartalmaty", "programmes", "indicators"])
def test_every_row_has_its_source(table: str) -> None:
    titles = defaultdict(set)
    for row in rows(table):
        assert row["source_title"], row
        if row["source_url"]:
            assert re.fullmatch(r"https?://[^\s/]+/\S*", row["source_url"]), row
            titles[row["source_url"]].add(row["source_title"])
        if row["stated_on"]:
            assert interval(row["stated_on"]).first <= COMPILED, row
    assert all(len(found) == 1 for found in titles.values()), titles


@pytest.mark.parametrize(
    "table", ["projects", "projects.smartalmaty", "programmes", "indicators", "places"]
)
def test_names_are_in_their_language(table: str) -> None:
    checked = 0
    for row in rows(table):
        for column, text in row.items():
            stem, _, language = column.rpartition("_")
            if stem not in {"title", "description", "name", "summary"} or not text:
                continue
            checked += 1
            if language == "en":
                assert not CYRILLIC.search(text), text
                assert not OTHER_SPELLING.search(BRANDS.sub("", text)), text
            else:
                assert not LATIN.search(BRANDS.sub("", text)), text
            if language == "ru" and table != "places":
                assert not KAZAKH_ONLY.search(KAZAKH_NAMES.sub("", text)), text
    assert checked > len(rows(table))


# -- projects.csv -------------------------------------------------------------------------------


def test_the_number_of_objects_and_rows() -> None:
    areas = Counter(row["area"] for row in FIRST.values())
    assert areas == {"almaty": 296, "almaty_region": 12}
    assert (len(rows("projects")), len(CITY_MAP)) == (390, 51)
    assert sum(bool(row["stated_on"]) for row in PROJECTS) == 399
    assert sum(any(row["latitude"] for row in of(key)) for key in FIRST) == 145
    assert max(row["stated_on"] for row in PROJECTS) == "2026-03-13"


def test_ids() -> None:
    assert all(ID.fullmatch(row["id"]) for row in PROJECTS)
    assert len({key.casefold() for key in FIRST}) == len(FIRST)


def test_every_object_has_three_titles_in_its_first_row() -> None:
    for key, row in FIRST.items():
        titles = [row[f"title_{language}"] for language in LANGUAGES]
        assert all(titles), key
        assert max(map(len, titles)) <= 80, titles
        assert titles[0] != titles[1], titles
    for language in LANGUAGES:
        repeated = Counter(row[f"title_{language}"] for row in FIRST.values())
        assert repeated.most_common(1)[0][1] == 1, repeated.most_common(3)


def test_an_address_stands_in_three_languages_beside_the_sources_own() -> None:
    for row in PROJECTS:
        given = [bool(row[f"address_{language}"]) for language in LANGUAGES]
        assert given == [bool(row["address"])] * 3, row
        assert not LATIN.search(BRANDS.sub("", row["address_kk"] + row["address_ru"])), row
        assert not KAZAKH_ONLY.search(KAZAKH_NAMES.sub("", row["address_ru"])), row
        assert not CYRILLIC.search(row["address_en"]), row
        assert not OTHER_SPELLING.search(row["address_en"]), row


def test_a_description_stands_in_all_languages_or_in_none() -> None:
    for row in PROJECTS:
        given = [bool(row[f"description_{language}"]) for language in LANGUAGES]
        assert all(given) or not any(given), row["id"]


def test_kinds_sectors_states_and_areas_are_canonical() -> None:
    for row in PROJECTS:
        first = FIRST[row["id"]] is row
        for column, known in (("kind", set(KINDS)), ("sector", set(SECTORS)), ("area", set(AREAS))):
            assert row[column] in known if first else not row[column], row
        assert not row["status"] or row["status"] in STATUSES, row
    for key, row in FIRST.items():
        assert KINDS[row["kind"]].sector == row["sector"], row
        assert latest(key, "status"), key


def test_districts_and_programmes_are_known() -> None:
    codes = {row["code"] for row in PROGRAMMES}
    for row in PROJECTS:
        districts = row["district"].split("|") if row["district"] else []
        assert districts == sorted(districts), row
        assert set(districts) <= set(DISTRICTS), row
        assert row["area"] != "almaty_region" or not districts, row
        assert not row["programme"] or set(row["programme"].split("|")) <= codes, row


def on_map(row: Row) -> bool:
    """Whether the row's source is a map, not a text that speaks of the project."""
    return any(name in row["source_title"] for name in MAPS)


def test_points_lie_where_they_should() -> None:
    for row in PROJECTS:
        precision = row["location_precision"]
        pointed = precision in {"exact", "street", "area"}
        assert bool(row["latitude"]) == bool(row["longitude"]) == pointed, row
        assert precision in {"", *PRECISIONS}, row
        if row["latitude"]:
            outside = FIRST[row["id"]]["area"] != "almaty" or row["id"] in OUTSIDE_THE_CITY
            assert inside(row, REGION if outside else ALMATY), row
    for row in FIRST.values():
        assert row["location_precision"], row
        if row["location_precision"] in {"district", "none"}:
            assert (row["location_precision"] == "district") == bool(row["district"]), row


def test_a_point_is_that_of_a_place_or_a_maps_own() -> None:
    places = {(row["latitude"], row["longitude"]): row["kind"] for row in PLACES}
    kinds = {"street": {"street"}, "area": {"microdistrict", "landmark", "market", "university"}}
    from_places = [row for row in PROJECTS if row["latitude"] and not on_map(row)]
    for row in from_places:
        kind = places[row["latitude"], row["longitude"]]
        assert kind in kinds[row["location_precision"]], row
    # Some places are known from listings of flats: no more objects take their points.
    assert len({row["id"] for row in from_places}) == 44


def test_a_map_says_where_and_nothing_else() -> None:
    may_say = {"id", "latitude", "longitude", "location_precision", "district"}
    for row in PROJECTS:
        if "OpenStreetMap" in row["source_title"] or "WRI" in row["source_title"]:
            said = {column for column, cell in row.items() if cell} - set(ABOUT_THE_SOURCE)
            assert {"latitude", "location_precision"} <= said <= may_say, row
            licence = "ODbL 1.0" if "OpenStreetMap" in row["source_title"] else "CC BY 4.0"
            assert licence in row["source_title"], row
            if row["district"]:  # only where no page names one
                named = {each["district"] for each in of(row["id"]) if not on_map(each)}
                assert named == {""}, row


def test_the_citys_map_stands_apart_and_can_be_taken_out() -> None:
    apart = [row for row in PROJECTS if "smartalmaty" in " ".join(row.values()).casefold()]
    assert apart == CITY_MAP
    rest = {row["id"] for row in rows("projects")}
    own: dict[str, Row] = {}
    for row in CITY_MAP:
        assert "gis.smartalmaty.kz" in row["source_title"], row
        assert (row["stated_on"], row["location_precision"]) == ("2024-07", "exact"), row
        assert row["starts_on"], row
        assert row["due_on"], row  # a plan: the map gives no day of completion
        assert not row["completed_on"], row
        own.setdefault(row["id"], row)
    assert all(row["title_kk"] for key, row in own.items() if key not in rest)
    assert not any(row["title_kk"] for key, row in own.items() if key in rest)


def test_exact_is_a_point_of_a_map() -> None:
    """And no street: of OpenStreetMap only what it has by a name or a number."""
    for row in PROJECTS:
        if row["location_precision"] == "exact":
            assert on_map(row), row
            kind = FIRST[row["id"]]["kind"]
            assert row in CITY_MAP or kind not in {"street", "road", "yard", "pedestrian_zone"}, row


def test_districts_stated_by_a_map_are_those_of_one_outline() -> None:
    by_point = {row["id"]: row["district"] for row in PROJECTS if on_map(row) and row["district"]}
    ours = {key: slug for key, slug in by_point.items() if FIRST[key] not in CITY_MAP}
    assert all("|" not in slug for slug in by_point.values())
    known = {key for key in ours if any(row in CITY_MAP for row in of(key))}
    assert set(ours) - known == {
        "street-pushkin",
        "green-zone-ussuriyskaya",
        "school-levitan",
        "circus-reconstruction",
    }


def test_nothing_rests_on_listings() -> None:
    for row in PROJECTS + PROGRAMMES + INDICATORS:
        assert not re.search(r"2gis|2гис|krisha", " ".join(row.values()), re.IGNORECASE), row


def test_money_and_capacity() -> None:
    for row in PROJECTS:
        for column in ("planned_kzt", "contracted_kzt", "spent_kzt"):
            assert re.fullmatch(r"([1-9]\d{6,12})?", row[column]), row
        assert bool(row["capacity"]) == bool(row["capacity_unit"]), row
        if row["capacity"]:
            assert re.fullmatch(r"\d+(\.\d+)?", row["capacity"]), row
            assert float(row["capacity"]) > 0, row
            assert row["capacity_unit"] in UNITS, row


def announced(row: Row) -> bool:
    """Whether the page announced an opening some days ahead (seven schools, see the docs)."""
    days = (row["stated_on"], row["due_on"], row["completed_on"])
    return days == ("2025-08-30", "2025-09-01", "2025-09")


def test_dates_are_real_and_in_order() -> None:
    for row in PROJECTS:
        dated = {c: interval(row[c]) for c in row if c.endswith("_on") and row[c] not in {"", "-"}}
        starts, due = dated.get("starts_on"), dated.get("due_on")
        completed, stated = dated.get("completed_on"), dated.get("stated_on")
        promised = dated.get("promised_on")
        assert not (starts and due) or due.last >= starts.first, row
        assert not (starts and completed) or completed.last >= starts.first, row
        assert not (completed and stated) or completed.first <= stated.last or announced(row), row
        assert not promised or due, row
        assert not (promised and stated) or promised.first <= stated.last, row
        assert not completed or row["status"] == "completed", row


def test_no_statement_is_told_twice() -> None:
    told = Counter(tuple(row.values()) for row in PROJECTS)
    assert told.most_common(1)[0][1] == 1
