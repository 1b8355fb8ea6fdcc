"""What runs when. APScheduler only wakes us up: what is due stands in the tables, never in it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.privacy import KEPT_MONTHS
from storage import asked, missed, people
from storage.store import Store

CITY = ZoneInfo("Asia/Almaty")
LATEST_START_S = 12 * 60 * 60  # a job that could not start on time still starts within this

log = structlog.stdlib.get_logger(__name__)


def build_schedule(store: Store, clock: Callable[[], datetime]) -> AsyncIOScheduler:
    """The jobs of `qala run`, in the city's time; not started. `clock` gives the UTC time."""
    schedule = AsyncIOScheduler(
        timezone=CITY,
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
    return schedule


async def forget_questions(store: Store, clock: Callable[[], datetime]) -> tuple[int, int]:
    """Delete questions asked more than a day ago and texts missed more than 90 days ago."""
    now = clock()
    followed = await store.write(asked.forget_older, now - asked.KEPT)
    texts = await store.write(missed.forget_older, now - missed.KEPT)
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
