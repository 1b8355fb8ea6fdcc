"""What was not understood: readings to choose from, and what a search finds, called a search."""

from dataclasses import replace
from functools import partial

from telegram import Update

from handlers.answers.inquiry import Answer, Inquiry
from handlers.answers.views.small_talk import unclear_rows, unclear_text
from handlers.frame.context import Context, is_private
from handlers.looks.search import found_screen
from handlers.understanding.question import Question
from storage.people import missed_questions


async def unclear(update: Update, context: Context, question: Question, text: str) -> Answer:
    """The readings the words allow, then the search; the text is noted without the person.

    What follows on it follows on a list of what was understood.
    """
    await _note(update, context, question, text)
    t, said = context.t, unclear_text(context.t, question)
    found = await found_screen(context, text, said)
    names = await Inquiry(update, context, question).names()
    return Answer(
        replace(question, intent="list"),
        lambda number: replace(
            found,
            buttons=(*unclear_rows(t, names, question, number), *found.buttons),
            more=None,
            last=(),
        ),
    )


async def _note(update: Update, context: Context, question: Question, text: str) -> None:
    """Keep the text for the operator, unless the person switched that off; never from a group."""
    kept = context.person is None or context.person.keep_missed
    if not is_private(update) or not kept:
        return
    reason = "leftover" if question.leftover else "unclear"
    language, now = question.language, context.clock
    note = partial(missed_questions.note, text=text, language=language, reason=reason, now=now)
    await context.note(note)
