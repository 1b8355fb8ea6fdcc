"""Contractors by the words people call them: every spelling of a name that the store has."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.tables.facts import Project
from storage.vocabulary.codes import WITHDRAWN
from storage.words import fold, query_terms, stems, tokens
from storage.words.stem_index import SHORTEST_BEGINNING

_FORMS = (
    "тоо жшс ао ақ ип жк гкп мкк ргп рмк llp ltd inc jsc group групп топ тобы холдинг holding "
    "компания компаниясы company корпорация корпорациясы corporation corp"
)
"""Words that say what a firm is, not which."""


def contractors(session: Session, words: str | Sequence[str]) -> list[str]:
    """The contractors that the words name, each spelling as it is stored, the closest first."""
    return fitting(every_contractor(session), words)


def every_contractor(session: Session) -> list[str]:
    """Every contractor of a project that is listed, by name."""
    names = select(col(Project.contractor)).distinct()
    rows = session.scalars(
        names.where(col(Project.contractor) != "", col(Project.status_no) != WITHDRAWN)
    )
    return sorted(rows)


def fitting(known: Collection[str], words: str | Sequence[str]) -> list[str]:
    """Those of the names that the words name: all words stand in it, and are at least half of it.

    What a firm is («ТОО», "Group") counts neither way.
    """
    terms = company_terms(words if isinstance(words, str) else " ".join(words))
    scores = {name: _covered(name, terms) for name in known} if terms else {}
    found = [name for name, score in scores.items() if score]
    return sorted(found, key=lambda name: (-scores[name], name))


def company_terms(text: str) -> list[frozenset[str]]:
    """The stems of each word of a text that says which firm is meant."""
    own = [word for word in tokens(text) if fold(word) not in _folded_forms()]
    return [frozenset(term) for term in query_terms(" ".join(own))]


@lru_cache(maxsize=1)
def _folded_forms() -> frozenset[str]:
    return frozenset(map(fold, tokens(_FORMS)))


@lru_cache(maxsize=8192)
def _own_words(name: str) -> tuple[frozenset[str], ...]:
    """The stems of each word of a name that says which firm it is."""
    words = (word for word in tokens(name) if fold(word) not in _folded_forms())
    return tuple(filter(None, (frozenset(stems(word).split()) for word in words)))


def _covered(name: str, terms: Sequence[frozenset[str]]) -> float:
    """Which part of the name the words say; 0 where one of them is not in it."""
    own = _own_words(name)
    said = [word for word in own if any(_is_said(word, term) for term in terms)]
    every = all(any(_is_said(word, term) for word in own) for term in terms)
    return len(said) / len(own) if every and said and 2 * len(said) >= len(own) else 0.0


def _is_said(word: frozenset[str], term: frozenset[str]) -> bool:
    """One of the word's stems is one of the term's, or begins with one that is long enough."""
    long = tuple(prefix for prefix in term if len(prefix) >= SHORTEST_BEGINNING)
    return bool(word & term) or any(stem.startswith(long) for stem in word)
