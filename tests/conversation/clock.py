"""A clock for conversations: 20 November 2025, noon UTC, five in the afternoon in Almaty."""

from datetime import UTC, datetime, timedelta

BEGIN = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)


class Clock:
    """Every look is a second later, so that nobody who talks at a test's speed is a flood.

    `hold()` makes it stand still, `advance` moves it on by timedelta's arguments.
    """

    def __init__(self) -> None:
        self.now = BEGIN
        self._step = timedelta(seconds=1)

    def __call__(self) -> datetime:
        self.now += self._step
        return self.now

    def hold(self) -> None:
        self._step = timedelta(0)

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)
