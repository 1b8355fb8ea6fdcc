"""What the chat page of `qala try` can do for a resident who will not wait till Friday.

The time moves on to when digests are due, and projects are finished: made up, and their source and
their titles say so wherever they are shown. The next start of `qala try` takes that back.
"""

import asyncio
import csv
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from bot.sandbox.steering import Deed, MovableClock
from storage.database.store import Store
from storage.imports import ImportOptions, check_and_import
from storage.news import recent
from storage.places.districts import districts
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed
from storage.subscriptions.schedules import Schedule
from storage.values.city import CITY_TIME
from storage.values.sources import MADE_UP_SOURCE
from storage.values.titles import Titles
from storage.words.languages import LANGUAGES, Language

SOURCE = MADE_UP_SOURCE
MADE_UP: Mapping[Language, str] = {
    "kk": "🧪 Ойдан шығарылған",
    "ru": "🧪 Выдумано",
    "en": "🧪 Made up",
}
FAR = 100 * 366  # days: whenever it is due
MORNING = 9


def deeds(store: Store, clock: MovableClock) -> tuple[Deed, ...]:
    """The page's buttons. `clock` is that of the bot and of its digests, too."""

    def moved(moment: Callable[[datetime], datetime]) -> Callable[[], Awaitable[int]]:
        async def move() -> int:
            clock.move_to(moment(clock()))
            return 1

        return move

    async def finish() -> int:
        return await asyncio.to_thread(finish_some, store, clock)

    return (
        Deed("finish", finish),
        Deed("tomorrow", moved(tomorrow)),
        Deed("next_friday", moved(next_friday)),
        Deed("next_month", moved(next_month)),
    )


def tomorrow(now: datetime) -> datetime:
    """Nine in the morning of the city's next day, UTC."""
    day = now.astimezone(CITY_TIME).date() + timedelta(days=1)
    return datetime.combine(day, time(MORNING), CITY_TIME).astimezone(UTC)


def next_friday(now: datetime) -> datetime:
    """The next moment at which a weekly digest is usually due, UTC."""
    return Schedule.usual("weekly").due_from(now + timedelta(seconds=1))


def next_month(now: datetime) -> datetime:
    """The next moment at which a monthly digest is usually due, UTC."""
    return Schedule.usual("monthly").due_from(now + timedelta(seconds=1))


def finish_some(store: Store, clock: Callable[[], datetime]) -> int:
    """Let one unfinished project of each district be completed today; how many there were.

    Imported like any other statements, with a source that says that they are made up. So does the
    title, which is what cards, lists and digests have in common.
    """
    today = clock().astimezone(CITY_TIME).date()
    with store.reading() as session:
        slugs = [district.slug for district in districts(session)]
        unfinished = (_unfinished(session, slug, today) for slug in slugs)
        found = {listed.key: listed.titles for listed in unfinished if listed}
    if not found:
        return 0
    with TemporaryDirectory() as folder:
        file = Path(folder) / "projects.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream)
            titles = tuple(f"title_{language}" for language in MADE_UP)
            rows.writerow(("id", "status", "completed_on", *titles))
            rows.writerows(
                (key, "completed", today.isoformat(), *_marked(found[key])) for key in sorted(found)
            )
        options = ImportOptions(source_title=SOURCE, stated_on=today.isoformat())
        report = check_and_import(store, file, options=options, clock=clock)
    if report.exit_code:
        raise ValueError(report.summary())
    return len(found)


def _marked(titles: Titles) -> list[str]:
    """The titles in the order of `MADE_UP`, marked; one that nobody gave stays blank."""
    own = {language: titles.own(language) for language in LANGUAGES}
    return [f"{MADE_UP[each]}: {own[each]}" if own[each] else "" for each in LANGUAGES]


def _unfinished(session: Session, district: str, today: date) -> Listed | None:
    """What is due next in a district, else what is overdue the longest, else what is silent."""
    where = ProjectFilter(districts=(district,))
    due = recent.due_within(session, today, FAR, where, limit=1).items
    late = recent.overdue(session, today, where, limit=1).items
    silent = recent.unheard(session, today, where, limit=1).items
    found = [*due, *(each.listed for each in late), *silent]
    return found[0] if found else None
