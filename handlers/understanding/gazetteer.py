"""Names that only the store knows: what reading a question asks for, and nothing more."""

from collections.abc import Sequence
from typing import Protocol

from handlers.understanding.question import PlaceName


class Known(Protocol):
    """Looks up names of places, projects and contractors; quick, for it is asked several times."""

    def places(self, name_words: str) -> Sequence[PlaceName]:
        """Return the places whose whole name is `name_words` as typed, in any case and script."""
        ...

    def projects(
        self,
        *,
        number: int | None,
        kinds: tuple[str, ...],
        words: tuple[str, ...],
        districts: tuple[str, ...],
    ) -> Sequence[int]:
        """Return the store's numbers of the projects that may be meant, best first.

        All that is given has to fit: the facility's `number` (school 178), one of `kinds` and of
        `districts`, every one of `words` in the title or address. Nothing given finds nothing.
        """
        ...

    def titled(self, word: str) -> frozenset[int]:
        """Return the store's numbers of the projects whose title or address has the word."""
        ...

    def contractors(self, words: str) -> str | None:
        """Return the name of the contractor that `words` name, None if there is none."""
        ...
