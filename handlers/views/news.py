"""News: what was completed, what is due soon, what is overdue and by how much."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from handlers.frame.dates import late, when
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.callbacks import NewsState
from handlers.views.districts import projects
from handlers.views.lists import (
    card_buttons,
    heading,
    item,
    last_heard,
    lines,
    page_buttons,
    paired,
    paragraphs,
    position,
    rows,
    title_line,
    where_line,
)
from handlers.views.names import Names
from handlers.views.timeline import first_promise
from storage.news.recent import Late
from storage.projects.summary import Listed
from storage.values.pages import Page

ROOT = "w:"
COMPLETED_DAYS = (7, 30, 365)
DUE_DAYS = (30, 90)
OVERDUE = NewsState("overdue")
CHOICES = (
    *(NewsState("completed", days) for days in COMPLETED_DAYS),
    *(NewsState("due", days) for days in DUE_DAYS),
    OVERDUE,
)


def news_screen(t: Texts, counts: Mapping[NewsState, int]) -> Screen:
    """Return the kinds of news with how many projects each has."""
    text = lines(t("🆕 <b>Project news</b>"), t("What shall I show?"))
    buttons = [Button(f"{label(t, state)} · {counts[state]}", state.data()) for state in CHOICES]
    return Screen(text, paired(buttons, 1))


def label(t: Texts, state: NewsState) -> Markup:
    """Return what the news is called."""
    if state.kind == "completed":
        return t.plural(
            "✅ Completed in the last {n} day", "✅ Completed in the last {n} days", state.days
        )
    if state.kind == "due":
        return t.plural("⏳ Due in the next {n} day", "⏳ Due in the next {n} days", state.days)
    return t("⏰ Overdue")


def projects_screen(
    t: Texts, names: Names, state: NewsState, page: Page[Listed], today: date
) -> Screen:
    """Return a page of what was completed or is due."""
    items = [item(t, names, n, listed, today) for n, listed in enumerate(page.items, 1)]
    return _screen(t, state, page, page.items, items)


def overdue_screen(t: Texts, names: Names, state: NewsState, page: Page[Late]) -> Screen:
    """Return a page of what is overdue: by how long, since which promise, when last heard of."""
    items = [late_item(t, names, n, found) for n, found in enumerate(page.items, 1)]
    return _screen(t, state, page, [found.listed for found in page.items], items)


def _screen(
    t: Texts,
    state: NewsState,
    page: Page[Listed] | Page[Late],
    found: Sequence[Listed],
    items: Sequence[Markup],
) -> Screen:
    top = lines(
        Markup("<b>{}</b>").format(label(t, state)),
        heading(projects(t, page.total), position(t, state.page, page.total))
        if page.total
        else _nothing(t, state),
    )
    return Screen(
        paragraphs(top, *items),
        rows(
            card_buttons(found, state.data()),
            page_buttons(state.page, page.total, lambda number: state.turned(number).data()),
            (Button(t("⬅️ News"), ROOT),),
        ),
    )


def _nothing(t: Texts, state: NewsState) -> Markup:
    if state.kind == "completed":
        return t("No project is known to have been completed in this time.")
    if state.kind == "due":
        return t("No project is known to be due in this time.")
    return t("No project is known to be overdue.")


def late_item(t: Texts, names: Names, number: int, found: Late) -> Markup:
    """Return an overdue project's lines: by how long, since which promise, when last heard of."""
    listed = found.listed
    due = t("due {date}", date=when(t, listed.due_on))
    return lines(
        title_line(t, number, listed),
        Markup("⏰ <b>{}</b> · {}").format(late(t, found.days), due),
        _promise(t, found),
        heading(say.status(t, listed.status), last_heard(t, found.heard_on)),
        where_line(t, names, listed),
    )


def _promise(t: Texts, found: Late) -> Markup:
    """Return the first promise when it was another date than the latest, else when it was given."""
    due = found.first_due_on
    if due is not None and due != found.listed.due_on:
        return first_promise(t, due, found.promised_on)
    if due is None or found.promised_on is None or found.promised_on.first > due.last:
        return Markup()
    return t("Promised: {day}", day=when(t, found.promised_on))
