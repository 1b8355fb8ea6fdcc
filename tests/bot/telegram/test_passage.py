"""How a block's calls leave: at the last moment, with patience or without, and known to be out."""

import pytest
from telegram.error import RetryAfter

from bot.telegram.http import NotArrivedError
from bot.telegram.outbox import Answer, Call, Outbox, in_lane
from bot.telegram.pace import Lane, Limits
from tests.bot.telegram.virtual_time import VirtualTime

OK = (200, b'{"ok":true}')
CALL = Call("sendMessage", 7)


def outbox(time: VirtualTime) -> Outbox:
    return Outbox(Limits(), clock=time.clock, sleep=time.sleep)


async def test_a_digest_waits_no_longer_than_it_has_patience() -> None:
    time = VirtualTime()
    road = outbox(time)
    road.pace.halt.extend(60)

    async def send() -> Answer:
        return OK

    with in_lane(Lane.DIGESTS, patience_s=10) as passage, pytest.raises(RetryAfter):
        await road.carry(CALL, send)
    assert not passage.on_the_road
    with in_lane(Lane.DIGESTS, patience_s=100):
        assert await time.run(road.carry(CALL, send)) == pytest.approx(60)
    road.pace.halt.extend(300)
    with in_lane(Lane.DIGESTS):
        assert await time.run(road.carry(CALL, send)) == pytest.approx(300)


async def test_nothing_leaves_when_its_time_is_over() -> None:
    sent = []

    async def send() -> Answer:
        sent.append(1)
        return OK

    async def no() -> bool:
        return False

    with (
        in_lane(Lane.DIGESTS, may_leave=no) as passage,
        pytest.raises(NotArrivedError, match="time for it was over"),
    ):
        await outbox(VirtualTime()).carry(CALL, send)
    assert not sent
    assert not passage.on_the_road


async def test_it_is_on_the_road_from_the_departure_and_not_while_it_waits_to_be_repeated() -> None:
    time = VirtualTime()
    seen = []

    async def sleep(seconds: float) -> None:
        seen.append(("waits", passage.on_the_road))
        await time.sleep(seconds)

    async def send() -> Answer:
        seen.append(("sends", passage.on_the_road))
        if len(seen) == 1:
            raise NotArrivedError("no connection")
        return OK

    road = Outbox(Limits(), clock=time.clock, sleep=sleep, chance=lambda: 0)
    with in_lane(Lane.DIGESTS) as passage:
        await time.run(road.carry(Call("sendMessage", 7), send))
    assert seen[0] == ("sends", True)
    assert ("waits", False) in seen
    assert ("waits", True) not in seen
    assert passage.on_the_road
