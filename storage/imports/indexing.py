"""What search reads: a project's stems, SQLite's full-text table, the distinct words."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from storage.imports.deriving import Columns
from storage.imports.reference import Reference
from storage.imports.rows import ADDRESSES, TITLES
from storage.tables.core import table_of
from storage.tables.facts import Word, WordTrigram
from storage.vocabulary import KINDS, by_number
from storage.vocabulary.combined_kinds import PARTS
from storage.words import stems, trigrams
from storage.words.name_match import mendable

_BATCH = 500  # words looked up at once


def project_stems(columns: Columns, reference: Reference) -> str:
    """Return the stems of a project: titles, addresses, kind, names of districts and programmes.

    The kind's names let a person find a project in another language than its title's.
    """
    own = " ".join([*(columns[title] for title in TITLES), *(columns[each] for each in ADDRESSES)])
    names = reference.names(columns["districts"].split("|"), columns["programmes"].split("|"))
    kind = kind_names(columns["kind_no"])
    found = (stems(own), *(_name_stems(name) for name in (*kind, *names)))
    return " ".join(dict.fromkeys(" ".join(found).split()))


_name_stems = lru_cache(maxsize=4096)(stems)  # names come back in every project


@lru_cache(maxsize=512)
def kind_names(number: int) -> tuple[str, ...]:
    """Return the names of a kind and its parts in all languages, none for the unknown kind."""
    if not number:
        return ()
    own = by_number(KINDS, number)
    several = (own, *(KINDS[part] for part in PARTS.get(own.code, ())))
    return tuple(name for kind in several for name in kind.labels.values())


def index_projects(session: Session, found: list[tuple[int, str]], *, anew: bool) -> None:
    """Write projects (id, stems) to SQLite's full-text table; PostgreSQL indexes the column.

    `anew` tells that none of them is in the table yet.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite" or not found:
        return
    if not anew:
        connection.exec_driver_sql(
            "DELETE FROM project_search WHERE rowid = ?", [(project_id,) for project_id, _ in found]
        )
    connection.exec_driver_sql("INSERT INTO project_search (rowid, stems) VALUES (?, ?)", found)


class WordList:
    """Adds the words of stems that typing errors are mended against, each once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def add(self, session: Session, found: Iterable[str]) -> None:
        """Add the words of several stems columns and the trigrams of those that are new."""
        words = {word for text in found for word in text.split()} - self._seen
        mended = sorted(filter(mendable, words))
        self._seen.update(mended)
        for start in range(0, len(mended), _BATCH):
            _add_words(session, mended[start : start + _BATCH])


def _add_words(session: Session, words: list[str]) -> None:
    table = table_of(Word)
    query = select(col(Word.stem)).where(col(Word.stem).in_(words))
    missing = sorted(set(words) - set(session.scalars(query)))
    if not missing:
        return
    session.execute(insert(table), [{"stem": word} for word in missing])
    added = session.execute(select(col(Word.id), col(Word.stem)).where(col(Word.stem).in_(missing)))
    pairs = [
        {"trigram": trigram, "word_id": word_id}
        for word_id, word in added
        for trigram in sorted(trigrams(word))
    ]
    session.execute(insert_new(session, WordTrigram), pairs)


def insert_new(session: Session, model: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that leaves rows alone which are there already."""
    table = table_of(model)
    if session.connection().dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()
