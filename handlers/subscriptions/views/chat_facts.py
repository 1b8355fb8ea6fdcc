"""What the screens of subscriptions know of a chat, and what they call things."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from handlers.frame.screens import Button
from handlers.frame.texts import Markup, Texts
from handlers.subscriptions.views.filter_names import filter_name
from handlers.views.callbacks import SUBSCRIPTIONS
from handlers.views.draft_data import Draft, draft_data
from handlers.views.names import Names
from storage.geo.points import Point
from storage.news.filters import NewsFilter
from storage.subscriptions.schedules import Cadence, Schedule
from storage.subscriptions.subscribers import SubscriberFacts
from storage.subscriptions.subscriptions import Subscribed
from storage.tables.numbers import Numbered
from storage.values.city import DEFAULT_RADIUS_M
from storage.vocabulary.combined_kinds import answering

CHOSEN = "✓ "


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What a circle leaves out: how many projects of its point's districts have no point."""

    districts: tuple[str, ...]
    projects: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A chat's subscriptions (`mine`), and the names that only the store has.

    `home` and `radius_m` (metres) are those of the person in a private chat; `titles` are of
    followed projects, `places` the names of places next to followed points, `unplaced` what the
    circles of its filters leave out.
    """

    numbers: Numbered = field(default_factory=Numbered)
    mine: tuple[Subscribed, ...] = ()
    facts: SubscriberFacts | None = None
    private: bool = True
    home: Point | None = None
    radius_m: int = DEFAULT_RADIUS_M
    titles: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[Point, str] = field(default_factory=dict)
    unplaced: Mapping[NewsFilter, Unplaced] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """The districts and programmes as the store names them."""
        return Names(self.numbers.district_names, self.numbers.programme_names)

    @property
    def schedules(self) -> Mapping[Cadence, Schedule]:
        """When the chat's subscriptions come, by cadence: it is one time for all of a cadence."""
        return {each.schedule.cadence: each.schedule for each in self.mine}

    def found(self, number: int) -> Subscribed | None:
        """The chat's subscription of this number, None if it has none."""
        return next((each for each in self.mine if each.id == number), None)

    def left_out(self, wanted: NewsFilter) -> Unplaced | None:
        """What the filter's circle leaves out; None for nothing, or where there is no circle."""
        return self.unplaced.get(wanted.canonical())

    def hears_of(self, unplaced: Unplaced, wanted: NewsFilter) -> bool:
        """Whether a subscription of the chat brings the same news of what a circle leaves out."""
        asked = beside(wanted, unplaced)
        return any(takes_in(each.filter, asked) for each in self.mine)

    def name(self, t: Texts, wanted: NewsFilter) -> Markup:
        """What a filter is called."""
        return filter_name(
            t,
            self.names,
            wanted,
            home=self.home,
            place=self.places.get(wanted.near.point) if wanted.near else None,
            project=self.titles.get(wanted.project or 0, ""),
        )

    def button(self, label: str, screen: str, draft: Draft, *, chosen: bool = False) -> Button:
        """A button that opens the draft on a screen."""
        data = draft_data(screen, draft, self.numbers)
        return Button(f"{CHOSEN}{label}" if chosen else label, data)


def beside(wanted: NewsFilter, unplaced: Unplaced) -> NewsFilter:
    """The same news of the districts, in the place of the circle."""
    return replace(wanted, near=None, districts=unplaced.districts).canonical()


def takes_in(wide: NewsFilter, narrow: NewsFilter) -> bool:
    """Whether all that passes the narrow filter, which names districts, passes the wide one."""
    if wide.near is not None or wide.projects or not set(narrow.news) <= set(wide.news):
        return False
    pairs = (
        (wide.districts, narrow.districts),
        (wide.sectors, narrow.sectors),
        (answering(wide.kinds), narrow.kinds),
        (wide.programmes, narrow.programmes),
    )
    return all(not all_of or (some and set(some) <= set(all_of)) for all_of, some in pairs)


def draft_of(subscribed: Subscribed) -> Draft:
    """The draft that changes a subscription, as it stands."""
    return Draft(subscribed.filter, target=subscribed.id).timed(subscribed.schedule)


def to_list(t: Texts) -> Button:
    """The way back to the chat's subscriptions."""
    return Button(t("⬅️ Subscriptions"), SUBSCRIPTIONS)
