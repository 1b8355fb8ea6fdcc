"""What copying from a web page or a text editor leaves in a table, and nobody sees there."""

from storage.database.store import Store
from tests.storage.imports.conftest import Importer, errors, project


def test_signs_that_nobody_sees_are_left_out(importer: Importer, sqlite_store: Store) -> None:
    said = "id,title_ru,address\na,\u202eШко\u200bла\ufeff,\u2067Абай\u2069\u00a010\n"
    assert importer(sqlite_store, said).exit_code == 0
    found = project(sqlite_store, "a")
    assert (found["title_ru"], found["address"]) == ("Школа", "Абай 10")


def test_a_title_of_unseen_signs_is_none(importer: Importer, sqlite_store: Store) -> None:
    report = importer(sqlite_store, "id,title_ru\na,\u200b\u202e\n")
    assert report.exit_code == 1
    assert errors(report)[0].endswith("readable text, or a blank cell")


def test_a_huge_cell_without_quotes(importer: Importer, sqlite_store: Store) -> None:
    report = importer(sqlite_store, "id,title_ru,description_ru\na,Школа," + "х" * 200_000 + "\n")
    assert report.exit_code == 1
    (sentence,) = errors(report)
    assert sentence == (
        'projects.csv, row 2: a quote (") opened in or before this row is never closed, '
        "or a cell has over 131,072 characters"
    )
