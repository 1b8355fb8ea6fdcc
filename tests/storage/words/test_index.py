"""The stems column in a real full-text index: what `query_terms` promises holds there too."""

import sqlite3
from collections.abc import Iterator

import pytest

from storage.words import query_terms, stems

TITLES = {
    1: "Айнабұлақ-3 шағынауданындағы №178 мектеп",
    2: "Школа №17 на улице Абая",
    3: "Сайран көлінің жағалауы",
    4: "Колледж, Ақсай-3Б",
    5: "Су құбыры желілері, Qalqaman",
}


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE found USING fts5(stems, tokenize='unicode61 remove_diacritics 0')"
    )
    rows = [(number, stems(title)) for number, title in TITLES.items()]
    connection.executemany("INSERT INTO found (rowid, stems) VALUES (?, ?)", rows)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("мектептер", [1, 2]),
        ("17", [2]),
        ("178 школа", [1]),
        ("көл", [3]),
        ("көлде", [3]),
        ("колледждер", [4]),
        ("3б", [4]),
        ("аксай", [4]),
        ("су", [5]),
        ("қалқаманда", [5]),
        ("Калкаман", [5]),
        ("Abay street", [2]),
        ("aynabulaq", [1]),
    ],
)
def test_prefix_queries_of_fts5(index: sqlite3.Connection, asked: str, numbers: list[int]) -> None:
    query = " AND ".join(
        "(" + " OR ".join(f'"{term}"*' for term in terms) + ")" for terms in query_terms(asked)
    )
    rows = index.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid", [query])
    assert [number for (number,) in rows] == numbers


def test_the_engine_cuts_the_column_into_the_terms_we_wrote(index: sqlite3.Connection) -> None:
    index.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(found, row)")
    written = {term for title in TITLES.values() for term in stems(title).split()}
    assert {term for (term,) in index.execute("SELECT term FROM terms")} == written
