"""Completed, due and overdue, to the day."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from storage.news.recent import completed_within, due_this_year, due_within, overdue, unheard
from storage.projects.listing import listing
from storage.projects.project_filter import ProjectFilter
from storage.values.ranges import Period
from tests.storage.builder import TODAY, Builder


@pytest.mark.parametrize(
    ("completed_on", "days", "listed"),
    [
        ("2026-02-20", 1, True),
        ("2026-02-19", 1, False),
        ("2026-02-14", 7, True),
        ("2026-02-13", 7, False),
        ("2026-02-21", 7, False),
        ("2026-02", 30, False),  # its last days are still to come
        ("2026-01", 30, False),  # began before
        ("2026-01", 60, True),
        ("2025", 365, False),
        ("2025", 416, True),
        ("", 365, False),
    ],
)
def test_completed_only_if_wholly_within(
    builder: Builder, session: Session, completed_on: str, days: int, listed: bool
) -> None:
    builder.project("school-1", status="completed", completed_on=completed_on)
    assert completed_within(session, TODAY, days).total == int(listed)


def test_completed_latest_first_and_filtered(builder: Builder, session: Session) -> None:
    builder.project("old", status="completed", completed_on="2025-12", sector="social")
    builder.project("new", status="completed", completed_on="2026-02-01", sector="transport")
    builder.project("open", status="in_progress", completed_on="2026-02-01")
    page = completed_within(session, TODAY, 365)
    assert [each.key for each in page.items] == ["new", "old"]
    social = completed_within(session, TODAY, 365, ProjectFilter(sectors=("social",)))
    assert [each.key for each in social.items] == ["old"]
    building = completed_within(session, TODAY, 365, ProjectFilter(statuses=("in_progress",)))
    assert building.total == 0


def test_due_soon_is_what_must_be_due(builder: Builder, session: Session) -> None:
    """The rest of a month under way; a whole year stands apart, however near its end is."""
    builder.project("this-month", status="in_progress", due_on="2026-02")
    builder.project("today", status="announced", due_on="2026-02-20")
    builder.project("yesterday", status="in_progress", due_on="2026-02-19")
    builder.project("next-month", status="planned", due_on="2026-03")
    builder.project("done", status="completed", due_on="2026-02-25")
    builder.project("stopped", status="suspended", due_on="2026-02-25")
    assert [each.key for each in due_within(session, TODAY, 30).items] == ["today", "this-month"]
    assert [each.key for each in due_within(session, TODAY, 1).items] == ["today"]


@pytest.mark.parametrize(
    ("due_on", "days", "soon", "this_year"),
    [
        ("2025-12-31", 30, True, False),
        ("2025-12", 30, True, False),
        ("2025-12", 29, False, False),  # some of its days lie beyond
        ("2025-11", 30, False, False),
        ("2025", 30, False, True),
        ("2025", 365, False, True),
        ("2026", 30, False, False),
        ("2026", 365, False, False),
        ("2026", 395, True, False),  # all of it lies within
        ("2026-01-01", 30, False, False),
        ("2026-01-01", 31, True, False),
        ("", 30, False, False),
    ],
)
def test_a_year_is_no_date_of_the_next_days(
    builder: Builder, session: Session, due_on: str, days: int, soon: bool, this_year: bool
) -> None:
    today = date(2025, 12, 2)
    builder.project("a", status="in_progress", due_on=due_on)
    builder.project("done", status="completed", due_on=due_on)
    builder.project("stopped", status="suspended", due_on=due_on)
    within = due_within(session, today, days)
    assert [each.key for each in within.items] == ["a"] * soon
    assert [each.key for each in due_this_year(session, today).items] == ["a"] * this_year
    asked = ProjectFilter(
        period=Period(today, today + timedelta(days=days - 1)), period_of="due", to_come=True
    )
    assert listing(session, asked).items == within.items


def test_overdue_from_the_day_after_the_last_day(builder: Builder, session: Session) -> None:
    builder.project("school-1", status="in_progress", due_on="2025")
    assert overdue(session, date(2025, 12, 31)).total == 0
    (late,) = overdue(session, date(2026, 1, 1)).items
    assert (late.listed.key, late.days) == ("school-1", 1)


def test_late_is_said_only_of_what_was_heard_after_the_day(
    builder: Builder, session: Session
) -> None:
    """A word of the last day itself may be of its morning."""
    told = {"before": date(2025, 8, 30), "that-day": date(2025, 8, 31), "undated": None}
    for key, day in told.items():
        builder.project(key, status="in_progress", due_on="2025-08", status_on=day)
    builder.project("after", status="planned", due_on="2025-08", status_on=date(2025, 9, 1))
    builder.project("never", due_on="2024", status_on=None, heard_on="2025-11")
    builder.project("done", status="completed", due_on="2025-08", status_on=None)
    assert [each.listed.key for each in overdue(session, TODAY).items] == ["after"]
    silent = unheard(session, TODAY)
    assert [each.key for each in silent.items] == ["before", "that-day", "undated", "never"]
    assert silent.total == 4
    assert unheard(session, date(2025, 8, 31)).total == 1
    assert [each.key for each in unheard(session, TODAY, offset=3).items] == ["never"]


def test_overdue_tells_the_promise_and_when_last_heard(builder: Builder, session: Session) -> None:
    builder.project(
        "school-1", status="final_stage", due_on="2025-09-01", first_due_on="2024",
        first_promised_on="2023-02", heard_on="2025-08-30",
    )  # fmt: skip
    builder.project("unknown-state", due_on="2019-05")
    for status in ("completed", "suspended", "cancelled", "withdrawn"):
        builder.project(status, status=status, due_on="2020")
    page = overdue(session, TODAY)
    assert [each.listed.key for each in page.items] == ["unknown-state", "school-1"]
    late = page.items[1]
    assert late.days == (TODAY - date(2025, 9, 1)).days
    assert (str(late.promised_on), str(late.first_due_on)) == ("2023-02", "2024")
    assert str(late.heard_on) == "2025-08-30"
    assert page.items[0].heard_on is None
    assert [each.listed.key for each in overdue(session, TODAY, offset=1).items] == ["school-1"]
