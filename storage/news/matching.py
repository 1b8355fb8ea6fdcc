"""The news since a change, laid out on the grid of cells so that filters find theirs quickly."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.memory import forget
from storage.geo import circle
from storage.geo.grid import Block
from storage.geo.points import CELL_E6, ROW, Point
from storage.news.filters import NewsFilter, NewsKind
from storage.news.first_told import LATE_AFTER, first_told
from storage.projects.filter_memory import FACTS, Facts, facts_of, passes
from storage.projects.programme_tree import Tree, tree_of, with_below
from storage.tables.facts import Change, Import, Project, Statement
from storage.values.city import CITY_TIME
from storage.values.partial_dates import parse_partial
from storage.values.states import state_of
from storage.vocabulary.codes import COMPLETED, OPEN, WITHDRAWN

_CIRCLES = 20_000  # so many of whose places are remembered at most
_SIDES = (0, CELL_E6)  # of a cell
_BUDGETS = ("planned_kzt", "contracted_kzt")
_FIELDS = ("created", "status", "due_on", *_BUDGETS)


class News(NamedTuple):
    """One piece of news: the project, what happened, the last change that says so.

    `at` is when the store learnt it (UTC).
    """

    project: int
    kind: NewsKind
    change: int
    at: datetime


@dataclass(frozen=True, slots=True)
class _Moved:
    """A field's net change: from its value before to its last, by the change `id`."""

    id: int
    at: datetime
    old: str
    new: str
    announced_on: date | None  # of what only came in: when that was first told of


@dataclass(frozen=True, slots=True)
class _Place:
    """The news of one project."""

    site: Facts
    news: tuple[News, ...]


class Board:
    """The news of some changes; `matching` tells which of them pass a filter."""

    def __init__(self, places: Iterable[_Place], below: Tree) -> None:
        self._below = below
        self._places = list(places)
        self._by_project = {place.site.number: place for place in self._places}
        self._by_district: dict[str, list[_Place]] = defaultdict(list)
        rows: dict[int, list[tuple[int, int, int, int, _Place]]] = defaultdict(list)
        for place in self._places:
            for slug in place.site.districts:
                self._by_district[slug].append(place)
            if (point := place.site.point) is not None:
                at = (point.cell, place.site.number, point.lat_e6, point.lon_e6)
                rows[point.cell // ROW].append((*at, place))
        self._rows = {row: sorted(found) for row, found in rows.items()}
        self._cells: dict[tuple[int, float], list[tuple[int, int, _Place]]] = {}
        self._circles: dict[tuple[Point, float], list[_Place]] = {}

    def __bool__(self) -> bool:
        return bool(self._places)

    def matching(self, wanted: NewsFilter) -> tuple[News, ...]:
        """The news that pass the filter, in no order."""
        found, programmes = self._candidates(wanted), with_below(self._below, wanted.programmes)
        inside = wanted.near is not None and wanted.project is None  # so they were chosen
        if not inside or _narrowed(wanted):
            found = [
                place for place in found if passes(place.site, wanted, programmes, inside=inside)
            ]
        kinds = wanted.news
        return tuple([news for place in found for news in place.news if news.kind in kinds])

    def forget(self) -> None:
        """Let go of what was remembered of circles, piece by piece."""
        forget(self._circles)
        forget(self._cells)

    def _candidates(self, wanted: NewsFilter) -> Iterable[_Place]:
        """The places that may pass: by the one project, the cells or the districts, else all."""
        if wanted.project is not None:
            found = self._by_project.get(wanted.project)
            return [found] if found else []
        if wanted.near is not None:
            return self._around(wanted.near.point, wanted.near.radius_m)
        if wanted.districts:
            listed = (self._by_district.get(slug, ()) for slug in wanted.districts)
            return {place.site.number: place for places in listed for place in places}.values()
        return self._places

    def _around(self, centre: Point, radius_m: float) -> list[_Place]:
        """The places in a circle."""
        if (centre, radius_m) not in self._circles:
            if len(self._circles) >= _CIRCLES:
                forget(self._circles)
            self._circles[centre, radius_m] = circle.inside(
                centre, radius_m, self._near(centre, radius_m)
            )
        return self._circles[centre, radius_m]

    def _near(self, centre: Point, radius_m: float) -> list[tuple[int, int, _Place]]:
        """The places in the cells that circles from anywhere in the centre's cell may touch."""
        key = (centre.cell, radius_m)
        if key not in self._cells:
            if len(self._cells) >= _CIRCLES:
                forget(self._cells)
            south, west = centre.lat_e6 // CELL_E6 * CELL_E6, centre.lon_e6 // CELL_E6 * CELL_E6
            corners = [Point(south + up, west + aside) for up in _SIDES for aside in _SIDES]
            blocks = [Block.around(corner, radius_m) for corner in corners]
            self._cells[key] = list(self._in(Block.holding(blocks)))
        return self._cells[key]

    def _in(self, block: Block) -> Iterator[tuple[int, int, _Place]]:
        for first, last in block.runs():
            row = self._rows.get(first // ROW, ())
            for cell, _, lat_e6, lon_e6, place in row[bisect_left(row, (first,)) :]:
                if cell > last:
                    break
                yield lat_e6, lon_e6, place


def _narrowed(wanted: NewsFilter) -> bool:
    return bool(wanted.sectors or wanted.kinds or wanted.districts or wanted.programmes)


def latest_change(session: Session) -> int:
    """The number of the last change, 0 if there is none."""
    return session.scalar(select(func.max(col(Change.id)))) or 0


def load_board(session: Session, after: int, upto: int) -> Board:
    """The news of the changes after one and up to another, each field by its net change."""
    moved: dict[int, dict[str, _Moved]] = defaultdict(dict)
    sites: dict[int, Facts] = {}
    first = session.scalar(select(func.min(col(Import.id)))) or 0
    announced = _announced(session, after, upto, first)
    for row in session.execute(_changes(after, upto)):
        change, field, old, new, at, imported, *facts = row
        number = facts[0]
        if number not in sites:
            sites[number] = facts_of(facts)
        fields = moved[number]
        began = fields[field].old if field in fields else old
        since = announced.get(number) if field == "created" and imported != first else None
        fields[field] = _Moved(change, at, began, new, since)
    told = (
        _Place(sites[number], tuple(_news(sites[number], fields)))
        for number, fields in moved.items()
    )
    return Board((place for place in told if place.news), tree_of(session))


def _changes(after: int, upto: int) -> Any:
    return (
        select(
            *(col(Change.id), col(Change.field), col(Change.old), col(Change.new)),
            *(col(Change.created_at), col(Change.import_id), *FACTS),
        )
        .join(Project, col(Project.id) == col(Change.project_id))
        .where(col(Change.id) > after, col(Change.id) <= upto, col(Change.field).in_(_FIELDS))
        .where(col(Project.status_no) != WITHDRAWN)
        .order_by(col(Change.id))
    )


def _announced(session: Session, after: int, upto: int, first: int) -> dict[int, date]:
    """Since when what came in with these changes is told of; what nobody dates is left out."""
    created = [
        col(Change.field) == "created",
        col(Change.id) > after,
        col(Change.id) <= upto,
        col(Change.import_id) != first,
    ]
    rows = session.execute(
        select(col(Change.project_id), first_told())
        .join(Statement, col(Statement.project_id) == col(Change.project_id))
        .where(*created)
        .group_by(col(Change.project_id))
    )
    return {number: date.fromisoformat(day) for number, day in rows if day}


def _news(site: Facts, fields: dict[str, _Moved]) -> Iterator[News]:
    """What of a project's net changes is news."""
    created, status, due = (fields.get(each) for each in ("created", "status", "due_on"))
    done = status if status and status.old != status.new else created
    if done and site.status_no == COMPLETED and _is_fresh(site, done, known=done is status):
        yield News(site.number, "completed", done.id, done.at)
    if created and site.status_no in OPEN and _is_announced(created):
        yield News(site.number, "announced", created.id, created.at)
    if created:
        return  # all else of a project that only came in is no change
    if due and _slipped(due):
        yield News(site.number, "slipped", due.id, due.at)
    if status and status.old and state_of(status.old) != state_of(status.new):
        yield News(site.number, "state", status.id, status.at)
    moved = [each for name in _BUDGETS if (each := fields.get(name)) and each.old and each.new]
    if changed := [each for each in moved if each.old != each.new]:
        latest = max(changed, key=lambda each: each.id)
        yield News(site.number, "budget", latest.id, latest.at)


def _is_fresh(site: Facts, done: _Moved, *, known: bool) -> bool:
    """Entered within 60 days; of an unknown day only what the store knew before it was done."""
    completed = site.date_of("completed")
    if completed is None:
        return known
    return _day(done) - completed.last <= LATE_AFTER


def _is_announced(created: _Moved) -> bool:
    """First told of within 60 days before it came in; nothing of the first import is."""
    since = created.announced_on
    return since is not None and _day(created) - since <= LATE_AFTER


def _day(moved: _Moved) -> date:
    """The city's day on which the store learnt it."""
    return moved.at.astimezone(CITY_TIME).date()


def _slipped(due: _Moved) -> bool:
    """Both dates are known, and the later one ends later."""
    if not due.old or not due.new:
        return False
    return parse_partial(due.new).last > parse_partial(due.old).last
