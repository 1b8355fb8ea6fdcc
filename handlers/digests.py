"""Digests: what is sent of news by itself, and the buttons under it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Qala
from handlers.projects import names_in
from handlers.screens import Screen, show
from handlers.texts import language_of, texts_for
from handlers.views import digest as view
from handlers.views.callbacks import DigestState, read_digest
from handlers.views.dates import CITY_ZONE
from handlers.views.digest_items import Writing
from handlers.views.lists import PAGE, pages
from handlers.views.names import Names, unknown_districts, unknown_programmes
from storage import digested
from storage.deliveries import Item
from storage.digested import Followed, Told
from storage.filters import Page
from storage.listed import Listed
from storage.store import Store

NOTE = "note"  # the cadence of "still here"


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
    follows = await store.read(digested.followed, filters)
    if cadence == NOTE:
        names = await _names(store, follows, ())
        until = await store.read(digested.data_until)
        return view.note_screen(t, names, follows, until)
    page = await store.read(digested.digest, filters, items, cadence, limit=view.MOST)
    if not page.items:
        return None
    today = now.astimezone(CITY_ZONE).date()
    due = await store.read(digested.due_next, filters, items, today)
    names = await _names(store, follows, [*(told.listed for told in page.items), *due])
    written = view.Written(cadence, content_id, page, due, follows)
    return view.digest_screen(Writing(t, names, bot, today), written)


async def _names(store: Store, follows: Sequence[Followed], projects: Iterable[Listed]) -> Names:
    """The names that only the store knows of all districts and programmes in a digest."""
    slugs = {slug for listed in projects for slug in listed.districts}
    slugs |= {slug for each in follows for slug in each.wanted.districts}
    codes = {code for each in follows for code in each.wanted.programmes}
    return await names_in(store, unknown_districts(slugs), unknown_programmes(codes))


async def pressed(update: Update, context: Context) -> None:
    """All that stands in a digest: in a message of its own, of which pages then take the place."""
    query = update.callback_query
    state = read_digest((query.data or "") if query else "")
    if state is not None:
        await show(update, context, await _all(context, state), anew=state.page is None)


async def _all(context: Context, state: DigestState) -> Screen:
    """The page asked for; the last one when there are no longer so many."""
    kept = await context.store.read(digested.kept_digest, context.chat_id, state.content)
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


async def _page(context: Context, kept: digested.KeptDigest, number: int) -> Page[Told]:
    return await context.store.read(
        digested.digest,
        kept.filters,
        kept.items,
        kept.cadence,
        offset=number * PAGE,
        limit=PAGE,
    )


def register(application: Qala) -> None:
    """Buttons under a digest and under the list of all that stands in it."""
    application.add_handler(
        CallbackQueryHandler(pressed, lambda data: read_digest(str(data)) is not None)
    )
