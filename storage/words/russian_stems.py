"""Stems of Russian and English words: Snowball, with the vowels that come and go put right."""

import re
from functools import lru_cache
from threading import Lock

from snowballstemmer import stemmer

_RUSSIAN = stemmer("russian")
_ENGLISH = stemmer("english")
_TURN = Lock()
"""A Snowball stemmer keeps the word it works on in itself: one thread at a time."""

_FLEETING = re.compile(r"...(?:[^аеиоуыэюяй]ок|[аеиоуыэюяжчш]ек|ец|йк|ьк)$")
_SHORTEST = 3


@lru_cache(maxsize=65536)
def russian_stem(word: str) -> str:
    """Return the Snowball stem of a folded Russian word; площадок and площадки give one stem.

    Genitive plurals (площадок, пристроек) and nominatives (дворец) hold an о or е that the other
    forms drop; here it is dropped everywhere.
    """
    with _TURN:
        stem: str = _RUSSIAN.stemWord(word)
    if len(stem) < _SHORTEST <= len(word):
        return word[:_SHORTEST]  # Snowball leaves «аб» of «Абая»
    return stem[:-2] + stem[-1] if _FLEETING.search(stem) else stem


@lru_cache(maxsize=65536)
def english_stem(word: str) -> str:
    """Return the Snowball stem of a folded English word."""
    with _TURN:
        stem: str = _ENGLISH.stemWord(word)
    return stem
