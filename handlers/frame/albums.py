"""Albums arrive as one update for each picture: only the first is answered."""

from collections import OrderedDict

from telegram import Message

MOST_ALBUMS = 1000


class Albums:
    """The albums seen lately, in memory and bounded."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[int, str], None] = OrderedDict()

    def first(self, message: Message) -> bool:
        """Whether this is the first message of its album, or of no album at all."""
        if message.media_group_id is None:
            return True
        album = (message.chat.id, message.media_group_id)
        known = album in self._seen
        self._seen[album] = None
        while len(self._seen) > MOST_ALBUMS:
            self._seen.popitem(last=False)
        return not known
