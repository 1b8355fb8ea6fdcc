"""A session on an empty store of either engine, and the builder that fills it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from storage.database.store import Store
from tests.storage.builder import Builder
from tests.storage.digest_world import World


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """A session in a transaction, once on each engine."""
    with store.writing() as session:
        yield session


@pytest.fixture
def builder(session: Session) -> Builder:
    return Builder(session)


@pytest.fixture
def world(session: Session) -> World:
    return World(session)
