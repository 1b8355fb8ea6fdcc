"""Questions about one project; where several may be meant, which one."""

from dataclasses import replace

from handlers.answers.inquiry import Answer, Inquiry
from handlers.answers.lists import listed
from handlers.answers.views import lists as lists_view
from handlers.answers.views import project as view
from handlers.answers.views.buttons import Pressed
from handlers.answers.views.small_talk import name_it_screen
from handlers.answers.views.understood import in_the_line, understood
from handlers.frame.screens import Screen
from handlers.looks.card import card_screen
from handlers.views.lists import PAGE, paragraphs
from handlers.views.names import Names
from storage.projects import listing
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed
from storage.values.pages import Page

OF_ONE = frozenset({"cost", "when", "state", "where", "who", "size"})
"""Intents that ask about one project."""


async def named(inquiry: Inquiry) -> Answer:
    """The answer about the project that was named, or which of several is meant."""
    numbers = inquiry.question.projects
    filters = ProjectFilter(area=None, projects=numbers)
    page = await inquiry.context.facts(
        listing.listing, filters, order="newest", offset=inquiry.offset, limit=PAGE
    )
    if page.total == 1 and page.items:
        return await one(inquiry, page.items[0].id)
    if not page.total:
        return await listed(inquiry.of(replace(inquiry.question, projects=())))
    names = await inquiry.names(page.items)
    if inquiry.question.each:
        return await _several(inquiry, page, names)
    return Answer(
        inquiry.question,
        lambda number: lists_view.which_screen(inquiry.asked(names, number), page),
        tuple(each.id for each in page.items),
    )


async def no_such_number(inquiry: Inquiry) -> Answer:
    """A facility's number that no project bears: said so, with the way to all of its kind."""
    names = await inquiry.names()
    return Answer(
        inquiry.question,
        lambda number: lists_view.no_such_number_screen(inquiry.asked(names, number)),
    )


async def unnamed(inquiry: Inquiry) -> Answer:
    """A question about one project that names none: the only one of its kind, else the list."""
    if not _narrows(inquiry):
        screen = name_it_screen(inquiry.t, inquiry.question)
        return Answer(inquiry.question, lambda _: screen)
    page = await inquiry.context.facts(
        listing.listing, inquiry.filters, order="newest", offset=inquiry.offset, limit=PAGE
    )
    if page.total == 1 and page.items:
        return await one(inquiry, page.items[0].id)
    if not page.items:
        return await listed(inquiry)
    return await _several(inquiry, page, await inquiry.names(page.items))


async def _several(inquiry: Inquiry, page: Page[Listed], names: Names) -> Answer:
    """The asked fact of each of several projects."""
    read, today = inquiry.context.facts, inquiry.context.today
    cards = [await read(listing.card, each.id, today) for each in page.items]
    known = [card for card in cards if card is not None]
    return Answer(
        inquiry.question,
        lambda number: view.several_screen(inquiry.asked(names, number), page, known),
        tuple(each.id for each in page.items),
    )


def _narrows(inquiry: Inquiry) -> bool:
    return inquiry.filters != ProjectFilter()


async def one(inquiry: Inquiry, project: int) -> Answer:
    """The one fact asked for, else the project's card."""
    question = replace(inquiry.question, projects=(project,))
    asked = inquiry.of(question)
    card = await inquiry.context.facts(listing.card, project, inquiry.context.today)
    if card is None:
        return await listed(inquiry.of(replace(question, projects=())))
    names = await inquiry.names([card.listed])
    if question.intent in view.ANSWERS:
        told = view.OfProject(asked.t, names, question, card, inquiry.context.today)
        return Answer(
            question,
            lambda number: view.project_screen(told, Pressed(number, "p").data()),
            (project,),
        )
    screen = await card_screen(inquiry.context, project, inquiry.back)
    shown = screen or Screen(asked.t("This project is no longer in the list."))
    title = card.listed.titles.shown(question.language)
    first = understood(asked.t, names, question, in_the_line(asked.t, question, title))
    whole = replace(shown, text=paragraphs(first, shown.text))
    return Answer(question, lambda _: whole, (project,))
