"""Facts in memory: what was read of one edition of the list holds until the next comes in."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from storage.database.store import Store
from storage.projects.edition import Edition

P = ParamSpec("P")
T = TypeVar("T")

MOST = 1_000  # answers: a card with a long history takes 20 KB
_MISSING = object()


class FactsInMemory:
    """The latest answers of queries that depend on nothing but the list and their arguments.

    What they return belongs to everybody: nobody changes it. In every process it is as of the
    edition that the process last saw; the answers asked for longest ago go first.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._edition: Edition | None = None
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    async def of(
        self,
        store: Store,
        edition: Edition | None,
        query: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What the query returns as of the edition (None: nothing is imported, nothing held)."""
        if edition is None:
            return await store.read(query, *args, **kwargs)
        key = (query, args, tuple(kwargs.items()))
        found = self._known(edition, key)
        if found is _MISSING:
            found = await store.read(query, *args, **kwargs)
            self._keep(edition, key, found)
        answer: T = found
        return answer

    def made(self, edition: Edition | None, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes of facts of this edition, which `key` names."""
        if edition is None:
            return make()
        found = self._known(edition, key)
        if found is _MISSING:
            found = make()
            self._keep(edition, key, found)
        answer: T = found
        return answer

    def _known(self, edition: Edition, key: Hashable) -> Any:
        if edition != self._edition:
            self._answers.clear()
            self._edition = edition
        found = self._answers.get(key, _MISSING)
        if found is not _MISSING:
            self._answers.move_to_end(key)
        return found

    def _keep(self, edition: Edition, key: Hashable, answer: Any) -> None:
        if edition != self._edition:  # another came in while it was read
            return
        self._answers[key] = answer
        if len(self._answers) > self._most:
            self._answers.popitem(last=False)
