"""What an import keeps in step with the projects: the sums and the search index."""

from sqlalchemy import select, text
from sqlmodel import col

from storage.database.store import Store
from storage.imports import load_shipped
from storage.imports.rollup import recompute_rollup
from storage.tables.facts import Project, Rollup, Word, WordTrigram
from tests.storage.imports.conftest import (
    Importer,
    clock,
    rows_of,
)


def test_withdrawn_is_hidden_from_the_sums_and_may_come_back(
    store: Store, importer: Importer
) -> None:
    head = "id,title_ru,status,planned_kzt,stated_on\n"
    importer(store, head + "a,Сквер,planned,100,2023\nb,Парк,planned,,2023\n")
    assert [(row["projects"], row["planned_kzt"]) for row in rows_of(store, Rollup)] == [(2, 100)]
    importer(store, head + "a,,withdrawn,,2024\n")
    (row,) = rows_of(store, Rollup)
    assert (row["projects"], row["planned_known"], row["planned_kzt"]) == (1, 0, 0)
    importer(store, head + "b,,withdrawn,,2024\n")
    assert rows_of(store, Rollup) == []
    importer(store, head + "a,,planned,,2025\n")
    assert [(row["projects"], row["planned_kzt"]) for row in rows_of(store, Rollup)] == [(1, 100)]


def test_sums_kept_are_the_sums_computed(store: Store, importer: Importer) -> None:
    load_shipped(store, clock)
    importer(
        store,
        "id,title_ru,status,planned_kzt,spent_kzt,district,stated_on\n"
        "a,Сквер,planned,100,7,medeu,2024\na,,in_progress,250,,alatau|medeu,2025\n",
    )
    importer(store, "id,status,planned_kzt,stated_on\na,completed,-,2026\n")
    kept = rows_of(store, Rollup)
    with store.writing() as session:
        recompute_rollup(session)
    assert kept == rows_of(store, Rollup)
    assert sum(row["projects"] for row in kept) > 100


def test_the_index_finds_and_follows_changes(store: Store, importer: Importer) -> None:
    importer(store, "id,title_kk,kind,district,stated_on\na,Гүлзар саябағы,park,medeu,2024\n")
    assert _search(store, "гулзар") == ["a"]
    assert _search(store, "park") == ["a"]  # the kind's English name
    assert _search(store, "меде") == ["a"]
    assert "гулзар" in {row["stem"] for row in rows_of(store, Word)}
    assert {row["trigram"] for row in rows_of(store, WordTrigram)} >= {"гул", "зар"}
    importer(store, "id,title_kk,stated_on\na,Раушан саябағы,2025\n")
    assert (_search(store, "гулзар"), _search(store, "раушан")) == ([], ["a"])


def _search(store: Store, word: str) -> list[str]:
    with store.reading() as session:
        if store.sqlite:
            query = text("SELECT rowid FROM project_search WHERE project_search MATCH :w")
            found = session.scalars(query, {"w": f"{word}*"}).all()
        else:
            query = text(
                "SELECT id FROM project WHERE to_tsvector('simple', stems)"
                " @@ to_tsquery('simple', :w)"
            )
            found = session.scalars(query, {"w": f"{word}:*"}).all()
        return list(session.scalars(select(col(Project.key)).where(col(Project.id).in_(found))))
