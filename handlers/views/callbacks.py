"""What a button carries: the whole state of the screen it opens, in at most 64 bytes.

`<topic>:<args>` with the topics near n, districts d, card p, budgets b, news w, programmes g,
search s, digests e. Nothing is remembered between two presses: any process can answer any
button, and a restart forgets nothing. Reading gives None for data that this version did not write.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal, Self, TypedDict

from storage.geo.circle import Circle
from storage.geo.points import Point, on_the_globe
from storage.projects.project_filter import ProjectFilter
from storage.values.states import STATES
from storage.vocabulary import SECTORS, by_number

LIMIT_BYTES = 64  # the Bot API's limit for callback_data
MENU = "m:"
SUBSCRIPTIONS = "u:"  # the chat's subscriptions
OPEN_ANEW = "u:O"  # a subscription, as a message of its own
FEWER = "u:f"  # the one button under a digest: fewer, pause or stop
STATE_CODES = tuple(STATES)
MOST_RADIUS_M = 10_000
E5 = 10  # a point in a button is in 1e-5 degree, about a metre

FILTER: Literal["y"] = "y"
MORE: Literal["m"] = "m"
"""The list with what its key «filter» or ⋯ opens: in place of the action, or after the page."""
Opened = Literal["", "y", "m"]

NewsList = Literal["completed", "due", "overdue", "unheard", "year"]
NEWS_LISTS: tuple[NewsList, ...] = ("completed", "due", "overdue", "unheard", "year")
CardView = Literal["", "f", "s", "h", "m"]  # the card, more of it, sources, history, on the map
VIEWS: tuple[CardView, ...] = ("", "f", "s", "h", "m")

_CARD = re.compile(r"p:(\d{1,18})(?:([fshm])(\d{0,3}))?:(.*)", re.DOTALL)
_NEAR = re.compile(r"n:(\w):(-?\d{1,8})\.(-?\d{1,8})\.(\d{1,5})\.(\d{1,2})\.(\d)\.(\d{1,6})")
_LISTED = re.compile(r"([dg]):(\w):([A-Za-z0-9_-]*)\.(\d{1,2})\.(\d)\.(\d{1,6})")
_NEWS = re.compile(r"w:(\d)\.(\d{1,4})\.(\d{1,6})([ym]?)")
_DIGEST = re.compile(r"e:(\d{1,19})(?::(\d{1,4})(?::(-\d{1,14}))?)?")
_SEARCH = re.compile(r"s:(\d{1,6})([ym]?):(.*)", re.DOTALL)


def fits(data: str) -> bool:
    """Whether Telegram takes the data for a button."""
    return len(data.encode()) <= LIMIT_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A list's sector and state (None: all) and its page, counted from 0."""

    sector: str | None = None
    state: str | None = None
    page: int = 0

    def turned(self, page: int) -> Self:
        """The same list at another page."""
        return replace(self, page=page)

    def in_sector(self, sector: str | None) -> Self:
        """The first page of the list with another sector."""
        return replace(self, sector=sector, page=0)

    def in_state(self, state: str | None) -> Self:
        """The first page of the list with another state."""
        return replace(self, state=state, page=0)

    @property
    def filter(self) -> ProjectFilter:
        """What the list asks the store for."""
        return self._narrowed()

    def _narrowed(self) -> ProjectFilter:
        """Sector and state, of the whole city."""
        return ProjectFilter(
            sectors=(self.sector,) if self.sector else (),
            statuses=STATES[self.state] if self.state else (),
        )

    def _tail(self) -> str:
        return f"{self._narrowing()}.{self.page}"

    def _narrowing(self) -> str:
        sector = SECTORS[self.sector].number if self.sector else 0
        state = STATE_CODES.index(self.state) + 1 if self.state else 0
        return f"{sector}.{state}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NearState(Narrowed):
    """The list of what is near a point, within a radius in metres."""

    point: Point
    radius_m: int

    @property
    def circle(self) -> Circle:
        """Where the list looks."""
        return Circle(self.point, self.radius_m)

    def data(self, action: str = "l", *, radius_m: int | None = None) -> str:
        """The button's data; `action` is a letter: l the list, others its menus and deeds.

        With a radius, of the first page within that one.
        """
        lat, lon = round(self.point.lat_e6 / E5), round(self.point.lon_e6 / E5)
        if radius_m is None:
            return f"n:{action}:{lat}.{lon}.{self.radius_m}.{self._tail()}"
        return f"n:{action}:{lat}.{lon}.{radius_m}.{self._narrowing()}.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState(Narrowed):
    """The list of a district (topic d, slug; "" for the whole city) or programme (g, code)."""

    topic: Literal["d", "g"] = "d"
    code: str = ""

    @property
    def filter(self) -> ProjectFilter:
        """What the list asks the store for: a district or a programme of the region too."""
        narrowed = self._narrowed()
        if self.topic == "g":
            return replace(narrowed, programmes=(self.code,), area=None)
        return replace(narrowed, districts=(self.code,), area=None) if self.code else narrowed

    def data(self, action: str = "l") -> str:
        """The button's data; `action` is a letter: l the list, others its menus."""
        return f"{self.topic}:{action}:{self.code}.{self._tail()}"


@dataclass(frozen=True, slots=True)
class NewsState:
    """A page of news: completed in the last or due in the next `days`, late, silent, this year."""

    kind: NewsList
    days: int = 0
    page: int = 0
    opened: Opened = ""

    def data(self) -> str:
        """The button's data."""
        return f"w:{NEWS_LISTS.index(self.kind)}.{self.days}.{self.page}{self.opened}"

    def turned(self, page: int) -> "NewsState":
        """The same news at another page."""
        return replace(self, page=page, opened="")

    def with_open(self, opened: Opened) -> "NewsState":
        """The same page with what a key of its last row opens."""
        return replace(self, opened=opened)


@dataclass(frozen=True, slots=True)
class SearchState:
    """A page of what was found for a text; a text that does not fit is read from the message."""

    query: str
    page: int = 0
    opened: Opened = ""

    def data(self) -> str:
        """The button's data, without the text when that is too long."""
        page = f"{self.page}{self.opened}"
        whole = f"s:{page}:{self.query}"
        return whole if fits(f"p:{10**9}h10:{whole}") else f"s:{page}:"

    def turned(self, page: int) -> "SearchState":
        """The same text at another page."""
        return replace(self, page=page, opened="")

    def with_open(self, opened: Opened) -> "SearchState":
        """The same page with what a key of its last row opens."""
        return replace(self, opened=opened)


@dataclass(frozen=True, slots=True)
class DigestState:
    """A page of all that stands in a digest; None on the digest itself, which is to stay as it is.

    `content` is the number of what stands in it, `chat` the group or channel that was told it where
    it is read elsewhere.
    """

    content: int
    page: int | None = None
    chat: int | None = None

    @property
    def on_digest(self) -> bool:
        """Whether the button stands under the digest itself."""
        return self.page is None

    def data(self) -> str:
        """The button's data."""
        numbers = (each for each in (self.content, self.page, self.chat) if each is not None)
        return ":".join(("e", *map(str, numbers)))

    def turned(self, page: int) -> "DigestState":
        """The same digest's list at a page."""
        return replace(self, page=page)


@dataclass(frozen=True, slots=True)
class CardState:
    """A project's card or a page of one of its screens, and the list's data to go back to."""

    project_id: int
    view: CardView = ""
    page: int = 0
    back: str = MENU

    def data(self) -> str:
        """The button's data; the way back becomes the menu when it does not fit."""
        opened = f"p:{self.project_id}{self.view}{self.page or ''}:"
        return opened + (self.back if fits(opened + self.back) else MENU)

    def at(self, view: CardView) -> "CardState":
        """Another screen of the same card."""
        return replace(self, view=view, page=0)

    def turned(self, page: int) -> "CardState":
        """The same screen at another page."""
        return replace(self, page=page)


def read_near(data: str) -> tuple[str, NearState] | None:
    """The action and state of a near-me button."""
    match = _NEAR.fullmatch(data)
    if match is None:
        return None
    action, lat, lon, radius, sector, state, page = match.groups()
    narrowed = _narrowed(sector, state, page)
    point = Point(int(lat) * E5, int(lon) * E5)
    if narrowed is None or not 0 < int(radius) <= MOST_RADIUS_M:
        return None
    if not on_the_globe(point.latitude, point.longitude):
        return None
    return action, NearState(point=point, radius_m=int(radius), **narrowed)


def read_listed(data: str) -> tuple[str, ListState] | None:
    """The action and state of a district's or a programme's list."""
    match = _LISTED.fullmatch(data)
    if match is None:
        return None
    topic, action, code, sector, state, page = match.groups()
    narrowed = _narrowed(sector, state, page)
    if narrowed is None or (topic == "g" and not code):
        return None
    return action, ListState(topic="d" if topic == "d" else "g", code=code, **narrowed)


def read_news(data: str) -> NewsState | None:
    """The state of a news button."""
    match = _NEWS.fullmatch(data)
    if match is None or int(match[1]) >= len(NEWS_LISTS):
        return None
    kind, opened = NEWS_LISTS[int(match[1])], _opened(match[4])
    return NewsState(kind, int(match[2]), int(match[3]), opened)


def read_search(data: str) -> SearchState | None:
    """The state of a search button; its text is empty when the message carries it."""
    match = _SEARCH.fullmatch(data)
    return SearchState(match[3], int(match[1]), _opened(match[2])) if match else None


def _opened(letter: str) -> Opened:
    return next((each for each in (FILTER, MORE) if each == letter), "")


def read_digest(data: str) -> DigestState | None:
    """The state of a button under a digest, or under the list of all that stands in one."""
    match = _DIGEST.fullmatch(data)
    if match is None or int(match[1]) >= 1 << 63:
        return None
    content, page, chat = (None if each is None else int(each) for each in match.groups())
    return DigestState(content or 0, page, chat)


def read_card(data: str) -> CardState | None:
    """The state of a card's button."""
    match = _CARD.fullmatch(data)
    if match is None:
        return None
    view: CardView = next((view for view in VIEWS if view == match[2]), "")
    return CardState(int(match[1]), view, int(match[3] or 0), match[4] or MENU)


class _Narrow(TypedDict):
    sector: str | None
    state: str | None
    page: int


def _narrowed(sector: str, state: str, page: str) -> _Narrow | None:
    try:
        return {
            "sector": by_number(SECTORS, int(sector)).code if int(sector) else None,
            "state": STATE_CODES[int(state) - 1] if int(state) else None,
            "page": int(page),
        }
    except (KeyError, IndexError):
        return None
