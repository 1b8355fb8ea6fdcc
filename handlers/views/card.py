"""A project's card and its further screens: more of it, the history, the sources, on the map.

The card tells what everybody wants to know; the rest takes its place on request. What would be
longer than a phone is left to screens of its own; the numbers in brackets are the same on all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from markupsafe import Markup

from handlers.frame.phone import MOST_LINES, lines_taken
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.views import timeline
from handlers.views.callbacks import MENU, CardState
from handlers.views.facts import Body
from handlers.views.lists import (
    heading,
    lines,
    page_buttons,
    paragraphs,
    position,
    rows,
    shortened,
)
from handlers.views.names import Names
from handlers.views.parts import ABOVE
from handlers.views.values import where_exactly
from storage.projects.card import Card

MOST_TITLE = 100  # characters of a title in a link that is shared and on the map
SHARE = "https://t.me/share/url"


@dataclass(frozen=True, slots=True)
class Written:
    """A card written out: its text, what is told on request, history and sources whole.

    `more_history` and `more_sources`: these are left out of what is told on request.
    """

    text: Markup
    more: Markup
    more_history: bool
    more_sources: bool
    history: list[Markup]
    sources: list[Markup]

    @property
    def has_more(self) -> bool:
        """Whether there is anything to tell on request."""
        return bool(self.history or self.sources or "\n" in self.more)


def write(t: Texts, names: Names, card: Card, today: date) -> Written:
    """Return the card's texts, its sources numbered in the order of the card."""
    body = Body(t, names, card, today)
    main, conflicts = body.text(), body.conflicts()
    text, left_out = _fitted(MOST_LINES - ABOVE, main, conflicts, _sources(t, body))
    disagreement = conflicts if conflicts in left_out else Markup()
    further = body.further()
    events = timeline.event_lines(t, card, body.notes)
    history = timeline.history_lines(t, card, body.notes)
    told = lines(t("<b>Timeline</b>"), *events) if 0 < len(events) <= timeline.SHORT else Markup()
    description = body.description()
    sources = _sources(t, body)
    parts = (body.title(), disagreement, further, told, description, sources)
    more, left_out = _fitted(MOST_LINES, *parts)
    untold = (bool(events) and not told) or told in left_out or description in left_out
    more_history = untold or timeline.has_more(t, card)
    return Written(text, more, more_history, sources in left_out, history, body.notes.lines(t))


def _sources(t: Texts, body: Body) -> Markup:
    """The sources of what was written so far."""
    notes = body.notes.lines(t)
    return lines(t("<b>Sources</b>"), *notes) if notes else Markup()


def card_screen(t: Texts, written: Written, card: Card, state: CardState, *, bot: str) -> Screen:
    """Return the card; `bot` is the bot's username, for the link that is shared."""
    more = (Button(t("🔽 More about it"), state.at("f").data()),) if written.has_more else ()
    on_map, back = _on_the_map(t, card, state, bot), (back_button(t, state),)
    return Screen(written.text, rows(more, on_map), last=back)


def more_screen(t: Texts, written: Written, state: CardState) -> Screen:
    """Return what is told on request in place of the card, and the way back to it."""
    further = [
        *([_to_history(t, state)] if written.more_history else []),
        *([_to_sources(t, state)] if written.more_sources else []),
    ]
    less = Button(t("🔼 Less"), state.at("").data())
    return Screen(written.more, rows(further), last=(less, back_button(t, state)))


def history_screen(t: Texts, written: Written, card: Card, state: CardState) -> Screen:
    """Return a page of everything that was said of the project, from the oldest to the newest."""
    return _part(t, card, state, t("🕓 <b>History</b>"), written.history)


def sources_screen(t: Texts, written: Written, card: Card, state: CardState) -> Screen:
    """Return a page of who said what is on the card, and when."""
    return _part(t, card, state, t("📚 <b>Sources</b>"), written.sources)


def _part(t: Texts, card: Card, state: CardState, title: Markup, told: list[Markup]) -> Screen:
    name = shortened(card.listed.titles.shown(t.language), MOST_TITLE)
    bold = Markup("<b>{}</b>").format(name)
    room = MOST_LINES - 1 - lines_taken(lines(bold, title))
    shown = list(pages_of(told, room)) or [[]]
    page = min(state.page, len(shown) - 1)
    top = lines(bold, heading(title, position(t, page, len(shown), 1)))
    turn = page_buttons(page, len(shown), lambda at: state.turned(at).data(), 1)
    back = (Button(t("⬅️ To the card"), state.at("f").data()),)
    return Screen(paragraphs(top, lines(*shown[page])), rows(turn, back))


def pages_of(told: Iterable[Markup], room: int) -> Iterator[list[Markup]]:
    """Return as many entries together as a phone has lines for; at least one."""
    page: list[Markup] = []
    taken = 0
    for entry in told:
        more = lines_taken(entry)
        if page and taken + more > room:
            yield page
            page, taken = [], 0
        page.append(entry)
        taken += more
    if page:
        yield page


def _fitted(most: int, body: Markup, *parts: Markup) -> tuple[Markup, list[Markup]]:
    """The body with as many of the parts as so many lines have room for, and those left out."""
    text, left_out = body, []
    for part in parts:
        longer = paragraphs(text, part)
        if part and lines_taken(longer) > most:
            left_out.append(part)
        else:
            text = longer
    return text, left_out


def _to_history(t: Texts, state: CardState) -> Button:
    return Button(t("🕓 History"), state.at("h").data())


def _to_sources(t: Texts, state: CardState) -> Button:
    return Button(t("📚 Sources"), state.at("s").data())


def _on_the_map(t: Texts, card: Card, state: CardState, bot: str) -> tuple[Button, ...]:
    share = Button(t("↗️ Share"), url=share_link(t, card, bot))
    if card.listed.point is None:
        return (share,)
    return (Button(t("🗺 On the map"), state.at("m").data()), share)


def back_button(t: Texts, state: CardState) -> Button:
    """Return the way back to the list the card was opened from, or to the menu."""
    label = t("☰ Menu") if state.back == MENU else t("⬅️ Back to the list")
    return Button(label, state.back)


def deep_link(bot: str, key: str) -> str:
    """Return the address that opens a project's card in the bot of this username.

    It carries the data set's identifier: the store's own numbers differ from store to store.
    """
    return f"https://t.me/{bot}?start=p_{key}"


def share_link(t: Texts, card: Card, bot: str) -> str:
    """Return the address that offers the card's link to a chat of the person's choice."""
    title = shortened(card.listed.titles.shown(t.language), MOST_TITLE)
    told = {"url": deep_link(bot, card.listed.key), "text": title}
    return f"{SHARE}?{urlencode(told, quote_via=quote)}"


@dataclass(frozen=True, slots=True)
class OnMap:
    """What a venue says beside its point: plain texts."""

    title: str
    address: str


def on_map(t: Texts, names: Names, card: Card) -> OnMap:
    """Return the venue's title, and its address with how exact the point is."""
    listed = card.listed
    where = listed.address.shown(t.language) or names.where(t, listed.districts) or t("Almaty")
    exactness = where_exactly(t, listed.precision)
    address = f"{where} ({exactness})" if exactness else str(where)
    title = shortened(listed.titles.shown(t.language), MOST_TITLE)
    return OnMap(title, shortened(address, 2 * MOST_TITLE))
