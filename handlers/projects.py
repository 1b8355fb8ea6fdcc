"""A project's card, its history and sources, its place on the map; a shared link opens it too."""

from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.frame.context import Context, Qala, is_private
from handlers.frame.quoted import query_of
from handlers.frame.screens import Screen, answer_press, politely, show
from handlers.looks.card import card_of, part_of_card
from handlers.looks.names import names_of
from handlers.views import card as view
from handlers.views import search as search_view
from handlers.views.callbacks import CardState, read_card, read_digest, read_search
from handlers.views.lists import paragraphs
from storage.projects.card import Card


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
    card = await card_of(context, state.project_id)
    if card is None:
        gone = context.t("This project is no longer in the list.")
        back = (view.back_button(context.t, state),)
        await show(update, context, Screen(gone, (back,)), anew=anew)
    elif anew and not is_private(update):
        await answer_press(update, url=view.deep_link(context.bot.username, card.listed.key))
    elif state.view == "m":
        await _send_venue(update, context, card)
    else:
        screen = await part_of_card(context, card, state)
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


def pressed(update: Update) -> CardState | None:
    """What the pressed card button carries."""
    query = update.callback_query
    return read_card(query.data or "") if query else None


def register(application: Qala) -> None:
    """Every button of a card."""
    application.add_handler(
        CallbackQueryHandler(open_card, lambda data: read_card(str(data)) is not None)
    )
