"""The districts and how much is being built in each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.points import Point
from storage.projects.comparison import CITYWIDE, NONE, Group, breakdown
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import day_of, parts, point_of
from storage.tables.facts import District, Rollup
from storage.values.city import AREA
from storage.values.partial_dates import PartialDate
from storage.values.states import UNKNOWN, state_of
from storage.values.titles import Titles
from storage.vocabulary.codes import SECTOR_CODES, STATUS_CODES


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """A district. `projects` are those listed under it, a project of two districts under each.

    `by_state` has keys of `states.STATES` and "unknown", `by_sector` codes and "unknown"; only
    keys with projects. `population` is None where unknown.
    """

    slug: str
    kato: str
    names: Titles
    area: str
    population: int | None
    population_on: PartialDate | None
    population_source: str
    point: Point | None
    projects: int
    by_state: Mapping[str, int]
    by_sector: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the projects of an area are: each counted once, so that the three add up to all.

    `districts` is how many districts there are.
    """

    districts: int
    in_districts: int
    citywide: int
    unstated: int

    @property
    def projects(self) -> int:
        return self.in_districts + self.citywide + self.unstated


def spread(session: Session, area: str = AREA) -> Spread:
    """Where the area's projects are."""
    named = session.scalar(
        select(func.count()).select_from(District).where(col(District.area) == area)
    )
    return spread_of(breakdown(session, "district", ProjectFilter(area=area)), named or 0)


def spread_of(groups: Iterable[Group], districts: int) -> Spread:
    """The same out of a breakdown by district, in which each project is counted once."""
    found = {group.key: group.projects for group in groups}
    citywide, unstated = found.pop(CITYWIDE, 0), found.pop(NONE, 0)
    return Spread(districts, sum(found.values()), citywide, unstated)


def districts(session: Session, area: str | None = AREA) -> list[DistrictFacts]:
    """The districts of the area (None: all) in their order, with counts."""
    return _read(session, *([col(District.area) == area] if area is not None else []))


def district(session: Session, slug: str) -> DistrictFacts | None:
    """One district with its counts, None if unknown."""
    return next(iter(_read(session, col(District.slug) == slug)), None)


def _read(session: Session, *where: ColumnElement[bool]) -> list[DistrictFacts]:
    rows = session.execute(
        select(*_COLUMNS).where(*where).order_by(col(District.position), col(District.id))
    )
    counts = _counts(session)
    return [_facts(row, counts[row[0]]) for row in rows]


class _Counts:
    """How many projects are listed under one district."""

    def __init__(self) -> None:
        self.projects = 0
        self.by_state: Counter[str] = Counter()
        self.by_sector: Counter[str] = Counter()

    def add(self, status_no: int, sector_no: int, projects: int) -> None:
        self.projects += projects
        self.by_state[state_of(STATUS_CODES.get(status_no))] += projects
        self.by_sector[SECTOR_CODES.get(sector_no, UNKNOWN)] += projects


def _counts(session: Session) -> Mapping[str, _Counts]:
    """By slug, out of the sums that the import keeps."""
    keys = (col(Rollup.districts), col(Rollup.status_no), col(Rollup.sector_no))
    rows = session.execute(
        select(*keys, func.sum(col(Rollup.projects)))
        .where(col(Rollup.districts) != "")
        .group_by(*keys)
    )
    found: dict[str, _Counts] = defaultdict(_Counts)
    for slugs, status_no, sector_no, projects in rows:
        for slug in parts(slugs):
            found[slug].add(status_no, sector_no, int(projects))
    return found


_COLUMNS: tuple[SQLColumnExpression[Any], ...] = (
    col(District.slug),
    col(District.kato),
    col(District.name_kk),
    col(District.name_ru),
    col(District.name_en),
    col(District.area),
    col(District.population),
    col(District.population_on),
    col(District.population_source),
    col(District.lat_e6),
    col(District.lon_e6),
)


def _facts(row: Any, counts: _Counts) -> DistrictFacts:
    slug, kato, kk, ru, en, area, population, population_on, source, lat_e6, lon_e6 = row
    return DistrictFacts(
        slug,
        kato,
        Titles(kk, ru, en),
        area,
        population,
        day_of(population_on),
        source,
        point_of(lat_e6, lon_e6),
        counts.projects,
        counts.by_state,
        counts.by_sector,
    )
