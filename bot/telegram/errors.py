"""What an error of Telegram's means for the chat that a message was for.

The sentences are those of the Bot API's server, https://github.com/tdlib/telegram-bot-api
(`Client::fail_query_with_error`), and of Telegram itself where it passes them on.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.telegram.http import NotArrivedError


class Outcome(Enum):
    """What is to be done: the chat rests, moves; the message is in doubt, comes again, is wrong."""

    GONE = "gone"
    MOVED = "moved"
    UNKNOWN = "unknown"
    RETRYABLE = "retryable"
    OUR_FAULT = "our fault"


class Reason(Enum):
    """Why a chat can no longer be written to."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NOT_FOUND = "chat not found"
    KICKED = "kicked"
    SILENCED = "may not write"
    NEVER_STARTED = "never started"
    REFUSED = "refused"


@dataclass(frozen=True)
class Verdict:
    """The outcome, with the reason of GONE, the new id of MOVED, the wait (s) of RETRYABLE."""

    outcome: Outcome
    reason: Reason | None = None
    moved_to: int | None = None
    wait_s: float = 0.0


# The first that the error's text holds, in small letters.
_GONE = (
    ("blocked by the user", Reason.BLOCKED),
    ("user_is_blocked", Reason.BLOCKED),
    ("is deactivated", Reason.DEACTIVATED),
    ("was deactivated", Reason.DEACTIVATED),
    ("user_deactivated", Reason.DEACTIVATED),
    ("was kicked", Reason.KICKED),
    ("is not a member", Reason.KICKED),
    ("chat was deleted", Reason.NOT_FOUND),
    ("chat not found", Reason.NOT_FOUND),
    ("user not found", Reason.NOT_FOUND),
    ("peer_id_invalid", Reason.NOT_FOUND),
    ("initiate conversation", Reason.NEVER_STARTED),
    ("not enough rights to send", Reason.SILENCED),
    ("no rights to send", Reason.SILENCED),
    ("need administrator rights", Reason.SILENCED),
    ("chat_write_forbidden", Reason.SILENCED),
    ("chat_restricted", Reason.SILENCED),
)


def verdict(error: Exception) -> Verdict:
    """What a send that raised this has come to.

    UNKNOWN for every error that does not say whether the message arrived: only what is certain not
    to have arrived is RETRYABLE.
    """
    if isinstance(error, ChatMigrated):
        return Verdict(Outcome.MOVED, moved_to=error.new_chat_id)
    if isinstance(error, RetryAfter):
        return Verdict(Outcome.RETRYABLE, wait_s=_seconds(error))
    reason = _reason(error)
    if reason is not None:
        return Verdict(Outcome.GONE, reason)
    return Verdict(_outcome(error))


def _outcome(error: Exception) -> Outcome:
    """A 200 that cannot be read is raised as a bare TelegramError: the message may be there."""
    if isinstance(error, NotArrivedError):
        return Outcome.RETRYABLE
    if isinstance(error, BadRequest):  # a NetworkError to the library
        return Outcome.OUR_FAULT
    in_doubt = isinstance(error, NetworkError) or type(error) is TelegramError
    return Outcome.UNKNOWN if in_doubt else Outcome.OUR_FAULT


def _reason(error: Exception) -> Reason | None:
    """Why the chat is gone; None for errors that say nothing of it."""
    if not isinstance(error, BadRequest | Forbidden):
        return None
    said = str(error).lower()
    refused = Reason.REFUSED if isinstance(error, Forbidden) else None
    return next((reason for text, reason in _GONE if text in said), refused)


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
