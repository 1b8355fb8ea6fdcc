"""`qala questions`: what was not understood, for the operator who keeps the vocabulary."""

from collections.abc import Callable
from datetime import datetime, timedelta

from storage.database.store import Store
from storage.people import missed_questions
from storage.people.missed_questions import Missed
from storage.values.city import CITY_TIME

HEADER = ("times", "last", "in", "why", "text")


def print_missed(
    store: Store, echo: Callable[[str], object], now: datetime, *, days: int, limit: int
) -> None:
    """Print a line for each text of the last `days` days, the commonest first, at most `limit`."""
    with store.reading() as session:
        found = missed_questions.top(session, now - timedelta(days=days), limit)
    if not found:
        echo(f"Everything asked in the last {days} days was understood, or nothing was kept.")
        return
    rows = [HEADER, *map(_row, found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER) - 1)]
    for *columns, text in rows:
        padded = (column.ljust(width) for column, width in zip(columns, widths, strict=True))
        echo("  ".join([*padded, text]))


def _row(found: Missed) -> tuple[str, ...]:
    day = found.last_at.astimezone(CITY_TIME).date().isoformat()
    languages, reasons = ",".join(found.languages), ",".join(found.reasons)
    return (str(found.times), day, languages, reasons, found.text)
