"""Whole folders: districts, places, programmes, indicators and the shipped data set."""

from storage.database.store import Store
from storage.geo.points import Point
from storage.imports import SHIPPED, ImportOptions, check_and_import, load_shipped
from storage.tables.facts import District, Import, Indicator, Place, Programme
from storage.vocabulary import STATUSES
from tests.storage.imports.conftest import (
    ALL_TABLES,
    Importer,
    clock,
    errors,
    project,
    rows_of,
    warnings,
)


def test_a_folder_brings_all_its_tables(store: Store, importer: Importer) -> None:
    report = importer(
        store,
        {
            "projects.csv": "id,title_ru,district,programme\na,Дорога,talgar,villages\n",
            "districts.csv": "slug,kato,name_ru,area,population,latitude,longitude\n"
            "talgar,196200000,Талгарский район,almaty_region,230 000,43.3,77.2\n",
            "places.csv": "name_kk,kind,district,latitude,longitude,aliases\n"
            "Бесқайнар,landmark,talgar,43.22,77.11,Beskaynar\n",
            "programmes.csv": "code,parent,name_ru,source_title,planned_kzt\n"
            "villages,umbrella,Ауыл,Акимат,500\numbrella,,Зонтик,,\n",
            "indicators.csv": "programme,code,name_ru,unit,value_type,value,year,district\n"
            'villages,roads,Дороги,km,target,"4 000,5",2025,talgar\n'
            "villages,roads,Дороги,km,actual,-3,2024,\n",
            "datapackage.json": '{"title": "Область"}',
        },
    )
    assert errors(report) == []
    assert report.references == {"districts": 9, "places": len(rows_of(store, Place))} | {
        "programmes": len(rows_of(store, Programme)),
        "indicators": 2,
    }
    district = next(row for row in rows_of(store, District) if row["slug"] == "talgar")
    assert (district["population"], district["lat_e6"]) == (230_000, 43_300_000)
    assert project(store, "a")["district_no"] == district["id"]
    place = next(row for row in rows_of(store, Place) if row["name_kk"] == "Бесқайнар")
    assert (place["districts"], place["cell"]) == ("talgar", Point.of(43.22, 77.11).cell)
    assert "бескайнар" in place["stems"]
    programme = next(row for row in rows_of(store, Programme) if row["code"] == "villages")
    assert (programme["parent"], programme["planned_kzt"]) == ("umbrella", 500)
    figures = [(row["value_type"], row["value"]) for row in rows_of(store, Indicator)]
    assert figures == [("target", 4000.5), ("actual", -3.0)]
    (taken,) = rows_of(store, Import)
    assert (taken["state"], taken["title"]) == ("applied", "Область")
    assert taken["package"] == '{"title": "Область"}'


def test_a_landmark_later_called_a_mall_stays_one_place_a_street_does_not(
    sqlite_store: Store, importer: Importer
) -> None:
    head = "name_ru,kind,latitude,longitude\n"
    for kinds in (("landmark", "street"), ("mall", "microdistrict")):
        places = "".join(f"Заря,{kind},43.2,76.9\n" for kind in kinds)
        importer(sqlite_store, {"projects.csv": "id,title_ru\n", "places.csv": head + places})
    found = [row["kind"] for row in rows_of(sqlite_store, Place) if row["name_ru"] == "Заря"]
    assert sorted(found) == ["mall", "microdistrict", "street"]


def test_reference_rows_merge_by_key_and_blank_never_erases(
    sqlite_store: Store, importer: Importer
) -> None:
    empty = "id,title_ru\n"
    first = {"projects.csv": empty, "districts.csv": "slug,population,name_ru\nmedeu,100,\n"}
    importer(sqlite_store, first)
    again = importer(sqlite_store, first)
    assert again.state == "nothing"
    importer(
        sqlite_store,
        {"projects.csv": empty, "districts.csv": "slug,population_on\nmedeu,2025-01\n"},
    )
    district = next(row for row in rows_of(sqlite_store, District) if row["slug"] == "medeu")
    assert (district["population"], district["population_on"]) == (100, "2025-01")
    assert district["name_ru"] == "Медеуский район"


def test_the_shipped_data_set_twice(store: Store) -> None:
    report = load_shipped(store, clock)
    assert errors(report) == []
    assert report.exit_code == 0
    assert report.counts.projects_new > 50
    tables = {model.__tablename__: rows_of(store, model) for model in ALL_TABLES}
    again = check_and_import(store, SHIPPED, options=ImportOptions(), clock=clock)
    assert (again.state, again.counts.statements_added, again.references) == (
        "nothing",
        0,
        {"districts": 0, "places": 0, "programmes": 0, "indicators": 0},
    )
    assert {model.__tablename__: rows_of(store, model) for model in ALL_TABLES} == tables


def test_a_new_package_alone_is_recorded(sqlite_store: Store, importer: Importer) -> None:
    said = {"projects.csv": "id,title_ru\na,Сквер\n", "datapackage.json": '{"title": "A"}'}
    importer(sqlite_store, said)
    assert importer(sqlite_store, said).state == "nothing"
    assert importer(sqlite_store, said | {"datapackage.json": '{"title": "B"}'}).state == "imported"
    assert [row["title"] for row in rows_of(sqlite_store, Import)] == ["A", "B"]


def test_a_folder_may_hold_more_project_files(store: Store, importer: Importer) -> None:
    head = "id,title_ru,status,starts_on,due_on,stated_on,source_title\n"
    report = importer(
        store,
        {
            "projects.csv": head + "a,Дорога,planned,2024,,2025,Акимат\n",
            "projects.map.csv": head + "b,Мост,planned,,,2025,Карта\na,,in_progress,,,2025,Карта\n",
            "projects.first.csv": head + "a,,final_stage,,,2025,Газета\na,,,,2023,2024,Газета\n",
            "projects-old.csv": head + "c,Парк,planned,,,2025,Никто\n",
        },
    )
    assert (errors(report), report.counts.rows_read, report.counts.projects_new) == ([], 5, 2)
    found = project(store, "a")
    assert found["status_no"] == STATUSES["in_progress"].number  # of one day: the file read last
    assert project(store, "b")["title_ru"] == "Мост"
    (contradiction,) = warnings(report)
    assert contradiction.startswith("warning: projects.map.csv, row 3, due_on «2023»: a would now")


def test_a_problem_names_its_own_project_file(quiet_store: Store, importer: Importer) -> None:
    files = {
        "projects.csv": "id,title_ru\na,Дорога\n",
        "projects.map.csv": "id,title_ru,status\na,,planed\nb,,planned\n",
    }
    report = importer(quiet_store, files)
    assert [each.partition(":")[0] for each in errors(report)] == [
        "projects.map.csv, row 2, status «planed»",
        "projects.map.csv, row 3, title_kk",
    ]
