"""Stretches of days and of money, either end of which may be open."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

PeriodOf = Literal["completed", "due", "started", "any"]
"""What happened in a period; "any": what the date that stands for a project says."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the city from `first` to `last`, both included; None: open at that end."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole tenge from `minimum` to `maximum`, both included; None: open at that end."""

    minimum: int | None = None
    maximum: int | None = None

    @property
    def as_typed(self) -> "Amount":
        """The sums that a sum in words stands for: 4,6 млрд is 4.55 to 4.65 млрд.

        A range, and a sum to the tenge, stay as they are.
        """
        if self.minimum is None or self.minimum != self.maximum:
            return self
        step = _step(self.minimum)
        return Amount(self.minimum - step // 2, self.maximum + step // 2)


def _step(tenge: int) -> int:
    """The last digit said of a rounded sum: at most a milliard, below that at most a million."""
    most = _MILLIARD if tenge >= _MILLIARD else _MILLION
    step = 1
    while step < most and tenge and tenge % (step * 10) == 0:
        step *= 10
    return step if step >= _SAID_IN_WORDS else 0


_MILLION, _MILLIARD = 10**6, 10**9
_SAID_IN_WORDS = 10**5
