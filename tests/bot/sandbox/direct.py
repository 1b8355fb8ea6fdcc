"""The library asks a sandbox in its own process: the same calls and answers, no HTTP between."""

import json
from typing import Any

from telegram.error import NetworkError
from telegram.request import RequestData

from bot.sandbox.methods import canonical_name
from bot.sandbox.params import Params, Upload
from bot.sandbox.server import Sandbox
from bot.telegram.http import UpdatesRequest


class DirectRequest(UpdatesRequest):
    """Stands for both pools of connections."""

    __slots__ = ("_sandbox",)

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self._sandbox = sandbox

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """The status and the body of the sandbox's answer."""
        name = canonical_name(url.rpartition("/")[2])
        assert name is not None, url
        answer = await self._sandbox._api.answer(name, _params(request_data))
        if answer is None:
            raise NetworkError("the sandbox broke the connection")
        status, payload = answer
        return status, json.dumps(payload).encode()


def _params(data: RequestData | None) -> Params:
    """What arrives of a call that travels as JSON, or as a form where it has files."""
    if data is None:
        return Params()
    if not data.contains_files:
        return Params(json.loads(json.dumps(data.parameters)))
    files = {
        name: Upload(filename, content if isinstance(content, bytes) else content.read(), mime)
        for name, (filename, content, mime) in data.multipart_data.items()
    }
    return Params(dict(data.json_parameters), files)
