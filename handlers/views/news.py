"""News: what was completed, what is due soon, what is overdue, what is silent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from markupsafe import Markup

from handlers.frame.dates import days
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.views.callbacks import MORE, NewsState
from handlers.views.choices import behind_more
from handlers.views.districts import projects
from handlers.views.entries import Entry, entry, listing, overdue_line, told_of, where_line
from handlers.views.freshness import data_day, ends_before, latest_button, too_old
from handlers.views.lists import (
    card_buttons,
    heading,
    lines,
    page_buttons,
    paired,
    paragraphs,
    position,
    rows,
)
from handlers.views.names import Names
from storage.news.recent import Late
from storage.projects.summary import Listed
from storage.values.pages import Page
from storage.values.partial_dates import PartialDate

ROOT = "w:"
COMPLETED_DAYS = (7, 30, 365)
DUE_DAYS = (30, 90)
OVERDUE = NewsState("overdue")
UNHEARD = NewsState("unheard")
THIS_YEAR = NewsState("year")
CHOICES = (
    *(NewsState("completed", days) for days in COMPLETED_DAYS),
    *(NewsState("due", days) for days in DUE_DAYS),
    THIS_YEAR,
    OVERDUE,
    UNHEARD,
)


def news_screen(
    t: Texts, counts: Mapping[NewsState, int], until: PartialDate | None, today: date
) -> Screen:
    """Return the kinds of news with how many projects each has, and until when the data reaches.

    Days of which nobody has told yet have no number; what was completed last takes their place.
    """
    silent = [state for state in CHOICES if is_too_late(state, until, today)]
    counted = [
        heading(label(t, state), t("no data") if state in silent else str(counts[state]))
        for state in CHOICES
    ]
    top = lines(t("🆕 <b>Project news</b>"), data_day(t, until))
    text = paragraphs(top, lines(*counted), t("What shall I show?"))
    buttons = [
        Button(short_label(t, state), state.data()) for state in CHOICES if state not in silent
    ]
    latest = [latest_button(t)] if silent else []
    return Screen(text, paired([*latest, *buttons]))


def is_too_late(state: NewsState, until: PartialDate | None, today: date) -> bool:
    """Whether it is of days that all lie after the end of the data."""
    if state.kind != "completed" or not state.days:
        return False
    return ends_before(until, today - timedelta(days=state.days - 1))


def short_label(t: Texts, state: NewsState) -> str:
    """Return the news as a button calls it: «✅ 30 күн»."""
    sign = {"completed": "✅", "due": "⏳"}.get(state.kind)
    return f"{sign} {days(t, state.days)}" if sign else label(t, state)


def label(t: Texts, state: NewsState) -> Markup:
    """Return what the news is called."""
    if state.kind == "completed" and not state.days:
        return t("✅ Completed last")
    if state.kind == "completed":
        return t.plural(
            "✅ Completed in the last {n} day", "✅ Completed in the last {n} days", state.days
        )
    if state.kind == "due":
        return t.plural("⏳ Due in the next {n} day", "⏳ Due in the next {n} days", state.days)
    if state.kind == "year":
        return t("🗓 Due some time this year")
    return t("⌛ Due date passed, no news since") if state.kind == "unheard" else t("⏰ Overdue")


def projects_screen(
    t: Texts,
    names: Names,
    state: NewsState,
    page: Page[Listed],
    today: date,
    until: PartialDate | None = None,
) -> Screen:
    """Return a page of what was completed, is due, or is past due with no news since.

    Of days after the end of the data it says that nobody has told, and offers what came last.
    """
    items = [entry(t, names, listed, today) for listed in page.items]
    screen = _screen(t, state, page, page.items, items)
    if page.total:
        return screen
    if not is_too_late(state, until, today):
        return replace(screen, text=lines(screen.text, data_day(t, until)))
    title = Markup("<b>{}</b>").format(label(t, state))
    latest = ((latest_button(t),),)
    return replace(screen, text=lines(title, too_old(t, until)), buttons=latest)


def overdue_screen(t: Texts, names: Names, state: NewsState, page: Page[Late]) -> Screen:
    """Return a page of what is overdue: by how long, since which promise, when last heard of."""
    items = [late_entry(t, names, found) for found in page.items]
    return _screen(t, state, page, [found.listed for found in page.items], items)


def _screen(
    t: Texts,
    state: NewsState,
    page: Page[Listed] | Page[Late],
    found: Sequence[Listed],
    items: Sequence[Entry],
) -> Screen:
    top = lines(
        Markup("<b>{}</b>").format(label(t, state)),
        heading(projects(t, page.total), position(t, state.page, page.total))
        if page.total
        else _nothing(t, state),
    )
    return Screen(
        listing(t, top, items),
        rows(
            card_buttons(found, state.data()),
            page_buttons(state.page, page.total, lambda number: state.turned(number).data()),
        ),
        more=behind_more(t, state.with_open(MORE).data(), state.data()),
        last=(Button(t("⬅️ News"), ROOT),),
    )


def _nothing(t: Texts, state: NewsState) -> Markup:
    if state.kind == "completed":
        return t("No project is known to have been completed in this time.")
    if state.kind in {"due", "year"}:
        return t("No project is known to be due in this time.")
    if state.kind == "unheard":
        return t("Of all that is past its due date there was word since.")
    return t("No project is known to be overdue.")


def late_entry(t: Texts, names: Names, found: Late) -> Entry:
    """Return an overdue project: by how long, since which date, where; its card tells the rest."""
    listed = found.listed
    late = overdue_line(t, found.days, listed.due_on)
    return told_of(t, listed, late, where_line(t, names, listed))
