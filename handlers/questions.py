"""Any text that is no command and no label: read as a question, answered from the facts.

The exact name of a place or a district opens that place, as it always did; what is not understood
is searched for, and called so.
"""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers.answers import dispatch
from handlers.answers.follow_ups import changed, numbered, picked
from handlers.answers.inquiry import Answer
from handlers.answers.stored_question import kept_values, page_of, unpacked
from handlers.answers.unclear import unclear
from handlers.answers.views.buttons import PAGED, Pressed, read_pressed
from handlers.answers.views.lists import AnswerContext, sources_screen
from handlers.answers.views.small_talk import EXAMPLE, expired_screen, other_screen, read_example
from handlers.frame.context import Context, Qala, is_private
from handlers.frame.groups import is_named
from handlers.frame.screens import Screen, empty_screen, show
from handlers.frame.texts import Markup, texts_for
from handlers.frame.wishes import Wish
from handlers.looks.bell import of_question, with_follow
from handlers.looks.names import names_of
from handlers.looks.search import named_screen
from handlers.understanding import understand
from handlers.understanding.question import Question
from handlers.views import choices
from handlers.views import search as search_view
from handlers.views.guide.menu import menu_screen
from storage.people import last_question
from storage.people.last_question import StoredQuestion
from storage.projects import listing
from storage.vocabulary import find_district
from storage.vocabulary.whole_texts import is_chatter, wish_of

NAMING = frozenset({"list", "near", "where", "state", "unclear", "other"})
"""What a bare name is read as: with another intent a text says more than a name."""


async def on_text(update: Update, context: Context) -> None:
    """Answer a typed text."""
    text = context.text
    if await context.is_empty():
        await show(update, context, empty_screen(context.t))
    elif not text.split():
        await show(update, context, search_view.ask_screen(context.t))
    elif is_chatter(text):
        if is_private(update):
            await show(update, context, Screen(Markup("🙂")))
    elif (screen := await _answered(update, context, text)) is not None:
        await show(update, context, screen)


async def turn_page(update: Update, context: Context) -> None:
    """The next page of the list shown last, «more», or the page before it, «back»."""
    before = context.last_question
    question = unpacked(before.question) if before else None
    if before is None or question is None or question.intent in _PAGELESS:
        await show(update, context, menu_screen(context.t))
        return
    step = 1 if wish_of(context.text) == "more" else -1
    press = Pressed(before.id, "p", max(0, page_of(before) + step))
    context.language = question.language
    await show(update, context, await _again(update, context, question, press, before))


_PAGELESS = frozenset({"help", "about", "other", "unclear"})


async def _answered(
    update: Update, context: Context, text: str, *, own: bool = True
) -> Screen | None:
    """The answer to a text; None where it is none of the bot's business: talk in a group.

    `own`: the person typed it, so that it may follow on what was asked before.
    """
    before = context.last_question if own else None
    question = await read(context, text, before)
    if _is_talk(update, context, question):
        return None
    if await _names_a_place(context, question, text):
        named = await named_screen(update, context, text)
        if named is not None:
            return named
    context.language = question.language
    if question.intent == "other":
        return other_screen(context.t, question)
    if question.intent == "unclear":
        return await kept(context, await unclear(update, context, question, text))
    among = before if before and set(question.projects) & set(before.shown) else None
    return await kept(context, await dispatch.answer(update, context, question, before=among))


def _is_talk(update: Update, context: Context, question: Question) -> bool:
    """Whether a text in a group that only answers a message of the bot's is no clear question."""
    if is_private(update) or is_named(update, context.bot):
        return False
    return question.intent in {"unclear", "other"} or not question.evidence


async def read(context: Context, text: str, before: StoredQuestion | None = None) -> Question:
    """The question that a text is; a number or a name after a list picks from it."""
    known = await context.names()
    question = understand(
        text,
        previous=unpacked(before.question) if before else None,
        person=context.language,
        today=context.today,
        known=known,
    )
    if before is None:
        return question
    return picked(numbered(question, text), before.shown, known.titled)


async def _names_a_place(context: Context, question: Question, text: str) -> bool:
    """Whether a text may be nothing but the name of a place or a district."""
    if question.follows or question.intent not in NAMING or question.states or question.period:
        return False
    known = await context.names()
    return bool(find_district(text) or known.names.find_places(text) or _says_no_more(question))


def _says_no_more(question: Question) -> bool:
    """Whether no slot is filled but a district or a place."""
    several = (question.kinds, question.sectors)
    rest = (question.amount, question.contractor, question.order, question.number)
    return not any((*several, question.programme)) and all(each is None for each in rest)


async def kept(context: Context, answer: Answer) -> Screen:
    """The answer's screen; its question is kept for the buttons and for what follows."""
    number = context.bot_data.notes.question(
        context.chat_id, kept_values(answer), answer.shown, context.clock
    )
    await context.write_notes()
    screen, wanted = answer.screen(number), of_question(answer.question)
    if wanted is None or screen.narrow is None:  # not a list that answers it
        return screen
    return await with_follow(context, screen, wanted)


async def pressed(update: Update, context: Context) -> None:
    """Another page, state or district of a question that was answered before."""
    query = update.callback_query
    press = read_pressed((query.data or "") if query else "")
    if press is None:
        return
    before = await context.question_numbered(press.asked)
    question = unpacked(before.question) if before else None
    if before is None or question is None or context.clock - before.asked_at > last_question.KEPT:
        await show(update, context, expired_screen(context.t))
        return
    context.language = question.language
    await show(update, context, await _again(update, context, question, press, before))


async def _again(
    update: Update, context: Context, question: Question, press: Pressed, before: StoredQuestion
) -> Screen:
    """The answer to the question as the button changes it."""
    page = press.number if press.act in PAGED else 0
    answer = await dispatch.answer(
        update,
        context,
        changed(question, press),
        page=page,
        before=before if press.act == "j" else None,
    )
    if press.act == "c":
        return await _sources(context, answer, before.id)
    return choices.opened(await kept(context, answer), press.act)


async def _sources(context: Context, answer: Answer, number: int) -> Screen:
    """Who told of each project that the answer shows."""
    found = [await context.facts(listing.card, each, context.today) for each in answer.shown]
    cards = [card for card in found if card is not None]
    asked = AnswerContext(
        texts_for(answer.question.language),
        await names_of(context, [card.listed for card in cards]),
        answer.question,
        number,
        context.today,
        answer.page,
    )
    return sources_screen(asked, cards)


async def example(update: Update, context: Context) -> None:
    """Ask one of the examples, as if it had been typed."""
    query = update.callback_query
    asked_for = read_example((query.data or "") if query else "")
    if asked_for is None or await context.is_empty():
        await show(update, context, expired_screen(context.t))
        return
    text, context.language = asked_for
    screen = await _answered(update, context, text, own=False)
    if screen is not None:
        await show(update, context, screen, anew=True)


def register(application: Qala) -> None:
    """Every text that is no command, and the buttons under its answer."""
    application.add_handler(MessageHandler(Wish("more") | Wish("back"), turn_page))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, on_text))
    application.add_handler(CallbackQueryHandler(example, rf"^{EXAMPLE}\d:"))
    application.add_handler(
        CallbackQueryHandler(pressed, lambda data: read_pressed(str(data)) is not None)
    )
