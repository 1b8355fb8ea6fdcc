"""Questions about what is new and what changed: the last 30 days where no time was named."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers.answers.inquiry import Answer, Inquiry
from handlers.answers.views import news as view
from handlers.views.lists import PAGE, pages
from storage.news import changes
from storage.news.changes import Changed
from storage.projects import listing
from storage.values.pages import Page
from storage.values.ranges import Period

LATELY_DAYS = 30


async def new(inquiry: Inquiry) -> Answer:
    """What was completed, then what was first heard of; where that is asked for, it alone."""
    asked = _dated(inquiry)
    found = await _new(asked)
    total = found.completed.total + found.announced.total
    items = (*found.completed.items, *found.announced.items)
    if not items and total:
        return await new(inquiry.at(pages(total) - 1))
    names = await asked.names(items)
    return Answer(
        inquiry.question,  # what follows on it does not follow on days that nobody named
        lambda number: view.new_screen(asked.asked(names, number), found),
        tuple(each.id for each in items),
    )


async def _new(asked: Inquiry) -> changes.New:
    """The page's part of what is new."""
    (first, last), offset = _days(asked), asked.offset
    read, filters = asked.context.facts, replace(asked.filters, period=None)
    done = await read(changes.new_since, first, last, filters, offset=offset, limit=PAGE)
    if asked.question.announced:
        return changes.New(Page((), 0, 0), done.announced)
    before, room = max(0, offset - done.completed.total), PAGE - len(done.completed.items)
    fresh = await read(changes.new_since, first, last, filters, offset=before, limit=room)
    return changes.New(done.completed, fresh.announced)


async def changed(inquiry: Inquiry) -> Answer:
    """Which fields have another value than before, by the days of the statements."""
    asked = inquiry if _ever_moved(inquiry) else _dated(inquiry)
    found = await _changed(asked)
    if not found.items and found.total:
        return await changed(inquiry.at(pages(found.total) - 1))
    items = [each.listed for each in found.items]
    names = await asked.names(items)
    units = {each.id: await _unit(asked, each.id) for each in items}
    return Answer(
        inquiry.question,  # what follows on it does not follow on days that nobody named
        lambda number: view.changed_screen(asked.asked(names, number), found, units),
        tuple(each.id for each in items),
    )


def _ever_moved(inquiry: Inquiry) -> bool:
    """Whether it is asked which due dates moved, and no time is named: ever since the promise."""
    return inquiry.question.change == "due" and inquiry.question.period is None


async def _changed(asked: Inquiry) -> Page[Changed]:
    read, filters = asked.context.facts, replace(asked.filters, period=None)
    if _ever_moved(asked):
        return await read(changes.moved_due, filters, offset=asked.offset, limit=PAGE)
    first, last = _days(asked)
    return await read(
        changes.changed_between,
        first,
        last,
        filters,
        fields=FIELDS[asked.question.change or "any"],
        offset=asked.offset,
        limit=PAGE,
    )


FIELDS: Mapping[str, Sequence[str]] = {
    "any": changes.TOLD,
    "due": ("due_on",),
    "state": ("status", "completed_on"),
    "money": ("planned_kzt", "contracted_kzt", "spent_kzt"),
}
"""The fields in which a change is looked for, by what was asked of."""


async def _unit(inquiry: Inquiry, project: int) -> str:
    """What the project's size is counted in."""
    today = inquiry.context.today
    card = await inquiry.context.facts(listing.card, project, today)
    return card.capacity_unit if card else ""


def _dated(inquiry: Inquiry) -> Inquiry:
    """The question with its time; the last days where it names none."""
    if inquiry.question.period is not None:
        return inquiry
    today = inquiry.context.today
    lately = Period(today - timedelta(days=LATELY_DAYS - 1), today)
    return inquiry.of(replace(inquiry.question, period=lately)).at(inquiry.page)


def _days(inquiry: Inquiry) -> tuple[date, date | None]:
    period = inquiry.question.period
    if period is None:
        return date.min, None
    return period.first or date.min, period.last


ANSWERS: Mapping[str, Callable[[Inquiry], Awaitable[Answer]]] = {"new": new, "changed": changed}
