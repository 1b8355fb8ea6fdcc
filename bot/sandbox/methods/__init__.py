"""The methods of the Bot API that the sandbox knows, one module per topic."""

from collections.abc import Mapping

from bot.sandbox.methods import (
    chats,
    delivery,
    edits,
    identity,
    locations,
    media,
    messages,
    queries,
)
from bot.sandbox.methods.method import Method

_TOPICS: tuple[Mapping[str, Method], ...] = (
    identity.METHODS,
    delivery.METHODS,
    messages.METHODS,
    media.METHODS,
    locations.METHODS,
    edits.METHODS,
    queries.METHODS,
    chats.METHODS,
)
METHODS: dict[str, Method] = {name: run for topic in _TOPICS for name, run in topic.items()}
_BY_LOWER_NAME = {name.lower(): name for name in METHODS}


def canonical_name(name: str) -> str | None:
    """The method's own spelling (Telegram ignores case), None for one the sandbox lacks."""
    return _BY_LOWER_NAME.get(name.lower())
