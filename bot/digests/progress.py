"""How a run of digests goes, for the operator's log."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.digests.sending import Result


@dataclass(slots=True)
class Progress:
    """What was planned and sent since the run began; `clock` gives seconds."""

    clock: Callable[[], float] = time.monotonic
    planned: int = 0
    sent: int = 0
    unknown: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    began_s: float | None = None
    told_s: float = 0.0

    def note(self, result: Result) -> None:
        """A digest is done."""
        self.begin()
        self.sent += result.state == "sent"
        self.unknown += result.state == "unknown"
        if result.state == "failed":
            self.failed[result.reason] += 1

    def begin(self) -> None:
        """The run begins, unless it has begun."""
        if self.began_s is None:
            self.began_s = self.told_s = self.clock()

    def reset(self) -> None:
        """The run is over; the next one begins with what happens next."""
        self.planned = self.sent = self.unknown = 0
        self.failed.clear()
        self.began_s = None

    @property
    def running(self) -> bool:
        return self.began_s is not None

    @property
    def rate(self) -> float:
        """Digests a second since the run began."""
        done = self.sent + self.unknown + self.failed.total()
        passed = self.clock() - (self.began_s if self.began_s is not None else self.clock())
        return done / passed if passed > 0 else 0.0

    def described(self, left: int) -> dict[str, Any]:
        """The fields of the log line."""
        return {
            "planned": self.planned,
            "sent": self.sent,
            "failed": dict(self.failed),
            "unknown": self.unknown,
            "rate": round(self.rate, 1),
            "left": left,
            "seconds_left": round(left / self.rate) if left and self.rate else 0,
        }
