"""Updates of one person are answered in order; nobody waits for somebody else's."""

import asyncio

import pytest
from telegram import Update

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from bot.telegram.update_order import InOrder
from handlers.frame.context import Qala


async def test_one_persons_updates_are_answered_in_order(
    sandbox: Sandbox, daniel: Resident
) -> None:
    sandbox.faults.add(method="sendMessage", chat_id=daniel.id, delay=0.5)  # the first one is slow
    for command in ("/help", "/privacy", "/settings"):
        await daniel.send(command)
    said = [(await daniel.next_message()).text for _ in range(3)]
    assert ["How to ask me" in said[0], "What I keep" in said[1], "Settings" in said[2]] == [
        True
    ] * 3


async def test_others_are_not_delayed_by_a_slow_one(
    sandbox: Sandbox, daniel: Resident, resident: Resident
) -> None:
    sandbox.faults.add(method="sendMessage", chat_id=daniel.id, delay=3)
    await daniel.send("/help")
    await asyncio.sleep(0.1)
    await resident.send("/help")
    await resident.next_message(timeout=2)
    assert daniel.messages == []


async def test_one_persons_haste_does_not_take_every_place(
    sandbox: Sandbox, qala: Qala, daniel: Resident, resident: Resident
) -> None:
    sandbox.faults.add(method="sendMessage", chat_id=daniel.id, delay=0.4, times=None)
    for _ in range(40):  # more than are worked on at once
        await daniel.send("/help")
    await asyncio.sleep(0.1)
    await resident.send("/help")
    await resident.next_message(timeout=2)
    assert len(daniel.messages) < 10
    sandbox.faults.clear()


async def test_many_people_are_served_side_by_side(sandbox: Sandbox, qala: Qala) -> None:
    sandbox.faults.add(method="sendMessage", delay=0.5, times=None)
    guests = [sandbox.add_resident(f"Guest{n}", "en") for n in range(20)]
    for guest in guests:
        await guest.send("/help")
    async with asyncio.timeout(4):  # one after the other it would take ten seconds
        for guest in guests:
            await guest.next_message()


def update(user_id: int, update_id: int) -> Update:
    user = {"id": user_id, "is_bot": False, "first_name": "X"}
    message = {"message_id": 1, "date": 0, "chat": {"id": user_id, "type": "private"}, "from": user}
    made = Update.de_json({"update_id": update_id, "message": message})
    assert made is not None
    return made


async def test_no_more_than_so_many_at_once() -> None:
    working, most = 0, 0

    async def work() -> None:
        nonlocal working, most
        working += 1
        most = max(most, working)
        await asyncio.sleep(0.01)
        working -= 1

    processor = InOrder(at_once=3)
    async with processor:
        people = [processor.process_update(update(n, n), work()) for n in range(10)]
        await asyncio.gather(*people, *[processor.process_update(object(), work())])
    assert most == 3


async def test_a_failure_does_not_hold_up_the_next() -> None:
    async def fail() -> None:
        raise LookupError

    async def succeed() -> None:
        pass

    processor = InOrder()
    with pytest.raises(LookupError):
        await processor.process_update(update(1, 1), fail())
    async with asyncio.timeout(1):
        await processor.process_update(update(1, 2), succeed())
    assert processor.current_concurrent_updates == 0
