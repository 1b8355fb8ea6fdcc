"""Facts are in memory as of one edition of the list, and anew as of the next."""

from sqlalchemy.orm import Session

from handlers.frame.facts import FactsInMemory
from storage.database.store import Store
from storage.projects.edition import Edition

ONE, HALF, TWO = Edition(1, 9, "applied"), Edition(2, 4, "accepted"), Edition(2, 9, "applied")


class Asking:
    """A query that counts how often it is run."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, _: Session, number: int = 0) -> tuple[int, int]:
        self.times += 1
        return number, self.times


async def test_an_edition_is_read_once(sqlite_store: Store) -> None:
    memory, query = FactsInMemory(), Asking()
    for _ in range(3):
        assert await memory.of(sqlite_store, ONE, query, 5) == (5, 1)
    assert await memory.of(sqlite_store, ONE, query, 6) == (6, 2)
    assert await memory.of(sqlite_store, HALF, query, 5) == (5, 3)
    assert await memory.of(sqlite_store, TWO, query, 5) == (5, 4)
    assert await memory.of(sqlite_store, TWO, query, 5) == (5, 4)
    await sqlite_store.aclose()


async def test_without_an_edition_nothing_is_remembered(sqlite_store: Store) -> None:
    memory, query = FactsInMemory(), Asking()
    await memory.of(sqlite_store, None, query)
    assert await memory.of(sqlite_store, None, query) == (0, 2)
    await sqlite_store.aclose()


async def test_it_holds_so_many_and_forgets_the_one_asked_for_longest_ago(
    sqlite_store: Store,
) -> None:
    memory, query = FactsInMemory(most=2), Asking()
    for number in (1, 2, 1, 3):
        await memory.of(sqlite_store, ONE, query, number)
    assert len(memory) == 2
    assert await memory.of(sqlite_store, ONE, query, 1) == (1, 1)
    assert await memory.of(sqlite_store, ONE, query, 2) == (2, 4)
    await sqlite_store.aclose()
