"""After a failure: one digest waits, or all of them."""

from collections import Counter

from bot.digests.backoff import FAULTS, MENDING_S, Patience
from bot.digests.limits import Times, Width
from bot.digests.progress import Progress
from bot.digests.sending import OUR_FAULT, REFUSED, Result

RELEASED = Result("released", "not arrived")


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def patience(clock: Seconds) -> Patience:
    return Patience(Times(), 8, clock)


def test_one_that_does_not_get_through_waits_and_lets_others_pass() -> None:
    clock = Seconds()
    waits = patience(clock)
    for expected in (2, 4, 8, 16):
        waits.learn(1, RELEASED)
        assert waits.postponed() == [1]
        assert waits.is_over
        assert waits.pause_s(60) == expected
        clock.now += expected
        assert waits.postponed() == []
        waits.learn(2, Result("sent"))
    waits.learn(1, Result("sent"))
    waits.learn(1, RELEASED)
    assert waits.pause_s(60) == 2


def test_where_nothing_gets_through_all_wait_longer_and_longer() -> None:
    clock = Seconds()
    waits = patience(clock)
    pauses = []
    for _ in range(9):
        for number in range(8):
            waits.learn(number, RELEASED)
        begun = clock.now
        while not waits.is_over:
            clock.now += 1
        pauses.append(clock.now - begun)
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60, 60]
    waits.learn(1, Result("sent"))
    waits.learn(1, RELEASED)
    assert waits.is_over


def test_a_wait_that_telegram_asks_for() -> None:
    clock = Seconds()
    waits = patience(clock)
    waits.learn(1, Result("released", wait_s=30))
    assert not waits.is_over
    clock.now += 30
    assert waits.is_over


def test_mistakes_of_ours_hold_back_the_rest() -> None:
    clock = Seconds()
    waits = patience(clock)
    for _ in range(3):
        for _ in range(FAULTS - 1):
            waits.learn(1, Result("failed", OUR_FAULT))
        waits.learn(1, Result("failed", "blocked", rests=True))
        assert waits.is_over
        waits.learn(1, Result("sent"))
    for _ in range(FAULTS):
        waits.learn(1, Result("failed", REFUSED))
    assert not waits.is_over
    clock.now += MENDING_S
    assert waits.is_over


def test_as_many_at_once_as_keep_the_pace_and_no_more() -> None:
    assert Width.of(30) == Width(9, 2)
    assert Width.of(1) == Width(8, 2)
    assert Width.of(1000) == Width(256, 60)
    assert Width.of(0) == Width(32, 32)


def test_a_run_is_told_in_figures() -> None:
    clock = Seconds()
    progress = Progress(clock)
    progress.planned = 10
    progress.note(Result("sent"))
    progress.note(Result("unknown", "no answer"))
    progress.note(Result("failed", "blocked", rests=True))
    clock.now += 2
    assert progress.described(left=6) == {
        "planned": 10,
        "sent": 1,
        "failed": {"blocked": 1},
        "unknown": 1,
        "rate": 1.5,
        "left": 6,
        "seconds_left": 4,
    }
    progress.reset()
    assert not progress.running
    assert progress.failed == Counter()
