"""Programmes: what each announced, what of it is in the list, what it promised and reached."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import SQLColumnExpression, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.projects.summary import day_of, parts
from storage.tables.facts import Indicator, Programme, Rollup, Source
from storage.values.partial_dates import PartialDate
from storage.values.sources import SourceFacts
from storage.values.states import state_of
from storage.values.titles import Titles
from storage.vocabulary.codes import STATUS_CODES


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """A programme. `parent` is a code or None, `depth` 0 for a programme without one.

    `projects` counts the listed projects of it and of its sub-programmes, each once;
    `indicators` its own figures' names (not rows).
    """

    code: str
    parent: str | None
    depth: int
    area: str
    names: Titles
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    planned_kzt: int | None
    projects: int
    indicators: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One value. `year`, `district` (slug) and `stated_on` are None where not stated."""

    value_type: str
    value: float
    year: int | None
    district: str | None
    source: SourceFacts
    stated_on: PartialDate | None


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator: what was promised (target, limit, allocation) beside what was reached (actual).

    `baseline` is where it started from. Each runs by year, then by day; no year first.
    """

    code: str
    names: Titles
    unit: str
    promised: tuple[Figure, ...]
    reached: tuple[Figure, ...]
    baseline: tuple[Figure, ...]

    @property
    def latest(self) -> Figure | None:
        """The latest value reached for the whole programme, None if none is known."""
        whole = [figure for figure in self.reached if figure.district is None]
        return whole[-1] if whole else None


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """All about a programme. `by_state` counts its listed projects by state (see `filters`)."""

    facts: ProgrammeFacts
    summaries: Titles
    source: SourceFacts | None
    stated_on: PartialDate | None
    children: tuple[ProgrammeFacts, ...]
    by_state: Mapping[str, int]
    indicators: tuple[IndicatorFacts, ...]


_COLUMNS: tuple[SQLColumnExpression[Any], ...] = (
    col(Programme.code),
    col(Programme.parent),
    col(Programme.area),
    col(Programme.name_kk),
    col(Programme.name_ru),
    col(Programme.name_en),
    col(Programme.starts_on),
    col(Programme.ends_on),
    col(Programme.planned_kzt),
)


_FIGURE: tuple[SQLColumnExpression[Any], ...] = (
    col(Indicator.code),
    col(Indicator.name_kk),
    col(Indicator.name_ru),
    col(Indicator.name_en),
    col(Indicator.unit),
    col(Indicator.value_type),
    col(Indicator.value),
    col(Indicator.year),
    col(Indicator.district),
    col(Indicator.stated_on),
    col(Source.title),
    col(Source.url),
)
PROMISES = ("target", "limit", "allocation")


def programmes(session: Session) -> list[ProgrammeFacts]:
    """All programmes, each followed by its sub-programmes."""
    order = (col(Programme.position), col(Programme.id))
    rows = {row[0]: row for row in session.execute(select(*_COLUMNS).order_by(*order))}
    children: dict[str, list[str]] = defaultdict(list)
    for code, parent, *_ in rows.values():
        children[parent if parent in rows else ""].append(code)
    states, indicators = _states(session, rows), _indicator_counts(session)
    return [
        _facts(rows[code], depth, states[code].total(), indicators.get(code, 0))
        for code, depth in _tree(children, "", 0)
    ]


def _tree(children: Mapping[str, list[str]], parent: str, depth: int) -> Iterator[tuple[str, int]]:
    """Every code below `parent` with its depth."""
    for code in children.get(parent, ()):
        yield code, depth
        yield from _tree(children, code, depth + 1)


def _facts(row: Any, depth: int, projects: int, indicators: int) -> ProgrammeFacts:
    code, parent, area, kk, ru, en, starts_on, ends_on, planned = row
    return ProgrammeFacts(
        code,
        parent or None,
        depth,
        area,
        Titles(kk, ru, en),
        day_of(starts_on),
        day_of(ends_on),
        planned,
        projects,
        indicators,
    )


def _states(session: Session, rows: Mapping[str, Any]) -> Mapping[str, Counter[str]]:
    """By code the listed projects of it and of those below it, each once, by state.

    Out of the sums that the import keeps, where a project of several programmes stands once.
    """
    keys = (col(Rollup.programmes), col(Rollup.status_no))
    sums = select(*keys, func.sum(col(Rollup.projects))).where(col(Rollup.programmes) != "")
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for joined, status_no, projects in session.execute(sums.group_by(*keys)):
        counted = {each for code in parts(joined) for each in _upwards(code, rows)}
        for code in counted:
            found[code][state_of(STATUS_CODES.get(status_no))] += int(projects)
    return found


def _upwards(code: str, rows: Mapping[str, Any]) -> Iterator[str]:
    """The code and those above it."""
    met: set[str] = set()
    while code in rows and code not in met:
        met.add(code)
        yield code
        code = rows[code][1]


def _indicator_counts(session: Session) -> dict[str, int]:
    counts = select(col(Programme.code), func.count(col(Indicator.code).distinct()))
    joined = counts.join(Indicator, col(Indicator.programme_id) == col(Programme.id))
    rows = session.execute(joined.group_by(col(Programme.code)))
    return {row[0]: row[1] for row in rows}


def programme(session: Session, code: str) -> ProgrammeCard | None:
    """One programme with its indicators, None if unknown."""
    every = programmes(session)
    facts = next((each for each in every if each.code == code), None)
    if facts is None:
        return None
    row = session.execute(
        select(
            col(Programme.summary_kk),
            col(Programme.summary_ru),
            col(Programme.summary_en),
            col(Programme.stated_on),
            col(Source.title),
            col(Source.url),
        )
        .outerjoin(Source, col(Source.id) == col(Programme.source_id))
        .where(col(Programme.code) == code)
    ).one()
    kk, ru, en, stated_on, title, url = row
    parents = {each.code: (each.code, each.parent) for each in every}
    return ProgrammeCard(
        facts,
        Titles(kk, ru, en),
        None if title is None else SourceFacts(title, url),
        day_of(stated_on),
        tuple(each for each in every if each.parent == code),
        _states(session, parents)[code],
        _indicators(session, code),
    )


def _indicators(session: Session, code: str) -> tuple[IndicatorFacts, ...]:
    rows = session.execute(
        select(*_FIGURE)
        .join(Programme, col(Programme.id) == col(Indicator.programme_id))
        .join(Source, col(Source.id) == col(Indicator.source_id))
        .where(col(Programme.code) == code)
        .order_by(col(Indicator.position), col(Indicator.id))
    )
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.code].append(row)
    return tuple(_indicator(same) for same in grouped.values())


def _indicator(rows: list[Any]) -> IndicatorFacts:
    """One indicator out of its rows; they are shown under the name of the first."""
    figures = sorted(map(_figure, rows), key=_when)
    first = rows[0]
    return IndicatorFacts(
        first.code,
        Titles(first.name_kk, first.name_ru, first.name_en),
        first.unit,
        tuple(each for each in figures if each.value_type in PROMISES),
        tuple(each for each in figures if each.value_type == "actual"),
        tuple(each for each in figures if each.value_type == "baseline"),
    )


def _figure(row: Any) -> Figure:
    source = SourceFacts(row.title, row.url)
    stated_on = day_of(row.stated_on)
    return Figure(
        row.value_type, row.value, row.year or None, row.district or None, source, stated_on
    )


def _when(figure: Figure) -> tuple[int, date]:
    return figure.year or 0, figure.stated_on.first if figure.stated_on else date.min
