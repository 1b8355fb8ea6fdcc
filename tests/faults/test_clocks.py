"""Clocks that jump, forward and back: nothing comes twice, and nobody waits for ever."""

import asyncio
from datetime import timedelta

from bot.digests.service import serving
from storage.database.store import Store
from storage.digests import deliveries, leases
from tests.bot.digests.city import DAY, FIRST, START, City, Clock, received, soon

WEEK = timedelta(days=7)


async def test_a_jump_of_a_week_forward_and_back(city: City) -> None:
    people = city.people(4)
    school = city.completed()
    city.clock.now = FIRST + WEEK  # wrong by a week
    await city.run()
    later = city.completed("later", FIRST + DAY)
    city.clock.now = FIRST
    await city.run()
    city.clock.now = FIRST + WEEK
    await city.run()
    assert received(people) == [1] * 4
    city.clock.now = FIRST + 2 * WEEK
    await city.run()
    assert [m.text for m in people[0].messages] == [f"Дайджест {school}", f"Дайджест {later}"]
    assert received(people) == [2] * 4


async def test_jumps_in_the_middle_of_a_run(city: City) -> None:
    people = city.people(60)
    city.completed()
    city.sandbox.faults.add(method="sendMessage", delay=0.03, times=None)
    async with serving(city.digests(per_second=200)):
        for jump in (2, -3, 1, -0.5, 24, -24) * 3:
            await asyncio.sleep(0.05)
            city.clock.now += timedelta(hours=jump)
        await soon(lambda: not _open(city))
    states = city.states()
    for person in people:
        outcome = (states[person.id][0], len(person.messages))
        assert outcome in {("sent", 1), ("unknown", 0), ("unknown", 1)}
    assert sum(received(people)) > 30


def _open(city: City) -> int:
    with city.store.reading() as session:
        states = deliveries.counts(session).states
    return states.get("pending", 0) + states.get("sending", 0)


async def test_another_process_takes_over_whose_clock_is_ahead(city: City, store_url: str) -> None:
    """It takes the first one's claims for lost: they are unknown until the first says otherwise."""
    people = city.people(30)
    city.completed()
    city.sandbox.faults.add(method="sendMessage", delay=0.2, times=None)
    with Store(store_url) as other_store:
        ahead = City(other_store, city.sandbox, city.bot, Clock(FIRST + timedelta(minutes=50)))
        async with serving(city.digests()):
            await soon(lambda: "sending" in {state for state, _ in city.states().values()})
            async with asyncio.timeout(20):
                assert await ahead.digests().deliver()
            await soon(lambda: not _open(city))
        await other_store.aclose()
    assert received(people) == [1] * 30
    assert set(city.states().values()) == {("sent", "")}


async def test_a_lease_that_a_wrong_clock_took_does_not_hold_for_ever(city: City) -> None:
    with city.store.writing() as session:
        assert leases.take(session, "delivery", "dead", START + 365 * DAY, timedelta(minutes=1))
    people = city.people(2)
    city.completed()
    await city.run()
    assert received(people) == [1, 1]
