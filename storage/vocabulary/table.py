"""A table of the vocabulary: code -> entry in the order of its file, found by any of its names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from rapidfuzz import fuzz, process

from storage.words.letters import fold, normalise

_WORTH_NAMING = 60.0
"""Below this likeness (0 to 100) a suggestion would puzzle more than help."""


class Named(Protocol):
    """What a table needs of its entries."""

    @property
    def code(self) -> str: ...


EntryT = TypeVar("EntryT", bound=Named)


@lru_cache(maxsize=4096)
def lookup_key(text: str) -> str:
    """Return what two spellings of one name share: case, hyphens, ё and Kazakh letters folded.

    A text without letters or digits (%, ₸) is its own key.
    """
    return fold(normalise(text)) or text.strip()


class Table(Mapping[str, EntryT], Generic[EntryT]):
    """Entries by code; `find` takes any name, `suggest` the nearest codes to a misspelt one.

    Raises ValueError when two entries claim one code or one name.
    """

    def __init__(
        self,
        title: str,
        entries: Iterable[EntryT],
        names: Callable[[EntryT], Iterable[str]],
        key: Callable[[str], str] = lookup_key,
    ) -> None:
        self.title = title
        self._key = key
        self._entries: dict[str, EntryT] = {}
        self._by_name: dict[str, EntryT] = {}
        for entry in entries:
            if entry.code in self._entries:
                raise ValueError(f"{title}: the code {entry.code} stands on two lines")
            self._entries[entry.code] = entry
            for name in names(entry):
                self._claim(name, entry)

    def _claim(self, name: str, entry: EntryT) -> None:
        owner = self._by_name.setdefault(self._key(name), entry)
        if owner is not entry:
            raise ValueError(f"{self.title}: «{name}» means both {owner.code} and {entry.code}")

    def __getitem__(self, code: str) -> EntryT:
        return self._entries[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str) -> EntryT | None:
        """Return the entry one of whose names is `text`, or None.

        Case, hyphens, underscores, spaces around, ё/е and missing Kazakh letters do not matter.
        """
        key = self._key(text)
        return self._by_name.get(key) if key else None

    def suggest(self, text: str, limit: int = 3) -> list[str]:
        """Return the codes whose names are nearest to `text`, best first, at most `limit`."""
        found = process.extract(
            self._key(text),
            self._by_name.keys(),
            scorer=fuzz.ratio,
            score_cutoff=_WORTH_NAMING,
            limit=limit * 4,
        )
        codes = [self._by_name[name].code for name, _score, _index in found]
        return list(dict.fromkeys(codes))[:limit]
