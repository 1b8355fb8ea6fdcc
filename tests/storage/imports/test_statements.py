"""Statements become projects: what the tables hold afterwards, on both engines."""

from datetime import date

import pytest

from storage.database.store import Store
from storage.geo.points import Point
from storage.tables.facts import (
    NO_DISTRICT,
    SEVERAL_DISTRICTS,
    Change,
    District,
    Import,
    Project,
    ProjectDistrict,
    ProjectProgramme,
    Source,
    StagedRow,
    Statement,
)
from storage.vocabulary import KINDS, SECTORS, STATUSES
from tests.storage.imports.conftest import (
    ALL_TABLES,
    NOW,
    Importer,
    project,
    rows_of,
    statements,
)

FULL = (
    "id,title_kk,title_ru,title_en,description_ru,sector,kind,status,district,area,address,"
    "address_kk,address_ru,address_en,funding,"
    "latitude,longitude,location_precision,programme,planned_kzt,contracted_kzt,spent_kzt,"
    "starts_on,due_on,completed_on,contractor,capacity,capacity_unit,photo_url,link,"
    "source_title,source_url,stated_on,promised_on\n"
    "sq-1,Гүлзар,Сквер «Гүлзар»,Gulzar square,Пруд и деревья,urban,square,operating,"
    "Медеуский район,almaty_city,ул. Ганди,Ганди к-сі,улица Ганди,Gandhi Street,Private,"
    "43.238949,76.945465,street,bnu|comfort_school,"
    '1 500 000 000,1400000000,0,2023-04,2024,2025-11,ТОО Строй,"4,16",га,'
    "https://example.kz/p.jpg,https://example.kz/sq,Акимат,https://example.kz/1,2025-11-10,2023-02\n"
)
STORY = (
    "id;title_ru;kind;status;due_on;completed_on;stated_on;source_title\n"
    "s1;Школа;school;in_progress;2025-08;;2025-01-10;Акимат\n"
    "s1;;;planned;2024;;2023-05;Акимат\n"
    "s1;;;completed;;2025-11;2025-11-13;Акимат\n"
)


def test_an_old_promise_that_is_recalled_is_not_the_present_one(
    store: Store, importer: Importer
) -> None:
    rows = (
        "id;title_ru;status;due_on;stated_on;promised_on\n"
        "p1;Парк;in_progress;2026-06;2025-03-01;\n"
        "p1;;in_progress;2024;2025-11-10;2023-02\n"
    )
    importer(store, rows)
    found = project(store, "p1")
    assert (found["due_on"], found["due_last"]) == ("2026-06", date(2026, 6, 30))
    assert (found["first_due_on"], found["first_promised_on"]) == ("2024", "2023-02")


def test_every_column_arrives(store: Store, importer: Importer) -> None:
    report = importer(store, FULL)
    assert (report.state, report.exit_code, report.problems) == ("imported", 0, [])
    found = project(store, "sq-1")
    point = Point.of(43.238949, 76.945465)
    districts = {row["slug"]: row["id"] for row in rows_of(store, District)}
    expected = {
        "title_kk": "Гүлзар",
        "title_ru": "Сквер «Гүлзар»",
        "title_en": "Gulzar square",
        "description_ru": "Пруд и деревья",
        "sector_no": SECTORS["urban_environment"].number,
        "kind_no": KINDS["square"].number,
        "status_no": STATUSES["completed"].number,
        "district_no": districts["medeu"],
        "districts": "medeu",
        "area": "almaty",
        "address": "ул. Ганди",
        "address_kk": "Ганди к-сі",
        "address_ru": "улица Ганди",
        "address_en": "Gandhi Street",
        "funding": "private",
        "lat_e6": point.lat_e6,
        "lon_e6": point.lon_e6,
        "cell": point.cell,
        "location_precision": "street",
        "programmes": "comfort_school|participatory_budget",
        "planned_kzt": 1_500_000_000,
        "contracted_kzt": 1_400_000_000,
        "spent_kzt": 0,
        "starts_on": "2023-04",
        "due_on": "2024",
        "due_first": date(2024, 1, 1),
        "due_last": date(2024, 12, 31),
        "completed_on": "2025-11",
        "completed_first": date(2025, 11, 1),
        "completed_last": date(2025, 11, 30),
        "first_due_on": "2024",
        "first_due_last": date(2024, 12, 31),
        "first_promised_on": "2023-02",
        "year": 2025,
        "contractor": "ТОО Строй",
        "capacity": 4.16,
        "capacity_unit": "ha",
        "photo_url": "https://example.kz/p.jpg",
        "link": "https://example.kz/sq",
        "heard_on": "2025-11-10",
        "status_on": date(2025, 11, 10),
        "silent_from": None,
        "updated_at": NOW,
    }
    assert {name: found[name] for name in expected} == expected
    assert rows_of(store, ProjectDistrict) == [
        {"project_id": found["id"], "district_id": districts["medeu"]}
    ]
    assert len(rows_of(store, ProjectProgramme)) == 2
    sources = {row["id"]: (row["title"], row["url"]) for row in rows_of(store, Source)}
    said_by = {sources[row["source_id"]] for row in rows_of(store, Statement)}
    assert said_by == {("Акимат", "https://example.kz/1")}
    promised = {row["field"]: row["promised_on"] for row in rows_of(store, Statement)}
    assert promised.pop("due_on") == "2023-02"
    assert set(promised.values()) == {""}


def test_statements_come_in_any_order(store: Store, importer: Importer) -> None:
    importer(store, STORY)
    found = project(store, "s1")
    assert found["status_no"] == STATUSES["completed"].number
    assert found["due_on"] == "2025-08"
    assert (found["first_due_on"], found["first_promised_on"]) == ("2024", "2023-05")
    assert found["first_due_last"] == date(2024, 12, 31)
    assert found["sector_no"] == SECTORS["social"].number  # the kind's own
    assert found["heard_on"] == "2025-11-13"
    assert statements(store, "s1", "status") == [
        ("in_progress", "2025-01-10"),
        ("planned", "2023-05"),
        ("completed", "2025-11-13"),
    ]


def test_the_same_file_again_changes_nothing(store: Store, importer: Importer) -> None:
    importer(store, STORY)
    tables = [model for model in ALL_TABLES if model is not StagedRow]
    before = {model.__tablename__: rows_of(store, model) for model in tables}
    report = importer(store, STORY)
    assert (report.state, report.exit_code) == ("nothing", 0)
    assert report.summary() == (
        "Nothing new: projects 0 new, 0 changed, 1 unchanged; statements 0 added; rows 0 refused"
    )
    assert report.changes == []
    assert {model.__tablename__: rows_of(store, model) for model in tables} == before


def test_an_old_file_changes_nothing(sqlite_store: Store, importer: Importer) -> None:
    old = "id,title_ru,status,stated_on\na,Сквер,planned,2024-01\n"
    importer(sqlite_store, old)
    importer(sqlite_store, "id,status,stated_on\na,completed,2025-01\n")
    report = importer(sqlite_store, old)
    assert report.counts.statements_added == 0
    assert project(sqlite_store, "a")["status_no"] == STATUSES["completed"].number


def test_late_news_of_older_days_joins_the_history_only(
    sqlite_store: Store, importer: Importer
) -> None:
    importer(sqlite_store, "id,title_ru,status,due_on,stated_on\na,Сквер,completed,2025,2025-01\n")
    report = importer(sqlite_store, "id,status,due_on,stated_on\na,planned,2024,2023-01\n")
    found = project(sqlite_store, "a")
    assert found["status_no"] == STATUSES["completed"].number
    assert (found["due_on"], found["first_due_on"]) == ("2025", "2024")
    assert report.counts.projects_changed == 1  # the first promise is an older one now
    assert [row["field"] for row in rows_of(sqlite_store, Change)] == ["created"]


def test_blank_never_erases_and_a_dash_does(store: Store, importer: Importer) -> None:
    head = "id,title_ru,address,planned_kzt,latitude,longitude,district,stated_on\n"
    importer(store, head + "a,Сквер,ул. Абая,100,43.2,76.9,medeu,2024\n")
    importer(store, head + "a,,,,,,,2025\n")
    assert project(store, "a")["planned_kzt"] == 100
    report = importer(store, head + "a,,-,-,-,-,-,2025\n")
    assert report.problems == []
    found = project(store, "a")
    assert found["address"] == ""
    assert (found["planned_kzt"], found["lat_e6"], found["cell"]) == (None, None, None)
    assert (found["districts"], found["district_no"]) == ("", NO_DISTRICT)
    assert found["location_precision"] == "none"
    assert rows_of(store, ProjectDistrict) == []
    assert statements(store, "a", "address") == [("ул. Абая", "2024"), ("", "2025")]


def test_unknown_days_sort_before_dated_ones(sqlite_store: Store, importer: Importer) -> None:
    importer(sqlite_store, "id,title_ru,status,stated_on\na,Сквер,completed,2020\na,,planned,\n")
    assert project(sqlite_store, "a")["status_no"] == STATUSES["completed"].number


def test_of_equal_days_the_later_row_holds(sqlite_store: Store, importer: Importer) -> None:
    importer(
        sqlite_store,
        "id,title_ru,status,stated_on\na,Сквер,completed,2020\na,,planned,2020-01-01\n",
    )
    assert project(sqlite_store, "a")["status_no"] == STATUSES["planned"].number


def test_changes_tell_what_became_different(store: Store, importer: Importer) -> None:
    importer(store, "id,title_ru,status,due_on,stated_on\na,Сквер,planned,2024,2023\n")
    report = importer(
        store,
        "id,status,due_on,latitude,longitude,planned_kzt,stated_on\n"
        "a,in_progress,2025-08,43.2,76.9,5 000,2024\n",
    )
    told = {row["field"]: (row["old"], row["new"]) for row in rows_of(store, Change)}
    expected = {
        "status": ("planned", "in_progress"),
        "due_on": ("2024", "2025-08"),
        "point": ("", "43.200000,76.900000"),
        "location_precision": ("none", "exact"),
        "planned_kzt": ("", "5000"),
    }
    assert told == expected | {"created": ("", "")}
    (change,) = report.changes
    assert set(change.fields) == {
        ("heard_on", "2023", "2024"),
        *((field, *values) for field, values in expected.items()),
    }
    assert "         due_on: 2024 -> 2025-08" in change.lines()
    assert "         planned_kzt: (unknown) -> 5000" in change.lines()
    imports = [row["id"] for row in rows_of(store, Import)]
    assert [row["import_id"] for row in rows_of(store, Change)] == [imports[0]] + [imports[1]] * 5


def test_several_districts_stand_under_each(store: Store, importer: Importer) -> None:
    importer(store, "id,title_ru,district\na,Набережная,medeu|Бостандық ауданы|751410000\n")
    found = project(store, "a")
    assert (found["districts"], found["district_no"]) == ("bostandyk|medeu", SEVERAL_DISTRICTS)
    assert found["location_precision"] == "district"
    assert len(rows_of(store, ProjectDistrict)) == 2
    importer(store, "id,district,stated_on\na,medeu,2025\n")
    assert len(rows_of(store, ProjectDistrict)) == 1


def test_sources_are_looked_up_again_when_there_are_many(
    sqlite_store: Store, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.imports.applying._SOURCES_KEPT", 10)
    monkeypatch.setattr("storage.imports.staging.BATCH_ROWS", 7)
    rows = [f"s{number:02},Сквер {number},Газета {number % 17}\n" for number in range(50)]
    importer(sqlite_store, "id,title_ru,source_title\n" + "".join(rows))
    titles = {row["id"]: row["title"] for row in rows_of(sqlite_store, Source)}
    values = {(row["value"], titles[row["source_id"]]) for row in rows_of(sqlite_store, Statement)}
    assert values == {(f"Сквер {number}", f"Газета {number % 17}") for number in range(50)}


def test_a_point_alone_is_exact_and_may_get_coarser(
    sqlite_store: Store, importer: Importer
) -> None:
    head = "id,title_ru,latitude,longitude,location_precision,stated_on\n"
    importer(sqlite_store, head + '"a",Сквер,"43,2",76.9,,2024\n')
    assert project(sqlite_store, "a")["location_precision"] == "exact"
    importer(sqlite_store, head + "a,,43.21,76.91,area,2025\n")
    assert project(sqlite_store, "a")["location_precision"] == "area"
    importer(sqlite_store, head + "a,,43.25,76.95,,2026\n")  # a point without words is exact again
    assert project(sqlite_store, "a")["location_precision"] == "exact"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (("in_progress,2025-03",), date(2025, 3, 1)),
        (("in_progress,2025-03", "final_stage,2024"), date(2025, 3, 1)),
        (("in_progress,2025-03", "final_stage,2026"), date(2026, 1, 1)),
        (("in_progress,",), None),
        (("in_progress,", "planned,2023-11-02"), date(2023, 11, 2)),
        (("in_progress,2025-03", "-,2025-04"), None),
        (("in_progress,2025-03", ",2026-04"), date(2025, 3, 1)),
        ((",2026-04",), None),
    ],
)
def test_since_when_the_status_is_told(
    store: Store, importer: Importer, told: tuple[str, ...], day: date | None
) -> None:
    """Only what speaks of the status counts: a map or a sum of a later day is no word of it."""
    rows = "".join(f"a,Школа,{each}\n" for each in told)
    importer(store, "id,title_ru,status,stated_on\n" + rows)
    assert project(store, "a")["status_on"] == day


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (("in_progress,2025-06,,2024-03-10",), date(2025, 7, 1)),  # the due date is later
        (("in_progress,2024-06,,2024-03-10",), date(2025, 3, 10)),  # the year's silence is
        (("in_progress,2024-06,,2024-03",), date(2025, 3, 31)),  # it may have been told late
        (("in_progress,2023,,2024-02-29",), date(2025, 3, 1)),
        (("in_progress,2024-06,,2024-03-10", ",,900,2026-01-05"), date(2025, 3, 10)),
        (("in_progress,2024-06,,2024-03-10", ",2024-09,,2024-05-02"), date(2025, 5, 2)),
        (("in_progress,2024-06,,2024-03-10", "final_stage,,,2026-01-05"), date(2027, 1, 5)),
        (("in_progress,2024-06-30,,",), date(2025, 6, 30)),  # spoken of as still to come
        ((",2024-06-30,,",), date(2025, 6, 30)),
        (("in_progress,,,2020",), None),
        (("completed,2024-06,,2024-07-10",), None),
        (("suspended,2024-06,,2024-03-10",), None),
    ],
)
def test_from_which_day_a_project_is_silent(
    store: Store, importer: Importer, told: tuple[str, ...], day: date | None
) -> None:
    """Past due, and for a year no word of its state or its dates; a sum is no such word."""
    rows = "".join(f"a,Школа,{each}\n" for each in told)
    importer(store, "id,title_ru,status,due_on,planned_kzt,stated_on\n" + rows)
    assert project(store, "a")["silent_from"] == day


@pytest.mark.parametrize("later", ["district", "none"])
def test_a_point_stays_as_exact_as_its_own_row_said(
    sqlite_store: Store, importer: Importer, later: str
) -> None:
    head = "id,title_ru,district,latitude,longitude,location_precision,status,stated_on\n"
    importer(
        sqlite_store,
        head + f"a,Школа,medeu,,,{later},planned,2025\n" + "a,,,43.2,76.9,area,,2013-12-21\n",
    )
    found = project(sqlite_store, "a")
    assert (found["location_precision"], found["lat_e6"]) == ("area", 43_200_000)
    importer(sqlite_store, head + "a,,,43.21,76.91,street,,2026\n")
    importer(sqlite_store, head + f"a,,medeu,,,{later},in_progress,2026\n")
    found = project(sqlite_store, "a")
    assert (found["location_precision"], found["lat_e6"]) == ("street", 43_210_000)
    importer(sqlite_store, head + "a,,,43.22,76.92,district,,2027\n")
    assert project(sqlite_store, "a")["location_precision"] == "district"


def test_where_a_thing_lies_is_not_news_of_it(sqlite_store: Store, importer: Importer) -> None:
    head = "id,title_ru,latitude,longitude,status,stated_on\n"
    importer(sqlite_store, head + "a,Сквер,,,planned,2025-03\na,,43.2,76.9,,2025-06\n")
    assert project(sqlite_store, "a")["heard_on"] == "2025-03"
    importer(sqlite_store, head + "a,,,,in_progress,2025-05\nb,Парк,43.2,76.9,,2025-06\n")
    assert project(sqlite_store, "a")["heard_on"] == "2025-05"
    assert project(sqlite_store, "b")["heard_on"] == "2025-06"


def test_defaults_speak_for_rows_without_their_own(sqlite_store: Store, importer: Importer) -> None:
    importer(
        sqlite_store,
        "id,title_ru,source_title,source_url,stated_on\n"
        "a,Сквер,,,\nb,Парк,Акимат,,2024\nc,Пруд,,https://c.kz/,\n",
        source_title="  Облако  ",
        source_url="https://cloud.kz/1",
        stated_on="2025-03",
    )
    sources = {row["id"]: (row["title"], row["url"]) for row in rows_of(sqlite_store, Source)}
    keys = {row["id"]: row["key"] for row in rows_of(sqlite_store, Project)}
    said = {
        keys[row["project_id"]]: (sources[row["source_id"]], row["stated_on"])
        for row in rows_of(sqlite_store, Statement)
    }
    assert said == {
        "a": (("Облако", "https://cloud.kz/1"), "2025-03"),
        "b": (("Акимат", ""), "2024"),
        "c": (("", "https://c.kz/"), "2025-03"),
    }
