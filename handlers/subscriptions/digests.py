"""Digests: what is sent of news by itself, and the buttons under it."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.frame.context import Context, Qala, is_private
from handlers.frame.facts import FactsInMemory
from handlers.frame.screens import Screen, answer_press, show
from handlers.frame.texts import Texts, language_of, texts_for
from handlers.looks.names import names_in
from handlers.subscriptions.views import digest as view
from handlers.subscriptions.views.digest_items import Writing
from handlers.views.callbacks import DigestState, read_digest
from handlers.views.lists import PAGE, pages
from handlers.views.names import Names, unknown_districts, unknown_programmes
from storage.database.store import Store
from storage.digests import digest
from storage.digests.deliveries import Item
from storage.digests.descriptions import Followed, followed_by
from storage.digests.digest import Told
from storage.projects.data_day import data_day
from storage.projects.edition import edition
from storage.projects.summary import Listed
from storage.values.city import CITY_TIME
from storage.values.pages import Page
from storage.values.partial_dates import PartialDate

NOTE = "note"  # the cadence of "still here"
MANY = 60  # pieces of news of which the order takes longer than an answer may wait
T = TypeVar("T")


async def compose(  # noqa: PLR0913 - what is told, to whom, when
    store: Store,
    language: str,
    cadence: str,
    filters: tuple[int, ...],
    items: tuple[Item, ...],
    content_id: int,
    now: datetime,
    *,
    bot: str,
) -> Screen | None:
    """The digest as one message of under 4096 characters; None when nothing is left to tell.

    It is the same for all chats with the same content, cadence and language. `bot` is the bot's
    username, for links to the cards; `now` is UTC. The cadence "note" is the word that the bot is
    still here.
    """
    t = texts_for(language_of(language))
    if cadence == NOTE:
        return await _note(store, t, filters)
    today = now.astimezone(CITY_TIME).date()
    found = await _beside(
        store, items, lambda s: digest.digest(s, filters, items, cadence, today, view.MOST)
    )
    if not found.page.items:
        return None
    listed = [*(told.listed for told in found.page.items), *found.due]
    names = await _names(store, found.followed, listed)
    written = view.Written(cadence, content_id, found, await _until(store))
    return view.digest_screen(Writing(t, names, bot, today), written)


async def _note(store: Store, t: Texts, filters: tuple[int, ...]) -> Screen:
    """That the bot is still here, and until when its data reach."""
    follows = await store.read(followed_by, filters)
    until = await _until(store)
    names, more = await _names(store, follows, ()), len(filters) - len(follows)
    return view.note_screen(t, names, follows, until, more)


async def _until(store: Store) -> PartialDate | None:
    """How old the data is: thousands of texts of one edition ask for it."""
    facts = _FACTS.setdefault(store, FactsInMemory())
    return await facts.of(store, await store.read(edition), data_day)


_FACTS: WeakKeyDictionary[Store, FactsInMemory] = WeakKeyDictionary()


async def _names(store: Store, follows: Sequence[Followed], projects: Iterable[Listed]) -> Names:
    """The names that only the store knows of all districts and programmes in a digest."""
    slugs = {slug for listed in projects for slug in listed.districts}
    slugs |= {slug for each in follows for slug in each.wanted.districts}
    codes = {code for each in follows for code in each.wanted.programmes}
    return await names_in(store.read, unknown_districts(slugs), unknown_programmes(codes))


async def pressed(update: Update, context: Context) -> None:
    """All that stands in a digest: in a message of its own, of which pages then take the place.

    From a digest in a group or a channel it opens in the private chat of whoever pressed.
    """
    query = update.callback_query
    state = read_digest((query.data or "") if query else "")
    if state is None:
        return
    if state.on_digest and not is_private(update):
        link = view.all_link(context.bot.username, context.chat_id, state.content)
        await answer_press(update, url=link)
    else:
        await show(update, context, await all_screen(context, state), anew=state.on_digest)


async def all_screen(context: Context, state: DigestState) -> Screen:
    """The page asked for; the last one when there are no longer so many."""
    chat = state.chat or context.chat_id
    kept = await context.store.read(digest.kept_digest, chat, state.content)
    if kept is None:
        return view.gone_screen(context.t)
    page = await _page(context, kept, state.page or 0)
    if not page.items and page.total:
        state = state.turned(pages(page.total) - 1)
        page = await _page(context, kept, state.page or 0)
    if not page.items:
        return view.gone_screen(context.t)
    names = await _names(context.store, (), [told.listed for told in page.items])
    writing = Writing(context.t, names, context.bot.username, context.today)
    return view.all_screen(writing, state, page)


async def _page(context: Context, kept: digest.KeptDigest, number: int) -> Page[Told]:
    return await _beside(
        context.store, kept.items, lambda s: digest.kept_page(s, kept, number * PAGE, PAGE)
    )


async def _beside(store: Store, items: Sequence[Item], query: Callable[[Session], T]) -> T:
    """Read in a thread where there is much to put in order: nobody's answer waits for it."""
    if len(items) < MANY:
        return await store.read(query)
    return await asyncio.to_thread(_reading, store, query)


def _reading(store: Store, query: Callable[[Session], T]) -> T:
    with store.reading() as session:
        return query(session)


def register(application: Qala) -> None:
    """Buttons under a digest and under the list of all that stands in it."""
    application.add_handler(
        CallbackQueryHandler(pressed, lambda data: read_digest(str(data)) is not None)
    )
