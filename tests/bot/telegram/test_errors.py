"""What each error means for the chat."""

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.errors import Outcome, Reason, verdict
from bot.telegram.http import NotArrivedError, NotConnectedInTimeError
from bot.telegram.outbox import UnknownOutcomeError

GONE = [
    (Forbidden("Forbidden: bot was blocked by the user"), Reason.BLOCKED),
    (Forbidden("Forbidden: user is deactivated"), Reason.DEACTIVATED),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Reason.KICKED),
    (Forbidden("Forbidden: bot is not a member of the channel chat"), Reason.KICKED),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), Reason.NEVER_STARTED),
    (Forbidden("Forbidden: the group chat was deleted"), Reason.NOT_FOUND),
    (Forbidden("Forbidden: something new"), Reason.REFUSED),
    (BadRequest("Bad Request: chat not found"), Reason.NOT_FOUND),
    (BadRequest("Bad Request: group chat was deactivated"), Reason.DEACTIVATED),
    (BadRequest("Bad Request: PEER_ID_INVALID"), Reason.NOT_FOUND),
    (
        BadRequest("Bad Request: not enough rights to send text messages to the chat"),
        Reason.SILENCED,
    ),
    (
        BadRequest("Bad Request: need administrator rights in the channel chat"),
        Reason.SILENCED,
    ),
]


@pytest.mark.parametrize(("error", "reason"), GONE)
def test_the_chat_is_gone(error: TelegramError, reason: Reason) -> None:
    assert (verdict(error).outcome, verdict(error).reason) == (Outcome.GONE, reason)


def test_the_group_has_moved() -> None:
    moved = verdict(ChatMigrated(-100200))
    assert (moved.outcome, moved.moved_to) == (Outcome.MOVED, -100200)


def test_a_429_says_how_long() -> None:
    later = verdict(RetryAfter(90))
    assert (later.outcome, later.wait_s) == (Outcome.RETRYABLE, 90)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NotArrivedError("Bad Gateway"), Outcome.RETRYABLE),
        (NotConnectedInTimeError("no connection"), Outcome.RETRYABLE),
        (UnknownOutcomeError("lost"), Outcome.UNKNOWN),
        (TimedOut(), Outcome.UNKNOWN),
        (NetworkError("ServerDisconnectedError"), Outcome.UNKNOWN),
        (TelegramError("Invalid server response"), Outcome.UNKNOWN),
        (BadRequest("Bad Request: can't parse entities"), Outcome.OUR_FAULT),
        (InvalidToken("Unauthorized"), Outcome.OUR_FAULT),
        (Conflict("terminated by other getUpdates request"), Outcome.OUR_FAULT),
        (KeyError("district"), Outcome.OUR_FAULT),
    ],
)
def test_the_rest(error: Exception, outcome: Outcome) -> None:
    assert verdict(error).outcome is outcome
