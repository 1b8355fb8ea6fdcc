"""The rows of the table, one module per topic; the order of imports is the order of numbers."""

from tests.bot.sandbox.rows import (  # noqa: I001 the order gives the numbers
    identity,
    polling,
    webhooks,
    texts,
    keyboards,
    media,
    places,
    edits,
    deletions,
    queries,
    profile,
    chats,
    faults,
    residents,
    guard,
)

TOPICS = (
    identity,
    polling,
    webhooks,
    texts,
    keyboards,
    media,
    places,
    edits,
    deletions,
    queries,
    profile,
    chats,
    faults,
    residents,
    guard,
)
