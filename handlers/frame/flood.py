"""How many updates one person may send: 20 in 10 seconds, then one notice and a minute of silence.

Counted when an update arrives, not when its turn comes, so that slow answers hide nobody's haste.
In memory and bounded: the ones heard from longest ago are forgotten first.
"""

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

LIMIT = 20  # updates
WINDOW = timedelta(seconds=10)
SILENCE = timedelta(minutes=1)
MOST_PEOPLE = 10_000


class Verdict(Enum):
    """What an update is due: an answer, the one notice, or silence."""

    ANSWER = "answer"
    NOTICE = "notice"
    SILENCE = "silence"


@dataclass
class _Pace:
    arrivals: deque[datetime] = field(default_factory=lambda: deque(maxlen=LIMIT))
    silent_until: datetime | None = None


class FloodGate:
    """The pace of everybody who writes; `clock` gives aware times."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._paces: OrderedDict[int, _Pace] = OrderedDict()
        self._verdicts: dict[int, Verdict] = {}

    def arrived(self, update_id: int, person_id: int) -> Verdict:
        """Count an update; the verdict is also kept for `verdict`, until that asks for it."""
        verdict = self._judge(self._pace(person_id), self._clock())
        if verdict is not Verdict.ANSWER:
            self._verdicts[update_id] = verdict
        return verdict

    def verdict(self, update_id: int) -> Verdict:
        """What was decided when this update arrived; asked once."""
        return self._verdicts.pop(update_id, Verdict.ANSWER)

    def _pace(self, person_id: int) -> _Pace:
        pace = self._paces.setdefault(person_id, _Pace())
        self._paces.move_to_end(person_id)
        while len(self._paces) > MOST_PEOPLE:
            self._paces.popitem(last=False)
        return pace

    @staticmethod
    def _judge(pace: _Pace, now: datetime) -> Verdict:
        if pace.silent_until is not None:
            if now < pace.silent_until:
                return Verdict.SILENCE
            pace.silent_until = None
            pace.arrivals.clear()
        if len(pace.arrivals) == LIMIT and now - pace.arrivals[0] < WINDOW:
            pace.silent_until = now + SILENCE
            return Verdict.NOTICE
        pace.arrivals.append(now)
        return Verdict.ANSWER
