"""python-telegram-bot over aiohttp, through its documented extension point `BaseRequest`.

Its default client costs 2 to 4 ms of CPU a call; over aiohttp it sends 2,300 messages a second
against 350. The addresses hold the bot's token: nothing that leaves this module repeats one.
"""

import json
import os
import re
from functools import cache, partial
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    InvalidURL,
    JsonPayload,
    TCPConnector,
)
from telegram import Update
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# Times as timedelta: without this the library warns at every 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CONNECTIONS = 256
log = structlog.stdlib.get_logger(__name__)
_json = partial(json.dumps, ensure_ascii=False)
_TOKEN = re.compile(r"\d{4,}:[A-Za-z0-9_-]{20,}")
Seconds = ODVInput[float]  # the documented signature of `do_request` has it


def without_token(text: str) -> str:
    """The text with everything that looks like a bot's token taken out."""
    return _TOKEN.sub("<token>", text)


class NotArrivedError(NetworkError):
    """The call was certainly not carried out: it may be made again."""


class NotConnectedInTimeError(TimedOut, NotArrivedError):
    """No connection in time, so nothing was sent."""


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API; timeouts in seconds, None for no limit.

    Raises TimedOut when a timeout is over, NetworkError for other failures of the network
    (NotArrivedError among them where nothing was sent), none with an address in it; the library
    makes its own errors of what Telegram refuses.
    """

    __slots__ = ("_connections", "_session", "_timeouts")

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 10.0,
        media_write_timeout: float | None = 60.0,
        connect_timeout: float | None = 10.0,
        pool_timeout: float | None = 10.0,
    ) -> None:
        self._connections = connections
        self._session: ClientSession | None = None
        self._timeouts = {
            "read": read_timeout,
            "write": write_timeout,
            "media_write": media_write_timeout,
            "connect": connect_timeout,
            "pool": pool_timeout,
        }

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take where a call does not say so."""
        return self._timeouts["read"]

    async def initialize(self) -> None:
        """Open the pool; a second call does nothing."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._connections),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection; a second call does nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The HTTP status and the body of the answer."""
        if self._session is None:
            raise RuntimeError("this request is not initialized")
        files = request_data is not None and request_data.contains_files
        timeout = _client_timeout(
            read=self._chosen("read", read_timeout),
            write=self._chosen("media_write" if files else "write", write_timeout),
            connect=self._chosen("connect", connect_timeout),
            pool=self._chosen("pool", pool_timeout),
        )
        body = _body(request_data)
        try:
            async with self._session.request(method, url, data=body, timeout=timeout) as response:
                return response.status, await response.read()
        except (ClientError, OSError, TimeoutError) as error:
            failure = _failure(error)
        raise failure  # outside of `except`: the cause would carry the address into tracebacks

    def _chosen(self, kind: str, given: Seconds) -> float | None:
        return self._timeouts[kind] if isinstance(given, DefaultValue) else given


class UpdatesRequest(AiohttpRequest):
    """The pool of getUpdates. While `careful`, updates the library cannot read come in emptied."""

    __slots__ = ("careful",)

    def __init__(self) -> None:
        super().__init__(connections=2)
        self.careful = False

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As of any request."""
        status, payload = await super().do_request(*args, **kwargs)
        if not self.careful or status != HTTPStatus.OK:
            return status, payload
        answer = json.loads(payload)
        answer["result"] = [_readable(update) for update in answer["result"]]
        return status, json.dumps(answer).encode()


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    """The update, or one of nothing with its number, which every handler lets pass."""
    try:
        Update.de_json(update, None)
    except Exception:
        log.exception("update_not_understood", update_id=update["update_id"], fields=sorted(update))
        return {"update_id": update["update_id"]}
    return update


@cache
def _client_timeout(
    *, read: float | None, write: float | None, connect: float | None, pool: float | None
) -> ClientTimeout:
    """Aiohttp's timeouts: its `connect` includes the wait for the pool, `sock_read` the upload."""
    return ClientTimeout(
        total=None,
        connect=_sum(pool, connect),
        sock_connect=connect,
        sock_read=_sum(read, write),
    )


def _sum(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first + second


def _body(data: RequestData | None) -> JsonPayload | FormData | None:
    """JSON; with files a form whose names stay UTF-8, as Telegram wants them.

    A form triples the length of Cyrillic text, and quoting it took a quarter of a call.
    """
    if data is None:
        return None
    if not data.contains_files:
        return JsonPayload(data.parameters, dumps=_json)
    form = FormData(quote_fields=False, default_to_multipart=True)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in _files(data):
        form.add_field(name, content, filename=_one_line(filename), content_type=mime)
    return form


def _files(data: RequestData) -> list[tuple[str, tuple[str, Any, str]]]:
    return [(name, (part[0], part[1], part[2])) for name, part in data.multipart_data.items()]


def _one_line(filename: str) -> str:
    """A name that fits into a header."""
    return " ".join(filename.split()) or "file"


def _failure(error: Exception) -> TelegramError:
    if isinstance(error, ConnectionTimeoutError):
        return NotConnectedInTimeError(
            "no connection to Telegram in time; the request was not sent"
        )
    if isinstance(error, TimeoutError):
        return TimedOut()
    said = without_token(f"{type(error).__name__}: {error}")
    not_sent = isinstance(error, ClientConnectorError | InvalidURL)
    return NotArrivedError(said) if not_sent else NetworkError(said)
