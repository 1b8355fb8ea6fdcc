"""The web server: Telegram's updates come in by webhook, the health of the bot goes out."""

import asyncio
import hmac
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import structlog
import uvicorn
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update

from bot.running import AnyApplication, RefusedError
from bot.settings import HEALTH_PATH, WEBHOOK_PATH
from bot.telegram.polling import Heard
from storage.database.store import Store

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_BODY = 1024 * 1024  # bytes; Telegram's updates are some kilobytes
STORE_ANSWERS_WITHIN_S = 5
CLOSE_WITHIN_S = 3

log = structlog.stdlib.get_logger(__name__)


def web_application(application: AnyApplication, store: Store, secret: str) -> Starlette:
    """POST /telegram for Telegram, which knows the secret, and GET /healthz for who watches."""
    if not secret:
        raise ValueError("a webhook without a secret lets everybody in")
    expected = secret.encode()

    async def telegram(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), expected):
            raise HTTPException(403, "wrong or missing secret")
        update = _update(application, await _body(request))
        if update is not None:
            await application.update_queue.put(update)
        return PlainTextResponse("")

    return Starlette(
        routes=[Route(WEBHOOK_PATH, telegram, methods=["POST"]), _healthz(application, store)]
    )


def health_application(application: AnyApplication, store: Store, heard: Heard) -> Starlette:
    """GET /healthz alone, for a bot that polls; `heard` says when Telegram last answered."""
    return Starlette(routes=[_healthz(application, store, heard)])


def _healthz(application: AnyApplication, store: Store, heard: Heard | None = None) -> Route:
    async def healthz(_request: Request) -> Response:
        parts = {"store": await _answers(store), "bot": application.running}
        if heard is not None:
            parts["telegram"] = heard.lately
        well = all(parts.values())
        return JSONResponse(
            {"status": "ok" if well else "failing", **parts}, status_code=200 if well else 503
        )

    return Route(HEALTH_PATH, healthz, methods=["GET"])


async def _body(request: Request) -> bytes:
    """The body of the request; 413 as soon as it grows too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413, "too large")
    return bytes(body)


def _update(application: AnyApplication, body: bytes) -> Update | None:
    """The update in the body; 400 where there is none.

    None for one that the library cannot read: it is logged and taken as received, because Telegram
    would send the same again and again.
    """
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400, "not JSON") from None
    if not isinstance(data, dict) or type(data.get("update_id")) is not int:
        raise HTTPException(400, "not an update")
    try:
        return Update.de_json(data, application.bot)
    except Exception:
        log.exception("update_not_understood", update_id=data["update_id"], fields=sorted(data))
        return None


async def _answers(store: Store) -> bool:
    """Whether the store answers in time."""
    try:
        async with asyncio.timeout(STORE_ANSWERS_WITHIN_S):
            return await store.read(_one) == 1
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.warning("store_does_not_answer", error=str(error) or type(error).__name__)
        return False


def _one(session: Session) -> int:
    return int(session.execute(text("SELECT 1")).scalar_one())


class _Server(uvicorn.Server):
    """Leaves the signals to the process, which has more to stop than the server."""

    @contextmanager
    def capture_signals(self) -> Any:
        yield


@asynccontextmanager
async def listening(
    web: Starlette, host: str, port: int, setting: str = "WEBHOOK_LISTEN"
) -> AsyncIterator[int]:
    """Serve at the address; gives the port (a free one for 0).

    RefusedError, which names the setting, where it is taken.
    """
    bound = _bind(host, port, setting)
    config = uvicorn.Config(
        web,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=CLOSE_WITHIN_S,
    )
    server = _Server(config)
    serving = asyncio.ensure_future(server.serve(sockets=[bound]))
    try:
        while not server.started and not serving.done():  # noqa: ASYNC110 - has no event
            await asyncio.sleep(0.01)
        yield int(bound.getsockname()[1])
    finally:
        server.should_exit = True
        await serving


def _bind(host: str, port: int, setting: str) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind(address)
        except OSError:
            bound.close()
            raise
    except OSError as error:
        raise RefusedError(
            f"{setting}: cannot listen on {host}:{port} ({error.strerror}); set another HOST:PORT"
        ) from None
    return bound
