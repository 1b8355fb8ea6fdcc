"""A project's card and its further screens: its history, its sources."""

from handlers.frame.context import Context
from handlers.frame.screens import Screen
from handlers.looks.bell import of_project, with_follow
from handlers.looks.names import names_of
from handlers.views import card as view
from handlers.views.callbacks import MENU, CardState
from storage.projects import listing
from storage.projects.card import Card


async def card_screen(context: Context, project: int | str, back: str = MENU) -> Screen | None:
    """The card of a project by the store's number, or by the data set's identifier as text.

    A text of digits that is nobody's identifier is taken for a number. None for an unknown or
    withdrawn project. `back` is the callback data of where the way back leads.
    """
    number = await _number(context, project) if isinstance(project, str) else project
    card = await card_of(context, number) if number is not None else None
    if card is None or number is None:
        return None
    return await part_of_card(context, card, CardState(number, back=back))


async def _number(context: Context, reference: str) -> int | None:
    number = await context.facts(listing.by_key, reference)
    if number is None and reference.isdecimal() and len(reference) <= len(str(2**53)):
        return int(reference)
    return number


async def card_of(context: Context, number: int) -> Card | None:
    """All that is known of a project as of today; None for an unknown or withdrawn one."""
    return await context.facts(listing.card, number, context.today)


async def part_of_card(context: Context, card: Card, state: CardState) -> Screen:
    """The card itself, its history or its sources, as the state says."""
    t, names, today = context.t, await names_of(context, [card.listed]), context.today
    written = context.made(
        (view.write, card.listed.id, t.language, today), lambda: view.write(t, names, card, today)
    )
    if state.view == "f":
        return view.more_screen(t, written, state)
    if state.view == "h":
        return view.history_screen(t, written, card, state)
    if state.view == "s":
        return view.sources_screen(t, written, card, state)
    screen = view.card_screen(t, written, card, state, bot=context.bot.username)
    return await with_follow(context, screen, of_project(card.listed.id))
