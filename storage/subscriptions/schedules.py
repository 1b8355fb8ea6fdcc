"""When a digest is due and which period it stands for: days, ISO weeks and months of the city."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args

from storage.values.city import CITY_TIME

Cadence = Literal["at_once", "daily", "weekly", "monthly"]
CADENCES: tuple[Cadence, ...] = get_args(Cadence)
AT_ONCE = "at_once"

DeliveryCadence = Cadence | Literal["note"]
NOTE: Literal["note"] = "note"
"""What stands in place of a cadence in a note that nothing was new."""

QUIET_FROM, QUIET_TO = 22, 8
"""Hours of the city between which nothing is told at once."""

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""When what is told at once is due."""

_HOURS = 24
_DAYS: Mapping[Cadence, range] = {"weekly": range(1, 8), "monthly": range(1, 29)}


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often, and when by the city's clock.

    `day` is the ISO weekday (1 Monday) of a weekly digest and the day of the month (1 to 28) of a
    monthly one, 0 for the others; `hour` is 0 for what is told at once. ValueError for other days
    and hours.
    """

    cadence: Cadence = "weekly"
    day: int = 5
    hour: int = 18

    def __post_init__(self) -> None:
        if self.cadence not in CADENCES:
            raise ValueError(f"{self.cadence!r} is no cadence: one of {', '.join(CADENCES)}")
        if self.day not in _DAYS.get(self.cadence, range(1)):
            raise ValueError(f"day {self.day} does not go with a {self.cadence} digest")
        if self.hour not in range(1 if self.cadence == AT_ONCE else _HOURS):
            raise ValueError(f"hour {self.hour} does not go with a {self.cadence} digest")

    @classmethod
    def usual(cls, cadence: Cadence) -> "Schedule":
        """The schedule of a cadence for which nothing was chosen: Fridays, or the 1st, at 18:00."""
        day = {"weekly": 5, "monthly": 1}.get(cadence, 0)
        return cls(cadence, day, 0 if cadence == AT_ONCE else 18)

    def due_from(self, moment: datetime) -> datetime:
        """The first moment (UTC) at `moment` or later at which a digest of this schedule is due."""
        if self.cadence == AT_ONCE:
            return moment
        local = moment.astimezone(CITY_TIME)
        found = self._in_period(local.date())
        while found < local:
            found = _step(self.cadence, found, 1)
        return found.astimezone(UTC)

    def _in_period(self, day: date) -> datetime:
        """The due moment in the day's, week's or month's own period."""
        if self.cadence == "weekly":
            day += timedelta(days=self.day - day.isoweekday())
        elif self.cadence == "monthly":
            day = day.replace(day=self.day)
        return datetime.combine(day, time(self.hour), CITY_TIME)


def cadence_of(text: str) -> Cadence:
    """The cadence as it is stored; ValueError for any other text."""
    if text in CADENCES:
        return CADENCES[CADENCES.index(text)]
    raise ValueError(f"{text!r} is no cadence: one of {', '.join(CADENCES)}")


def delivery_cadence_of(text: str) -> DeliveryCadence:
    """The cadence of a delivery as it is stored; ValueError for any other text."""
    return NOTE if text == NOTE else cadence_of(text)


def first_due(
    schedule: Schedule,
    paused_until: datetime | None,
    rests_since: datetime | None,
    now: datetime,
) -> datetime | None:
    """When a subscription is due first (UTC), None while its chat rests."""
    if rests_since is not None:
        return None
    paused = paused_until is not None and paused_until > now
    if schedule.cadence == AT_ONCE and not paused:
        return ALWAYS
    return schedule.due_from(max(now, paused_until or now))


def last_due(cadence: Cadence, due_at: datetime, now: datetime) -> datetime:
    """The last due moment (UTC) up to `now` of a schedule that was due at `due_at` before."""
    found = due_at.astimezone(CITY_TIME)
    while (following := _step(cadence, found, 1)) <= now:
        found = following
    return found.astimezone(UTC)


def next_due(cadence: Cadence, due_at: datetime) -> datetime:
    """The due moment (UTC) after the one at `due_at`."""
    return _step(cadence, due_at.astimezone(CITY_TIME), 1).astimezone(UTC)


def period_of(cadence: Cadence, due_at: datetime, upto: int) -> str:
    """The period a digest stands for: `2026-02-20`, `2026-W08`, `2026-02`, or the last change."""
    local = due_at.astimezone(CITY_TIME).date()
    year, week, _ = local.isocalendar()
    named: Mapping[Cadence, Callable[[], str]] = {
        "at_once": lambda: str(upto),
        "daily": local.isoformat,
        "weekly": lambda: f"{year}-W{week:02}",
        "monthly": lambda: f"{local.isoformat()[:7]}",
    }
    return named[cadence]()


def is_quiet(now: datetime) -> bool:
    """Whether nothing is told at once at this moment."""
    hour = now.astimezone(CITY_TIME).hour
    return hour >= QUIET_FROM or hour < QUIET_TO


def _step(cadence: Cadence, local: datetime, steps: int) -> datetime:
    """The same time of the city some days, weeks or months later."""
    if cadence != "monthly":
        return local + timedelta(days=steps * (7 if cadence == "weekly" else 1))
    months = local.year * 12 + local.month - 1 + steps
    return local.replace(year=months // 12, month=months % 12 + 1)
