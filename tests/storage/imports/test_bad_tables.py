"""Rows of districts, places, programmes and indicators that are refused, and why."""

from pathlib import Path

import pytest

from storage.database.store import Store
from storage.imports import check_and_import
from storage.tables.facts import District, Import, Indicator, Place, Programme, Source
from storage.values.place_kinds import PLACE_KINDS
from tests.storage.imports.conftest import Importer, clock, errors, rows_of, warnings, write

PROJECTS = "id,title_ru\na,Сквер\n"
BAD: list[tuple[str, str, str]] = [
    (
        "districts.csv",
        "slug,name_ru\n,Район\n",
        "row 2, slug: needed in every row",
    ),
    (
        "districts.csv",
        "slug\nНовый район\n",
        "row 2, slug «Новый район»: a code of 1 to 40 Latin letters, digits, _ or -",
    ),
    (
        "districts.csv",
        "slug,population\nmedeu,много\n",
        "row 2, population «много»: a whole number such as 230000 or 230 000",
    ),
    (
        "districts.csv",
        "slug,latitude,longitude\nmedeu,76.9,43.2\n",
        "row 2, latitude «76.9»: latitude and longitude are swapped",
    ),
    ("districts.csv", "name_ru\nРайон\n", "row 1, slug: a column named slug"),
    (
        "places.csv",
        "kind,latitude,longitude\nstreet,43.2,76.9\n",
        "row 2, name_kk: a name in at least one language",
    ),
    (
        "places.csv",
        "name_ru,kind,latitude,longitude\nАбая,avenue,43.2,76.9\n",
        "row 2, kind «avenue»: one of: " + ", ".join(PLACE_KINDS),
    ),
    (
        "places.csv",
        "name_ru,kind,latitude,longitude\nАбая,street,43.2,\n",
        "row 2, longitude: latitude and longitude are needed together",
    ),
    (
        "places.csv",
        "name_ru,kind,latitude,longitude\nАбая,street,,\n",
        "row 2, latitude: needed in every row",
    ),
    (
        "places.csv",
        "name_ru,kind,district,latitude,longitude\nАбая,street,Медэу,43.2,76.9\n",
        "row 2, district «Медэу»: unknown; did you mean medeu?",
    ),
    (
        "programmes.csv",
        "code,parent\nvillages,roadmapp\n",
        "row 2, parent «roadmapp»: unknown; known are: ",
    ),
    (
        "programmes.csv",
        "code,parent\nvillages,villages\n",
        "row 2, parent «villages»: another programme's code, or a blank cell",
    ),
    (
        "programmes.csv",
        "code,parent\nroads,villages\nvillages,roads\n",
        "code «roads»: it belongs to itself: roads, villages",
    ),
    (
        "programmes.csv",
        "code,planned_kzt\nroads,-1\n",
        "row 2, planned_kzt «-1»: an amount cannot be negative",
    ),
    ("programmes.csv", "code\nбюджет 1\n", "row 2, code «бюджет 1»: a code of 1 to 40"),
    (
        "indicators.csv",
        "programme,code,value_type,value\nroads,km,target,1\n",
        "row 2, programme «roads»: unknown;",
    ),
    (
        "indicators.csv",
        "programme,code,value_type,value\nbnu,km,goal,1\n",
        "row 2, value_type «goal»: one of: target, actual, baseline, limit, allocation",
    ),
    (
        "indicators.csv",
        "programme,code,value_type,value\nbnu,km,target,много\n",
        "row 2, value «много»: a number such as 113 or 37.8; its unit stands in unit",
    ),
    (
        "indicators.csv",
        "programme,code,value_type,value,year\nbnu,km,target,1,2021-2025\n",
        "row 2, year «2021-2025»: a year from 1900 to 2100",
    ),
    (
        "indicators.csv",
        "programme,code,value_type,value\nbnu,km,target,\n",
        "row 2, value: needed in every row",
    ),
    ("indicators.csv", "", "the file is empty"),
]


@pytest.mark.parametrize(("file", "said", "expected"), BAD)
def test_a_bad_row(
    quiet_store: Store, importer: Importer, file: str, said: str, expected: str
) -> None:
    report = importer(quiet_store, {"projects.csv": PROJECTS, file: said})
    (sentence,) = errors(report)
    assert sentence.removeprefix(f"{file}, ").removeprefix(f"{file}: ").startswith(expected)
    assert report.exit_code == 1
    assert (rows_of(quiet_store, Import), rows_of(quiet_store, District)) == ([], [])


def test_good_rows_beside_a_bad_one(sqlite_store: Store, importer: Importer) -> None:
    files = {
        "projects.csv": PROJECTS,
        "places.csv": "name_ru,kind,latitude,longitude,colour\n"
        "Пик Фурманова,landmark,43.12,77.12,\nАбая,avenue,43.2,76.9,\n",
    }
    report = importer(sqlite_store, files, skip_bad=True)
    assert (report.state, report.exit_code, report.counts.rows_refused) == ("partly", 3, 1)
    assert "Пик Фурманова" in {row["name_ru"] for row in rows_of(sqlite_store, Place)}
    assert warnings(report) == ["warning: places.csv, row 1, colour: unknown, not read"]


def test_a_broken_table_cannot_be_skipped(quiet_store: Store, importer: Importer) -> None:
    files = {"projects.csv": PROJECTS, "places.csv": "name_ru\nАбая\n"}
    report = importer(quiet_store, files, skip_bad=True)
    assert (report.state, report.exit_code) == ("refused", 1)


def test_a_table_that_is_a_folder(quiet_store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, {"projects.csv": PROJECTS})
    (path / "places.csv").mkdir()
    report = check_and_import(quiet_store, path, clock=clock)
    assert errors(report) == ["places.csv: the file cannot be read: Is a directory"]


def test_defaults_speak_in_the_other_tables_too(sqlite_store: Store, importer: Importer) -> None:
    files = {
        "projects.csv": PROJECTS,
        "programmes.csv": "code,source_title,stated_on\nroads,,\nparks,Газета,2023\n",
        "indicators.csv": "programme,code,value_type,value\nroads,km,target,4\n",
    }
    importer(sqlite_store, files, source_title="Акимат", stated_on="2025-01")
    titles = {row["id"]: row["title"] for row in rows_of(sqlite_store, Source)}
    said = {
        row["code"]: (titles[row["source_id"]], row["stated_on"])
        for row in (*rows_of(sqlite_store, Programme), *rows_of(sqlite_store, Indicator))
        if row["code"] in {"roads", "parks", "km"}
    }
    assert said == {
        "roads": ("Акимат", "2025-01"),
        "parks": ("Газета", "2023"),
        "km": ("Акимат", "2025-01"),
    }


def test_other_names_mean_the_same_rows(sqlite_store: Store, importer: Importer) -> None:
    files = {
        "projects.csv": PROJECTS,
        "districts.csv": "slug,population\nМедеуский район,5\n",
        "programmes.csv": "code,planned_kzt\nbnu,7\n",
        "indicators.csv": "programme,code,value_type,value,district\nБНУ,km,actual,3,751410000\n",
    }
    assert importer(sqlite_store, files).problems == []
    districts = {row["slug"]: row["population"] for row in rows_of(sqlite_store, District)}
    programmes = {row["code"]: row["planned_kzt"] for row in rows_of(sqlite_store, Programme)}
    assert (districts["medeu"], len(districts)) == (5, 8)
    assert programmes["participatory_budget"] == 7
    assert "bnu" not in programmes
