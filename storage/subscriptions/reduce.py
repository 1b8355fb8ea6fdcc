"""Less of it: what a chat hears made rarer or narrower, all of its subscriptions in one go."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy.orm import Session

from storage.news.filters import NewsFilter
from storage.subscriptions.schedules import CADENCES, Cadence, Schedule
from storage.subscriptions.subscriptions import Subscribed, change, subscriptions

Less = Literal["weekly", "monthly", "completed", "nearer"]
LESS: tuple[Less, ...] = get_args(Less)
"""Weekly or monthly instead of more often; only what was completed; the radius a step smaller."""

RADII_M = (10_000, 5000, 2000, 1000, 500)
"""From each of these the next smaller one; below the last none is smaller."""


@dataclass(frozen=True, slots=True)
class _Changed:
    subscription: Subscribed
    wanted: NewsFilter
    schedule: Schedule


def possible(mine: Iterable[Subscribed]) -> tuple[Less, ...]:
    """Which ways would change any of a chat's subscriptions."""
    own = tuple(mine)
    return tuple(less for less in LESS if any(_lessened(own, less)))


def lessen(session: Session, chat_id: int, less: Less, now: datetime) -> int:
    """Make the chat's subscriptions less in this way; how many of them changed."""
    changes = list(_lessened(subscriptions(session, chat_id), less))
    for each in changes:
        change(session, chat_id, each.subscription.id, each.wanted, each.schedule, now)
    return len(changes)


def _lessened(mine: tuple[Subscribed, ...], less: Less) -> Iterator[_Changed]:
    """What is to be changed. Rarer ones come when the chat's others of that cadence do."""
    own = {each.schedule.cadence: each.schedule for each in mine}
    ways: Mapping[Less, Callable[[Subscribed], _Changed]] = {
        "weekly": lambda each: _rarer(each, "weekly", own),
        "monthly": lambda each: _rarer(each, "monthly", own),
        "completed": lambda each: replace(_as_is(each), wanted=_only_completed(each.filter)),
        "nearer": lambda each: replace(_as_is(each), wanted=_nearer(each.filter)),
    }
    for each in mine:
        changed = ways[less](each)
        if changed != _as_is(each):
            yield changed


def _as_is(each: Subscribed) -> _Changed:
    return _Changed(each, each.filter, each.schedule)


def _rarer(each: Subscribed, cadence: Cadence, own: Mapping[Cadence, Schedule]) -> _Changed:
    if CADENCES.index(each.schedule.cadence) >= CADENCES.index(cadence):
        return _as_is(each)
    return replace(_as_is(each), schedule=own.get(cadence) or Schedule.usual(cadence))


def _only_completed(wanted: NewsFilter) -> NewsFilter:
    """A filter without the other news; one that never was about completions stays as it is."""
    return replace(wanted, news=("completed",)) if "completed" in wanted.news else wanted


def _nearer(wanted: NewsFilter) -> NewsFilter:
    near = wanted.near
    smaller = [metres for metres in RADII_M if near and metres < near.radius_m]
    return replace(wanted, near=replace(near, radius_m=smaller[0])) if near and smaller else wanted
