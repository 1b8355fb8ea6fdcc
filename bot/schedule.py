"""What runs when. APScheduler only wakes us up: what is due stands in the tables, never in it."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.orm import Session

from bot.running import RefusedError
from handlers.privacy import KEPT_MONTHS
from storage.database.store import Store
from storage.digests import retention
from storage.people import last_question, missed_questions, people
from storage.values.city import CITY_TIME, UTC_OFFSET, UTC_OFFSET_SINCE

HOUR = timedelta(hours=1)
DIGESTS_EVERY_S = 120
LATEST_START_S = 12 * 60 * 60  # a job that could not start on time still starts within this

T = TypeVar("T")

log = structlog.stdlib.get_logger(__name__)


def build_schedule(
    store: Store, clock: Callable[[], datetime], wake_digests: Callable[[], object]
) -> AsyncIOScheduler:
    """The jobs of `qala run`, in the city's time; not started. `clock` gives the UTC time.

    Raises RefusedError where the machine takes the city to be in another time zone.
    """
    check_offset(clock())
    schedule = AsyncIOScheduler(
        timezone=CITY_TIME,
        job_defaults={
            "coalesce": True,
            "max_instances": 1,
            "misfire_grace_time": LATEST_START_S,
        },
    )
    schedule.add_job(
        forget_the_unseen,
        "cron",
        hour=4,
        minute=30,
        id="forget_the_unseen",
        args=(store, clock),
        next_run_time=clock(),  # at the start too: a bot that is down at night keeps its promise
    )
    schedule.add_job(
        forget_questions,
        "cron",
        hour=4,
        minute=45,
        id="forget_questions",
        args=(store, clock),
        next_run_time=clock(),
    )
    schedule.add_job(forget_digests, "cron", hour=5, id="forget_digests", args=(store, clock))
    schedule.add_job(wake, "interval", seconds=DIGESTS_EVERY_S, id="digests", args=(wake_digests,))
    return schedule


def check_offset(now: datetime) -> None:
    """RefusedError where the time zone database of the machine is older than the city's time."""
    offset = now.astimezone(CITY_TIME).utcoffset()
    if now.date() >= UTC_OFFSET_SINCE and offset != UTC_OFFSET:
        name = CITY_TIME.key.rpartition("/")[2]
        raise RefusedError(
            f"This machine takes {name} to be at UTC{offset and offset / HOUR:+g} "
            f"and not at UTC{UTC_OFFSET / HOUR:+g}: bring its time zone database (tzdata) up to "
            "date"
        )


async def wake(digests: Callable[[], object]) -> None:
    """See whether digests are due; it takes no time, whatever is planned and sent meanwhile."""
    digests()


async def forget_digests(store: Store, clock: Callable[[], datetime]) -> tuple[int, int, int]:
    """Delete deliveries finished 400 days ago, contents and filters nobody uses; how many each."""
    before = clock() - retention.KEPT
    old = 0
    while some := await store.write(retention.forget_deliveries, before):
        old += some
    contents, last = await asyncio.to_thread(_read, store, retention.unnamed_contents)
    for piece in _pieces(contents):
        await store.write(retention.forget_contents, piece, last)
    filters = await asyncio.to_thread(_read, store, retention.unused_filters)
    for piece in _pieces(filters):
        await store.write(retention.forget_filters, piece)
    log.info("old_digests_deleted", digests=old, contents=len(contents), filters=len(filters))
    return old, len(contents), len(filters)


def _read(store: Store, query: Callable[[Session], T]) -> T:
    with store.reading() as session:
        return query(session)


def _pieces(numbers: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(numbers), retention.PIECE):
        yield numbers[first : first + retention.PIECE]


async def forget_questions(store: Store, clock: Callable[[], datetime]) -> tuple[int, int]:
    """Delete questions asked more than a day ago and texts missed more than 90 days ago."""
    now = clock()
    followed = await store.write(last_question.forget_older, now - last_question.KEPT)
    texts = await store.write(missed_questions.forget_older, now - missed_questions.KEPT)
    log.info("questions_deleted", asked=followed, missed=texts)
    return followed, texts


async def forget_the_unseen(store: Store, clock: Callable[[], datetime]) -> int:
    """Delete what is kept of people not seen for 24 months; how many they were."""
    before = years_before(clock(), KEPT_MONTHS // 12)
    deleted = await store.write(people.delete_unseen_since, before)
    log.info("unseen_people_deleted", people=deleted)
    return deleted


def years_before(moment: datetime, years: int) -> datetime:
    """The same day that many years earlier; 28 February for a leap day without a counterpart."""
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return moment.replace(year=moment.year - years, day=28)
