"""One digest on its way: composed, sent, and what became of it, as a value and as it is stored."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.digests.texts import DigestTexts
from bot.telegram.errors import Outcome, verdict
from bot.telegram.outbox import Passage
from handlers.frame.screens import Screen, inline_keyboard
from storage.digests import deliveries
from storage.digests.deliveries import Claimed
from storage.subscriptions import subscribers

NOTHING_LEFT = "nothing left"
OUR_FAULT = "our fault"
REFUSED = "refused"
TOKEN_PAUSE_S = 60.0  # the token is revoked, or another program uses it: not the chat's fault

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a claimed delivery.

    `released`: it was certainly not sent and waits again, everything for `wait_s`. `moved`: the
    same, to another chat. `rests`: the chat cannot be written to, for the `reason`.
    """

    state: Literal["sent", "failed", "unknown", "released", "moved"]
    reason: str = ""
    rests: bool = False
    moved_to: int = 0
    wait_s: float = 0.0


class Sender:
    """Sends what was claimed. `paid`: by paid broadcast, which costs Stars."""

    def __init__(self, bot: Bot, texts: DigestTexts, *, paid: bool = False) -> None:
        self._bot = bot
        self._texts = texts
        self._paid = paid

    async def send(self, taken: Claimed) -> Result:
        """Compose and send; never raises but for being cancelled."""
        try:
            screen = await self._texts.screen(taken)
            if screen is None:
                return Result("failed", NOTHING_LEFT)
        except (SQLAlchemyError, OSError) as error:  # the store's trouble, which passes
            log.warning("digest_not_composed", delivery=taken.id, error=type(error).__name__)
            return Result("released", "store")
        except Exception:
            log.exception("digest_not_composed", **_described(taken))
            return Result("failed", OUR_FAULT)
        return await self._sent(taken, screen)

    async def _sent(self, taken: Claimed, screen: Screen) -> Result:
        try:
            await self._bot.send_message(
                taken.chat_id,
                screen.text,
                reply_markup=inline_keyboard(screen.rows),
                allow_paid_broadcast=self._paid or None,
            )
        except (InvalidToken, Conflict) as error:
            log.error("digests_refused", error=str(error))  # noqa: TRY400 - no bug to be traced
            return Result("released", REFUSED, wait_s=TOKEN_PAUSE_S)
        except TelegramError as error:
            return _result(error, taken)
        except Exception as error:
            log.exception("digest_failed", **_described(taken))
            return _result(error, taken)
        return Result("sent")


def _result(error: Exception, taken: Claimed) -> Result:
    """What an error of the sending has come to."""
    found = verdict(error)
    match found.outcome:
        case Outcome.GONE:
            return Result("failed", found.reason.value if found.reason else REFUSED, rests=True)
        case Outcome.MOVED:
            return Result("moved", moved_to=found.moved_to or taken.chat_id)
        case Outcome.RETRYABLE:
            return Result("released", "not arrived", wait_s=found.wait_s)
        case Outcome.UNKNOWN:
            log.warning("digest_in_doubt", delivery=taken.id, error=str(error))
            return Result("unknown", "no answer")
        case _:
            log.error("digest_refused", error=str(error), **_described(taken))
            return Result("failed", REFUSED)


def _described(taken: Claimed) -> dict[str, object]:
    """What helps to find the mistake, without the text and without the person."""
    return {
        "delivery": taken.id,
        "content": taken.content_id,
        "language": taken.language,
        "cadence": taken.cadence,
    }


def note(session: Session, taken: Claimed, result: Result, now: datetime) -> bool:
    """Store what became of a delivery; False where it is another's by now, or the chat ended it."""
    if result.state == "moved":
        subscribers.move(session, taken.chat_id, result.moved_to, now)
        return deliveries.release(session, [taken]) > 0
    if result.state == "released":
        return deliveries.release(session, [taken]) > 0
    if result.rests:  # before the delivery's row: /stop takes them in this order
        subscribers.lock_subscriber(session, taken.chat_id)
    noted = deliveries.acknowledge(
        session, taken.id, result.state, now, result.reason, attempt=taken.attempts
    )
    if noted and result.rests:
        subscribers.rest(session, taken.chat_id, result.reason, now)
    return noted


class Claim:
    """A claimed delivery in this process's hands: until when it may be sent, and how far it is.

    Its end is kept by two clocks: the store's time may jump, and a jump must not prolong it.
    """

    def __init__(self, taken: Claimed, since_s: float, until: datetime, until_s: float) -> None:
        self.taken = taken
        self.since_s = since_s
        self.passage: Passage | None = None
        self.result: Result | None = None
        self.prolong(until, until_s)

    def prolong(self, until: datetime, until_s: float) -> None:
        """It is claimed till this moment (UTC), and till these seconds of the steady clock."""
        self.until = until
        self.until_s = until_s

    def left_s(self, now: datetime, clock: Callable[[], float] = time.monotonic) -> float:
        """The seconds left by the clock that leaves fewer."""
        return min((self.until - now).total_seconds(), self.until_s - clock())

    @property
    def may_be_dropped(self) -> bool:
        """Whether nothing has left, so that it can be given back."""
        return self.result is None and not (self.passage and self.passage.on_the_road)
