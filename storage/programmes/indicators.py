"""A programme's figures as single rows: by programme, code, year, district."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.summary import day_of
from storage.tables.facts import Indicator, Programme, Source
from storage.values.city import AREA
from storage.values.partial_dates import PartialDate
from storage.values.sources import SourceFacts
from storage.values.titles import Titles


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One figure of a programme. `year`, `district` (slug), `stated_on` None where not stated.

    `area` is that of its programme.
    """

    programme: str
    code: str
    names: Titles
    unit: str
    value_type: str
    value: float
    year: int | None
    district: str | None
    source: SourceFacts
    stated_on: PartialDate | None
    area: str = AREA


def indicator_rows(
    session: Session,
    programme: str | None = None,
    code: str | None = None,
    year: int | None = None,
    district: str | None = None,
) -> list[IndicatorRow]:
    """The figures of a programme (None: of all) in the data set's order, a code's by year and day.

    None asks for any code, year or district; district "" for the figures of the whole programme.
    """
    asked = {
        col(Programme.code): programme,
        col(Indicator.code): code,
        col(Indicator.year): year,
        col(Indicator.district): district,
    }
    where = [column == value for column, value in asked.items() if value is not None]
    rows = session.execute(
        select(*_FIGURE)
        .join(Programme, col(Programme.id) == col(Indicator.programme_id))
        .join(Source, col(Source.id) == col(Indicator.source_id))
        .where(*where)
        .order_by(col(Programme.position), col(Programme.id), *_AS_GIVEN)
    )
    same: dict[tuple[str, str], list[IndicatorRow]] = defaultdict(list)
    for row in map(_figure, rows):
        same[row.programme, row.code].append(row)
    return [row for figures in same.values() for row in sorted(figures, key=_when)]


def _when(row: IndicatorRow) -> tuple[int, date]:
    return row.year or 0, row.stated_on.first if row.stated_on else date.min


_FIGURE: Any = (
    *(col(Programme.code).label("programme"), col(Indicator.code), col(Indicator.name_kk)),
    *(col(Indicator.name_ru), col(Indicator.name_en), col(Indicator.unit)),
    *(col(Indicator.value_type), col(Indicator.value), col(Indicator.year)),
    *(col(Indicator.district), col(Source.title), col(Source.url), col(Indicator.stated_on)),
    col(Programme.area),
)
_AS_GIVEN = (col(Indicator.position), col(Indicator.id))


def _figure(row: Any) -> IndicatorRow:
    programme, code, kk, ru, en, unit, value_type, value, year, district, *source = row
    title, url, stated_on, area = source
    return IndicatorRow(
        programme,
        code,
        Titles(kk, ru, en),
        unit,
        value_type,
        value,
        year or None,
        district or None,
        SourceFacts(title, url),
        day_of(stated_on),
        area,
    )
