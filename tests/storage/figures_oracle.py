"""What questions should be answered, worked out project by project in plain Python."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from storage.geo.circle import Circle
from storage.geo.points import Point, distance_m
from storage.projects.project_filter import ProjectFilter
from storage.values.partial_dates import PartialDate, parse_partial
from storage.values.ranges import Amount, Period
from storage.values.states import STATES
from tests.storage.builder import CENTRE, Builder

SLUGS = ("almaly", "medeu", "alatau")
KINDS = ("school", "kindergarten", "road", "school_kindergarten")
ALSO = {"school_kindergarten": {"school", "kindergarten"}}
SECTORS = ("social", "transport")
STATUSES = ("announced", "in_progress", "final_stage", "completed", "suspended", "withdrawn")
PROGRAMMES = ("roadmap", "roadmap_roads", "schools")
BELOW = {"roadmap": {"roadmap", "roadmap_roads"}}
OPEN = ("", "announced", "planned", "in_progress", "final_stage")
FIRMS = ("BI Group", "ТОО «Базис»", "Базис-А")
DATES = ("", "", "2024", "2025", "2025-02", "2025-11", "2025-11-30", "2025-12-01", "2024-02-29")
MONEY = ("planned_kzt", "contracted_kzt", "spent_kzt")


Day = date  # `Known.date` is what a filter goes by


def interval(text: str) -> PartialDate | None:
    return parse_partial(text) if text else None


@dataclass(frozen=True)
class Known:
    """A project as plain columns; `id` is the store's number."""

    id: int
    columns: dict[str, Any]
    point: Point | None = None
    districts: tuple[str, ...] = ()
    programmes: tuple[str, ...] = field(default=())

    def __getattr__(self, name: str) -> Any:
        try:
            return self.columns[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def leading(self) -> str:
        return str(self.completed_on or self.due_on or self.starts_on)

    def past(self, today: date) -> bool:
        """Open, with all days of its due date gone by."""
        return bool(self.status in OPEN and self.due_on) and parse_partial(self.due_on).last < today

    def proven_late(self, today: date) -> bool:
        """Past due, and after that day its state was told."""
        told = self.status_on
        return self.past(today) and bool(told and told > parse_partial(self.due_on).last)

    def awaited(self, today: date) -> bool:
        """Open, and due today or later."""
        return bool(self.status in OPEN and self.due_on) and not self.past(today)

    def unheard(self, today: date) -> bool:
        return self.past(today) and not self.proven_late(today)

    @property
    def cost(self) -> int | None:
        order = (self.planned_kzt, self.contracted_kzt, self.spent_kzt)
        return next((money for money in order if money is not None), None)

    @property
    def state(self) -> str:
        return next((each for each, of in STATES.items() if self.status in of), "unknown")

    def date(self, filters: ProjectFilter) -> PartialDate | None:
        columns = {"completed": self.completed_on, "due": self.due_on, "started": self.starts_on}
        return interval(columns.get(filters.period_of, self.leading))

    def happened(self, filters: ProjectFilter) -> bool:
        if filters.period_of == "completed":
            return bool(self.status == "completed")
        return filters.period_of != "due" or bool(filters.statuses) or self.status in OPEN

    def in_period(self, filters: ProjectFilter) -> bool:
        if filters.period is None:
            return True
        when, span = self.date(filters), filters.period
        return (
            self.happened(filters)
            and when is not None
            and (span.first is None or self.begins(filters, when) >= span.first)
            and (span.last is None or when.last <= span.last)
        )

    def begins(self, filters: ProjectFilter, when: PartialDate) -> Day:
        """A month that is due and under way begins with what is left of it."""
        left = filters.to_come and filters.period_of == "due" and self.status in OPEN
        return when.last if left and len(when.text) == len("2025-11") else when.first

    def in_amount(self, amount: Amount | None) -> bool:
        if amount is None:
            return True
        return (
            self.cost is not None
            and (amount.minimum is None or self.cost >= amount.minimum)
            and (amount.maximum is None or self.cost <= amount.maximum)
        )

    def in_circle(self, circle: Circle | None) -> bool:
        if circle is None:
            return True
        return self.point is not None and distance_m(circle.point, self.point) <= circle.radius_m

    @property
    def found_as(self) -> set[str]:
        return {self.kind, *ALSO.get(self.kind, ())}

    def passes(self, filters: ProjectFilter) -> bool:
        asked = set().union(*(BELOW.get(code, {code}) for code in filters.programmes))
        return (
            self.status != "withdrawn"
            and (not filters.sectors or self.sector in filters.sectors)
            and (not filters.kinds or bool(self.found_as & set(filters.kinds)))
            and (not filters.statuses or self.status in filters.statuses)
            and (not filters.districts or bool(set(filters.districts) & set(self.districts)))
            and (not filters.programmes or bool(asked & set(self.programmes)))
            and (filters.area is None or self.area == filters.area)
            and self.in_period(filters)
            and self.in_amount(filters.amount)
            and (not filters.contractors or self.contractor in filters.contractors)
            and self.in_circle(filters.near)
            and (not filters.capacity_known or self.capacity is not None)
            and (not filters.projects or self.id in filters.projects)
        )


Sum = tuple[int | None, ...]


def sums(known: list[Known]) -> Sum:
    """Projects, then for planned, contracted and spent: known for how many, tenge.

    First what is no private investor's, after it what is.
    """
    private = [each for each in known if each.columns["funding"] == "private"]
    found: list[Any] = [len(known)]
    for payer in ([each for each in known if each not in private], private):
        for name in MONEY:
            amounts = [each.columns[name] for each in payer if each.columns[name] is not None]
            found += [len(amounts), sum(amounts) if amounts else None]
    return tuple(found)


def flat(group: Any) -> Sum:
    payers = (group.public, group.private)
    money = [sum_ for of in payers for sum_ in (of.planned, of.contracted, of.spent)]
    return (group.projects, *(each for sum_ in money for each in (sum_.known, sum_.kzt)))


def groups(known: list[Known], by: str, *, each: bool) -> dict[str, Sum]:
    found: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        for key in _keys(one, by, each=each):
            found[key].append(one)
    return {key: sums(of) for key, of in found.items()}


def _keys(one: Known, by: str, *, each: bool) -> tuple[str, ...]:
    if by == "district":
        nowhere = "citywide" if one.location_precision == "city" else "none"
        return ("several",) if len(one.districts) > 1 and not each else one.districts or (nowhere,)
    if by == "programme":
        return one.programmes or ("none",)
    if by == "year":
        return (one.leading[:4] or "unknown",)
    if by == "kind" and each:
        return (one.kind or "unknown", *ALSO.get(one.kind, ()))
    return (one.state,) if by == "state" else (one.columns[by] or "unknown",)


def undated(known: list[Known], filters: ProjectFilter) -> tuple[int, int]:
    """How many touch the period without lying inside, and how many have no such date."""
    others = [one for one in known if one.passes(replace(filters, period=None))]
    others = [one for one in others if one.happened(filters)]
    span = filters.period or Period()
    rough = 0
    for one in others:
        when = one.date(filters)
        if when is not None and not one.in_period(filters):
            after = span.first is None or when.last >= span.first
            before = span.last is None or when.first <= span.last
            rough += after and before
    return rough, sum(one.date(filters) is None for one in others)


def ranked(known: list[Known], order: str, today: date) -> list[tuple[Any, int]]:
    """Value and number of all whose value is known, best first."""
    values: dict[int, Any] = {}
    units = Counter(one.capacity_unit for one in known if one.capacity is not None)
    unit = min(units, key=lambda each: (-units[each], each), default="")
    for one in known:
        if order in {"dearest", "cheapest"}:
            values[one.id] = one.cost
        elif order in {"largest", "smallest"} and one.capacity_unit == unit:
            values[one.id] = one.capacity
        elif order == "latest" and one.proven_late(today):
            values[one.id] = (today - parse_partial(one.due_on).last).days
        elif order == "soonest" and one.awaited(today):
            values[one.id] = parse_partial(one.due_on).last
    falling = order in {"dearest", "largest", "latest"}
    found = [(value, number) for number, value in values.items() if value is not None]
    return sorted(found, key=lambda pair: (-pair[0] if falling else pair[0], pair[1]))


TOLD = date(2027, 1, 1)  # after all that can be due
_DAYS_OF_DATES = tuple(
    day
    for text in DATES
    if text
    for day in (parse_partial(text).last, parse_partial(text).last + timedelta(days=1))
)


def made_up(builder: Builder, count: int, seed: int) -> list[Known]:
    chance = random.Random(seed)
    for slug in SLUGS:
        builder.district(slug)
    for code, parent in (("roadmap", ""), ("roadmap_roads", "roadmap"), ("schools", "")):
        builder.programme(code, parent)
    return [_one(builder, chance, number) for number in range(count)]


def _one(builder: Builder, chance: random.Random, number: int) -> Known:
    spread = chance.choice((0.005, 0.03))
    near = Point.of(chance.gauss(CENTRE.latitude, spread), chance.gauss(CENTRE.longitude, spread))
    point = chance.choice((None, near, near))
    districts = tuple(chance.sample(SLUGS, chance.choice((0, 1, 1, 2))))
    programmes = tuple(chance.sample(PROGRAMMES, chance.choice((0, 0, 1, 2))))
    columns: dict[str, Any] = {
        "kind": chance.choice(("", *KINDS)),
        "sector": chance.choice(("", *SECTORS)),
        "status": chance.choice(("", *STATUSES)),
        "area": "almaty" if chance.random() < 0.9 else "almaty_region",
        "contractor": chance.choice(("", *FIRMS)),
        "capacity": chance.choice((None, 500.0, 500.0, 1200.0, 4.16)),
        "status_on": chance.choice((None, TOLD, *_DAYS_OF_DATES)),
        "capacity_unit": chance.choice(("seats", "seats", "ha")),
        **{name: chance.choice(DATES) for name in ("starts_on", "due_on", "completed_on")},
        **{name: chance.choice((None, chance.randrange(10**12))) for name in MONEY},
        "funding": chance.choice(("", "", "public", "private")),
        "location_precision": chance.choice(("none", "none", "city")),
    }
    number = builder.project(
        f"p-{number}", point=point, districts=districts, programmes=programmes, **columns
    )
    return Known(number, columns, point, districts, programmes)


def _some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    one_or_two = st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)
    return st.just(()) | st.just(()) | one_or_two


DAYS = st.sampled_from(
    [
        *(date(2024, 1, 1), date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1)),
        *(date(2025, 2, 28), date(2025, 11, 1), date(2025, 11, 29), date(2025, 11, 30)),
        *(date(2025, 12, 1), date(2025, 12, 31)),
    ]
) | st.dates(date(2023, 12, 1), date(2026, 1, 31))
_SPANS = st.builds(Period, st.none() | DAYS, st.none() | DAYS)
_TENGE = st.none() | st.integers(0, 10**12)


def filters() -> st.SearchStrategy[ProjectFilter]:
    """All that can be asked, most of it left open."""
    circles = st.builds(Circle, st.just(CENTRE), st.sampled_from((300.0, 1_500.0, 8_000.0)))
    return st.builds(
        ProjectFilter,
        sectors=_some(SECTORS),
        kinds=_some(KINDS),
        statuses=_some(STATUSES),
        districts=_some((*SLUGS, "nowhere")),
        programmes=_some((*PROGRAMMES, "nobody")),
        area=st.sampled_from(("almaty", None, None, "almaty_region")),
        period=st.none() | _SPANS,
        period_of=st.sampled_from(("completed", "due", "due", "started", "any")),
        to_come=st.booleans(),
        amount=st.none() | st.none() | st.builds(Amount, _TENGE, _TENGE),
        contractors=_some(FIRMS),
        near=st.none() | st.none() | circles,
        capacity_known=st.sampled_from((False, False, True)),
        projects=st.just(()) | st.just(()) | st.just(tuple(range(1, 60))),
    )
