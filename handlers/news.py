"""/news: what was completed, what is due soon, what is overdue, what is silent."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from handlers.frame.context import Context, Qala
from handlers.frame.main_keyboard import KeyLabel
from handlers.frame.screens import Screen, empty_screen, show
from handlers.looks.names import names_of
from handlers.views import choices
from handlers.views import news as view
from handlers.views.callbacks import NewsState, read_news
from handlers.views.lists import PAGE, pages
from storage.news import recent
from storage.news.recent import Late
from storage.projects.data_day import data_day
from storage.projects.project_filter import CITY
from storage.projects.summary import Listed
from storage.values.pages import Page

EVER = 36_500  # days: whenever it was


async def all_news(update: Update, context: Context) -> None:
    """The kinds of news with their counts."""
    await context.forget_question()
    if await context.is_empty():
        await show(update, context, empty_screen(context.t))
        return
    counts = {state: (await _found(context, state)).total for state in view.CHOICES}
    until = await context.facts(data_day)
    await show(update, context, view.news_screen(context.t, counts, until, context.today))


async def pressed(update: Update, context: Context) -> None:
    """A page of the news that the button names."""
    query = update.callback_query
    state = read_news((query.data or "") if query else "")
    if state is not None:
        screen = await _screen(context, state.with_open(""))
        await show(update, context, choices.opened(screen, state.opened))


async def _screen(context: Context, state: NewsState) -> Screen:
    """The page asked for; the last one when there are no longer so many."""
    t, offset = context.t, state.page * PAGE
    if state.kind == "overdue":
        late = await context.facts(recent.overdue, context.today, CITY, offset=offset, limit=PAGE)
        if late.items or not state.page:
            names = await names_of(context, [found.listed for found in late.items])
            return view.overdue_screen(t, names, state, late)
        return await _screen(context, state.turned(pages(late.total) - 1))
    page = await _projects(context, state)
    if page.items or not state.page:
        names = await names_of(context, page.items)
        until = await context.facts(data_day)
        return view.projects_screen(t, names, state, page, context.today, until)
    return await _screen(context, state.turned(pages(page.total) - 1))


async def _found(context: Context, state: NewsState) -> Page[Listed] | Page[Late]:
    if state.kind == "overdue":
        return await context.facts(recent.overdue, context.today, limit=1)
    return await _projects(context, state)


async def _projects(context: Context, state: NewsState) -> Page[Listed]:
    if state.kind == "unheard":
        return await context.facts(
            recent.unheard, context.today, CITY, offset=state.page * PAGE, limit=PAGE
        )
    if state.kind == "year":
        return await context.facts(
            recent.due_this_year, context.today, CITY, offset=state.page * PAGE, limit=PAGE
        )
    done = state.kind == "completed"
    within, days = (recent.completed_within, EVER) if done else (recent.due_within, 0)
    return await context.facts(
        within, context.today, state.days or days, CITY, offset=state.page * PAGE, limit=PAGE
    )


def register(application: Qala) -> None:
    """/news, the keyboard's label, buttons."""
    application.add_handler(CommandHandler("news", all_news))
    application.add_handler(MessageHandler(KeyLabel("news"), all_news))
    application.add_handler(MessageHandler(KeyLabel("new"), all_news))
    application.add_handler(CallbackQueryHandler(all_news, rf"^{view.ROOT}$"))
    application.add_handler(
        CallbackQueryHandler(pressed, lambda data: read_news(str(data)) is not None)
    )
