"""Which projects have given words: SQLite's full-text table or PostgreSQL's index, one question.

A term is the prefixes of the stems that one typed word may mean; the two engines differ in nothing
but how "some word begins with one of these" is written.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import Select, column, func, literal_column, select, table, text
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.filter_sql import conditions
from storage.projects.project_filter import ProjectFilter
from storage.tables.facts import Project, Word, WordTrigram
from storage.words import trigrams
from storage.words.name_match import likest, mendable

Term = tuple[str, ...]

NEWEST = 1_000
"""How many matches are ranked, the newest: ranking all matches of a common word takes a second."""

_CANDIDATES = 50  # words with most trigrams in common, of which the likest is taken
_SEARCH = table("project_search", column("rowid"))


def matches(
    session: Session, terms: Sequence[Term], at_least: int, filters: ProjectFilter
) -> list[tuple[int, str]]:
    """Number and stems of the newest projects that have `at_least` so many of the terms."""
    found = _having(session, terms, at_least).where(*conditions(filters))
    rows = session.execute(found.order_by(_newest_first(session)).limit(NEWEST))
    return [(number, stems) for number, stems in rows]


def is_known(session: Session, term: Term) -> bool:
    """Whether any project has the term at all."""
    return session.execute(_having(session, [term], 1).limit(1)).first() is not None


def _is_sqlite(session: Session) -> bool:
    return session.connection().dialect.name == "sqlite"


def _newest_first(session: Session) -> Any:
    """SQLite's full-text table reads backwards without sorting, but only by its own number."""
    return _SEARCH.c.rowid.desc() if _is_sqlite(session) else col(Project.id).desc()


def _having(session: Session, terms: Sequence[Term], at_least: int) -> Select[Any, Any]:
    chosen = select(col(Project.id), col(Project.stems))
    groups = list(combinations(terms, at_least))
    if _is_sqlite(session):
        match = text("project_search MATCH :match").bindparams(match=_written(groups, *_FTS5))
        return chosen.join_from(_SEARCH, Project, col(Project.id) == _SEARCH.c.rowid).where(match)
    simple: Any = literal_column("'simple'")  # as in the index, which a parameter would not be
    vector = func.to_tsvector(simple, col(Project.stems))
    asked = func.to_tsquery(simple, _written(groups, *_TSQUERY))
    return chosen.where(vector.bool_op("@@")(asked))


_FTS5 = ('"{}"*', " OR ", " AND ")
_TSQUERY = ("'{}':*", " | ", " & ")


def _written(groups: Iterable[Iterable[Term]], prefix: str, either: str, both: str) -> str:
    """Any of the groups, all terms of a group, any prefix of a term.

    Prefixes are letters and digits only (`storage.words`), so that nothing in them is syntax.
    """
    return either.join(
        "(" + both.join(f"({either.join(map(prefix.format, term))})" for term in group) + ")"
        for group in groups
    )


def mended(session: Session, term: Term) -> str | None:
    """The indexed word that a mistyped term most likely means, None where none is like enough."""
    long = [prefix for prefix in term if mendable(prefix)]
    if not long:
        return None
    asked = sorted(set().union(*map(trigrams, long)))
    rows = session.execute(
        select(col(Word.stem))
        .join(WordTrigram, col(WordTrigram.word_id) == col(Word.id))
        .where(col(WordTrigram.trigram).in_(asked))
        .group_by(col(Word.id), col(Word.stem))
        .order_by(func.count().desc(), col(Word.id))
        .limit(_CANDIDATES)
    )
    return likest(long, [stem for (stem,) in rows])
