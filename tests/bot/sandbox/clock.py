"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class TickingClock:
    """Returns the same UTC moment until `advance`."""

    def __init__(self) -> None:
        self.now = datetime(2025, 10, 23, 9, 30, 15, 987_000, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Moves on by timedelta's arguments."""
        self.now += timedelta(**by)
