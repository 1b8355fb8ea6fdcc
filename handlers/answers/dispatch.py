"""A question's answer: which of the ways to answer it takes.

Every way is a few of the store's fixed queries with parameters; nothing else reaches the facts.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from telegram import Update

from handlers.answers import lists, news, programmes, projects, sums
from handlers.answers.inquiry import Answer, Inquiry
from handlers.answers.stored_question import list_of
from handlers.frame.context import Context
from handlers.understanding.question import Question
from handlers.views.callbacks import MENU
from storage.people.last_question import StoredQuestion
from storage.projects.data_day import data_day
from storage.search.gazetteer import find_project

WAYS: Mapping[str, Callable[[Inquiry], Awaitable[Answer]]] = {
    **lists.ANSWERS,
    **news.ANSWERS,
    **sums.ANSWERS,
    **programmes.ANSWERS,
    **dict.fromkeys(projects.OF_ONE, projects.unnamed),
}


async def answer(
    update: Update,
    context: Context,
    question: Question,
    *,
    page: int = 0,
    before: StoredQuestion | None = None,
) -> Answer:
    """Return the answer to any question that is one; a list for an intent that has no own way.

    `before` is the kept question whose list a project was picked from: so will be the next one.
    """
    known = await context.names()
    if not known.names.complete:  # too many projects to hold their names in memory
        question = await _looked_up(context, question)
    spelt = known.names.find_contractors(question.contractor) if question.contractor else []
    contractors = tuple(spelt) or tuple(filter(None, [question.contractor]))
    back = list_of(before) if before else ""
    place = question.place
    named = tuple(sorted({*known.named_after(place), *question.among})) if place else ()
    until = await context.facts(data_day)
    inquiry = Inquiry(update, context, question, page, contractors, back or MENU, named, until)
    if question.projects:
        found = await projects.named(inquiry)
        return replace(found, shown=before.shown, back=back) if before else found
    if question.number is not None and question.intent not in {"limit", "indicator"}:
        return await projects.no_such_number(inquiry)
    found = await WAYS.get(question.intent, lists.listed)(inquiry)
    return replace(found, page=page)


async def _looked_up(context: Context, question: Question) -> Question:
    """The question with the projects that bear its number, from the store."""
    if question.number is None or question.projects:
        return question
    found = await context.facts(
        find_project, question.number, question.kinds, (), question.districts
    )
    return replace(question, projects=tuple(found))
