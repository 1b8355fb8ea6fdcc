"""A city whose projects change, and chats that follow it, for the tests of the digests."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.digests.deliveries import Claimed, acknowledge, claim
from storage.digests.planner import Planned, Planner
from storage.news.filters import NewsFilter
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import add
from storage.tables.facts import Change, Import, Project
from storage.values.city import CITY_TIME
from storage.values.partial_dates import parse_partial
from storage.vocabulary import STATUSES
from tests.storage.builder import NOW, Builder

LEASE = timedelta(minutes=5)
FRIDAY = Schedule("weekly", 5, 18)
AT_ONCE = Schedule("at_once", 0, 0)
CITY_NEWS = NewsFilter()


def almaty(text: str) -> datetime:
    """A moment by the city's clock: `2026-02-20 18:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=CITY_TIME)


class World:
    """Adds projects and changes of them as an import would write them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.builder = Builder(session)
        later = Import(state="applied", title="Later", started_at=NOW)
        session.add(later)
        session.flush()
        self.import_id = later.id or 0

    def changed(self, project: int, field: str, old: str, new: str, at: datetime) -> int:
        row = Change(
            project_id=project,
            import_id=self.import_id,
            field=field,
            old=old,
            new=new,
            created_at=at,
        )
        self.session.add(row)
        self.session.flush()
        return row.id or 0

    def complete(self, project: int, at: datetime, on: str | None = None) -> int:
        """The project is completed, as the store learns at a moment; the change's number."""
        day = on or at.astimezone(CITY_TIME).date().isoformat()
        self.set(
            project,
            status_no=STATUSES["completed"].number,
            completed_on=day,
            completed_first=parse_partial(day).first,
            completed_last=parse_partial(day).last,
        )
        return self.changed(project, "status", "in_progress", "completed", at)

    def set(self, project: int, **values: Any) -> None:
        self.session.execute(update(Project).where(col(Project.id) == project).values(values))

    def done(self, key: str, at: datetime, **columns: Any) -> int:
        """A project that was being built and is completed at a moment."""
        number = self.builder.project(key, status="in_progress", **columns)
        self.complete(number, at)
        return number

    def follow(
        self,
        chat: int,
        now: datetime,
        wanted: NewsFilter = CITY_NEWS,
        schedule: Schedule = FRIDAY,
    ) -> int:
        return add(self.session, chat, wanted, schedule, "kk", now)

    def plan(self, now: datetime, chunk: int = 1_000) -> int:
        return planned(self.session, now, chunk)

    def send(self, now: datetime, limit: int = 1_000) -> list[Claimed]:
        """What is sent now, each acknowledged."""
        taken = claim(self.session, now, limit, LEASE)
        assert all(acknowledge(self.session, each.id, "sent", now) for each in taken)
        return list(taken)

    def told(self, now: datetime, chunk: int = 1_000) -> dict[tuple[int, str], list[int]]:
        """Plan and send at a moment: the projects told, by chat and period."""
        self.plan(now, chunk)
        sent = self.send(now)
        return {(each.chat_id, each.period): [item.project for item in each.items] for each in sent}


def planned(session: Session, now: datetime, chunk: int = 1_000) -> int:
    """Plan all that is due in one transaction; how many deliveries that made."""
    planner, made, step = Planner(now, chunk), 0, Planned(0, 0, more=True)
    while step.more:
        step = planner.step(session)
        made += step.deliveries
    return made
