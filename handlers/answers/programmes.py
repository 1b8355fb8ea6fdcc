"""Questions about programmes, their figures, and the data itself."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from handlers.answers.inquiry import Answer, Inquiry
from handlers.answers.views import indicators as view
from handlers.answers.views.understood import understood
from handlers.frame.screens import Screen
from handlers.understanding.question import Question
from handlers.views import programmes as programme_view
from handlers.views.guide.about import about_screen
from handlers.views.guide.help import help_screen
from handlers.views.lists import paragraphs
from handlers.views.names import Names
from storage.programmes import programmes
from storage.programmes.indicators import IndicatorRow, indicator_rows
from storage.projects import figures
from storage.projects.about import about
from storage.values.ranges import Period
from storage.vocabulary import KINDS, SECTORS
from storage.vocabulary.figures import counted_as

PARTICIPATORY_BUDGET = "participatory_budget"
TENGE = "kzt"


async def programme(inquiry: Inquiry) -> Answer:
    """A programme's card; all programmes where none was named."""
    code = inquiry.question.programme
    read, t = inquiry.context.facts, inquiry.t
    card = await read(programmes.programme, code) if code else None
    if card is None:
        found = await read(programmes.programmes)
        tree = programme_view.programmes_screen(t, programme_view.names_of(found), found, 0)
        return _told(inquiry, await inquiry.names(), tree)
    names = programme_view.names_of([card.facts, *card.children])
    return _told(inquiry, names, programme_view.programme_screen(t, names, card))


async def indicator(inquiry: Inquiry) -> Answer:
    """The figures that were asked for, target against actual."""
    question = inquiry.question
    if question.programme is None and question.indicator is None:
        return await programme(inquiry)
    counted = counted_as(question.programme or "", question.indicator or "")
    if counted is None or not counted.listed:
        return await _figures(inquiry, question.programme)
    return await _beside_the_list(inquiry, counted.listed)


async def _beside_the_list(inquiry: Inquiry, listed: str) -> Answer:
    """A figure that counts projects, with how many of them the list has."""
    question = replace(
        inquiry.question,
        sectors=(listed,) if listed in SECTORS else (),
        kinds=(listed,) if listed in KINDS else (),
    )
    count = await inquiry.context.facts(figures.count, question.filter)
    return await _figures(inquiry.of(question), question.programme, listed=count)


async def limit(inquiry: Inquiry) -> Answer:
    """What one project of the participatory budget may cost at most, by year."""
    code = inquiry.question.programme or PARTICIPATORY_BUDGET
    asked = inquiry.of(replace(inquiry.question, programme=code)).at(inquiry.page)
    return await _figures(asked, code, only=None if asked.question.indicator else "limit")


async def money(inquiry: Inquiry) -> Answer | None:
    """The sums that a programme itself names for the years and districts asked about.

    None where it names none, or where the question is about some of its projects only.
    """
    question = inquiry.question
    narrowed = (question.kinds, question.sectors, question.states, question.place, question.amount)
    if question.programme is None or any(narrowed):
        return None
    rows = await inquiry.context.facts(indicator_rows, question.programme, None)
    sums = [row for row in rows if row.unit == TENGE and row.value_type != "limit"]
    asked = [row for row in sums if _is_asked(question, row, None)]
    whole = [row for row in asked if row.district is None or question.districts]
    return await _told_figures(inquiry, whole) if whole else None


async def _figures(
    inquiry: Inquiry, code: str | None, only: str | None = None, listed: int | None = None
) -> Answer:
    question = inquiry.question
    found = await inquiry.context.facts(indicator_rows, code, question.indicator)
    rows = [row for row in found if _is_asked(question, row, only)]
    return await _told_figures(inquiry, rows, listed)


async def _told_figures(
    inquiry: Inquiry, rows: Sequence[IndicatorRow], listed: int | None = None
) -> Answer:
    names = await inquiry.names(codes=tuple(row.programme for row in rows))
    return Answer(
        inquiry.question,
        lambda number: view.figures_screen(inquiry.asked(names, number), rows, listed),
    )


def _is_asked(question: Question, row: IndicatorRow, only: str | None) -> bool:
    """Whether the figure is of the kind, the years and the districts asked for."""
    if only is not None and row.value_type != only:
        return False
    if question.districts and row.district not in question.districts:
        return False
    if question.years:
        return row.year in question.years
    return question.period is None or _within(row.year, question.period)


def _within(year: int | None, period: Period) -> bool:
    first, last = period.first, period.last
    if year is None:
        return False
    return (first is None or first.year <= year) and (last is None or year <= last.year)


async def about_the_data(inquiry: Inquiry) -> Answer:
    """Whose facts these are, how many, how fresh."""
    facts = await inquiry.context.facts(about)
    return _told(inquiry, Names(), about_screen(inquiry.t, facts))


async def how_to_ask(inquiry: Inquiry) -> Answer:
    """The help."""
    return _told(inquiry, Names(), help_screen(inquiry.t))


def _told(inquiry: Inquiry, names: Names, screen: Screen) -> Answer:
    """A screen of another room with what was understood on top of it."""
    first = understood(inquiry.t, names, inquiry.question)
    told = replace(screen, text=paragraphs(first, screen.text))
    return Answer(inquiry.question, lambda _: told)


ANSWERS: Mapping[str, Callable[[Inquiry], Awaitable[Answer]]] = {
    "programme": programme,
    "indicator": indicator,
    "limit": limit,
    "about": about_the_data,
    "help": how_to_ask,
}
