"""When something comes, in words: «жұма сайын, сағат 18:00»."""

from collections.abc import Callable, Mapping

from handlers.frame.texts import Markup, Texts
from storage.subscriptions.schedules import AT_ONCE, QUIET_FROM, QUIET_TO, Cadence, Schedule

WEEK = range(1, 8)


def when_words(t: Texts, schedule: Schedule) -> str:
    """Return how often and at what time of the city, as part of a sentence."""
    time = clock_time(schedule.hour)
    words: Mapping[Cadence, Callable[[], str]] = {
        "at_once": lambda: t("at once, not at night"),
        "daily": lambda: t("every day at {time}", time=time),
        "weekly": lambda: t("{weekday} at {time}", weekday=weekdays(t)[schedule.day], time=time),
        "monthly": lambda: t("monthly on day {day} at {time}", day=schedule.day, time=time),
    }
    return words[schedule.cadence]()


def quiet_words(t: Texts, schedule: Schedule) -> Markup:
    """Return that nothing comes at night, where something could."""
    if schedule.cadence != AT_ONCE:
        return Markup()
    return t(
        "<i>Between {begin} and {end} nothing comes; it waits for the morning.</i>",
        begin=clock_time(QUIET_FROM),
        end=clock_time(QUIET_TO),
    )


def clock_time(hour: int) -> str:
    """Return the hour as a clock shows it: «18:00»."""
    return f"{hour:02}:00"


def weekdays(t: Texts) -> Mapping[int, str]:
    """Return the days on which a weekly digest comes, by ISO number: «жұма сайын», "on Fridays"."""
    names = (
        t("on Mondays"),
        t("on Tuesdays"),
        t("on Wednesdays"),
        t("on Thursdays"),
        t("on Fridays"),
        t("on Saturdays"),
        t("on Sundays"),
    )
    return dict(zip(WEEK, names, strict=True))


def cadence_words(t: Texts) -> Mapping[Cadence, str]:
    """Return what the cadences are called on their buttons."""
    return {
        "at_once": t("⚡ At once"),
        "daily": t("☀️ Daily"),
        "weekly": t("📅 Weekly"),
        "monthly": t("🗓 Monthly"),
    }
