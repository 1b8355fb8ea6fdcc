"""A project's card and its further screens: the whole history, the sources, the place on the map.

A card that would be long leaves its sources, then its timeline, to screens of their own; the
numbers in brackets are the same on all of them.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from markupsafe import Markup

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
from handlers.views.values import where_exactly
from storage.projects.card import Card

MOST_LINES = 25  # on the card: what a phone shows with one or two strokes of the thumb
ON_A_PAGE = 8  # entries of the history or sources screen
MOST_TITLE = 100  # characters of a title in a link that is shared and on the map
SHARE = "https://t.me/share/url"


@dataclass(frozen=True, slots=True)
class Written:
    """A card written out: its text, whether that leaves history or sources out, and both whole."""

    text: Markup
    more_history: bool
    more_sources: bool
    history: list[Markup]
    sources: list[Markup]


def write(t: Texts, names: Names, card: Card, today: date) -> Written:
    """Return the card's texts, its sources numbered in the order of the card."""
    body = Body(t, names, card, today)
    main = body.text()
    events = timeline.event_lines(t, card, body.notes)
    history = timeline.history_lines(t, card, body.notes)
    notes = body.notes.lines(t)
    told = lines(t("<b>Timeline</b>"), *events) if events else Markup()
    sources = lines(t("<b>Sources</b>"), *notes) if notes else Markup()
    text, left_out = _fitted(main, told, sources)
    if len(events) > timeline.SHORT:
        text, left_out = _fitted(main, Markup(), sources)
        left_out = [told, *left_out]
    more_history = told in left_out or timeline.has_more(t, card)
    return Written(text, more_history, sources in left_out, history, notes)


def card_screen(t: Texts, written: Written, card: Card, state: CardState, *, bot: str) -> Screen:
    """Return the card; `bot` is the bot's username, for the link that is shared."""
    further = [
        *([_to_history(t, state)] if written.more_history else []),
        *([_to_sources(t, state)] if written.more_sources else []),
    ]
    on_map, back = _on_the_map(t, card, state, bot), (back_button(t, state),)
    return Screen(written.text, rows(further, on_map, back))


def history_screen(t: Texts, written: Written, card: Card, state: CardState) -> Screen:
    """Return a page of everything that was said of the project, from the oldest to the newest."""
    return _part(t, card, state, t("🕓 <b>History</b>"), written.history)


def sources_screen(t: Texts, written: Written, card: Card, state: CardState) -> Screen:
    """Return a page of who said what is on the card, and when."""
    return _part(t, card, state, t("📚 <b>Sources</b>"), written.sources)


def _part(t: Texts, card: Card, state: CardState, title: Markup, told: list[Markup]) -> Screen:
    page = min(state.page, max(0, len(told) - 1) // ON_A_PAGE)
    shown = told[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    name = Markup("<b>{}</b>").format(card.listed.titles.shown(t.language))
    top = lines(name, heading(title, position(t, page, len(told), ON_A_PAGE)))
    turn = page_buttons(page, len(told), lambda at: state.turned(at).data(), ON_A_PAGE)
    to_card = (Button(t("⬅️ To the card"), state.at("").data()),)
    return Screen(paragraphs(top, lines(*shown)), rows(turn, to_card))


def _fitted(body: Markup, *parts: Markup) -> tuple[Markup, list[Markup]]:
    """The body with as many of the parts as a card may be long, and the parts left out."""
    text, left_out = body, []
    for part in parts:
        longer = paragraphs(text, part)
        if part and len(longer.splitlines()) > MOST_LINES:
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
    where = listed.address or names.where(t, listed.districts) or t("Almaty")
    exactness = where_exactly(t, listed.precision)
    address = f"{where} ({exactness})" if exactness else str(where)
    title = shortened(listed.titles.shown(t.language), MOST_TITLE)
    return OnMap(title, shortened(address, 2 * MOST_TITLE))
