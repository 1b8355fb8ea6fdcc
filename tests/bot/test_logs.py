"""Log lines: no secret in any of them, whatever logger and whatever way they come."""

import asyncio
import io
import json
import logging

import pytest
import structlog
from telegram.error import InvalidToken

from bot.logs import REDACTED, configure_logging, redactor

TOKEN = "987654321:AAF-x7Qd_2Jk9LmNpRsTuVwYz0123456789"
SECRET = 'wörd "with" quotes'
LOGGERS = [
    "bot.commands.run",
    "handlers.frame.errors",
    "telegram.ext.Application",
    "aiohttp.client",
    "uvicorn",
]


pytestmark = pytest.mark.usefixtures("logging_as_before")


def configured(layout: str, level: str = "INFO") -> io.StringIO:
    logging.getLogger().handlers[:] = []  # pytest's own fail on a bad line
    out = io.StringIO()
    configure_logging(level, layout, secrets=[SECRET], stream=out)
    return out


def fail() -> None:
    cause = InvalidToken(f"The token `{TOKEN}` was rejected ({SECRET}).")
    raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe") from cause


def assert_clean(text: str) -> None:
    assert TOKEN not in text
    assert TOKEN.partition(":")[2] not in text
    assert "with" not in text or SECRET not in text
    assert 'rd \\"with' not in text
    assert REDACTED in text


@pytest.mark.parametrize("layout", ["console", "json"])
@pytest.mark.parametrize("name", LOGGERS)
def test_no_secret_in_messages_arguments_or_tracebacks(layout: str, name: str) -> None:
    out = configured(layout)
    own = structlog.stdlib.get_logger(name)
    foreign = logging.getLogger(name)
    try:
        fail()
    except RuntimeError as error:
        own.exception(f"failed with {TOKEN}", secret=SECRET, deep={"tokens": [TOKEN]})
        foreign.exception("failed with %s", TOKEN)
        foreign.error("once more %s %r", SECRET, SECRET, exc_info=error)
        own.warning("quoted", url=f"https://host/bot{TOKEN.replace(':', '%3A')}/getMe")
    text = out.getvalue()
    assert_clean(text)
    assert "Traceback" in text
    assert text.count("RuntimeError") >= 3


def test_passwords_of_addresses() -> None:
    redact = redactor()
    assert redact("cannot open postgresql://qala:word@db/qala?a=b") == (
        f"cannot open postgresql://{REDACTED}@db/qala?a=b"
    )
    assert redact("see https://host:8443/a@b") == "see https://host:8443/a@b"


def test_a_short_secret_is_a_common_word() -> None:
    assert redactor(["qala"])("qala run") == "qala run"


def test_json_lines_are_one_object_a_line_with_utc_times() -> None:
    out = configured("json")
    log = structlog.stdlib.get_logger("bot.commands.run")
    log.info("started", bot="қала", updates="polling")
    try:
        fail()
    except RuntimeError:
        log.exception("two\nlines")
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["event"] == "started"
    assert (first["bot"], first["level"], first["logger"]) == ("қала", "info", "bot.commands.run")
    assert first["timestamp"].endswith("Z")
    assert "Traceback" in second["exception"]


def test_a_persons_text_cannot_look_like_another_line() -> None:
    out = configured("console")
    logging.getLogger("bot").warning("said: %s", "hello\n2026-01-01T00:00:00Z [error] fire")
    assert len(out.getvalue().splitlines()) == 1


def test_request_lines_of_libraries_are_silent() -> None:
    out = configured("console", "DEBUG")
    for name in ("httpx", "aiohttp.access", "apscheduler.executors.default", "sqlalchemy.engine"):
        logging.getLogger(name).info("GET /bot%s/getMe", TOKEN)
    assert out.getvalue() == ""
    logging.getLogger("bot.telegram.polling").debug("asked")
    assert "asked" in out.getvalue()


def test_a_line_that_cannot_be_written_shows_no_arguments(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configured("console")
    logging.getLogger("telegram.bot").error("%d", TOKEN)
    assert capsys.readouterr().err == ("A line of telegram.bot could not be logged: TypeError\n")


def test_configuring_twice_writes_each_line_once() -> None:
    configured("console")
    out = configured("console")
    structlog.stdlib.get_logger("bot").info("once")
    assert out.getvalue().count("once") == 1


async def test_errors_of_the_loop_are_redacted_too() -> None:
    out = configured("console")
    asyncio.get_running_loop().call_exception_handler(
        {"message": f"lost {TOKEN}", "exception": RuntimeError(TOKEN)}
    )
    assert_clean(out.getvalue())
