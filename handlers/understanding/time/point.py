"""A moment that a text names: the days it may be, now or in another year."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.understanding.time.units import Days


@dataclass(frozen=True, slots=True)
class Moment:
    """What the words up to `end` say.

    `days` are its days, the latest that have begun when the text leaves the year open; `later`
    then are the coming ones, and `of_year` gives those of any year. `grain` is what it is (year,
    month, day ...), `part` 1 to 3 for its beginning, middle and end.
    """

    end: int
    days: Days
    grain: str
    later: Days | None = None
    of_year: Callable[[int], Days | None] | None = None
    part: int = 0

    def in_time(self, *, future: bool) -> Days:
        """Return the days meant in a text about what is to come, or about what has been."""
        return self.later if future and self.later is not None else self.days
