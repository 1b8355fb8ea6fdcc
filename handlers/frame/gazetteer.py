"""The names that reading a question looks up: held in memory, read anew after every import."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers import understanding
from handlers.understanding.question import PlaceName
from storage.database.look import end_look
from storage.database.store import Store
from storage.projects.edition import Edition
from storage.search import gazetteer
from storage.search.gazetteer import NamedPlace, Names
from storage.words import latin_key
from storage.words.name_match import own_words

_NUMBERED = re.compile(r"([^\W\d_]+)[ -]\d+")
_SHORTEST = 4  # letters of a name that may go without its number


class NamesInMemory:
    """The names of one store: as of its last import, however long the process runs.

    They are read in a thread of their own. While they are read anew, questions are read with the
    names of before; only the first question waits.
    """

    def __init__(self) -> None:
        self._known: KnownNames | None = None
        self._turn = asyncio.Lock()

    async def of(self, store: Store, edition: Edition | None) -> "KnownNames":
        """The names as the last import that is wholly in left them."""
        known = self._known
        if known is not None and (self._turn.locked() or not _is_stale(known, edition)):
            return known
        await end_look()  # others are to wait meanwhile, and not the store
        async with self._turn:
            if self._known is None or _is_stale(self._known, edition):
                self._known = await asyncio.to_thread(_read, store)
            return self._known


def _is_stale(known: "KnownNames", edition: Edition | None) -> bool:
    """Whether another import is in than the one whose names these are."""
    if edition is None or not edition.is_whole:
        return False
    return known.names.import_id != edition.import_id


def _read(store: Store) -> "KnownNames":
    understanding.load()  # the first question waits for the vocabulary too, and nobody else
    with store.reading() as session:
        names = gazetteer.names_snapshot(session)
    numbered: dict[str, list[NamedPlace]] = defaultdict(list)
    for place in names.places:
        for spelling in place.spellings:
            if match := _NUMBERED.fullmatch(spelling):
                numbered[latin_key(match[1])].append(place)
    return KnownNames(names, {key: tuple(own) for key, own in numbered.items()})


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What `handlers.understanding` asks of the names (its `Known`).

    `numbered` are the places whose names end with a number, by the key of the name without it.
    """

    names: Names
    numbered: Mapping[str, tuple[NamedPlace, ...]]

    def places(self, name_words: str) -> Sequence[PlaceName]:
        """The places of which these words are the whole name, or all of it but its number.

        «Орбита» means the first of Орбита-1, Орбита-2 and Орбита-3: they lie side by side.
        """
        found = self.names.find_places(name_words)
        if not found and name_words.isalpha() and len(name_words) >= _SHORTEST:
            found = list(self.numbered.get(latin_key(name_words), ()))
        return [place_name(each) for each in found]

    def projects(
        self,
        *,
        number: int | None,
        kinds: tuple[str, ...],
        words: tuple[str, ...],
        districts: tuple[str, ...],
    ) -> Sequence[int]:
        """The numbers of the projects that all of it fits, best first."""
        return self.names.find_project(number, kinds, words, districts)

    def titled(self, word: str) -> frozenset[int]:
        """The numbers of the projects whose title or address has the word, in any inflection."""
        return self.names.projects.titled(word)

    def named_after(self, place: PlaceName) -> frozenset[int]:
        """The numbers of the projects in whose title or address a place's name stands."""
        found = []
        for name in (place.kk, place.ru, place.en):
            words = own_words(name)
            if words:
                found.append(frozenset.intersection(*(self.titled(word) for word in words)))
        return frozenset().union(*found)

    def contractors(self, words: str) -> str | None:
        """The contractor that the words name best."""
        found = self.names.find_contractors(words)
        return found[0] if found else None


def place_name(place: NamedPlace) -> PlaceName:
    """A known place as a question names it."""
    names, point = place.names, place.point
    return PlaceName(names.kk, names.ru, names.en, point.latitude, point.longitude)
