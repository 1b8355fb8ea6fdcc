"""Everything that is due is planned beside a running bot, in threads of their own."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import datetime

from storage.database.memory import collect_young, no_full_collections
from storage.database.store import Store
from storage.digests.planner import CHUNK, Planned, Planner, Ready, Spot


async def plan_all(
    store: Store, now: datetime, *, chunk: int = CHUNK, early: bool = False
) -> AsyncGenerator[Planned]:
    """Plan everything that is due at `now` (UTC), chunk by chunk; see `Planner`. Close it.

    The matching runs in a thread of its own, so that it keeps nobody waiting, while the chunk
    before it is written. Each chunk is one transaction: those of residents come in between.
    """
    planner, step = Planner(now, chunk, early), Planned(0, 0, more=True)
    with no_full_collections():
        try:
            while step.more:
                if not planner.is_ready:
                    await asyncio.to_thread(_look_ahead, store, planner)
                step = await _step_and_look_past(store, planner)
                yield step
        finally:
            await asyncio.to_thread(planner.forget)


async def _step_and_look_past(store: Store, planner: Planner) -> Planned:
    spot = planner.past
    stepping = _step(store, planner)
    if spot is None:
        return await stepping
    looking = asyncio.ensure_future(asyncio.to_thread(_look_past, store, planner, spot))
    try:
        return await stepping
    finally:
        planner.make_ready(await looking)


async def _step(store: Store, planner: Planner) -> Planned:
    """On PostgreSQL in a thread as well: none of its Python holds up the loop."""
    if store.sqlite:
        return await store.write(planner.step)
    return await asyncio.to_thread(_step_apart, store, planner)


def _step_apart(store: Store, planner: Planner) -> Planned:
    with store.writing() as session:
        return planner.step(session)


def _look_ahead(store: Store, planner: Planner) -> None:
    with store.reading() as session:
        planner.look_ahead(session)


def _look_past(store: Store, planner: Planner, spot: Spot) -> Ready:
    with store.reading() as session:
        ready = planner.look_past(session, spot)
    collect_young()
    return ready
