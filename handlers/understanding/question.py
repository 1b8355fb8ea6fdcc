"""A question as it was understood: a typed, frozen value."""

from dataclasses import dataclass
from typing import Literal, get_args

from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.projects.project_filter import ProjectFilter
from storage.values.city import AREA, DEFAULT_RADIUS_M
from storage.values.orders import TopOrder
from storage.values.ranges import Amount, Period, PeriodOf
from storage.values.states import FINAL, State, statuses_of
from storage.words.languages import Language

Intent = Literal[
    "list",  # which ones; is there any
    "count",  # how many
    "total",  # a sum of money; `money` says which, None: planned, contracted and spent side by side
    "cost",  # what one project costs
    "when",  # when it is (was) finished, or begun: `period_of` says which
    "state",  # what state it is in
    "where",  # where it is
    "who",  # who builds it
    "size",  # how big it is: seats, kilometres, hectares
    "top",  # the most expensive, cheapest, largest, ...: `order` says which, `limit` how many
    "rank",  # which district (kind, sector, year: `by`) has most or fewest, by `measure`
    "compare",  # two or more districts, kinds or years side by side
    "overdue",  # what is late, and by how much
    "new",  # what is new: completed or announced lately
    "changed",  # which dates, states, sums changed: `change` says which of them
    "near",  # near me (no place) or near a named place
    "programme",  # facts of a programme
    "indicator",  # a programme's figures: target against actual
    "limit",  # the limits of the participatory budget
    "per_resident",  # money per resident
    "about",  # what do you know, where from, as of when
    "help",  # how to ask
    "other",  # not about public projects: `topic` says what
    "unclear",  # nothing that can be answered without guessing
    "unheard",  # what is past due and was not told of since; last, as buttons hold the places
]
Money = Literal["planned", "contracted", "spent"]
By = Literal["district", "kind", "sector", "year", "programme", "state"]
Measure = Literal["number", "money"]
Direction = Literal["most", "fewest"]
Change = Literal["due", "state", "money"]
Topic = Literal["complaint", "service", "weather", "chat", "who_are_you", "thanks", "greeting"]

INTENTS: tuple[Intent, ...] = get_args(Intent)


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place that was named: its names and its point in decimal degrees."""

    kk: str
    ru: str
    en: str
    latitude: float
    longitude: float

    @property
    def point(self) -> Point:
        """The point as the store keeps it."""
        return Point.of(self.latitude, self.longitude)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which words of the text filled a slot."""

    slot: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. An empty slot was not mentioned; several values of one slot mean any of them.

    `kinds`, `sectors`, `programme` are codes and `districts` slugs of the vocabulary. `number` is a
    facility's number (school 178). `projects` are the store's numbers of the projects that the text
    may name: one is meant, several have to be asked about. `among` are those in whose title or
    address the words of the text stand, `named` those words: only they are meant, or what is near
    the place too. `period_of` says what happened in `period`. `pick` is the position in the list
    shown before (1 is its first). `whether`: yes or no is asked. `follows`: it was read on top of
    the previous question. `leftover` are content words nobody understood.
    """

    intent: Intent
    language: Language
    kinds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    districts: tuple[str, ...] = ()
    area: str | None = None  # a code of storage/vocabulary/areas.csv
    programme: str | None = None
    indicator: str | None = None
    place: PlaceName | None = None
    radius_m: int | None = None
    contractor: str | None = None
    period: Period | None = None
    period_of: PeriodOf | None = None
    years: tuple[int, ...] = ()  # compared with one another
    amount: Amount | None = None
    money: Money | None = None
    order: TopOrder | None = None
    change: Change | None = None
    every: bool = False  # of figures the older ones and other areas' too, not only the newest
    announced: bool = False  # of what is new only what was heard of for the first time
    overdue: bool = False  # only what is overdue: which district has most of it
    limit: int | None = None
    by: By | None = None
    measure: Measure | None = None
    direction: Direction | None = None
    number: int | None = None
    projects: tuple[int, ...] = ()
    among: tuple[int, ...] = ()
    named: str | None = None
    pick: int | None = None
    topic: Topic | None = None
    whether: bool = False
    final: bool = False  # of what is being built only what is at its final stage
    each: bool = False  # the projects are all meant: schools 24 and 63
    follows: bool = False
    evidence: tuple[Evidence, ...] = ()
    leftover: tuple[str, ...] = ()

    @property
    def filter(self) -> ProjectFilter:
        """What the slots narrow the projects to, but for the contractor, whom only the store knows.

        Without an area a question is about the city; one that names a district or a programme takes
        in the region as well: they say where they are.
        """
        placed = self.districts or self.programme or self.among
        return ProjectFilter(
            sectors=self.sectors,
            kinds=self.kinds,
            statuses=FINAL if self.final else statuses_of(self.states),
            districts=self.districts,
            programmes=(self.programme,) if self.programme else (),
            area=self.area or (None if placed else AREA),
            period=self.period,
            period_of=self.period_of or "any",
            amount=self.amount.as_typed if self.amount else None,
            near=self.circle,
            projects=() if self.place else self.among,
        )

    @property
    def circle(self) -> Circle | None:
        """Around the place that was named, None where none was."""
        return Circle(self.place.point, self.radius) if self.place else None

    @property
    def radius(self) -> int:
        """Metres to look around a place: as asked for, else the city's usual ones."""
        return self.radius_m or DEFAULT_RADIUS_M

    def evidence_of(self, slot: str) -> tuple[str, ...]:
        """Return the words of the text that filled a slot."""
        return tuple(each.text for each in self.evidence if each.slot == slot)
