"""Questions that a figure answers: sums of money, per resident, groups side by side."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from handlers.answers import programmes
from handlers.answers.inquiry import Answer, Inquiry
from handlers.answers.projects import one
from handlers.answers.views import comparison as compared_view
from handlers.answers.views import sums as view
from handlers.understanding.question import By, Question
from handlers.views.names import Names
from storage.projects import comparison, figures, listing
from storage.values.city import AREA

FEWEST = 2  # so many make a comparison


async def total(inquiry: Inquiry) -> Answer:
    """The sums of what the question is about; what the only project costs where it is one.

    Of a programme that names its own sums these are told.
    """
    of_programme = await programmes.money(inquiry)
    if of_programme is not None:
        return of_programme
    only = await inquiry.context.facts(listing.listing, inquiry.filters, limit=2)
    if only.total == 1:
        return await one(inquiry, only.items[0].id)
    sums = await inquiry.context.facts(figures.sums, inquiry.filters)
    names, as_of = await inquiry.names(), await inquiry.as_of()
    return Answer(
        inquiry.question,
        lambda number: view.total_screen(inquiry.asked(names, number), sums, as_of),
    )


async def per_resident(inquiry: Inquiry) -> Answer:
    """The sums divided by the residents of where the question is about."""
    filters = inquiry.filters
    if not filters.districts and filters.area is None:
        filters = replace(filters, area=AREA)
    found = await inquiry.context.facts(figures.per_resident, filters)
    names, as_of = await inquiry.names(), await inquiry.as_of()
    return Answer(
        inquiry.question,
        lambda number: view.per_resident_screen(inquiry.asked(names, number), found, as_of),
    )


async def rank(inquiry: Inquiry) -> Answer:
    """Which district (kind, sector, year, ...) has most or fewest."""
    question = inquiry.question
    by = question.by or "district"
    ranking = await inquiry.context.facts(
        comparison.rank,
        by,
        inquiry.filters,
        measure=question.measure or "number",
        direction=question.direction or "most",
        money=question.money,
    )
    asked = inquiry.of(replace(question, by=by))
    keys = [group.key for place in ranking.places for group in place.groups]
    names, as_of = await _names(asked, keys), await inquiry.as_of()
    return Answer(
        asked.question,
        lambda number: compared_view.rank_screen(asked.asked(names, number), ranking, as_of),
    )


async def compare(inquiry: Inquiry) -> Answer:
    """Two or more districts, kinds, sectors, states or years side by side."""
    question = inquiry.question
    by, keys = compared(question)
    if len(keys) < FEWEST:
        return await rank(inquiry.of(replace(question, by=by)))
    groups = await inquiry.context.facts(comparison.compare, by, keys, inquiry.filters)
    asked = inquiry.of(replace(question, by=by))
    names, as_of = await _names(asked, keys), await inquiry.as_of()
    return Answer(
        asked.question,
        lambda number: compared_view.compare_screen(asked.asked(names, number), groups, as_of),
    )


def compared(question: Question) -> tuple[By, tuple[str, ...]]:
    """What is compared with what: the slot that names several; what `by` says where none does."""
    named: dict[By, tuple[str, ...]] = {
        "year": tuple(map(str, question.years)),
        "district": question.districts,
        "kind": question.kinds,
        "sector": question.sectors,
        "state": question.states,
    }
    by = question.by
    if by is not None and len(named.get(by, ())) >= FEWEST:
        return by, named[by]
    several = (each for each in named.items() if len(each[1]) >= FEWEST)
    return next(several, (by or "district", ()))


async def _names(inquiry: Inquiry, keys: list[str] | tuple[str, ...]) -> Names:
    """The names of the groups that only the store knows."""
    by = inquiry.question.by
    if by == "district":
        own = tuple(key for key in keys if key not in comparison.KEYLESS)
        return await inquiry.of(replace(inquiry.question, districts=own)).names()
    return await inquiry.names(codes=keys if by == "programme" else ())


ANSWERS: Mapping[str, Callable[[Inquiry], Awaitable[Answer]]] = {
    "total": total,
    "per_resident": per_resident,
    "rank": rank,
    "compare": compare,
}
