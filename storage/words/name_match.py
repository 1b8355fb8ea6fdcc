"""Whether a text names a place or a district: words compared by stems, generic words left out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.words import (
    CLOSE_MARK,
    KEY_MARK,
    fold,
    normalise,
    query_terms,
    stems,
    tokens,
)

LIKE = 0.72
"""From this likeness on (1 less slips per letter) a word may be a mistyped other one."""

MENDABLE_LETTERS = 5
"""Shorter words have too many neighbours to guess which one was meant."""

MOST_OF_A_WORD = 0.6
"""Less of a word is its beginning: «меню» is no name of Мендіқұлов, but «Жандос» of Жандосов."""

MOST_LETTERS = 300
"""A longer text names nothing; only its beginning is read."""

_GENERIC = (
    "шағынаудан шағынауданы ықшамаудан мөлтек шағын ш а микрорайон мкр microdistrict көше көшесі "
    "улица street даңғыл даңғылы проспект пр avenue бульвар boulevard аудан ауданы район district "
    "қала город city ауыл посёлок кент атындағы имени им станция вокзал бекет station railway"
)
"""Words that say what kind of place is meant, not which."""

_DISTRICT = "аудан ауданы район district"

Word = frozenset[str]  # the stems that stand for one word, any of which may be met


@lru_cache(maxsize=1)
def _generic_stems() -> frozenset[str]:
    return frozenset(stems(_GENERIC).split())


@lru_cache(maxsize=1)
def _district_stems() -> frozenset[str]:
    return frozenset(stems(_DISTRICT).split())


@lru_cache(maxsize=16384)
def says_district(name: str) -> bool:
    """Whether the word district stands in a name: Медеу ауданының әкімдігі."""
    return bool(_district_stems() & set(stems(name).split()))


@lru_cache(maxsize=16384)
def _own_words(name: str) -> tuple[Word, ...]:
    """A name's words without the generic ones."""
    words = [frozenset(stems(token).split()) for token in tokens(name)]
    return tuple(word for word in words if word and not word & _generic_stems())


def own_words(name: str) -> tuple[str, ...]:
    """The words of a name that say which place it is, not what kind of place."""
    words = tuple(
        token for token in tokens(name) if not set(stems(token).split()) & _generic_stems()
    )
    return words if any(len(word) >= MENDABLE_LETTERS - 1 for word in words) else ()


@lru_cache(maxsize=16384)
def _spelling(name: str) -> str:
    return fold(normalise(name))


@lru_cache(maxsize=8192)
def _distinct(names: tuple[str, ...]) -> tuple[frozenset[str], tuple[tuple[Word, ...], ...]]:
    """The different spellings, and the different sequences of own words."""
    spellings = frozenset(filter(None, map(_spelling, names)))
    return spellings, tuple(dict.fromkeys(filter(None, map(_own_words, names))))


@lru_cache(maxsize=16384)
def words_of(name: str) -> frozenset[str]:
    """The stems of a name's own words that can be mistyped: no numbers, no Latin keys."""
    return frozenset(stem for word in _own_words(name) for stem in word if mendable(stem))


def mendable(stem: str) -> bool:
    """Whether a stem is a word long enough to tell what was meant when it is mistyped."""
    marked = stem.startswith(KEY_MARK) or CLOSE_MARK in stem
    return not marked and stem.isalpha() and len(stem) >= MENDABLE_LETTERS


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A text that may name something: its folded spelling and its words' prefixes.

    `words` are all of them, `terms` those that say which place is meant and not what kind of place.
    """

    spelling: str
    words: tuple[tuple[str, ...], ...]
    terms: tuple[tuple[str, ...], ...]
    worth: float = 1.0

    def fit(self, names: tuple[str, ...]) -> float:
        """How well the best of the names fits, 0 to 1: the whole name, else a part of it.

        A name within a longer text counts as well, but not a bare number: «школа 6» does not mean
        the sixth microdistrict.
        """
        spellings, sequences = _distinct(names)
        if self.spelling in spellings:
            return self.worth
        if not self.terms:
            return 0.0
        return max(map(self._fit_words, sequences), default=0.0) * self.worth

    def _fit_words(self, words: tuple[Word, ...]) -> float:
        named = sum(any(_begins(word, term) for term in self.terms) for word in words)
        meant = sum(any(_begins(word, term) for word in words) for term in self.terms)
        if named == len(words) and meant == len(self.terms):
            written = min(max(_share(word, term) for term in self.terms) for word in words)
            return 0.95 + 0.04 * written if written >= MOST_OF_A_WORD else 0.3 + 0.5 * written
        if named == len(words) and (self._says_kind or not all(map(_is_number, words))):
            return 0.6 + 0.3 * meant / len(self.terms)
        if meant == len(self.terms):
            return 0.5 + 0.4 * named / len(words)
        return 0.0

    @property
    def says_district(self) -> bool:
        """Whether it says that a district is meant: nothing else of the name is."""
        return any(_district_stems() & set(word) for word in self.words)

    @property
    def _says_kind(self) -> bool:
        return len(self.terms) < len(self.words)

    def mended(self, words: set[str]) -> "SpokenName | None":
        """The same question with its mistyped words read as the likest of these; None: as it was.

        A mended question is worth a little less.
        """
        terms = tuple(_mended(term, words) for term in self.terms)
        if terms == self.terms:
            return None
        return replace(self, terms=terms, worth=0.9)


@lru_cache(maxsize=8192)
def asked(text: str) -> SpokenName:
    """What a text asks for, word by word; generic words and little words are left out."""
    text = text[:MOST_LETTERS]
    words = tuple(tuple(term) for term in query_terms(text))
    own = tuple(term for term in words if not _generic_stems() & set(term))
    return SpokenName(fold(normalise(text)), words, own)


def _begins(word: Word, term: tuple[str, ...]) -> bool:
    return any(stem.startswith(term) for stem in word)


def _share(word: Word, term: tuple[str, ...]) -> float:
    """How much of the word the term writes out, 0 to 1."""
    begun = ((prefix, stem) for stem in word for prefix in term if stem.startswith(prefix))
    bare = ((p.removeprefix(KEY_MARK), s.removeprefix(KEY_MARK)) for p, s in begun)
    return max((len(prefix) / len(stem) for prefix, stem in bare), default=0.0)


def _is_number(word: Word) -> bool:
    return all(stem[0].isdigit() for stem in word)


def _mended(term: tuple[str, ...], words: set[str]) -> tuple[str, ...]:
    best = likest(term, words)
    return (*term, best) if best else term


def likest(term: Iterable[str], words: Iterable[str]) -> str | None:
    """The word that one of the term's stems is most like, None where none is like enough.

    Stems and words are folded already: then this is `osa_similarity` for many words at once.
    """
    known = sorted(words)
    found = (
        process.extractOne(stem, known, scorer=OSA.normalized_similarity, score_cutoff=LIKE)
        for stem in term
        if mendable(stem)
    )
    best = max(filter(None, found), key=lambda match: match[1], default=None)
    return best[0] if best else None
