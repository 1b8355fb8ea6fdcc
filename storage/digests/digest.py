"""What a digest tells: its projects as they are now, what changed of them, and what is due next.

A content names filters and [project, kind of news, last change] of each piece of news; all else is
read when the text is written. Every question is one query for all projects of a page.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.digests.deliveries import Item
from storage.digests.descriptions import Followed, filters_of, followed
from storage.digests.distances import nearest_m, points_of
from storage.digests.net_changes import Move, net_moves
from storage.geo.circle import Circle
from storage.geo.points import distance_m
from storage.news.filters import NEWS_KINDS, NewsFilter, NewsKind
from storage.projects.filter_memory import FACTS, facts_of
from storage.projects.filter_sql import conditions
from storage.projects.summary import COLUMNS, Listed, listed
from storage.tables.facts import District, Project
from storage.tables.subscriptions import Content, Delivery
from storage.values.pages import Page
from storage.vocabulary.codes import COMPLETED, OPEN, WITHDRAWN

DUE_DAYS = 30
MOST_DUE = 3
_AT_A_TIME = 5_000  # projects asked for in one statement


@dataclass(frozen=True, slots=True)
class Told:
    """A project in a digest: as it is now, why it is in it, and what its fields were before.

    `listed.distance_m` is from the nearest point whose filter brought it, None if none did.
    """

    listed: Listed
    kinds: tuple[NewsKind, ...]
    moves: Mapping[str, Move]


@dataclass(frozen=True, slots=True)
class Digest:
    """The beginning of a digest.

    `due` are unfinished projects that pass the filters and are due within 30 days, the soonest
    first; `followed` the first of the filters that brought it, `more_followed` how many more did.
    """

    page: Page[Told]
    due: tuple[Listed, ...]
    followed: tuple[Followed, ...]
    more_followed: int


@dataclass(frozen=True, slots=True)
class KeptDigest:
    """What stands in a digest that a chat has had, or is going to have."""

    cadence: str
    filters: tuple[int, ...]
    items: tuple[Item, ...]


class _Place(NamedTuple):
    """Where a project of the digest stands in it."""

    metres: float | None
    position: int
    kind: int
    newest: int
    number: int

    @property
    def order(self) -> tuple[bool, float, int, int, int]:
        far = self.metres is None
        return far, self.metres or 0.0, self.position, self.kind, -self.newest


def digest(
    session: Session,
    filters: Sequence[int],
    items: Sequence[Item],
    cadence: str,
    today: date,
    limit: int = 10,
) -> Digest:
    """What stands in a digest's message; `filters` are the numbers of those that brought it.

    Where there is more than the message holds, each district has its share of it.
    """
    wanted = filters_of(session, filters)
    page = told_page(session, wanted, items, cadence, limit=limit, fair=True)
    due, first = due_next(session, wanted, items, today), followed(session, wanted)
    return Digest(page, due, first, len(wanted) - len(first))


def kept_page(session: Session, kept: KeptDigest, offset: int, limit: int) -> Page[Told]:
    """The projects of a digest from `offset` on, in the order of `told_page`."""
    wanted = filters_of(session, kept.filters)
    return told_page(session, wanted, kept.items, kept.cadence, offset=offset, limit=limit)


def told_page(
    session: Session,
    wanted: Sequence[NewsFilter],
    items: Sequence[Item],
    cadence: str,
    *,
    offset: int = 0,
    limit: int = 10,
    fair: bool = False,
) -> Page[Told]:
    """The projects that news tell of, from `offset` on; `fair`: the first of each district.

    What was withdrawn since, and completions that were taken back, are left out. First come those
    near a point, the nearest first, then the rest by district; those of several districts, then
    those of none, come last.
    """
    kinds = _kinds_of(items)
    places = sorted(_places(session, wanted, kinds), key=lambda place: place.order)
    shown = _fair(places, limit) if fair else places[offset : offset + limit]
    projects = _projects(session, [place.number for place in shown])
    moves = net_moves(session, [each for each in items if each.project in projects], cadence)
    found = [
        Told(
            replace(projects[place.number], distance_m=place.metres),
            tuple(kind for kind in NEWS_KINDS if kind in kinds[place.number]),
            moves.get(place.number, {}),
        )
        for place in shown
        if place.number in projects
    ]
    return Page(tuple(found), len(places), offset)


def _fair(places: Sequence[_Place], limit: int) -> list[_Place]:
    """So many of the places: the nearest, then the first of each district, the second of each."""
    ranks: Counter[int] = Counter()
    ranked = []
    for place in places:
        rank = 0
        if place.metres is None:
            rank, ranks[place.position] = ranks[place.position], ranks[place.position] + 1
        ranked.append((place.metres is None, rank, place.order, place))
    chosen = sorted(ranked, key=lambda each: each[:3])[:limit]
    return sorted((each[3] for each in chosen), key=lambda place: place.order)


def _kinds_of(items: Iterable[Item]) -> dict[int, dict[NewsKind, int]]:
    """The kinds of news of each project, with their last changes."""
    found: dict[int, dict[NewsKind, int]] = defaultdict(dict)
    for each in items:
        found[each.project][each.kind] = each.change
    return found


def _places(
    session: Session, wanted: Sequence[NewsFilter], kinds: dict[int, dict[NewsKind, int]]
) -> list[_Place]:
    """Where each project that can still be told stands; takes back what is no longer true."""
    order = _order_of_districts(session)
    points = points_of(session, wanted)
    asked = select(*FACTS).where(col(Project.status_no) != WITHDRAWN)
    found: list[_Place] = []
    for numbers in _some(list(kinds)):
        for row in session.execute(asked.where(col(Project.id).in_(numbers))):
            site = facts_of(row)
            own = kinds[site.number]
            if site.status_no != COMPLETED:
                own.pop("completed", None)
            if own:
                metres = nearest_m(points, site, own)
                found.append(_placed(site.number, own, metres, _position(order, site.districts)))
    return found


def _order_of_districts(session: Session) -> dict[str, int]:
    position = (col(District.position), col(District.id))
    slugs = session.scalars(select(col(District.slug)).order_by(*position))
    return {slug: number for number, slug in enumerate(slugs)}


def _placed(number: int, own: dict[NewsKind, int], metres: float | None, position: int) -> _Place:
    kind = min(NEWS_KINDS.index(each) for each in own)
    return _Place(metres, position, kind, max(own.values()), number)


def _position(position: Mapping[str, int], own: Collection[str]) -> int:
    """The place of a project's district in the digest: several come after all, none comes last."""
    if len(own) == 1:
        return position.get(next(iter(own)), len(position))
    return len(position) + (1 if own else 2)


def _some(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    return (numbers[at : at + _AT_A_TIME] for at in range(0, len(numbers), _AT_A_TIME))


def _projects(session: Session, numbers: Sequence[int]) -> dict[int, Listed]:
    rows = session.execute(select(*COLUMNS).where(col(Project.id).in_(numbers)))
    return {each.id: each for each in map(listed, rows)}


def due_next(
    session: Session, wanted: Sequence[NewsFilter], items: Sequence[Item], today: date
) -> tuple[Listed, ...]:
    """Up to three unfinished projects that pass one of the filters and are due within 30 days.

    The soonest first; those of which the news tell already are left out, and those of which only
    the year is known: "in 2026" says nothing of the next month.
    """
    if not wanted:
        return ()
    told = sorted({each.project for each in items})[:_AT_A_TIME]
    until = today + timedelta(days=DUE_DAYS - 1)
    rows = session.execute(
        select(*COLUMNS)
        .where(
            col(Project.status_no).in_(OPEN),
            col(Project.due_last).between(today, until),
            func.length(col(Project.due_on)) > len("2026"),
            or_(*(and_(*conditions(each)) for each in wanted)),
            col(Project.id).not_in(told),
        )
        .order_by(col(Project.due_last), col(Project.id))
        .limit(MOST_DUE)
    )
    circles = [each.near for each in wanted if each.near]
    return tuple(_with_distance(listed(row), circles) for row in rows)


def _with_distance(project: Listed, circles: Iterable[Circle]) -> Listed:
    point = project.point
    if point is None:
        return project
    metres = (distance_m(each.point, point) for each in circles if each.holds(point))
    return replace(project, distance_m=min(metres, default=None))


def kept_digest(session: Session, chat_id: int, content_id: int) -> KeptDigest | None:
    """What stands in a digest of this chat, None if it has none with this content (any longer)."""
    row: Any = session.execute(
        select(col(Delivery.cadence), col(Content.filters), col(Content.items))
        .join(Content, col(Content.id) == col(Delivery.content_id))
        .where(col(Delivery.chat_id) == chat_id, col(Delivery.content_id) == content_id)
        .order_by(col(Delivery.id).desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    cadence, filters, items = row
    return KeptDigest(
        cadence, tuple(json.loads(filters)), tuple(map(Item._make, json.loads(items)))
    )
