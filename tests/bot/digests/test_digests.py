"""The ordinary way of a digest: planned, sent once, recorded."""

from datetime import timedelta

from bot.digests.service import serving
from handlers.frame.screens import Screen
from storage.digests import leases
from storage.subscriptions.schedules import Schedule
from tests.bot.digests.city import DAY, FIRST, START, City, received, simple, soon

WEEK = timedelta(days=7)


async def test_each_gets_one_with_its_button(city: City) -> None:
    people = city.people(30)
    school = city.completed()
    digests = await city.run()
    assert received(people) == [1] * 30
    message = people[0].messages[0]
    assert message.text == f"Дайджест {school}"
    assert message.keyboard
    assert set(city.states().values()) == {("sent", "")}
    assert digests.delivery.progress.sent == 0  # the run is over
    await city.run()
    assert received(people) == [1] * 30


async def test_a_text_is_composed_once_for_all_who_get_it(city: City) -> None:
    composed: list[tuple[str, int]] = []

    async def counting(*what: object) -> Screen | None:
        composed.append((str(what[1]), len(composed)))
        return await simple(*what)  # type: ignore[arg-type]

    city.people(20)
    city.completed()
    await city.run(text=counting)
    assert len(composed) == 1


async def test_downtime_of_weeks_is_made_up_once(city: City) -> None:
    people = city.people(3)
    for week in range(5):
        city.completed(f"school-{week}", START + week * WEEK + DAY)
    city.clock.now = FIRST + 6 * WEEK
    await city.run()
    await city.run()
    assert received(people) == [1] * 3
    assert all(len(each.messages[0].text.split()) == 6 for each in people)


async def test_a_running_bot_delivers_when_woken_and_holds_the_lease(city: City) -> None:
    people = city.people(5)
    city.clock.now = START
    digests = city.digests()
    async with serving(digests):
        await soon(lambda: digests.delivery.holds)
        with city.store.reading() as session:
            held = leases.held(session, "delivery", city.clock.now)
        assert held is not None
        assert held.holder == digests.delivery.holder
        city.completed()
        city.clock.now = FIRST
        digests.wake()
        await soon(lambda: received(people) == [1] * 5)
    with city.store.reading() as session:
        assert leases.held(session, "delivery", city.clock.now) is None


async def test_what_is_told_at_once_waits_for_the_morning(city: City) -> None:
    people = city.people(2, Schedule("at_once", 0, 0))
    city.clock.now = START + timedelta(hours=14)  # 23:00
    city.completed(at=city.clock.now)
    await city.run()
    assert received(people) == [0, 0]
    city.clock.now = START + timedelta(hours=23, minutes=1)
    await city.run()
    assert received(people) == [1, 1]


async def test_nothing_left_to_tell_is_sent_to_nobody(city: City) -> None:
    async def nothing(*what: object) -> Screen | None:
        return None

    people = city.people(2)
    city.completed()
    await city.run(text=nothing)
    assert received(people) == [0, 0]
    assert set(city.states().values()) == {("failed", "nothing left")}


async def test_a_mistake_of_ours_ends_one_digest_and_not_the_run(city: City) -> None:
    async def broken(*what: object) -> Screen | None:
        raise ZeroDivisionError

    people = city.people(2)
    city.completed()
    await city.run(text=broken)
    assert received(people) == [0, 0]
    assert set(city.states().values()) == {("failed", "our fault")}
