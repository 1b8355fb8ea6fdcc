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
