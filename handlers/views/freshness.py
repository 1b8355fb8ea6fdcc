"""How old the data is, said where it matters, and that a time lies after its end."""

from datetime import date

from markupsafe import Markup

from handlers.frame.dates import when
from handlers.frame.screens import Button
from handlers.frame.texts import Texts
from handlers.views.callbacks import NewsState
from handlers.views.lists import lines
from storage.values.partial_dates import PartialDate

LATEST = NewsState("completed")
"""What was completed last, whenever that was: news without a window."""


def data_day(t: Texts, until: PartialDate | None) -> Markup:
    """Return «📅 Данные по 13 марта 2026.»; "" where no statement has a day."""
    return t("📅 Data up to {day}.", day=when(t, until)) if until else Markup()


def ends_before(until: PartialDate | None, first: date | None) -> bool:
    """Tell whether a time that begins on `first` can only be empty: nobody told that late."""
    return until is not None and first is not None and until.last < first


def too_old(t: Texts, until: PartialDate | None) -> Markup:
    """Return that the data ends before the time asked about, and on which day."""
    return lines(
        t("The data ends before this time; what came then I do not know."), data_day(t, until)
    )


def completed_last(t: Texts) -> Markup:
    """Return what leads to the newest there is where a time is too late."""
    return t("✅ Completed last")


def latest_button(t: Texts) -> Button:
    """Return the way to what was completed last, as far as the data goes."""
    return Button(completed_last(t), LATEST.data())
