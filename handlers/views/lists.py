"""Lists of projects: at most five on a page, three short lines each, a button to open each."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from markupsafe import Markup

from handlers.frame.dates import late, when
from handlers.frame.screens import Button, Rows
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.callbacks import CardState
from handlers.views.money import NBSP, short_money
from handlers.views.names import Names
from handlers.views.numbers import distance
from storage.projects.summary import Listed
from storage.values.partial_dates import PartialDate

PAGE = 5
MOST_TITLE = 120  # characters of a title in a list
AROUND_HERE_M = 100  # the middle of a microdistrict says no more than this
FINISHED = frozenset({"completed", "suspended", "cancelled", "withdrawn"})
ENDED = frozenset({"suspended", "cancelled"})


def pages(total: int, size: int = PAGE) -> int:
    """Return how many pages so many items take: at least one."""
    return max(1, -(-total // size))


def position(t: Texts, page: int, total: int, size: int = PAGE) -> Markup:
    """Return «2/7-бет», with `page` counted from 0; "" when all is on one page."""
    if pages(total, size) == 1:
        return Markup()
    return t("page {page} of {pages}", page=page + 1, pages=pages(total, size))


def heading(*parts: str) -> Markup:
    """Return the parts that are not empty as one line: «12 жоба · 1/3-бет»."""
    return Markup(" · ").join(part for part in parts if part)


def item(t: Texts, names: Names, number: int, listed: Listed, today: date) -> Markup:
    """Return a project's lines: number and title, state and date, lateness, where and how much."""
    lines = (
        title_line(t, number, listed),
        heading(say.status(t, listed.status), date_words(t, listed)),
        late_line(t, listed, today),
        where_line(t, names, listed),
    )
    return Markup("\n").join(line for line in lines if line)


def title_line(t: Texts, number: int, listed: Listed) -> Markup:
    """Return «1. 🏫 Мектеп» in bold."""
    title = shortened(listed.titles.shown(t.language), MOST_TITLE)
    return Markup("<b>{}. {} {}</b>").format(number, say.kind_emoji(listed.kind), title)


def date_words(t: Texts, listed: Listed) -> Markup | str:
    """Return the date that matters in the project's state."""
    if listed.status == "completed":
        return when(t, listed.completed_on) if listed.completed_on else ""
    if listed.due_on is None or listed.status in ENDED:
        return ""
    return t("due {date}", date=when(t, listed.due_on))


def late_line(t: Texts, listed: Listed, today: date) -> Markup:
    """Return how late it is, and beside it the day it was last heard of; "" when not overdue."""
    days = overdue_days(listed.status, listed.due_on, today)
    if not days:
        return Markup()
    return heading(Markup("⏰{}{}").format(NBSP, late(t, days)), last_heard(t, listed.heard_on))


def last_heard(t: Texts, heard_on: PartialDate | None) -> Markup:
    """Return the day of the latest statement: it stands beside everything overdue."""
    if heard_on is None:
        return t("last heard: day not known")
    return t("last heard: {date}", date=when(t, heard_on))


def overdue_days(status: str | None, due_on: PartialDate | None, today: date) -> int:
    """Return the days since the due date's last day; 0 when finished, suspended or not yet due."""
    if due_on is None or status in FINISHED:
        return 0
    return max(0, (today - due_on.last).days)


def where_line(t: Texts, names: Names, listed: Listed) -> Markup:
    """Return distance, districts and cost as far as they are known."""
    where = heading(distance_words(t, listed), names.where(t, listed.districts))
    words = heading(where, cost(t, listed))
    return Markup("{}{}{}").format("📍" if where else "💰", NBSP, words) if words else Markup()


def distance_words(t: Texts, listed: Listed) -> str:
    """Return how far it is, «≈» before it when the point is not exact."""
    if listed.distance_m is None:
        return ""
    if listed.precision == "exact":
        return distance(t, listed.distance_m)
    if listed.distance_m < AROUND_HERE_M:
        return t("around here")
    return f"≈{distance(t, listed.distance_m)}"


def cost(t: Texts, listed: Listed) -> Markup | str:
    """Return the sum that says most of the cost, and what it is: never two of them together."""
    if listed.planned_kzt is not None:
        return t("plan {sum}", sum=short_money(t, listed.planned_kzt))
    if listed.contracted_kzt is not None:
        return t("contract {sum}", sum=short_money(t, listed.contracted_kzt))
    if listed.spent_kzt is not None:
        return t("spent {sum}", sum=short_money(t, listed.spent_kzt))
    return ""


def shortened(text: str, most: int) -> str:
    """Return the text cut at a word, with an ellipsis, when it is longer than `most` characters."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def card_buttons(items: Iterable[Listed], back: str) -> tuple[Button, ...]:
    """Return the buttons 1 to 5 that open the cards of a page."""
    return tuple(
        Button(str(number), CardState(listed.id, back=back).data())
        for number, listed in enumerate(items, 1)
    )


def page_buttons(
    page: int, total: int, turn: Callable[[int], str], size: int = PAGE
) -> tuple[Button, ...]:
    """Return previous and next, where there are such pages."""
    buttons = []
    if page > 0:
        buttons.append(Button("◀️", turn(page - 1)))
    if page + 1 < pages(total, size):
        buttons.append(Button("▶️", turn(page + 1)))
    return tuple(buttons)


def rows(*found: Sequence[Button]) -> Rows:
    """Return the rows that have buttons."""
    return tuple(tuple(row) for row in found if row)


def paired(buttons: Sequence[Button], width: int = 2) -> Rows:
    """Return the buttons in rows of so many."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def paragraphs(*parts: str) -> Markup:
    """Return the parts that are not empty with a blank line between them."""
    return Markup("\n\n").join(part for part in parts if part)


def lines(*parts: str) -> Markup:
    """Return the parts that are not empty, each on its line."""
    return Markup("\n").join(part for part in parts if part)
