"""The one error handler: an apology with a reference for the person, the context for the log.

Neither the exception's text nor anything a person wrote reaches the chat or the log's fields; the
traceback is logged.
"""

import secrets
from string import ascii_uppercase

import structlog
from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ApplicationHandlerStop

from handlers.frame.context import Context, Qala, is_private
from handlers.frame.screens import Screen, show
from storage.people import people
from storage.subscriptions import subscribers

REFERENCE_LETTERS = 6
# Answers of Telegram's that mean: what was wanted is so already, or the person has moved on.
HARMLESS = (
    "message is not modified",
    "query is too old",
    "query id is invalid",
    "message to delete not found",
    "message to edit not found",
)
log = structlog.stdlib.get_logger(__name__)


async def on_error(update: object, context: Context) -> None:
    """Sort the error, log it, apologise where a person waits for an answer."""
    error = context.error
    if error is None or _harmless(error):
        log.debug("telegram_harmless", error=str(error))
    elif not isinstance(update, Update):
        _log_in_the_background(error)
    elif isinstance(error, Forbidden):
        await _blocked(update, context)
    else:
        await _apologise(update, context, error)
    raise ApplicationHandlerStop  # nothing else is to be done for this update


def _harmless(error: Exception) -> bool:
    text = str(error).lower()
    return isinstance(error, BadRequest) and any(known in text for known in HARMLESS)


def _log_in_the_background(error: Exception) -> None:
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        log.warning("telegram_unreachable", error=str(error))
    else:
        log.error("background_failed", exc_info=error)


async def _blocked(update: Update, context: Context) -> None:
    log.info("blocked", kind=kind_of(update))
    if update.effective_chat is None:
        return
    await context.store.write(subscribers.rest, context.chat_id, "blocked", context.clock)
    if is_private(update):
        await context.store.write(people.mark_blocked, context.chat_id, context.clock)


async def _apologise(update: Update, context: Context, error: Exception) -> None:
    reference = "".join(secrets.choice(ascii_uppercase) for _ in range(REFERENCE_LETTERS))
    log.error(
        "update_failed",
        reference=reference,
        update_id=update.update_id,
        kind=kind_of(update),
        button=update.callback_query.data if update.callback_query else None,
        handler=_handler_of(error),
        exc_info=error,
    )
    if update.effective_chat is None or isinstance(error, RetryAfter):
        return
    await _load_language(update, context)
    text = context.t(
        "Something went wrong on my side, I am sorry. Please try again in a moment.\n"
        "Reference: <code>{reference}</code>",
        reference=reference,
    )
    try:
        await show(update, context, Screen(text), anew=True)
    except TelegramError as failure:
        log.warning("apology_failed", reference=reference, error=str(failure))


async def _load_language(update: Update, context: Context) -> None:
    """The context is a new one; the store may be what failed."""
    try:
        await context.load(update)
    except Exception as failure:  # noqa: BLE001 - the apology goes out in any case
        log.warning("person_not_read", error=type(failure).__name__)


def kind_of(update: Update) -> str:
    """What sort of update it is, by the Bot API's name: `message`, `callback_query`..."""
    return next((str(k) for k in Update.ALL_TYPES if getattr(update, k, None)), "unknown")


def _handler_of(error: Exception) -> str | None:
    """The function of a topic in which it happened, as `module.function`."""
    found, trace = None, error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith("handlers."):
            found = f"{module}.{trace.tb_frame.f_code.co_name}"
        trace = trace.tb_next
    return found


def register(application: Qala) -> None:
    """The only error handler."""
    application.add_error_handler(on_error)
