"""The queue of updates that wait for the bot, growing ids, as getUpdates and webhooks see it."""

from collections import deque
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot.sandbox.bell import Bell

_FIRST_ID = 100_000_001
# https://core.telegram.org/bots/api#getupdates: the default leaves these out.
_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Updates not yet confirmed by the bot, oldest first."""

    def __init__(self, bell: Bell) -> None:
        self.pending: deque[dict[str, Any]] = deque()
        self.allowed: frozenset[str] = frozenset()
        self.bell = bell
        self._next_id = _FIRST_ID
        self._poll = 0

    def push(self, kind: str, payload: dict[str, Any]) -> int | None:
        """Queues an update; returns its id, or None when the bot did not ask for this kind."""
        if not self.wanted(kind):
            return None
        return self.push_raw({kind: payload})

    def push_raw(self, update: dict[str, Any]) -> int:
        """Queues an update as it stands, with the next id; returns that id."""
        update_id = self._next_id
        self._next_id += 1
        # A copy: later edits must not rewrite what is already on its way.
        self.pending.append({"update_id": update_id, **deepcopy(update)})
        self.bell.ring()
        return update_id

    def wanted(self, kind: str) -> bool:
        """Whether the bot's allowed_updates let this kind through."""
        return kind in self.allowed if self.allowed else kind not in _ONLY_ON_REQUEST

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remembers allowed_updates; None keeps the earlier setting, an empty list resets it."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def confirm(self, offset: int) -> None:
        """Forgets what lies before `offset`; a negative one keeps only that many from the end."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while offset > 0 and self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()

    def first(self, limit: int) -> list[dict[str, Any]]:
        """The oldest `limit` updates; they stay queued until confirmed."""
        return [update for update, _ in zip(self.pending, range(limit), strict=False)]

    def begin_poll(self) -> int:
        """A number for a new getUpdates; every earlier one is superseded from now on."""
        self._poll += 1
        self.bell.ring()
        return self._poll

    def superseded(self, poll: int) -> bool:
        return poll != self._poll


@dataclass
class Webhook:
    """What setWebhook left, and how delivery goes.

    `via` is a root such as http://127.0.0.1:8443 that stands for the reverse proxy of a public
    address: requests go there with the path of `url`, so that nothing leaves the machine.
    """

    url: str = ""
    secret: str | None = None
    max_connections: int = 40
    via: str | None = None
    last_error: str = ""
    last_error_date: int = 0

    def set(self, url: str, secret: str | None, max_connections: int) -> None:
        """Takes new settings; the record of errors starts anew."""
        self.url, self.secret, self.max_connections = url, secret, max_connections
        self.last_error, self.last_error_date = "", 0
