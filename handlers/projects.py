"""A project's card, its history and sources, its place on the map; a shared link opens it too."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.frame.context import Context, Qala, is_private
from handlers.frame.quoted import query_of
from handlers.frame.screens import Screen, answer_press, politely, show
from handlers.subscriptions.bell import of_project, with_follow
from handlers.views import card as view
from handlers.views import search as search_view
from handlers.views.callbacks import MENU, CardState, read_card, read_digest, read_search
from handlers.views.lists import paragraphs
from handlers.views.names import Names, unknown_districts, unknown_programmes
from storage.places import districts
from storage.programmes import programmes
from storage.projects import listing
from storage.projects.card import Card
from storage.projects.summary import Listed

Reading = Callable[..., Awaitable[Any]]
"""`Store.read`, or `Context.facts`, which remembers."""


async def card_screen(context: Context, project: int | str, back: str = MENU) -> Screen | None:
    """The card of a project by the store's number, or by the data set's identifier as text.

    A text of digits that is nobody's identifier is taken for a number. None for an unknown or
    withdrawn project. `back` is the callback data of where the way back leads.
    """
    number = await _number(context, project) if isinstance(project, str) else project
    card = await _card(context, number) if number is not None else None
    if card is None or number is None:
        return None
    return await _screen(context, card, CardState(number, back=back))


async def _number(context: Context, reference: str) -> int | None:
    number = await context.facts(listing.by_key, reference)
    if number is None and reference.isdecimal() and len(reference) <= len(str(2**53)):
        return int(reference)
    return number


async def _card(context: Context, number: int) -> Card | None:
    return await context.facts(listing.card, number, context.today)


async def _screen(context: Context, card: Card, state: CardState) -> Screen:
    t, names = context.t, await names_of(context, [card.listed])
    if state.view == "h":
        return view.history_screen(t, names, card, state, context.today)
    if state.view == "s":
        return view.sources_screen(t, names, card, state, context.today)
    screen = view.card_screen(t, names, card, state, bot=context.bot.username, today=context.today)
    return await with_follow(context, screen, of_project(card.listed.id))


async def open_card(update: Update, context: Context) -> None:
    """Show the card or the part of it that the button names, or its place as a venue.

    A card opened from a digest comes as a message of its own: the digest stays to be read on. From
    one in a group or a channel the link opens, so that nobody else's chat fills with cards.
    """
    state = pressed(update)
    if state is None:
        return
    digest = read_digest(state.back)
    anew = digest is not None and digest.on_digest
    if digest is not None and anew:
        state = replace(state, back=digest.turned(0).data())
    card = await _card(context, state.project_id)
    if card is None:
        gone = context.t("This project is no longer in the list.")
        back = (view.back_button(context.t, state),)
        await show(update, context, Screen(gone, (back,)), anew=anew)
    elif anew and not is_private(update):
        await answer_press(update, url=view.deep_link(context.bot.username, card.listed.key))
    elif state.view == "m":
        await _send_venue(update, context, card)
    else:
        screen = await _screen(context, card, state)
        await show(update, context, _carrying(update, screen, state.back), anew=anew)


def _carrying(update: Update, screen: Screen, back: str) -> Screen:
    """The screen with the searched text on it when the way back has no room for it."""
    search = read_search(back)
    if search is None or search.query:
        return screen
    asked = search_view.asked(query_of(update))
    return replace(screen, text=paragraphs(screen.text, asked))


async def _send_venue(update: Update, context: Context, card: Card) -> None:
    """The place on the map as a message of its own."""
    point = card.listed.point
    if point is None:
        await answer_press(update, context.t("the exact place is not known"), alert=True)
        return
    await answer_press(update)
    venue = view.on_map(context.t, await names_of(context, [card.listed]), card)
    await politely(
        lambda: context.bot.send_venue(
            context.chat_id, point.latitude, point.longitude, venue.title, venue.address
        )
    )


async def names_of(context: Context, found: Iterable[Listed]) -> Names:
    """The names of those districts and programmes of the projects that only the store knows."""
    items = tuple(found)
    slugs = unknown_districts(slug for listed in items for slug in listed.districts)
    codes = unknown_programmes(code for listed in items for code in listed.programmes)
    return await stored_names(context, slugs, codes)


async def stored_names(context: Context, slugs: Iterable[str], codes: Iterable[str]) -> Names:
    """The names of these districts and programmes as the store has them."""
    return await names_in(context.facts, slugs, codes)


async def names_in(read: Reading, slugs: Iterable[str], codes: Iterable[str]) -> Names:
    """The same for one who has no update to answer: through `Store.read`."""
    named = {slug: await read(districts.district, slug) for slug in slugs}
    titled = {code: await read(programmes.programme, code) for code in codes}
    return Names(
        {slug: facts.names for slug, facts in named.items() if facts},
        {code: card.facts.names for code, card in titled.items() if card},
    )


def pressed(update: Update) -> CardState | None:
    """What the pressed card button carries."""
    query = update.callback_query
    return read_card(query.data or "") if query else None


def register(application: Qala) -> None:
    """Every button of a card."""
    application.add_handler(
        CallbackQueryHandler(open_card, lambda data: read_card(str(data)) is not None)
    )
