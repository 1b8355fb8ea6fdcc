"""Questions that a list of projects answers: which ones, how many, the first of an order, late."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from handlers.answers import programmes
from handlers.answers.inquiry import Answer, Inquiry
from handlers.answers.views import lists as view
from handlers.answers.views import ranking as ranked_view
from handlers.frame.context import is_private
from handlers.frame.main_keyboard import main_keyboard
from handlers.frame.screens import Screen
from handlers.understanding.question import Question
from handlers.views import near as near_view
from handlers.views.lists import PAGE, pages
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.nearby.named import near as projects_near
from storage.news import recent
from storage.projects import comparison, figures, listing
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed
from storage.values.city import AREA, REGION
from storage.values.pages import Page
from storage.values.states import STATES
from storage.vocabulary.related_kinds import related_to


async def listed(inquiry: Inquiry) -> Answer:
    """The projects, with how many there are, and in which states where none was named."""
    page = await _page(inquiry)
    if not page.items and page.total:
        return await listed(inquiry.at(pages(page.total) - 1))
    if not page.total and _is_programme_alone(inquiry.question):
        return await programmes.programme(inquiry)
    states = await by_state(inquiry, inquiry.filters)
    names = await inquiry.names(page.items)
    other = {} if page.total else await _in_other_states(inquiry)
    undated = await inquiry.context.facts(figures.undated, inquiry.filters)
    elsewhere = view.Elsewhere(states or other, undated)
    if not page.total:
        elsewhere = await _elsewhere(inquiry, elsewhere)
    return _answer(
        inquiry,
        page.items,
        lambda number: view.list_screen(inquiry.asked(names, number), page, elsewhere),
    )


def _is_programme_alone(question: Question) -> bool:
    """Whether all projects of a programme are asked for: one that has none is told of itself."""
    narrowed = (question.kinds, question.sectors, question.states, question.districts)
    several = any((*narrowed, question.among))
    return bool(question.programme) and not several and question.period is None


async def _page(inquiry: Inquiry) -> Page[Listed]:
    question, read = inquiry.question, inquiry.context.facts
    circle, others = inquiry.filters.near, replace(inquiry.filters, near=None)
    if circle is not None:
        return await read(
            projects_near,
            circle,
            others,
            today=inquiry.context.today,
            offset=inquiry.offset,
            limit=PAGE,
        )
    return await read(
        listing.listing,
        inquiry.filters,
        order=question.order or ("due" if question.period_of == "due" else "newest"),
        language=question.language,
        today=inquiry.context.today,
        offset=inquiry.offset,
        limit=PAGE,
    )


async def by_state(inquiry: Inquiry, filters: ProjectFilter) -> dict[str, int]:
    """How many of the projects that pass are in each state."""
    groups = await inquiry.context.facts(comparison.breakdown, "state", filters)
    return {group.key: group.projects for group in groups}


async def _in_other_states(inquiry: Inquiry) -> dict[str, int]:
    """Where none is in the state asked for: how many there are in the others."""
    if not inquiry.question.states or inquiry.question.period is not None:
        return {}
    anyhow = replace(inquiry.filters, statuses=())
    return await by_state(inquiry, anyhow)


async def _elsewhere(inquiry: Inquiry, known: view.Elsewhere) -> view.Elsewhere:
    """Where there is none: how many there are at any time, and in the region."""
    in_region = 0
    if inquiry.filters.area == AREA and inquiry.question.area is None:
        region = replace(inquiry.filters, area=REGION)
        in_region = await inquiry.context.facts(figures.count, region)
    anytime, related = await _at_any_time(inquiry), await _of_related_kinds(inquiry)
    return replace(known, anytime=anytime, in_region=in_region, related=related)


async def _of_related_kinds(inquiry: Inquiry) -> dict[str, int]:
    """Where none is of the kind asked for: how many there are of each kind related to it."""
    filters = inquiry.filters
    related = related_to(filters.kinds)
    if not related:
        return {}
    counted = await inquiry.context.facts(
        comparison.breakdown, "kind", replace(filters, kinds=related)
    )
    return {group.key: group.projects for group in counted}


async def _at_any_time(inquiry: Inquiry) -> int:
    """Where none is in the period: how many there are without one."""
    if inquiry.filters.period is None:
        return 0
    statuses = inquiry.filters.statuses
    if inquiry.filters.period_of == "completed":
        statuses = STATES["completed"]
    anyhow = replace(inquiry.filters, period=None, statuses=statuses)
    return await inquiry.context.facts(figures.count, anyhow)


async def first_ones(inquiry: Inquiry) -> Answer:
    """The first projects of an order, out of those whose value is known."""
    question = inquiry.question
    order = question.order or "dearest"
    found = await inquiry.context.facts(
        figures.top,
        inquiry.filters,
        order,
        inquiry.context.today,
        offset=inquiry.offset,
        limit=min(PAGE, max(1, (question.limit or PAGE) - inquiry.offset)),
    )
    most = min(found.known, question.limit or found.known)
    if inquiry.page and inquiry.offset >= most:
        return await first_ones(inquiry.at(pages(most) - 1))
    items = [each.listed for each in found.items]
    names = await inquiry.names(items)
    asked = inquiry.of(replace(question, order=order)).at(inquiry.page)
    return _answer(
        asked,
        items,
        lambda number: ranked_view.top_screen(asked.asked(names, number), found),
    )


async def overdue(inquiry: Inquiry) -> Answer:
    """What is past its date, by how much, and when it was last heard of."""
    filters = _open(inquiry.filters)
    found = await inquiry.context.facts(
        recent.overdue, inquiry.context.today, filters, offset=inquiry.offset, limit=PAGE
    )
    if not found.items and found.total:
        return await overdue(inquiry.at(pages(found.total) - 1))
    items = [each.listed for each in found.items]
    names = await inquiry.names(items)
    silent = 0
    if not found.total:
        silent = (await _unheard(inquiry)).total
    return _answer(
        inquiry,
        items,
        lambda number: ranked_view.overdue_screen(inquiry.asked(names, number), found, silent),
    )


def _open(filters: ProjectFilter) -> ProjectFilter:
    """Without the state of what is completed: that is neither late nor awaited."""
    completed = set(filters.statuses) <= set(STATES["completed"])
    return replace(filters, statuses=()) if completed else filters


async def _unheard(inquiry: Inquiry) -> Page[Listed]:
    return await inquiry.context.facts(
        recent.unheard,
        inquiry.context.today,
        _open(inquiry.filters),
        offset=inquiry.offset,
        limit=PAGE,
    )


async def unheard(inquiry: Inquiry) -> Answer:
    """What is past its date and was not told of since: it may be open already."""
    found = await _unheard(inquiry)
    if not found.items and found.total:
        return await unheard(inquiry.at(pages(found.total) - 1))
    names = await inquiry.names(found.items)
    return _answer(
        inquiry,
        found.items,
        lambda number: ranked_view.unheard_screen(inquiry.asked(names, number), found),
    )


async def near(inquiry: Inquiry) -> Answer:
    """What is near the place that was named, else near the home; else the question where."""
    question, context = inquiry.question, inquiry.context
    home = context.person.home if context.person else None
    point = question.place.point if question.place else home
    if point is None:
        ask = _ask_where(inquiry)
        return Answer(question, lambda _: ask)
    return await _around(inquiry, point, question.radius_m or context.radius_m)


def _ask_where(inquiry: Inquiry) -> Screen:
    """The question where to look; a private chat has a key that sends the location."""
    t = inquiry.t
    if not is_private(inquiry.update):
        return near_view.ask_group_screen(t)
    keys = main_keyboard(t) if inquiry.context.person is None else None
    return replace(near_view.ask_screen(t), reply_keyboard=keys)


async def _around(inquiry: Inquiry, point: Point, metres: int) -> Answer:
    filters = replace(inquiry.filters, near=None)
    read, today = inquiry.context.facts, inquiry.context.today
    circle = Circle(point, metres, inquiry.named)
    page = await read(
        projects_near, circle, filters, today=today, offset=inquiry.offset, limit=PAGE
    )
    if not page.items and page.total:
        return await _around(inquiry.at(pages(page.total) - 1), point, metres)
    farther: Page[Listed] | None = None
    if not page.total and metres < near_view.RADII_M[-1]:
        farther = await read(
            projects_near, Circle(point, near_view.RADII_M[-1]), filters, today=today, limit=PAGE
        )
    items = page.items or (farther.items if farther else ())
    names = await inquiry.names(items)
    return _answer(
        inquiry,
        items,
        lambda number: ranked_view.near_screen(inquiry.asked(names, number), page, farther, metres),
    )


def _answer(
    inquiry: Inquiry, items: tuple[Listed, ...] | list[Listed], screen: Callable[[int], Screen]
) -> Answer:
    return Answer(inquiry.question, screen, tuple(each.id for each in items))


ANSWERS: Mapping[str, Callable[[Inquiry], Awaitable[Answer]]] = {
    "list": listed,
    "count": listed,
    "top": first_ones,
    "overdue": overdue,
    "unheard": unheard,
    "near": near,
}
