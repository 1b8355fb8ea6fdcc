"""The pace with a clock of its own: what leaves when, whatever wants to leave."""

import asyncio
import random
from itertools import count

import pytest

from bot.settings import Settings
from bot.telegram.pace import PER_SECOND, Chats, Halt, HaltedError, Lane, Limits, Pace
from tests.bot.telegram.virtual_time import BEGIN_S, VirtualTime, worst_window

NUMBERS = count(1_000)


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


class Road:
    """A pace, and what left on it: lane, chat and moment of each message."""

    def __init__(self, time: VirtualTime, limits: Limits | None = None) -> None:
        self.time = time
        self.pace = Pace(limits or Limits(), clock=time.clock, sleep=time.sleep)
        self.left: list[tuple[Lane, int | str | None, float]] = []

    async def send(
        self, lane: Lane, chat: int | str | None = None, *, at: float = 0, paid: bool = False
    ) -> float:
        """How long the message had to wait from the moment at which it was to be sent."""
        if at:
            await self.time.sleep(at)
        begun = self.time.now
        await self.pace.turn(lane, chat, paid=paid)
        self.left.append((lane, chat, self.time.now))
        return self.time.now - begun

    def times(self, chat: int | str | None = None) -> list[float]:
        return [at for _, to, at in self.left if chat is None or to == chat]


def test_the_default_rate_is_that_of_the_settings() -> None:
    assert Settings.model_fields["messages_per_second"].default == PER_SECOND


async def test_10_000_digests_never_more_than_30_in_a_second(time: VirtualTime) -> None:
    road = Road(time)
    took = await time.run(*(road.send(Lane.DIGESTS, next(NUMBERS)) for _ in range(10_000)))
    assert worst_window(road.times(), 1.0) <= 30
    assert 10_000 / took > 29  # and hardly fewer
    assert len(road.pace._chats) < 2_100  # who was written to long ago is forgotten


async def test_10_000_of_both_lanes_at_random_moments(time: VirtualTime) -> None:
    road, chance = Road(time), random.Random(3)
    chats = [chance.randrange(1, 300) for _ in range(10_000)]
    lanes = [chance.choice(list(Lane)) for _ in chats]
    await time.run(
        *(
            road.send(lane, chat, at=chance.uniform(0.001, 200))
            for lane, chat in zip(lanes, chats, strict=True)
        )
    )
    assert len(road.left) == 10_000
    assert worst_window(road.times(), 1.0) <= 30
    assert max(worst_window(road.times(chat), 1.0) for chat in set(chats)) <= 3


async def test_a_bot_that_slept_does_not_catch_up(time: VirtualTime) -> None:
    road = Road(time)
    for _ in range(3):
        await time.run(*(road.send(Lane.ANSWERS, next(NUMBERS)) for _ in range(100)))
        await time.run(time.sleep(3600))
    assert worst_window(road.times(), 1.0) <= 30


async def test_late_departures_are_made_up_for_within_the_limit(time: VirtualTime) -> None:
    road, chance = Road(time), random.Random(5)

    async def oversleep(seconds: float) -> None:
        await VirtualTime.sleep(time, seconds + chance.choice((0.0, 0.001, 0.005, 0.3)))

    road.pace._sleep = oversleep
    await time.run(*(road.send(Lane.DIGESTS, next(NUMBERS)) for _ in range(2_000)))
    assert worst_window(road.times(), 1.0) <= 30


async def test_three_answers_at_once_in_a_chat_then_one_a_second(time: VirtualTime) -> None:
    road = Road(time)
    await time.run(*(road.send(Lane.ANSWERS, 7) for _ in range(8)))
    since = [round(at - road.times()[0], 1) for at in road.times()]
    assert since == [0, 0, 0.1, 1, 2, 3, 4, 5]


async def test_one_digest_a_second_in_a_chat_and_others_pass(time: VirtualTime) -> None:
    road = Road(time)
    same = [road.send(Lane.DIGESTS, 7) for _ in range(4)]
    others = [road.send(Lane.DIGESTS, next(NUMBERS)) for _ in range(20)]
    assert await time.run(*same, *others) < 3.3
    assert worst_window(road.times(7), 1.0) == 1
    assert max(at for _, to, at in road.left if to != 7) - min(road.times()) < 1


async def test_answers_in_a_chat_leave_in_the_order_they_came(time: VirtualTime) -> None:
    road, order = Road(time), []

    async def send(number: int) -> None:
        await road.send(Lane.ANSWERS, 7)
        order.append(number)

    await time.run(*(send(number) for number in range(12)))
    assert order == list(range(12))


@pytest.mark.parametrize("chat", [-100500, "@qala_channel"])
async def test_20_a_minute_in_a_group(time: VirtualTime, chat: int | str) -> None:
    road = Road(time)
    took = await time.run(*(road.send(Lane.DIGESTS, chat) for _ in range(60)))
    assert worst_window(road.times(), 60.0) == 20
    assert 120 < took < 122


async def test_a_full_group_does_not_hold_up_people(time: VirtualTime) -> None:
    road = Road(time)
    group = [road.send(Lane.DIGESTS, -100500) for _ in range(30)]
    people = [road.send(Lane.ANSWERS, next(NUMBERS), at=2) for _ in range(5)]
    await time.run(*group, *people)
    assert all(at < BEGIN_S + 2.3 for _, to, at in road.left if to != -100500)


async def test_a_group_that_asks_without_end_does_not_take_all_places(time: VirtualTime) -> None:
    road, refused = Road(time), []

    async def answer(at: float) -> None:
        await time.sleep(at)
        begun = time.now
        try:
            await road.send(Lane.ANSWERS, -100500)
        except HaltedError as error:
            refused.append(error.left_s)
        assert time.now - begun < 17

    await time.run(*(answer(n / 2) for n in range(600)))  # two a second, for five minutes
    assert worst_window(road.times(), 60.0) == 20
    assert len(road.left) == 120
    assert len(refused) == 480
    assert min(refused) > 15


async def test_answers_overtake_a_broadcast_and_wait_at_most_100_ms(time: VirtualTime) -> None:
    road, chance = Road(time), random.Random(7)
    waits: list[float] = []

    async def answer(at: float) -> None:
        waits.append(await road.send(Lane.ANSWERS, next(NUMBERS), at=at))

    answers = [answer(chance.uniform(0.1, 60)) for _ in range(300)]  # 5 a second
    digests = [road.send(Lane.DIGESTS, next(NUMBERS)) for _ in range(2_000)]
    await time.run(*digests, *answers)
    waits.sort()
    assert waits[len(waits) * 99 // 100] <= 0.1
    assert worst_window(road.times(), 1.0) <= 30
    broadcast = [at for lane, _, at in road.left if lane is Lane.DIGESTS]
    assert max(broadcast) - min(broadcast) < 2_300 / 29  # in all that is left


async def test_a_digest_gives_way_to_answers_in_its_own_chat(time: VirtualTime) -> None:
    road = Road(time)
    answers = [road.send(Lane.ANSWERS, 7) for _ in range(6)]
    await time.run(*answers, road.send(Lane.DIGESTS, 7))
    assert road.left[-1][0] is Lane.DIGESTS


async def test_a_halt_holds_both_lanes_and_then_they_go_on_evenly(time: VirtualTime) -> None:
    road = Road(time)

    async def halt() -> None:
        await time.sleep(2)
        road.pace.halt.extend(20)
        await time.sleep(1)
        road.pace.halt.extend(5)  # a shorter one does not end the longer

    sends = [road.send(Lane.DIGESTS, next(NUMBERS)) for _ in range(200)]
    sends += [road.send(Lane.ANSWERS, next(NUMBERS), at=1 + n / 10) for n in range(100)]
    await time.run(halt(), *sends)
    assert len(road.left) == 300
    assert not [at for at in road.times() if 5_002 < at < 5_022]
    assert worst_window(road.times(), 1.0) <= 30


async def test_an_answer_does_not_wait_for_ever(time: VirtualTime) -> None:
    road = Road(time)
    road.pace.halt.extend(300)
    with pytest.raises(HaltedError, match="another 300 s"):
        await time.run(road.send(Lane.ANSWERS, 7))
    assert not road.pace._lines
    assert await time.run(road.send(Lane.DIGESTS, 7)) == pytest.approx(300)


async def test_a_halt_ends_at_its_deadline_whoever_waits(time: VirtualTime) -> None:
    halt = Halt(time.clock, time.sleep)
    halt.extend(2)
    assert halt.left_s == 2
    assert await time.run(halt.passed(), halt.passed()) == pytest.approx(2)
    assert halt.left_s == 0


async def test_who_gives_up_waiting_leaves_no_trace(time: VirtualTime) -> None:
    road = Road(time)
    await time.run(*(road.send(Lane.ANSWERS, 7) for _ in range(3)))
    waiting = [asyncio.ensure_future(road.send(lane, 7)) for lane in (*Lane, *Lane)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert not road.pace._lines
    assert await time.run(road.send(Lane.DIGESTS, next(NUMBERS))) < 0.1


async def test_paid_broadcasts_have_a_pace_of_their_own(time: VirtualTime) -> None:
    road = Road(time, Limits(per_second=30, paid_per_second=500))
    paid = [road.send(Lane.DIGESTS, next(NUMBERS), paid=True) for _ in range(2_000)]
    assert await time.run(*paid) == pytest.approx(4, abs=0.3)
    assert worst_window(road.times(), 1.0) <= 500


async def test_without_a_paid_rate_they_are_like_the_others(time: VirtualTime) -> None:
    road = Road(time)
    await time.run(*(road.send(Lane.DIGESTS, next(NUMBERS), paid=True) for _ in range(100)))
    assert worst_window(road.times(), 1.0) <= 30


async def test_without_limits_everything_leaves_at_once_but_for_a_halt(time: VirtualTime) -> None:
    road = Road(time, Limits(per_second=0, paid_per_second=500))
    sends = [road.send(lane, chat, paid=True) for lane in Lane for chat in (7, -7, None) * 50]
    assert await time.run(*sends) == 0
    road.pace.halt.extend(4)
    assert await time.run(road.send(Lane.ANSWERS, 7)) == pytest.approx(4)


def test_chats_are_forgotten_when_their_time_is_over() -> None:
    chats = Chats()
    for number in range(1, 50_000):
        chats.take(number if number % 2 else -number, now=number / 30)
    assert len(chats) < 5_000
