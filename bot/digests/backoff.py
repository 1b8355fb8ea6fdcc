"""How long to wait after what went wrong: with one digest, or with all of them."""

from collections.abc import Callable

import structlog

from bot.digests.limits import Times
from bot.digests.sending import OUR_FAULT, REFUSED, Result

MOST_POSTPONED = 1_000  # more of them is no chat's trouble but the road's
LONGEST_OF_ONE = 10  # a digest that does not get through waits so much longer than all together
FAULTS = 20  # in a row are no chat's fault but ours: the rest waits for somebody to mend it
MENDING_S = 600.0

log = structlog.stdlib.get_logger(__name__)


class Patience:
    """Learns from results when to go on. `at_once` is how many are sent at once."""

    def __init__(self, times: Times, at_once: int, clock: Callable[[], float]) -> None:
        self._times = times
        self._at_once = at_once
        self._clock = clock
        self._later: dict[int, tuple[int, float]] = {}  # how often, and not before
        self._not_before_s = 0.0
        self._troubles = 0
        self._faults = 0

    @property
    def is_over(self) -> bool:
        """Whether digests may be sent."""
        return self._clock() >= self._not_before_s

    def pause_s(self, usual: float) -> float:
        """The seconds till something more may be sent, at most the usual ones."""
        ends = [until for _, until in self._later.values()] + [self._not_before_s]
        now = self._clock()
        return min([usual, *(end - now for end in ends if end > now)])

    def postponed(self) -> list[int]:
        """The deliveries that are not to be tried again yet."""
        now = self._clock()
        if len(self._later) > MOST_POSTPONED:
            self._later.clear()
        return [number for number, (_, until) in self._later.items() if until > now]

    def learn(self, delivery: int, result: Result) -> None:
        """Wait longer where nothing gets through, or where this one does not."""
        if result.state in {"released", "moved"}:
            self._postpone(delivery)
        else:
            self._later.pop(delivery, None)
        if result.state != "released":
            self._troubles = 0
            self._count_faults(result)
        elif result.wait_s:
            self._wait(result.wait_s)
        else:
            self._trouble(1)

    def nothing_works(self) -> None:
        """Not one but all of them failed."""
        self._trouble(self._at_once)

    def _postpone(self, delivery: int) -> None:
        times = self._later.get(delivery, (0, 0.0))[0] + 1
        pause_s = min(self._times.pause_s * 2**times, LONGEST_OF_ONE * self._times.longest_pause_s)
        self._later[delivery] = (times, self._clock() + pause_s)

    def _count_faults(self, result: Result) -> None:
        if result.state == "sent":
            self._faults = 0
        elif result.reason in {OUR_FAULT, REFUSED} and not result.rests:
            self._faults += 1
            if self._faults >= FAULTS:
                log.error("digests_held_back", failed=self._faults, again_in_s=MENDING_S)
                self._wait(MENDING_S)

    def _trouble(self, more: int) -> None:
        """Wait twice as long each time that all who were under way have failed."""
        self._troubles += more
        if self._troubles >= self._at_once:
            times = min(self._troubles // self._at_once, 10)
            self._wait(min(self._times.pause_s * 2**times, self._times.longest_pause_s))

    def _wait(self, seconds: float) -> None:
        self._not_before_s = max(self._not_before_s, self._clock() + seconds)
