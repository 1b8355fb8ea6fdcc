"""How old the data is: the newest day of any source, of what passes, without what is made up."""

from sqlalchemy.orm import Session

from storage.projects.data_day import data_day
from storage.projects.project_filter import ProjectFilter
from storage.values.sources import MADE_UP_SOURCE
from tests.storage.builder import Builder


def test_the_newest_day_of_what_passes(builder: Builder, session: Session) -> None:
    assert data_day(session) is None
    builder.project("road", kind="road", heard_on="2025-11")
    builder.project("school", kind="school", heard_on="2026-02-08")
    builder.project("undated", kind="park", heard_on="")
    builder.project("gone", kind="road", heard_on="2026-03-01", status="withdrawn")
    assert str(data_day(session)) == "2026-02-08"
    assert str(data_day(session, ProjectFilter(kinds=("road",)))) == "2025-11"
    assert data_day(session, ProjectFilter(kinds=("park",))) is None


def test_what_is_made_up_is_nobodys_word(builder: Builder, session: Session) -> None:
    """The project that it touches keeps the newest day of its other sources."""
    touched = builder.project("school", kind="school", heard_on="2026-12-01")
    builder.project("park", kind="park", heard_on="2025-05-05")
    builder.said(touched, "status", "in_progress", "2026-03-13")
    builder.said(touched, "status", "completed", "2026-12-01", source=MADE_UP_SOURCE)
    assert str(data_day(session)) == "2026-03-13"
    assert str(data_day(session, ProjectFilter(kinds=("park",)))) == "2025-05-05"
    assert str(data_day(session, ProjectFilter(kinds=("school",)))) == "2026-03-13"


def test_only_what_is_made_up_is_no_day(builder: Builder, session: Session) -> None:
    only = builder.project("school", heard_on="2026-12-01")
    builder.said(only, "status", "completed", "2026-12-01", source=MADE_UP_SOURCE)
    assert data_day(session) is None
