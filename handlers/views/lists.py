"""What lists are made of: pages, buttons, the words for time, place and cost of a project."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from handlers.frame.dates import late, when
from handlers.frame.screens import Button, Rows, in_rows
from handlers.frame.texts import Texts, escaped
from handlers.views.callbacks import CardState
from handlers.views.money import NBSP, short_money
from handlers.views.numbers import distance
from storage.projects.summary import Listed
from storage.values.partial_dates import PartialDate

PAGE = 5
AROUND_HERE_M = 100  # the middle of a microdistrict says no more than this
FINISHED = frozenset({"completed", "suspended", "cancelled", "withdrawn"})
ENDED = frozenset({"suspended", "cancelled"})
WHERE, MONEY = Markup("📍") + NBSP, Markup("💰") + NBSP
SIGNS = "💰📄💸"  # planned, contracted, spent


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
    return _joined(" · ", parts)


def _joined(between: str, parts: Iterable[str]) -> Markup:
    """The parts that are not empty, escaped where they are no `Markup`."""
    return Markup(between.join([escaped(part) for part in parts if part]))  # noqa: S704


def _date_words(
    t: Texts, status: str | None, completed_on: PartialDate | None, due_on: PartialDate | None
) -> Markup | str:
    if status == "completed":
        return when(t, completed_on) if completed_on else ""
    if due_on is None or status in ENDED:
        return ""
    return t("due {date}", date=when(t, due_on))


def date_words(t: Texts, listed: Listed) -> Markup | str:
    """Return the date that matters in the project's state."""
    return _date_words(t, listed.status, listed.completed_on, listed.due_on)


def late_line(t: Texts, listed: Listed, today: date) -> Markup:
    """Return how late it is, and beside it the day it was last heard of; "" when not overdue.

    Past its due date and not heard of since: that, and no count of days.
    """
    days = listed.overdue_days(today)
    if not days:
        return unheard_words(t, listed) if listed.is_unheard(today) else Markup()
    return _late_line(t, days, listed.heard_on)


def unheard_words(t: Texts, listed: Listed) -> Markup:
    """Return that its due date passed, since when nobody has told, and that it may be open."""
    due = when(t, listed.due_on)
    if listed.heard_on is None:
        return t(
            "⌛ Due date passed: {due}. Undated source, no news since; it may be open already",
            due=due,
        )
    heard = when(t, listed.heard_on)
    return t(
        "⌛ Due date passed: {due}. Last heard: {heard}, no news since; it may be open already",
        due=due,
        heard=heard,
    )


@lru_cache(maxsize=4096)
def _late_line(t: Texts, days: int, heard_on: PartialDate | None) -> Markup:
    return heading(Markup("⏰{}{}").format(NBSP, late(t, days)), last_heard(t, heard_on))


def last_heard(t: Texts, heard_on: PartialDate | None) -> Markup:
    """Return the day of the latest statement: it stands beside everything overdue."""
    if heard_on is None:
        return t("undated source")
    return t("last heard: {date}", date=when(t, heard_on))


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
    return _cost(t, listed.planned_kzt, listed.contracted_kzt, listed.spent_kzt)


@lru_cache(maxsize=4096)
def _cost(t: Texts, planned: int | None, contracted: int | None, spent: int | None) -> Markup | str:
    if planned is not None:
        return t("plan {sum}", sum=short_money(t, planned))
    if contracted is not None:
        return t("contract {sum}", sum=short_money(t, contracted))
    if spent is not None:
        return t("spent {sum}", sum=short_money(t, spent))
    return ""


def cost_signed(t: Texts, listed: Listed) -> Markup | str:
    """Return the same sum with its sign as on the card in place of its name: «💰 12,98 млрд ₸»."""
    return _cost_signed(t, listed.planned_kzt, listed.contracted_kzt, listed.spent_kzt)


@lru_cache(maxsize=4096)
def _cost_signed(t: Texts, *sums: int | None) -> Markup | str:
    for sign, kzt in zip(SIGNS, sums, strict=True):
        if kzt is not None:
            return Markup("{} {}").format(sign, short_money(t, kzt))
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
    return in_rows(buttons, width)


def paragraphs(*parts: str) -> Markup:
    """Return the parts that are not empty with a blank line between them."""
    return _joined("\n\n", parts)


def lines(*parts: str) -> Markup:
    """Return the parts that are not empty, each on its line."""
    return _joined("\n", parts)
