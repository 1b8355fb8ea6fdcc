"""Log lines: structlog on the standard library's logging, for people or for machines, no secrets.

Whatever logger a line comes from, it ends in one handler whose formatter takes tokens and the
configured secrets out of the finished text, so that neither a message, an argument, an exception's
text nor a traceback can carry one.
"""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor

REDACTED = "[redacted]"
PATTERNS = (
    r"[0-9]+(?::|%3[Aa])[A-Za-z0-9_-]{30,}",  # a bot's token
    r"(?<=://)[^:/@\s]*:[^/@\s]+(?=@)",  # the name and password of an address
)
SHORTEST = 8  # a shorter secret is a common word ("postgres"), which would garble every line
# They log every request (with the token in its address), every statement or every job at INFO.
TALKATIVE = (
    "aiohttp",
    "alembic",
    "apscheduler",
    "asyncio",
    "filelock",
    "httpcore",
    "httpx",
    "pymorphy3",
    "sqlalchemy",
    "telegram",
    "uvicorn",
)


def redactor(secrets: Iterable[str] = ()) -> Callable[[str], str]:
    """A function that replaces bot tokens, passwords in addresses and the given secrets in a text.

    A secret is recognised as it is, as JSON writes it, as repr does and as an address carries it.
    """
    long = {secret for secret in secrets if len(secret) >= SHORTEST}
    forms = sorted({form for secret in long for form in _written(secret)}, key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, forms), *PATTERNS]))
    return lambda text: pattern.sub(REDACTED, text)


def _written(secret: str) -> set[str]:
    return {
        secret,
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
        quote(secret, safe=""),
    }


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """The last step of every line."""

    def __init__(self, redact: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))


class _Handler(logging.StreamHandler[TextIO]):
    """Says that a line could not be written; logging itself would print the line's arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        error = sys.exc_info()[0]
        if error is BrokenPipeError:
            return
        reason = error.__name__ if error else "error"
        sys.stderr.write(f"A line of {record.name} could not be logged: {reason}\n")


def configure_logging(
    level: str = "INFO",
    layout: str = "console",
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send every logger's lines to the stream (standard error) as `console` text or `json` lines.

    Times are UTC, ISO 8601. Libraries that log each request speak up only from WARNING.
    """
    out = stream or sys.stderr
    handler = _Handler(out)
    handler.setFormatter(
        _RedactingFormatter(
            redactor(secrets),
            foreign_pre_chain=_described(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendered(layout, colors=layout == "console" and out.isatty()),
            ],
        )
    )
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # It would print whole batches of people's updates; bot.app says what could not be read.
    logging.getLogger("telegram.ext.ExtBot").setLevel(logging.CRITICAL + 1)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_described(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _described() -> list[Processor]:
    """What is added to each line, be it structlog's or another library's."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _rendered(layout: str, *, colors: bool) -> list[Processor]:
    if layout == "json":
        return [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=_as_text),
        ]
    return [
        _one_line,
        structlog.dev.ConsoleRenderer(
            colors=colors, exception_formatter=structlog.dev.plain_traceback
        ),
    ]


def _one_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """A person's text in a message must not be able to look like another log line."""
    event["event"] = str(event.get("event", "")).replace("\r", "\\r").replace("\n", "\\n")
    return event


def _as_text(value: Any) -> str:
    return str(value)
