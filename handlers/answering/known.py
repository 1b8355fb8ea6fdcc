"""The names that reading a question looks up: held in memory, read anew after every import."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.understanding.question import PlaceName
from storage import naming
from storage.naming import NamedPlace, Names
from storage.store import Store


class NamesInMemory:
    """The names of one store: as of its last import, however long the process runs.

    They are read in a thread of their own. While they are read anew, questions are read with the
    names of before; only the first question waits.
    """

    def __init__(self) -> None:
        self._names: Names | None = None
        self._turn = asyncio.Lock()

    async def of(self, store: Store) -> Names:
        """The names as the last import left them."""
        last = await store.read(naming.last_import_id)
        names = self._names
        if names is not None and (names.import_id == last or self._turn.locked()):
            return names
        async with self._turn:
            if self._names is None or self._names.import_id != last:
                self._names = await asyncio.to_thread(_read, store)
            return self._names


def _read(store: Store) -> Names:
    with store.reading() as session:
        return naming.names_snapshot(session)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What `handlers.understanding` asks of the names (its `Known`)."""

    names: Names

    def places(self, name_words: str) -> Sequence[PlaceName]:
        """The places of which these words are the whole name."""
        return [place_name(each) for each in self.names.find_places(name_words)]

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

    def contractors(self, words: str) -> str | None:
        """The contractor that the words name best."""
        found = self.names.find_contractors(words)
        return found[0] if found else None


def place_name(place: NamedPlace) -> PlaceName:
    """A known place as a question names it."""
    names, point = place.names, place.point
    return PlaceName(names.kk, names.ru, names.en, point.latitude, point.longitude)
