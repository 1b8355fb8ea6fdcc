"""The news of the last four weeks, held in memory for previews until something changes."""

import asyncio
from datetime import datetime

from storage.database.memory import no_full_collections
from storage.database.store import Store
from storage.news.filters import NewsFilter
from storage.news.matching import Board, load_board
from storage.subscriptions.subscriptions import Preview, preview_on, recent_span

Span = tuple[int, int]


class RecentNews:
    """The board of one store, as of its last change.

    It is read and looked at in a thread of its own: after the import of a whole city that takes
    seconds, and only who looks at a preview waits.
    """

    def __init__(self) -> None:
        self._known: tuple[Span, Board] | None = None
        self._turn = asyncio.Lock()

    async def preview(self, store: Store, wanted: NewsFilter, now: datetime) -> Preview:
        """What a filter would have brought in the four weeks up to `now`."""
        span = await store.read(recent_span, now)
        async with self._turn:
            if self._known is None or self._known[0] != span:
                self._known = span, await asyncio.to_thread(_read, store, span)
            board = self._known[1]  # which remembers places: one looks at it at a time
            return await asyncio.to_thread(preview_on, board, wanted.canonical(), now)


def _read(store: Store, span: Span) -> Board:
    with no_full_collections(), store.reading() as session:
        return load_board(session, *span)
