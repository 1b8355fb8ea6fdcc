"""The one date formatter: partial dates as they were stated, and days late.

«2025 жылғы 23 қазан», «2025 жылғы қараша», «2025 жыл»: a month stays a month. The patterns are
texts of the catalogues (CLDR date fields), so that a translator can change them.
"""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

from handlers.frame.texts import Texts
from storage.values.city import CITY_TIME
from storage.values.partial_dates import PartialDate


@lru_cache(maxsize=4096)
def day(t: Texts, value: date) -> str:
    """Return a whole day: «2025 жылғы 23 қазан», «23 октября 2025», "23 October 2025"."""
    return format_date(value, str(t("d MMMM y")), locale=t.language)


@lru_cache(maxsize=4096)
def when(t: Texts, value: PartialDate | None) -> str:
    """Return a day, month or year as it was stated; in words when it is not known."""
    if value is None:
        return t("not known")
    if value.precision == "day":
        return day(t, value.first)
    pattern = t("LLLL y") if value.precision == "month" else t("y")
    return format_date(value.first, str(pattern), locale=t.language)


@lru_cache(maxsize=4096)
def brief(t: Texts, value: PartialDate) -> str:
    """Return the same in few letters, for a line of a list: «2025 ж. 23 қаз.», «23 окт. 2025»."""
    patterns = {"day": t("d MMM y"), "month": t("LLL y")}
    pattern = patterns.get(value.precision)
    if pattern is None:
        return when(t, value)
    return format_date(value.first, str(pattern), locale=t.language)


def city_day(t: Texts, moment: datetime) -> str:
    """Return the day of a UTC moment on Almaty's calendar."""
    return day(t, moment.astimezone(CITY_TIME).date())


def late(t: Texts, days: int) -> str:
    """Return how late: «Мерзімі өткеніне 12 күн болды», «Просрочено на 12 дней», "12 days late"."""
    return t.plural("{n} day late", "{n} days late", days)


def days(t: Texts, count: int) -> str:
    """Return a number of days: «12 күн», «12 дней», "12 days"."""
    return t.plural("{n} day", "{n} days", count)
