"""Stems in memory, found by their beginnings as the store's search finds them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.words import CLOSE_MARK
from storage.words.name_match import mendable

Owner = TypeVar("Owner")

SHORTEST_BEGINNING = 4
"""A shorter term has to be the whole stem, unless it is closed anyway."""

ALIKE = 0.8
"""A mistyped word is mended only if it is this like: a guessed name is worse than none."""


class StemIndex(Generic[Owner]):
    """Which owners have a stem."""

    def __init__(self, pairs: Iterable[tuple[str, Owner]]) -> None:
        owners: dict[str, set[Owner]] = defaultdict(set)
        for stem, owner in pairs:
            owners[stem].add(owner)
        self._owners = dict(owners)
        self._sorted = sorted(owners)
        self._mendable = [stem for stem in self._sorted if mendable(stem)]
        self._mended: dict[str, str | None] = {}

    def having(self, term: Iterable[str]) -> set[Owner]:
        """The owners of a stem that begins with any of the term's prefixes."""
        stems = (stem for prefix in term for stem in self._beginning(prefix))
        return set().union(*(self._owners[stem] for stem in stems))

    def having_like(self, term: Iterable[str]) -> set[Owner]:
        """The owners of the stem that is most like one of the term's, none if none is like it."""
        likest = (self._likest(stem) for stem in term if mendable(stem))
        return set().union(*(self._owners[stem] for stem in likest if stem))

    def _beginning(self, prefix: str) -> Iterator[str]:
        if len(prefix) < SHORTEST_BEGINNING and CLOSE_MARK not in prefix:
            if prefix in self._owners:
                yield prefix
            return
        for place in range(bisect_left(self._sorted, prefix), len(self._sorted)):
            if not self._sorted[place].startswith(prefix):
                return
            yield self._sorted[place]

    def _likest(self, stem: str) -> str | None:
        if len(self._mended) > _REMEMBERED:
            self._mended.clear()
        if stem not in self._mended:
            similarity = OSA.normalized_similarity
            found = process.extractOne(stem, self._mendable, scorer=similarity, score_cutoff=ALIKE)
            self._mended[stem] = found[0] if found else None
        return self._mended[stem]


_REMEMBERED = 4_096  # mended words; then they are looked for anew
