"""What news a subscription is about, as a value and as it is stored."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.upsert import insert_new, one_of
from storage.geo.points import MAX_RADIUS_M, MIN_RADIUS_M, Point
from storage.tables.subscriptions import StoredFilter

NewsKind = Literal["completed", "announced", "slipped", "state", "budget"]
NEWS_KINDS: tuple[NewsKind, ...] = get_args(NewsKind)
"""What can be news: completed, newly announced, due date slipped, state or budget changed."""


@dataclass(frozen=True, slots=True)
class NewsFilter:
    """Slugs of districts, codes of sectors, kinds and programmes; empty means all.

    Within one field any of the values will do, between fields all must hold. A programme takes in
    its sub-programmes. `radius_m` metres around `near`, which is stored rounded to about 100 m.
    `project` is one project's number. Without district, point or project: the whole city.
    """

    news: tuple[NewsKind, ...] = ("completed",)
    districts: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    near: Point | None = None
    radius_m: int | None = None
    project: int | None = None

    def canonical(self) -> "NewsFilter":
        """The same in one form: sorted, each once, the point rounded.

        ValueError without news, for news of an unknown kind, a point without a radius, a radius
        without a point, and a radius outside 200 m to 10 km.
        """
        if not self.news or not set(self.news) <= set(NEWS_KINDS):
            raise ValueError(f"news is some of {', '.join(NEWS_KINDS)}, not {self.news}")
        if (self.near is None) != (self.radius_m is None):
            raise ValueError("a point and a radius go together")
        if self.radius_m is not None and not MIN_RADIUS_M <= self.radius_m <= MAX_RADIUS_M:
            raise ValueError(
                f"a radius of {self.radius_m} m is not between {MIN_RADIUS_M} and {MAX_RADIUS_M}"
            )
        return replace(
            self,
            news=tuple(kind for kind in NEWS_KINDS if kind in self.news),
            districts=_once(self.districts),
            sectors=_once(self.sectors),
            kinds=_once(self.kinds),
            programmes=_once(self.programmes),
            near=self.near.rounded() if self.near else None,
        )


def _once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes)))


def key_of(wanted: NewsFilter) -> str:
    """The canonical JSON of a filter: equal filters have equal keys. ValueError as `canonical`."""
    values = {name: value for name, value in asdict(wanted.canonical()).items() if value}
    return json.dumps(values, separators=(",", ":"), sort_keys=True)


def of_key(key: str) -> NewsFilter:
    """The filter of a stored key."""
    values: dict[str, Any] = json.loads(key)
    near = values.pop("near", None)
    lists = {name: tuple(each) for name, each in values.items() if isinstance(each, list)}
    return NewsFilter(**{**values, **lists}, near=Point(**near) if near else None)


def store_filter(session: Session, wanted: NewsFilter) -> int:
    """The number of the filter, which is stored if nobody had it before."""
    key, near = key_of(wanted), wanted.canonical().near
    number = _number(session, key)
    if number is not None:
        return number
    row = {
        "key": key,
        "lat_e6": near and near.lat_e6,
        "lon_e6": near and near.lon_e6,
        "cell": near and near.cell,
        "radius_m": wanted.radius_m,
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
