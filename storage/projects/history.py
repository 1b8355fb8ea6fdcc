"""What the statements of one project tell: its timeline, its facts, who disagrees, what slipped."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from storage.projects.summary import day_of
from storage.values.partial_dates import PartialDate
from storage.values.sources import SourceFacts


@dataclass(frozen=True, slots=True)
class Event:
    """What one source said on one day of a project's state, dates and money.

    None: it said nothing of that. `stated_on` None: the day is unknown. `promised_on` is the day on
    which `due_on` was first promised, where the source tells of an older promise. `erased` are
    fields whose value was taken back.
    """

    stated_on: PartialDate | None
    source: SourceFacts
    status: str | None = None
    starts_on: PartialDate | None = None
    due_on: PartialDate | None = None
    promised_on: PartialDate | None = None
    completed_on: PartialDate | None = None
    planned_kzt: int | None = None
    contracted_kzt: int | None = None
    spent_kzt: int | None = None
    erased: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of one field. `value` is canonical text: a code, a number, a partial date."""

    value: str
    stated_on: PartialDate | None
    source: SourceFacts
    promised_on: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A due date that was moved, told on `stated_on` (None: unknown) by `days` (negative: earlier).

    Days are counted from the last day of the one to the last day of the other.
    """

    from_due: PartialDate
    to_due: PartialDate
    days: int
    stated_on: PartialDate | None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it is stored; `unit` is what the same source counts a capacity in."""

    id: int
    field: str
    value: str
    stated_on: PartialDate | None
    promised_on: PartialDate | None
    source_id: int
    source: SourceFacts
    unit: str = ""

    @property
    def held_from(self) -> PartialDate | None:
        """Since when it was so: a due date from the day it was promised, if that is told."""
        return (self.field == "due_on" and self.promised_on) or self.stated_on

    @property
    def age(self) -> tuple[date, int]:
        """What statements are sorted by: no day before all days, then as they were stored."""
        return (self.held_from.first if self.held_from else date.min, self.id)

    def fact(self) -> Fact:
        return Fact(self.value, self.stated_on, self.source, self.promised_on)


DATES = ("starts_on", "due_on", "completed_on")
MONEY = ("planned_kzt", "contracted_kzt", "spent_kzt")
TOLD = ("status", *DATES, *MONEY)
"""Fields that make an event of the timeline."""

CONTESTABLE = ("sector", "kind", *TOLD, "district", "contractor", "capacity")
"""Fields in which a difference is a disagreement and not a wording."""


def timeline_of(said: Iterable[Said]) -> tuple[Event, ...]:
    """One event per day and source, oldest first; a second value of a field makes another."""
    events: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for each in sorted(said, key=lambda each: (_day(each.stated_on), each.id)):
        if each.field in TOLD:
            _tell(events[each.stated_on, each.source_id], each)
    return tuple(Event(**event) for same in events.values() for event in same)


def _tell(events: list[dict[str, Any]], said: Said) -> None:
    field = said.field
    untold = (event for event in events if field not in event and field not in event["erased"])
    event = next(untold, None)
    if event is None:
        event = {"stated_on": said.stated_on, "source": said.source, "erased": ()}
        events.append(event)
    if not said.value:
        event["erased"] += (field,)
        return
    event[field] = _read(field, said.value)
    if field == "due_on":
        event["promised_on"] = said.promised_on


def _read(field: str, value: str) -> str | int | PartialDate | None:
    if field in DATES:
        return day_of(value)
    return int(value) if field in MONEY else value


def _day(on: PartialDate | None) -> date:
    return on.first if on else date.min


def facts_of(said: Iterable[Said]) -> Mapping[str, tuple[Fact, ...]]:
    """By field the statements of it, latest first, without the erased ones."""
    return {
        field: tuple(each.fact() for each in reversed(standing))
        for field, standing in _standing(said).items()
        if standing
    }


def _standing(said: Iterable[Said]) -> dict[str, list[Said]]:
    """By field the statements that were not erased since, oldest first."""
    fields: dict[str, list[Said]] = defaultdict(list)
    for each in sorted(said, key=lambda each: each.age):
        if each.value:
            fields[each.field].append(each)
        else:
            fields[each.field].clear()
    return fields


def conflicts_of(said: Iterable[Said]) -> Mapping[str, tuple[Fact, ...]]:
    """By field the statements of different sources that disagree, none newer than the other.

    A source's own later statement replaces its earlier one. Two days are not one newer than the
    other when their intervals overlap or both are unknown.
    """
    fields = _standing(said)
    fields["capacity"] = _with_units(fields)
    found = {field: _disagreeing(fields[field]) for field in CONTESTABLE if field in fields}
    return {field: facts for field, facts in found.items() if facts}


def _with_units(fields: Mapping[str, Sequence[Said]]) -> list[Said]:
    """Capacities with the unit that the same source gave on the same day."""
    units = {
        (each.source_id, each.stated_on): each.value for each in fields.get("capacity_unit", ())
    }
    return [
        replace(each, unit=units.get((each.source_id, each.stated_on), ""))
        for each in fields.get("capacity", ())
    ]


def _disagreeing(said: Sequence[Said]) -> tuple[Fact, ...]:
    latest = {each.source_id: each for each in said}.values()
    current = [each for each in latest if not any(newer(other, each) for other in said)]
    return tuple(
        each.fact()
        for each in sorted(current, key=lambda each: each.age, reverse=True)
        if any(_disagree(each, other) for other in current)
    )


def newer(one: Said, other: Said) -> bool:
    """Whether all of the one's day lies after the other's; an unknown day is older than any."""
    if one.held_from is None:
        return False
    return other.held_from is None or one.held_from.first > other.held_from.last


def _disagree(one: Said, other: Said) -> bool:
    if one.field in DATES:
        first, second = day_of(one.value), day_of(other.value)
        return first is not None and second is not None and _apart(first, second)
    return one.value != other.value and one.unit == other.unit


def _apart(one: PartialDate, other: PartialDate) -> bool:
    """Whether no day lies in both: "2025" and "2025-11" say the same, one more precisely."""
    return one.last < other.first or other.last < one.first


def slips_of(said: Iterable[Said]) -> tuple[Slip, ...]:
    """The moves of the due date, oldest first.

    Statements of different sources of which none is newer than the other are no move: the one
    stored last stands for them. One page that tells several dates tells them in their order. No
    move either is a date that only becomes more precise without ending on another day.
    """
    standing = _standing(said).get("due_on", [])
    stages: list[list[Said]] = []
    for each in standing:
        if stages and not _moves_on(each, stages[-1]):
            stages[-1].append(each)
        else:
            stages.append([each])
    last = [stage[-1] for stage in stages]
    moves = (_slip(one, other) for one, other in pairwise(last))
    return tuple(move for move in moves if move)


def _moves_on(each: Said, stage: Sequence[Said]) -> bool:
    same_page = each.source_id == stage[-1].source_id and each.held_from == stage[-1].held_from
    return same_page or any(newer(each, other) for other in stage)


def _slip(one: Said, other: Said) -> Slip | None:
    from_due, to_due = day_of(one.value), day_of(other.value)
    if from_due is None or to_due is None or from_due.last == to_due.last:
        return None
    return Slip(from_due, to_due, (to_due.last - from_due.last).days, other.held_from)
