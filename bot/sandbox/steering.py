"""What the chat page offers beyond the residents: the time moves on, something happens."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Deed:
    """A button of the page: its `name` has its words in labels.json, `act` does it.

    `act` returns a number for those words: how many things it did.
    """

    name: str
    act: Callable[[], Awaitable[int]]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class MovableClock:
    """The machine's time, UTC, ahead by as much as it was moved on; it never goes back."""

    def __init__(self, real: Callable[[], datetime] = _utc_now) -> None:
        self._real = real
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        return self._real() + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Let it be that moment now; a moment that has passed changes nothing."""
        self._ahead += max(moment - self(), timedelta(0))
