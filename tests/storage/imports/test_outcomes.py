"""How an import ends: all in, in part, refused, rehearsed; its summary and exit code."""

from pathlib import Path

from storage.database.store import Store
from storage.imports import Progress, check_and_import
from storage.tables.facts import District, Import, Project, StagedRow
from tests.storage.imports.conftest import (
    ALL_TABLES,
    Importer,
    clock,
    errors,
    rows_of,
    warnings,
    write,
)

STORY = (
    "id;title_ru;kind;status;due_on;completed_on;stated_on;source_title\n"
    "s1;Школа;school;in_progress;2025-08;;2025-01-10;Акимат\n"
    "s1;;;planned;2024;;2023-05;Акимат\n"
    "s1;;;completed;;2025-11;2025-11-13;Акимат\n"
)


def test_a_dry_run_tells_and_changes_nothing(store: Store, importer: Importer) -> None:
    importer(store, STORY)
    tables = {model.__tablename__: rows_of(store, model) for model in ALL_TABLES}
    report = importer(
        store,
        "id,title_ru,status,stated_on\nn1,Парк,planned,\ns1,,suspended,2025-11-15\n",
        dry_run=True,
    )
    assert report.dry_run
    assert (report.state, report.exit_code) == ("imported", 0)
    assert report.summary() == (
        "Would be imported: projects 1 new, 1 changed, 0 unchanged; "
        "statements 3 added; rows 0 refused"
    )
    assert [line for change in report.changes for line in change.lines()] == [
        "new      n1: Парк",
        "changed  s1: Школа",
        "         status: completed -> suspended",
        "         heard_on: 2025-11-13 -> 2025-11-15",
    ]
    assert {model.__tablename__: rows_of(store, model) for model in ALL_TABLES} == tables
    assert importer(store, STORY, dry_run=True).state == "nothing"


def test_a_dry_run_on_an_empty_store_knows_the_districts(
    sqlite_store: Store, importer: Importer
) -> None:
    report = importer(sqlite_store, "id,title_ru,district\na,Сквер,Медеу ауданы\n", dry_run=True)
    assert (report.problems, report.counts.projects_new) == ([], 1)
    assert (rows_of(sqlite_store, District), rows_of(sqlite_store, Import)) == ([], [])


def test_bad_rows_refuse_everything(store: Store, importer: Importer) -> None:
    said = "id,title_ru,status\na,Сквер,planned\nb,Парк,plannedd\n"
    report = importer(store, said)
    assert (report.state, report.exit_code) == ("refused", 1)
    (sentence,) = errors(report)
    assert sentence == "projects.csv, row 3, status «plannedd»: unknown; did you mean planned?"
    assert report.summary().startswith("Nothing was changed: projects 0 new, 0 changed, 0 unch")
    for model in ALL_TABLES:
        assert rows_of(store, model) == []


def test_good_rows_go_in_when_bad_ones_are_skipped(sqlite_store: Store, importer: Importer) -> None:
    said = "id,title_ru,status\na,Сквер,planned\nb,Парк,plannedd\n"
    report = importer(sqlite_store, said, skip_bad=True)
    assert (report.state, report.exit_code) == ("partly", 3)
    assert report.summary() == (
        "Imported in part: projects 1 new, 0 changed, 0 unchanged; "
        "statements 2 added; rows 1 refused"
    )
    assert [row["key"] for row in rows_of(sqlite_store, Project)] == ["a"]
    assert [(row["rows_read"], row["rows_refused"]) for row in rows_of(sqlite_store, Import)] == [
        (2, 1)
    ]
    assert rows_of(sqlite_store, StagedRow) == []
    dry = importer(sqlite_store, said, skip_bad=True, dry_run=True)
    assert (dry.state, dry.exit_code) == ("partly", 3)


def test_skipping_everything_is_a_refusal(sqlite_store: Store, importer: Importer) -> None:
    report = importer(sqlite_store, "id,title_ru,status\nb,Парк,plannedd\n", skip_bad=True)
    assert (report.state, report.exit_code) == ("refused", 1)
    assert rows_of(sqlite_store, Import) == []


def test_rows_of_a_project_without_title_go_with_it(store: Store, importer: Importer) -> None:
    said = (
        "id,title_ru,status,stated_on\n"
        "a,Сквер,bad,2024\na,,planned,2024\na,,completed,2025\nb,Парк,planned,2024\n"
    )
    report = importer(store, said, skip_bad=True)
    assert errors(report)[-1] == (
        "projects.csv, row 3, title_kk: "
        "a is new: title_kk, title_ru or title_en is needed in one of its rows"
    )
    assert report.counts.rows_refused == 3
    assert [row["key"] for row in rows_of(store, Project)] == ["b"]


def test_a_title_may_stand_in_any_row_or_in_the_store(
    sqlite_store: Store, importer: Importer
) -> None:
    assert importer(sqlite_store, "id,title_ru,status\na,,planned\na,Сквер,\n").problems == []
    assert importer(sqlite_store, "id,status\na,completed\n").problems == []


def test_latest_dates_that_contradict_each_other_are_pointed_out(
    sqlite_store: Store, importer: Importer
) -> None:
    report = importer(
        sqlite_store,
        "id,title_ru,starts_on,due_on,stated_on\na,Сквер,,2024,2023\na,,2025-02,,2025\n",
    )
    assert report.exit_code == 0
    (sentence,) = warnings(report)
    assert sentence == (
        "warning: projects.csv, row 3, due_on «2024»: "
        "a would now end before its start on 2025-02: are both right?"
    )


def test_progress_is_shown(sqlite_store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, STORY)
    seen: list[Progress] = []
    check_and_import(sqlite_store, path, clock=clock, progress=seen.append)
    assert [(each.stage, each.done, each.total) for each in seen] == [
        ("checking", len(STORY.encode()), len(STORY.encode())),
        ("applying", 3, 3),
    ]
