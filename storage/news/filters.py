"""What news a subscription is about, as a value and as it is stored."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.upsert import insert_new, one_of
from storage.geo.circle import Circle
from storage.geo.points import MAX_RADIUS_M, MIN_RADIUS_M, Point
from storage.projects.project_filter import ProjectFilter
from storage.tables.subscriptions import StoredFilter
from storage.values.city import AREA

NewsKind = Literal["completed", "announced", "slipped", "state", "budget"]
NEWS_KINDS: tuple[NewsKind, ...] = get_args(NewsKind)
"""What can be news: completed, newly announced, due date slipped, state or budget changed."""


@dataclass(frozen=True, slots=True)
class NewsFilter(ProjectFilter):
    """A filter of projects, and which news of those that pass it.

    Without district, circle or project it is about the whole city: `area` follows from them. A
    subscription says no more of projects than where they are, sectors, kinds and programmes, and
    one project at most; its point is stored rounded to about 100 m.
    """

    area: str | None = field(init=False, default=None)
    news: tuple[NewsKind, ...] = ("completed",)

    def __post_init__(self) -> None:
        """What says where it is takes in the region as well."""
        placed = self.districts or self.near or self.projects
        object.__setattr__(self, "area", None if placed else AREA)

    @classmethod
    def about(cls, wanted: ProjectFilter) -> "NewsFilter":
        """The completions of what passes, as far as a subscription can say it.

        States, dates and money are left out, and a circle is drawn within the radii that it allows.
        """
        near = wanted.near
        if near is not None:
            radius_m = min(max(round(near.radius_m), MIN_RADIUS_M), MAX_RADIUS_M)
            near = Circle(near.point, radius_m)
        return cls(
            sectors=wanted.sectors,
            kinds=wanted.kinds,
            districts=wanted.districts,
            programmes=wanted.programmes,
            near=near,
        )

    @property
    def project(self) -> int | None:
        """The one project it is about, None for any."""
        return self.projects[0] if self.projects else None

    def canonical(self) -> "NewsFilter":
        """The same in one form: sorted, each once, the point rounded.

        ValueError without news, for news of an unknown kind, a radius outside 200 m to 10 km, and
        what no subscription holds.
        """
        if not self.news or not set(self.news) <= set(NEWS_KINDS):
            raise ValueError(f"news is some of {', '.join(NEWS_KINDS)}, not {self.news}")
        near = self.near
        if near is not None and not MIN_RADIUS_M <= near.radius_m <= MAX_RADIUS_M:
            raise ValueError(
                f"a radius of {near.radius_m} m is not between {MIN_RADIUS_M} and {MAX_RADIUS_M}"
            )
        found = NewsFilter(
            news=tuple(kind for kind in NEWS_KINDS if kind in self.news),
            districts=_once(self.districts),
            sectors=_once(self.sectors),
            kinds=_once(self.kinds),
            programmes=_once(self.programmes),
            near=Circle(near.point.rounded(), round(near.radius_m)) if near else None,
            projects=self.projects[:1],
        )
        if replace(self, **{name: getattr(found, name) for name in _STORED}) != found:
            raise ValueError("a subscription tells no states, dates or money, and one project")
        return found


_STORED = ("news", "districts", "sectors", "kinds", "programmes", "near")


def _once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes)))


def key_of(wanted: NewsFilter) -> str:
    """The canonical JSON of a filter: equal filters have equal keys. ValueError as `canonical`."""
    wanted = wanted.canonical()
    values: dict[str, Any] = {
        name: getattr(wanted, name) for name in (*_STORED, "project") if getattr(wanted, name)
    }
    if wanted.near is not None:
        point, values["radius_m"] = wanted.near.point, wanted.near.radius_m
        values["near"] = {"lat_e6": point.lat_e6, "lon_e6": point.lon_e6}
    return json.dumps(values, separators=(",", ":"), sort_keys=True)


def of_key(key: str) -> NewsFilter:
    """The filter of a stored key."""
    values: dict[str, Any] = json.loads(key)
    near, project = values.pop("near", None), values.pop("project", None)
    if near is not None:
        near = Circle(Point(near["lat_e6"], near["lon_e6"]), values.pop("radius_m"))
    for name, codes in values.items():
        values[name] = tuple(codes)
    return NewsFilter(**values, near=near, projects=() if project is None else (project,))


def store_filter(session: Session, wanted: NewsFilter) -> int:
    """The number of the filter, which is stored if nobody had it before."""
    key, near = key_of(wanted), wanted.canonical().near
    point = near and near.point
    number = _number(session, key)
    if number is not None:
        return number
    row = {
        "key": key,
        "lat_e6": point and point.lat_e6,
        "lon_e6": point and point.lon_e6,
        "cell": point and point.cell,
        "radius_m": near and near.radius_m,
    }
    session.execute(insert_new(session, StoredFilter).values(row))
    return _number(session, key) or 0


def _number(session: Session, key: str) -> int | None:
    """The filter's number, held against `retention.forget_filters` till the transaction ends."""
    asked = select(col(StoredFilter.id)).where(col(StoredFilter.key) == key)
    return session.scalar(asked.with_for_update(read=True, key_share=True))


def stored_filters(session: Session, numbers: Collection[int]) -> dict[int, NewsFilter]:
    """The filters with these numbers; those that are gone are left out."""
    asked = select(col(StoredFilter.id), col(StoredFilter.key))
    rows = session.execute(asked.where(one_of(session, col(StoredFilter.id), numbers)))
    return {int(number or 0): of_key(key) for number, key in rows}
