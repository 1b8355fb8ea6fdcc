"""Near me: what is within a radius, then what is in the same district without an exact place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from markupsafe import Markup

from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.views.callbacks import ListState, NearState
from handlers.views.choices import CHOSEN, more_behind, narrowed_behind, narrowing
from handlers.views.entries import entry, listing, silent_last
from handlers.views.freshness import data_day
from handlers.views.lists import (
    card_buttons,
    heading,
    lines,
    page_buttons,
    paired,
    position,
    rows,
)
from handlers.views.names import Names
from handlers.views.numbers import distance, number
from storage.places.places import KNOWN_WITHIN_M, Vicinity
from storage.projects.summary import Listed
from storage.values.partial_dates import PartialDate

RADII_M = (200, 500, 1000, 2000, 5000, 10_000)
SAME_PLACE_M = 300  # a place this near lends the point its name
SAVE_HOME, FORGET_HOME = "h", "f"  # actions of near-me buttons


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a point: the page's projects by distance, then those without a point.

    After both what is past due and for a year nobody told of, the `silent`. `within` counts all in
    the radius, `elsewhere` the alive ones without a point, `total` everything. `is_home`: the point
    is the person's home; `may_keep`: a home can be kept (in a private chat). `empty_m` is the
    radius that was asked for where nothing is in it and a wider one is shown, 0 otherwise. `until`
    is how old the data is, said where nothing is found.
    """

    state: NearState
    vicinity: Vicinity
    placed: Sequence[Listed]
    within: int
    pointless: Sequence[Listed]
    elsewhere: int
    silent: Sequence[Listed]
    total: int
    is_home: bool = False
    may_keep: bool = True
    until: PartialDate | None = None
    empty_m: int = 0

    @property
    def items(self) -> tuple[Listed, ...]:
        """The page's projects in the order in which they are numbered."""
        return (*self.placed, *self.pointless, *self.silent)

    @property
    def far(self) -> bool:
        """Whether the point is farther from every known place than the bot knows about."""
        metres = self.vicinity.distance_m
        return metres is not None and metres > KNOWN_WITHIN_M


def near_screen(t: Texts, names: Names, around: Around, today: date) -> Screen:
    """Return a page of what is near the point, with the buttons that widen and narrow it."""
    entries = [entry(t, names, listed, today) for listed in around.items]
    if around.pointless:
        at = len(around.placed)
        entries[at] = replace(entries[at], above=_without_point(t, names, around))
    entries = silent_last(t, entries, around.items, today)
    top = lines(near_title(t, names, around), _counts(t, around))
    state = around.state
    instead = t("Try a wider radius or another place.")
    return Screen(
        listing(t, top, entries, "" if entries else lines(instead, data_day(t, around.until))),
        rows(
            card_buttons(around.items, state.data()),
            page_buttons(state.page, around.total, lambda page: state.turned(page).data()),
        ),
        narrow=narrowed_behind(t, state, state.data, *_radii(t, state)),
        more=more_behind(t, state.data, *_home_button(t, around)),
    )


def near_title(t: Texts, names: Names, around: Around) -> Markup:
    """Return what the list is around of, about which district, and what it is narrowed to."""
    place = around.vicinity.place
    near = around.vicinity.distance_m
    if around.is_home:
        first = t("🏠 <b>Near home</b>")
    elif place is not None and near is not None and near <= SAME_PLACE_M:
        first = t("📍 <b>Near: {place}</b>", place=place.names.shown(t.language))
    else:
        first = t("📍 <b>Near you</b>")
    return lines(first, _about(t, names, around.vicinity.districts), narrowing(t, around.state))


def _about(t: Texts, names: Names, districts: Iterable[str]) -> Markup:
    named = ", ".join(names.district(t, slug) for slug in districts)
    return t("Roughly: {district}", district=named) if named else Markup()


def _counts(t: Texts, around: Around) -> Markup:
    radius, count = distance(t, around.state.radius_m), around.within
    found = _nothing(t, around.state.radius_m)
    if count:
        found = t.plural(
            "{n} project within {radius}", "{n} projects within {radius}", count, radius=radius
        )
    counted = heading(found, position(t, around.state.page, around.total))
    return lines(_nothing(t, around.empty_m), counted) if around.empty_m else counted


def _nothing(t: Texts, radius_m: int) -> Markup:
    return t("Nothing found within {radius}", radius=distance(t, radius_m))


def wider(radius_m: int) -> tuple[int, ...]:
    """Return the radii wider than this one, the least first."""
    return tuple(each for each in RADII_M if each > radius_m)


def _without_point(t: Texts, names: Names, around: Around) -> Markup:
    named = ", ".join(names.district(t, slug) for slug in around.vicinity.districts)
    count = number(t, around.elsewhere)
    return t("<i>{district}, exact place not known ({count}):</i>", district=named, count=count)


def _radii(t: Texts, state: NearState) -> list[Button]:
    return [
        Button(_radius_label(t, metres, metres == state.radius_m), state.data(radius_m=metres))
        for metres in RADII_M
    ]


@cache
def _radius_label(t: Texts, metres: int, chosen: bool) -> str:
    return f"{CHOSEN if chosen else ''}{distance(t, metres)}"


def _home_button(t: Texts, around: Around) -> tuple[Button, ...]:
    if not around.may_keep:
        return ()
    if around.is_home:
        return (Button(t("🗑 Forget home"), around.state.data(FORGET_HOME)),)
    return (Button(t("🏠 Save as home"), around.state.data(SAVE_HOME)),)


def far_screen(t: Texts, names: Names, districts: Iterable[str]) -> Screen:
    """Return that the bot knows only Almaty, and the districts to look at instead."""
    text = t(
        "📍 <b>This place is outside Almaty.</b>\n\n"
        "I know only the projects of Almaty. Choose a district, or send me a place in the city."
    )
    return Screen(text, paired(district_buttons(t, names, districts)))


def ask_screen(t: Texts) -> Screen:
    """Return the question where to look, with what a typed answer may be."""
    text = t(
        "📍 <b>Where shall I look?</b>\n\n"
        "Press “{key}” below to send your location (/start shows the keys), or write a place: "
        "<i>Qalqaman</i>, <i>Abay Avenue</i>, <i>Medeu</i>.",
        key=t("📍 Near me"),
    )
    return Screen(text)


def ask_group_screen(t: Texts) -> Screen:
    """Return the question where to look for a group, which has no key to send a location."""
    return Screen(
        t(
            "📍 <b>Where shall I look?</b>\n\n"
            "Write the place after the command: <code>/near Qalqaman</code>."
        )
    )


def district_buttons(t: Texts, names: Names, slugs: Iterable[str]) -> list[Button]:
    """Return a button for each district that opens its page."""
    return [Button(names.district_short(t, slug), ListState(code=slug).data("o")) for slug in slugs]
