"""/budget: how much is planned, contracted and spent, and for how much of the list it is known."""

import re

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from handlers.frame.context import Context, Qala
from handlers.frame.main_keyboard import KeyLabel
from handlers.frame.screens import empty_screen, show
from handlers.looks.names import stored_names
from handlers.views import budgets as view
from handlers.views.names import unknown_districts, unknown_programmes
from storage.places import districts
from storage.projects import budgets
from storage.projects.comparison import KEYLESS

BREAKDOWN = re.compile(rf"{view.ROOT}([{''.join(view.LETTERS)}])\.(\d{{1,6}})")


async def whole_city(update: Update, context: Context) -> None:
    """The sums of everything in the list, private money apart."""
    if await context.is_empty():
        await show(update, context, empty_screen(context.t))
        return
    total = (await context.facts(budgets.totals, "all"))[0]
    residents = await context.facts(budgets.population)
    await show(update, context, view.budget_screen(context.t, total, residents))


async def breakdown(update: Update, context: Context) -> None:
    """The sums by district, sector, programme or year."""
    query = update.callback_query
    match = BREAKDOWN.fullmatch((query.data or "") if query else "")
    if match is None:
        return
    by, page = view.LETTERS[match[1]], int(match[2])
    totals = await context.facts(budgets.totals, by)
    keys = [total.key for total in totals if total.key not in KEYLESS]
    names = await stored_names(
        context,
        unknown_districts(keys) if by == "district" else (),
        unknown_programmes(keys) if by == "programme" else (),
    )
    residents = await _residents(context) if by == "district" else {}
    screen = view.breakdown_screen(context.t, names, by, totals, page, residents)
    await show(update, context, screen)


async def _residents(context: Context) -> dict[str, int]:
    known = await context.facts(districts.districts)
    return {facts.slug: facts.population for facts in known if facts.population}


def register(application: Qala) -> None:
    """/budget, the keyboard's label, buttons."""
    application.add_handler(CommandHandler("budget", whole_city))
    application.add_handler(MessageHandler(KeyLabel("budgets"), whole_city))
    application.add_handler(CallbackQueryHandler(whole_city, rf"^{view.ROOT}$"))
    application.add_handler(CallbackQueryHandler(breakdown, BREAKDOWN.pattern + "$"))
