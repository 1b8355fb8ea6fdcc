"""`qala digest --preview`: what a chat, or whoever has a filter, would be told now."""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.commands.filter_text import parse_filter
from bot.running import RefusedError
from handlers.frame.screens import Screen
from handlers.frame.texts import plain
from handlers.subscriptions.digests import compose
from storage.database.store import Store
from storage.digests.contents import content_of
from storage.digests.deliveries import Item
from storage.digests.upcoming import Upcoming, upcoming
from storage.news.filters import NewsFilter, store_filter
from storage.subscriptions.subscriptions import Preview, preview
from storage.values.city import CITY_TIME

CADENCE = "weekly"  # how a digest reads of which only the filter is known
CHAT = re.compile(r"-?\d{1,19}")
Echo = Callable[[str], object]


def print_preview(store: Store, text: str, language: str, echo: Echo, now: datetime) -> None:
    """Print the digests of a chat's number, or what a filter brought in the last four weeks.

    `language` may be blank: the chat's, else Kazakh. RefusedError where the text is neither.
    """
    if CHAT.fullmatch(text.strip()):
        with store.reading() as session:
            _of_chat(_OneSession(session), int(text), language, echo, now)
    else:
        with store.reading() as session:
            wanted = parse_filter(session, text)
            found = preview(session, wanted, now)
        _of_filter(store, wanted, found, language, echo, now)


class _OneSession(Store):
    """The store within one session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def read(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """What the query returns."""
        return query(self.session, *args, **kwargs)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The one session there is."""
        yield self.session


@contextmanager
def _rehearsal(store: Store) -> Iterator[_OneSession]:
    """The store within a transaction that is rolled back: what is written in it never was.

    On SQLite nobody else can write meanwhile: it is for the writing of a text, not for the search.
    """
    with Session(store.engine) as session:
        try:
            yield _OneSession(session)
        finally:
            session.rollback()


def _of_chat(store: _OneSession, chat_id: int, language: str, echo: Echo, now: datetime) -> None:
    digests = upcoming(store.session, chat_id)
    if not digests:
        raise RefusedError(f"The chat {chat_id} has no subscriptions")
    for digest in digests:
        echo(f"--- {digest.cadence}, {_due(digest)}")
        screen = None
        if digest.items:
            screen = _composed(
                store,
                language or digest.language,
                digest.cadence,
                digest.filters,
                digest.items,
                now,
            )
        echo(read_by_a_person(screen) if screen else "Nothing to tell yet: nothing is sent.")


def _due(digest: Upcoming) -> str:
    if digest.due_at is None:
        return "at rest: the chat cannot be written to"
    if digest.cadence == "at_once":
        return "told at once"
    return f"due on {digest.due_at.astimezone(CITY_TIME):%Y-%m-%d at %H:%M}"


def _of_filter(
    store: Store, wanted: NewsFilter, found: Preview, language: str, echo: Echo, now: datetime
) -> None:
    echo(f"--- the last four weeks: {len(found.news)} news, by week {list(found.weeks)}")
    if not found.news:
        echo("Nothing to tell: nothing would have been sent.")
        return
    items = tuple(sorted(Item(*each[:3]) for each in found.news))
    with _rehearsal(store) as rehearsal:
        filters = (store_filter(rehearsal.session, wanted),)
        screen = _composed(rehearsal, language or "kk", CADENCE, filters, items, now)
    echo(read_by_a_person(screen) if screen else "Nothing of it is left to tell.")


def _composed(
    store: Store,
    language: str,
    cadence: str,
    filters: tuple[int, ...],
    items: tuple[Item, ...],
    now: datetime,
) -> Screen | None:
    number, _ = content_of(filters, items)
    writing = compose(store, language, cadence, filters, items, number, now, bot="qala")
    return asyncio.run(_awaited(writing))


async def _awaited(work: Awaitable[Screen | None]) -> Screen | None:
    return await work


def read_by_a_person(screen: Screen) -> str:
    """The text without its tags, and the buttons under it."""
    text = html.unescape(re.sub(r"<[^>]+>", "", screen.text))
    rows = ["  ".join(f"[{plain(button.label)}]" for button in row) for row in screen.rows]
    return "\n".join([text, *rows])
