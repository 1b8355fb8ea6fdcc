"""A digest as residents read it: always one message, however much there is to tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from markupsafe import Markup

from handlers.frame.dates import day, when
from handlers.frame.messages import LONGEST, shown_length
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts, plain
from handlers.subscriptions.views.digest_items import Writing, due_line, entry, news_lines
from handlers.subscriptions.views.filter_names import filter_name
from handlers.views.callbacks import FEWER, DigestState, read_digest
from handlers.views.districts import projects
from handlers.views.entries import Entry, listing, state_line, told_of, where_line
from handlers.views.freshness import data_day
from handlers.views.lists import (
    PAGE,
    card_buttons,
    heading,
    lines,
    page_buttons,
    paired,
    paragraphs,
    position,
    rows,
    shortened,
)
from handlers.views.names import Names
from storage.digests.descriptions import Followed
from storage.digests.digest import Digest, Told
from storage.projects.summary import Listed
from storage.values.pages import Page
from storage.values.partial_dates import PartialDate

MOST = 10  # projects in the message
MOST_NAME = 150  # characters of what a subscription is called
MOST_DISTRICT = 60
TITLES = (100, 70, 45)  # characters of a title: shorter where all would not fit
NEWS_ROOT = "w:"
LINK = "e_"  # ?start=e_CONTENT_CHAT
_LINK = re.compile(LINK + r"(\d{1,19})_(-\d{1,14})")


@dataclass(frozen=True, slots=True)
class Written:
    """A digest that is written: how often it comes, the number of its content, what it tells.

    `until` is how old the data is.
    """

    cadence: str
    content: int
    digest: Digest
    until: PartialDate | None = None


def digest_screen(writing: Writing, written: Written) -> Screen:
    """Return the message, of under 4096 characters: shorter titles first, then fewer projects."""
    items = written.digest.page.items[:MOST]
    attempts = [(most, len(items)) for most in TITLES]
    attempts += [(TITLES[-1], count) for count in range(len(items) - 1, 0, -1)]
    text, count = Markup(), 0
    for most_title, count in attempts:
        text = _text(replace(writing, most_title=most_title), written, count)
        if shown_length(text) < LONGEST:
            break
    return Screen(text, _buttons(writing.t, written, count))


def _text(writing: Writing, written: Written, count: int) -> Markup:
    t, found = writing.t, written.digest
    return paragraphs(
        lines(
            title(t, written.cadence, writing.today),
            _counts(t, count, found.page.total),
            data_day(t, written.until),
        ),
        *entries(writing, found.page.items[:count]),
        due_next(writing, found.due),
        brought_by(t, writing.names, found.followed, found.more_followed),
    )


def _counts(t: Texts, count: int, total: int) -> Markup:
    """How many projects there are, and how many stand here; one is not counted."""
    if total == 1:
        return Markup()
    shown = t("shown: {number}", number=count) if count < total else ""
    return heading(projects(t, total), shown)


def _buttons(t: Texts, written: Written, count: int) -> tuple[tuple[Button, ...], ...]:
    state = DigestState(written.content)
    cards = card_buttons((told.listed for told in written.digest.page.items[:count]), state.data())
    total = written.digest.page.total
    more = (Button(t("📋 Show all {number}", number=total), state.data()),) if count < total else ()
    return rows(*paired(cards, PAGE), more, (fewer_button(t),))


def fewer_button(t: Texts) -> Button:
    """Return the one button under every digest."""
    return Button(t("⚙️ Fewer · pause · stop"), FEWER)


def title(t: Texts, cadence: str, today: date) -> Markup:
    """Return «📬 Апталық жаңалық · 2025 жылғы 20 қараша»: the day on which it is told."""
    named = {
        "at_once": t("Just in"),
        "daily": t("Daily digest"),
        "weekly": t("Weekly digest"),
        "monthly": t("Monthly digest"),
    }
    bold = Markup("📬 <b>{}</b>").format(named.get(cadence, named["weekly"]))
    return heading(bold, day(t, today))


def entries(writing: Writing, items: Sequence[Told], *, first: int = 1) -> list[Markup]:
    """Return the projects' paragraphs, what they are grouped by above the first of each group."""
    numbered = list(enumerate(items, first))
    found: list[Markup] = []
    alone = all(told.listed.distance_m is not None for told in items)
    for group, members in groupby(numbered, key=lambda pair: _group(writing, pair[1])):
        told = [entry(writing, number, each) for number, each in members]
        if not alone:
            told[0] = lines(Markup("<b>{}</b>").format(group), told[0])
        found += told
    return found


def _group(writing: Writing, told: Told) -> str:
    t, listed = writing.t, told.listed
    if listed.distance_m is not None:
        return t("📍 Near the place you chose")
    if len(listed.districts) == 1:
        name = shortened(writing.names.district(t, listed.districts[0]), MOST_DISTRICT)
        return Markup("🏘 {}").format(name)
    label = t("Several districts") if listed.districts else t("District not stated")
    return Markup("🏘 {}").format(label)


def due_next(writing: Writing, due: Sequence[Listed]) -> Markup:
    """Return what is due in the next 30 days; "" where nothing is."""
    if not due:
        return Markup()
    return lines(
        writing.t("🔜 <b>Due within 30 days</b>"), *(due_line(writing, listed) for listed in due)
    )


def brought_by(t: Texts, names: Names, followed: Sequence[Followed], more: int = 0) -> Markup:
    """Return the first of the subscriptions that brought it by their names, and how many more."""
    if not followed:
        return Markup()
    told = Markup("; ").join(_name(t, names, each) for each in followed)
    if more > 0:
        told = t("{names} and {number} more", names=told, number=more)
    return t("<i>Subscription: {name}</i>", name=told)


def _name(t: Texts, names: Names, followed: Followed) -> str:
    place, project = followed.place, followed.project
    name = filter_name(
        t,
        names,
        followed.wanted,
        place=place.shown(t.language) if place else None,
        project=project.shown(t.language) if project else "",
    )
    return shortened(plain(name), MOST_NAME)


def all_screen(writing: Writing, state: DigestState, page: Page[Told]) -> Screen:
    """Return a page of everything that stands in a digest."""
    t, at = writing.t, state.page or 0
    top = lines(
        t("📋 <b>All projects of this digest</b>"),
        heading(projects(t, page.total), position(t, at, page.total)),
    )
    here = state.turned(at).data()
    return Screen(
        listing(t, top, _short_entries(writing, page.items)),
        rows(
            card_buttons((told.listed for told in page.items), here),
            page_buttons(at, page.total, lambda number: state.turned(number).data()),
        ),
    )


def _short_entries(writing: Writing, items: Sequence[Told]) -> list[Entry]:
    """The projects as every list has them: their news in place of the state."""
    t, found = writing.t, []
    group = ""
    for told in items:
        listed, moved = told.listed, [kind for kind in told.kinds if kind != "completed"]
        state = [state_line(t, listed, writing.today)] if len(moved) < len(told.kinds) else []
        news = [*state, *(line for kind in moved for line in news_lines(t, kind, told))]
        where = where_line(t, writing.names, listed)
        now = _group(writing, told)
        above = Markup("<b>{}</b>").format(now) if now != group else ""
        found.append(told_of(t, listed, *news, where, above=above))
        group = now
    return found


def all_link(bot: str, chat_id: int, content: int) -> str:
    """Return the address that opens the list of a group's or channel's digest in the bot."""
    return f"https://t.me/{bot}?start={LINK}{content}_{chat_id}"


def read_link(payload: str) -> DigestState | None:
    """Return the list's first page that a link opens; None for another link."""
    match = _LINK.fullmatch(payload)
    return read_digest(f"e:{match[1]}:0:{match[2]}") if match else None


def gone_screen(t: Texts) -> Screen:
    """Return that a digest is no longer kept, with the way to the news."""
    text = t("The list of this digest is no longer kept. The city's news is here:")
    return Screen(text, ((Button(t("🆕 News"), NEWS_ROOT),),))


def note_screen(
    t: Texts,
    names: Names,
    followed: Sequence[Followed],
    until: PartialDate | None,
    more: int = 0,
) -> Screen:
    """Return that the bot is still here though nothing was new, and until when its data reach."""
    text = paragraphs(
        t("👋 I am still here: in the last month there was nothing new in what you follow."),
        t("Last heard: {day}", day=when(t, until)),
        brought_by(t, names, followed, more),
    )
    return Screen(text, ((fewer_button(t),),))
