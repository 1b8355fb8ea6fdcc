"""A word that only begins like a name is not that name."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from storage.database.store import Store
from storage.places.named import find_places
from storage.search.search import WHOLE_NAME


@pytest.fixture
def session(shipped_sqlite: Store) -> Iterator[Session]:
    with shipped_sqlite.reading() as session:
        yield session


@pytest.mark.parametrize("text", ["меню", "Menu", "тіл", "мама", "дорого"])
def test_an_everyday_word_is_no_place(session: Session, text: str) -> None:
    assert all(place.score < WHOLE_NAME for place in find_places(session, text))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Жандос", "Жандосов көшесі"),
        ("Гагарина", "Гагарин даңғылы"),
        ("райымбек", "Райымбек даңғылы"),
    ],
)
def test_most_of_a_name_is_the_name(session: Session, text: str, first: str) -> None:
    best = find_places(session, text)[0]
    assert best.names.kk == first
    assert best.score >= WHOLE_NAME


def test_a_whole_word_goes_before_a_beginning(session: Session) -> None:
    found = [place.names.kk for place in find_places(session, "Төле")]
    assert found.index("Төле би көшесі") < found.index("Төлебаев көшесі")
