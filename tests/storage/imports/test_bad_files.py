"""Files that cannot be read as a table: a sentence for each, never a traceback."""

from pathlib import Path

import pytest

from storage.database.store import Store
from storage.imports import ImportOptions, check_and_import
from storage.tables.facts import Import, StagedRow
from tests.storage.imports.conftest import (
    Importer,
    clock,
    errors,
    project,
    rows_of,
    warnings,
    write,
)

HEAD = b"id,title_ru,status\n"
BAD = {
    "nothing in it": (b"", "projects.csv: the file is empty: a header with the columns' names"),
    "only a BOM": (b"\xef\xbb\xbf \r\n", "projects.csv: the file is empty"),
    "no header": (
        "a,Сквер,planned\n".encode(),
        "projects.csv, row 1, id: a column named id: the first row must hold the columns' names",
    ),
    "no id": (b"title_ru,status\nx,planned\n", "projects.csv, row 1, id: a column named id"),
    "a name twice": (
        b"id,status,Status\na,planned,\n",
        "projects.csv, row 1, status: two columns have this name: keep one",
    ),
    "Windows-1251": (
        HEAD + "a,Сквер,planned\n".encode("cp1251"),
        "projects.csv, row 2: not UTF-8 (perhaps Windows-1251): save the file as CSV UTF-8",
    ),
    "Windows-1251 far below": (
        HEAD + b"a,b,planned\n" * 9000 + "a,Сквер,planned\n".encode("cp1251"),
        "projects.csv, row 9002: not UTF-8",
    ),
    "UTF-16": (
        "id,title_ru\n".encode("utf-16"),
        "projects.csv: this is UTF-16: save it as CSV UTF-8",
    ),
    "a spreadsheet": (b"PK\x03\x04rest", "projects.csv: this is a spreadsheet (XLSX or ODS)"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0rest", "projects.csv: this is an old Excel file"),
    "a PDF": (b"%PDF-1.7", "projects.csv: this is a PDF"),
    "NUL in a cell": (
        HEAD + b"a,b\0c,planned\n",
        "projects.csv, row 2, title_ru: the cell holds a NUL byte: save the file again",
    ),
    "NUL in the header": (b"id,tit\0le_ru\n", "projects.csv, row 1: the file holds NUL bytes"),
    "a quote never closed": (
        HEAD + b'a,"Park,planned\nb,Square,planned\n',
        'projects.csv, row 2: a quote (") opened in or before this row is never closed',
    ),
    "a quote in the wrong place": (
        HEAD + b'a,"Park" 2,planned\n',
        "projects.csv, row 2: quotes are not in order here",
    ),
    "a cell without end": (
        HEAD + b'a,"' + b"x" * 140_000 + b'",planned\n',
        'projects.csv, row 2: a quote (") opened in or before this row is never closed',
    ),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("skip_bad", [False, True])
def test_a_file_that_is_no_table(
    quiet_store: Store, importer: Importer, case: str, skip_bad: bool
) -> None:
    said, expected = BAD[case]
    report = importer(quiet_store, said, skip_bad=skip_bad)
    (sentence,) = errors(report)
    assert sentence.startswith(expected)
    assert (report.state, report.exit_code) == ("refused", 1)
    assert (rows_of(quiet_store, Import), rows_of(quiet_store, StagedRow)) == ([], [])


def test_a_path_that_leads_nowhere(quiet_store: Store, tmp_path: Path) -> None:
    report = check_and_import(quiet_store, tmp_path / "nowhere", clock=clock)
    assert errors(report) == [f"nowhere: there is no such file or folder: {tmp_path / 'nowhere'}"]
    assert report.exit_code == 1


def test_a_folder_without_projects(quiet_store: Store, tmp_path: Path) -> None:
    (tmp_path / "project.csv").write_text("id\n")
    report = check_and_import(quiet_store, tmp_path, clock=clock)
    assert errors(report) == [
        f"projects.csv: {tmp_path} must hold projects.csv; it holds project.csv"
    ]


def test_a_file_that_may_not_be_read(quiet_store: Store, tmp_path: Path) -> None:
    (tmp_path / "projects.csv").mkdir()  # a folder of that name cannot be opened either
    report = check_and_import(quiet_store, tmp_path, clock=clock)
    assert errors(report)[0].startswith("projects.csv: ")


def test_defaults_that_are_wrong(quiet_store: Store, importer: Importer) -> None:
    report = importer(
        quiet_store,
        "id,title_ru\na,Сквер\n",
        source_title="x" * 501,
        source_url="example.kz",
        stated_on="21.10.2025",
        skip_bad=True,
    )
    assert [sentence.rpartition(": ")[0].split(" «")[0] for sentence in errors(report)] == [
        "--source-title",
        "--source-url",
        ["--stated-on", "21.10.2025»: a date as YYYY-MM-DD"][0],
    ]
    assert errors(report)[2] == (
        "--stated-on «21.10.2025»: a date as YYYY-MM-DD: perhaps 2025-10-21?"
    )
    assert report.exit_code == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_dialect_is_read(
    quiet_store: Store, importer: Importer, delimiter: str, bom: bytes, end: str
) -> None:
    rows = [["Title RU", " ID ", "Due_On"], ['"Парк; пруд, сад"', "d1", "2025-08"]]
    text = end.join(delimiter.join(row) for row in rows) + end
    report = importer(quiet_store, bom + text.encode(), dry_run=True)
    assert report.problems == []
    (change,) = report.changes
    assert (change.key, change.title) == ("d1", "Парк; пруд, сад")
    assert report.counts.statements_added == 2


def test_blank_lines_count_as_rows_and_say_nothing(quiet_store: Store, importer: Importer) -> None:
    text = "\n id,title_ru,status\n\n,,\na,Сквер,nonsense_status\n"
    report = importer(quiet_store, text)
    (sentence,) = errors(report)
    assert sentence.startswith("projects.csv, row 5, status «nonsense_status»: unknown; known are:")
    assert report.counts.rows_read == 1


def test_a_header_alone_is_nothing_new(quiet_store: Store, importer: Importer) -> None:
    report = importer(quiet_store, "id,title_ru\n", dry_run=True)
    assert (report.problems, report.exit_code) == ([], 0)


def test_unknown_columns_are_reported_not_fatal(quiet_store: Store, importer: Importer) -> None:
    report = importer(quiet_store, "id,title_ru,statuss,colour,\na,Сквер,x,y,\n", dry_run=True)
    assert report.exit_code == 0
    assert warnings(report) == [
        "warning: projects.csv, row 1, statuss: unknown, not read; did you mean status?",
        "warning: projects.csv, row 1, colour: unknown, not read",
        "warning: projects.csv, row 1, column 5: unknown, not read",
    ]


def test_ragged_rows(quiet_store: Store, importer: Importer) -> None:
    text = "id,title_ru,status\na,Сквер\nb,Парк,planned,,\nc,Пруд,planned,x\n"
    report = importer(quiet_store, text, dry_run=True, skip_bad=True)
    assert errors(report) == ["projects.csv, row 4 «x»: more cells than the header has columns"]
    assert report.counts.projects_new == 2


def test_cells_of_several_lines_are_one_row(sqlite_store: Store, importer: Importer) -> None:
    text = 'id,title_ru,description_ru,status\na,"Сквер\n «Гүлзар»","1\r\n\r\n 2 ",\nb,Парк,,bad\n'
    report = importer(sqlite_store, text, skip_bad=True)
    assert errors(report)[0].startswith("projects.csv, row 3, status «bad»")
    found = project(sqlite_store, "a")
    assert (found["title_ru"], found["description_ru"]) == ("Сквер «Гүлзар»", "1\n\n2")


PACKAGES = {
    "{": "datapackage.json: not JSON in UTF-8 (line 1)",
    "[1]": "datapackage.json: a JSON object {...} is needed",
    '{"title": "\\u0000"}': "datapackage.json: the file holds NUL characters",
    "[" * 100_000: "datapackage.json: not JSON in UTF-8",
}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_that_is_none(quiet_store: Store, importer: Importer, package: str) -> None:
    files = {"projects.csv": "id,title_ru\na,Сквер\n", "datapackage.json": package}
    assert errors(importer(quiet_store, files)) == [PACKAGES[package]]


BOUNDARIES = {
    '{"type": "Feature"}': "districts.geojson: a GeoJSON FeatureCollection is needed",
    '{"type": "FeatureCollection", "features": [{"properties": {"slug": "medeuu"}}]}': (
        "districts.geojson, feature 1: slug «medeuu»: unknown; did you mean medeu?"
    ),
    '{"type": "FeatureCollection", "features": [7]}': (
        "districts.geojson, feature 1: slug: unknown; known are: alatau, almaly, auezov, "
    ),
}


@pytest.mark.parametrize("boundaries", BOUNDARIES)
def test_boundaries_that_fit_no_district(
    quiet_store: Store, importer: Importer, boundaries: str
) -> None:
    files = {"projects.csv": "id,title_ru\na,Сквер\n", "districts.geojson": boundaries}
    (sentence,) = errors(importer(quiet_store, files))
    assert sentence.startswith(BOUNDARIES[boundaries])


def test_boundaries_that_fit(quiet_store: Store, tmp_path: Path) -> None:
    boundaries = '{"type": "FeatureCollection", "features": [{"properties": {"slug": "medeu"}}]}'
    files = {"projects.csv": "id,title_ru\na,Сквер\n", "districts.geojson": boundaries}
    path = write(tmp_path, files)
    report = check_and_import(quiet_store, path, options=ImportOptions(dry_run=True), clock=clock)
    assert report.problems == []
