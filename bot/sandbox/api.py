"""The Bot API over HTTP: tokens, faults, the record of calls, files, the control route."""

import asyncio
import logging
import re
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.methods import METHODS, canonical_name
from bot.sandbox.params import Params, read_params
from bot.sandbox.world import World

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")

_log = logging.getLogger(__name__)


@dataclass
class Call:
    """One call the bot made: the method, what it sent, when, and how it ended."""

    method: str
    params: dict[str, Any]
    time: datetime
    files: dict[str, bytes] = field(default_factory=dict)
    result: Any = None
    error: ApiError | None = None

    @property
    def chat_id(self) -> int | None:
        """The chat the call is about, None when it is about none."""
        value = self.params.get("chat_id")
        return value if isinstance(value, int) else None


class Api:
    """Answers the bot's calls and keeps a record of them."""

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.token = token
        self.faults = Faults()
        self.calls: list[Call] = []
        self.under_way = 0  # calls being handled now, getUpdates aside
        self.last_call = 0.0  # the loop's time when the last call ended

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Adds the Bot API's and the control route's addresses."""
        router.add_route("*", "/bot{token:[^/]+}/{method}", self._api)
        router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._file)
        router.add_get("/sandbox/faults", self._list_faults)
        router.add_post("/sandbox/faults", self._add_fault)
        router.add_delete("/sandbox/faults", self._clear_faults)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            name = _known(request.match_info["method"])
            params = await read_params(request)
        except ApiError as error:
            return web.json_response(error.payload(), status=error.code)
        answer = await self.answer(name, params)
        if answer is None:
            return _broken(request)
        status, payload = answer
        return web.json_response(payload, status=status)

    def _check_token(self, token: str) -> None:
        if token != self.token:
            malformed = not TOKEN.fullmatch(token)
            raise ApiError(404, "Not Found") if malformed else ApiError(401, "Unauthorized")

    async def answer(self, name: str, params: Params) -> tuple[int, dict[str, Any]] | None:
        """The status and the body that Telegram answers a call with; None: the connection breaks.

        `name` is the method's as Telegram writes it.
        """
        call = self._recorded(name, params)
        fault = self.faults.take(name, call.chat_id)
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.drop == "before":
            return None
        try:
            await self._run(call, params, fault)
        except ApiError as error:
            call.error = error
            return error.code, error.payload()
        if fault is not None and fault.drop == "after":
            return None
        return 200, {"ok": True, "result": call.result}

    def _recorded(self, name: str, params: Params) -> Call:
        files = {key: upload.content for key, upload in params.uploads.items()}
        call = Call(name, params.recorded(), self.world.clock(), files)
        self.calls.append(call)
        return call

    async def _run(self, call: Call, params: Params, fault: Fault | None) -> None:
        """Runs the method and keeps its result in `call`, counting it as under way meanwhile."""
        counted = call.method != "getUpdates"
        self.under_way += counted
        try:
            error = fault.error() if fault else None
            if error is not None:
                raise error
            call.result = deepcopy(await METHODS[call.method](self.world, params))
        except (KeyError, TypeError, ValueError, AttributeError):
            _log.exception("%s: parameters of a shape the sandbox did not expect", call.method)
            raise ApiError(400, "Bad Request: wrong type of a parameter") from None
        finally:
            self.under_way -= counted
            self.last_call = asyncio.get_running_loop().time()
            self.world.bell.ring()

    async def call_from_webhook(self, answer: dict[str, Any]) -> None:
        """Runs the call a webhook put into its answer; Telegram tells nobody how it went."""
        name = canonical_name(str(answer.pop("method")))
        if name is None:
            return
        params = Params(values=answer)
        call = self._recorded(name, params)
        try:
            await self._run(call, params, self.faults.take(name, call.chat_id))
        except ApiError as error:
            call.error = error

    async def _file(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
        except ApiError as error:
            return web.json_response(error.payload(), status=error.code)
        stored = self.world.files.by_path(request.match_info["path"])
        if stored is None:
            return web.json_response(ApiError(404, "Not Found").payload(), status=404)
        return web.Response(body=stored.content, content_type="application/octet-stream")

    async def _list_faults(self, request: web.Request) -> web.Response:
        del request
        return web.json_response([fault.as_json() for fault in self.faults.waiting])

    async def _add_fault(self, request: web.Request) -> web.Response:
        try:
            fault = self.faults.add(**await request.json())
        except (ValueError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(fault.as_json(), status=201)

    async def _clear_faults(self, request: web.Request) -> web.Response:
        del request
        self.faults.clear()
        return web.Response(status=204)


def _known(method: str) -> str:
    name = canonical_name(method)
    if name is None:
        raise ApiError(404, "Not Found")
    return name


def _broken(request: web.Request) -> web.Response:
    """The connection breaks: the caller gets no answer at all."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
