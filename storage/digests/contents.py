"""What filters bring, worked out once for all that follow the same."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from sqlalchemy.orm import Session

from storage.database.memory import forget
from storage.digests.planned_rows import Contents, Heard
from storage.news.filters import stored_filters
from storage.news.matching import Board, News, load_board

_KEPT = 200_000  # so many filters' news and contents are remembered at most
_BOARDS = 100  # each holds the news since its cursor
_CONTENT_BITS = (1 << 63) - 1
_JSON = json.JSONEncoder(separators=(",", ":"))

Followed = tuple[tuple[int, int], ...]
"""What a chat follows: (filter, cursor) of each of its subscriptions."""

_NOTHING: Heard = {}


@dataclass(slots=True)
class Matcher:
    """Finds the contents of digests with the changes up to `upto`.

    `unstored` are the contents that nobody has stored yet.
    """

    upto: int
    unstored: Contents = field(default_factory=dict)
    _boards: dict[int, Board] = field(default_factory=dict)
    _news: dict[tuple[int, int], tuple[News, ...]] = field(default_factory=dict)
    _contents: dict[Followed, int | None] = field(default_factory=dict)

    def match(self, session: Session, followed: Iterable[tuple[int, int]]) -> None:
        """Find the news of each filter since its cursor; those known already cost nothing."""
        if len(self._news) > _KEPT or len(self._contents) > _KEPT:
            forget(self._news)
            forget(self._contents)
        wanted = {each for each in followed if each not in self._news}
        filters = stored_filters(session, {number for number, _ in wanted}) if wanted else {}
        for number, cursor in wanted:
            follows = filters.get(number)
            board = self._board(session, cursor)
            self._news[number, cursor] = board.matching(follows) if follows and board else ()

    def content(self, followed: Followed) -> int | None:
        """The content of a digest that tells all of it, None if there is nothing to tell."""
        if followed not in self._contents:
            self._contents[followed] = self.content_but(followed, _NOTHING)
        return self._contents[followed]

    def content_but(self, followed: Followed, heard: Heard) -> int | None:
        """As `content`, without what was heard already."""
        filters, found = self.news(followed, heard)
        if not found:
            return None
        number, texts = content_of(filters, sorted(each[:3] for each in found.values()))
        self.unstored[number] = texts
        return number

    def news(
        self, followed: Followed, heard: Heard
    ) -> tuple[list[int], dict[tuple[int, str], News]]:
        """The filters that bring what was not heard, and that by project and kind of news."""
        if len(followed) == 1 and not heard:
            news = self._news[followed[0]]
            return [followed[0][0]], {each[:2]: each for each in news}
        found: dict[tuple[int, str], News] = {}
        filters = []
        for number, cursor in followed:
            news = self._news[number, cursor]
            if heard:
                news = tuple([each for each in news if heard.get(each[:2], 0) < each.change])
            if news:
                filters.append(number)
                found |= {each[:2]: each for each in news}
        return filters, found

    def forget(self) -> None:
        """Let go of everything, piece by piece: in a thread it holds up nobody."""
        for board in self._boards.values():
            board.forget()
        for memory in (self._contents, self._news, self.unstored):
            forget(memory)

    def _board(self, session: Session, cursor: int) -> Board:
        if cursor not in self._boards:
            if len(self._boards) >= _BOARDS:
                self._boards.clear()
            self._boards[cursor] = load_board(session, cursor, self.upto)
        return self._boards[cursor]


def content_of(filters: Iterable[int], items: Iterable[Any]) -> tuple[int, tuple[str, str]]:
    """The content's number, 63 bits over what stands in it, with the texts of its row."""
    texts = (_JSON.encode(sorted(filters)), _JSON.encode(list(items)))
    digest = blake2b(" ".join(texts).encode(), digest_size=8).digest()
    return int.from_bytes(digest) & _CONTENT_BITS, texts
