"""The planner's pipeline: what happens in which thread, and what is left when a round fails."""

import gc
import threading
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from storage.database.store import Store
from storage.digests.pipeline import Pipeline
from storage.digests.planner import ChunkStart, Planned, Planner, PreparedChunk
from storage.subscriptions.subscriptions import add
from tests.storage.digest_world import CITY_NEWS, FRIDAY, World, almaty

START = almaty("2026-02-16 09:00")
EVENING = almaty("2026-02-20 18:00")
CHATS, CHUNK = 10, 3
PATIENCE_S = 20


@pytest.fixture
def due(store: Store) -> Store:
    """A store in which one digest of each chat is due."""
    with store.writing() as session:
        world = World(session)
        for chat in range(CHATS):
            add(session, chat, CITY_NEWS, FRIDAY, "kk", START)
        world.done("school", START + timedelta(days=1))
    return store


class Watched:
    """Notes in which threads the planner prepares and steps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.prepared: list[str] = []
        self.stepped: list[str] = []
        self.ahead = threading.Event()
        self.running = 0
        prepare, step = Planner.prepare, Planner.step

        def watched_prepare(
            planner: Planner, session: Session, start: ChunkStart | None = None
        ) -> PreparedChunk:
            self.running += 1
            self.prepared.append(threading.current_thread().name)
            if start is not None:
                self.ahead.set()
            try:
                return prepare(planner, session, start)
            finally:
                self.running -= 1

        def watched_step(planner: Planner, session: Session, chunk: PreparedChunk) -> Planned:
            self.stepped.append(threading.current_thread().name)
            if chunk.more:
                assert self.ahead.wait(PATIENCE_S), "nothing is prepared while a chunk is written"
                self.ahead.clear()
            return self.after_step(step(planner, session, chunk))

        monkeypatch.setattr(Planner, "prepare", watched_prepare)
        monkeypatch.setattr(Planner, "step", watched_step)

    def after_step(self, planned: Planned) -> Planned:
        return planned


async def test_a_chunk_is_prepared_while_one_is_written_and_none_in_the_loop(
    due: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch)
    async with Pipeline(due, EVENING, chunk=CHUNK) as pipeline:
        made = [planned.deliveries async for planned in pipeline]
    assert sum(made) == CHATS
    loop = threading.current_thread().name
    assert loop not in watched.prepared + watched.stepped
    if due.sqlite:
        assert len(set(watched.stepped)) == 1  # the one writer
        assert not set(watched.stepped) & set(watched.prepared)
    await due.aclose()


async def test_a_round_that_fails_waits_for_what_it_began(
    due: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch)
    forgotten: list[Planner] = []

    def forget(planner: Planner) -> None:
        forgotten.append(planner)

    def fails(planned: Planned) -> Planned:
        raise OSError(f"{planned.deliveries} rolled back")

    monkeypatch.setattr(Planner, "forget", forget)
    monkeypatch.setattr(watched, "after_step", fails)
    with pytest.raises(OSError, match="rolled back"):
        async with Pipeline(due, EVENING, chunk=CHUNK) as pipeline:
            await anext(pipeline)
    assert watched.running == 0
    assert len(watched.prepared) == 2
    assert len(forgotten) == 1
    assert gc.isenabled()
    await due.aclose()


async def test_who_stops_early_leaves_the_rest_due(due: Store) -> None:
    async with Pipeline(due, EVENING, chunk=CHUNK) as pipeline:
        first = await anext(pipeline)
    assert first.more
    async with Pipeline(due, EVENING, chunk=CHUNK) as pipeline:
        rest = [planned.deliveries async for planned in pipeline]
    assert first.deliveries + sum(rest) == CHATS
    await due.aclose()
