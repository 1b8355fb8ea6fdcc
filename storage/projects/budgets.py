"""Money: planned, contracted, spent, and for how many projects each is known."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.comparison import breakdown
from storage.projects.project_filter import CITY, ProjectFilter
from storage.projects.summary import day_of
from storage.projects.sums import Total, summed
from storage.tables.facts import Indicator, Programme, Source
from storage.values.city import AREA
from storage.values.partial_dates import PartialDate
from storage.values.sources import SourceFacts

Breakdown = Literal["all", "district", "sector", "programme", "year"]


@dataclass(frozen=True, slots=True)
class Population:
    """How many residents, on which day, and who says so."""

    value: int
    on: PartialDate | None
    source: SourceFacts | None


def totals(session: Session, by: Breakdown, filters: ProjectFilter = CITY) -> list[Total]:
    """Sums of the projects that pass the filters, broken down as asked.

    A project of several districts stands under "several" in the breakdown by district, but passes a
    filter that names one of them. A project of several programmes stands under each, so that
    those sums overlap. Districts, sectors and programmes come in their own order, years from the
    earliest; "several", "none" and "unknown" last.
    """
    return [summed(session, filters)] if by == "all" else breakdown(session, by, filters)


def population(session: Session, area: str = AREA) -> Population | None:
    """The latest known number of residents of the area, None if unknown."""
    row = session.execute(
        select(
            col(Indicator.value),
            col(Indicator.stated_on),
            col(Indicator.year),
            col(Source.title),
            col(Source.url),
        )
        .join(Programme, col(Programme.id) == col(Indicator.programme_id))
        .join(Source, col(Source.id) == col(Indicator.source_id))
        .where(
            col(Indicator.code) == "population",
            col(Indicator.value_type) == "actual",
            col(Indicator.district) == "",
            col(Programme.area) == area,
        )
        .order_by(
            col(Indicator.year).desc(), col(Indicator.stated_on).desc(), col(Indicator.id).desc()
        )
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    value, stated_on, year, title, url = row
    return Population(
        round(value), day_of(stated_on or (str(year) if year else "")), SourceFacts(title, url)
    )
