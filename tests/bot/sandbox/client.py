"""A bare HTTP client of the Bot API: what goes over the wire, with no library between."""

import json
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp


@dataclass(frozen=True)
class Answer:
    """One HTTP answer of the Bot API."""

    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:
        assert self.body.get("ok") is True, self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        assert self.body.get("ok") is False, self.body
        assert self.status == self.body["error_code"]
        return self.status, str(self.body["description"])


class ApiClient:
    """Calls methods as JSON, as a form or as multipart."""

    def __init__(self, url: str, token: str) -> None:
        self.root = url
        self.token = token

    async def __aenter__(self) -> Self:
        self.session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.session.close()

    def address(self, method: str) -> str:
        return f"{self.root}/bot{self.token}/{method}"

    async def call(self, method: str, **params: Any) -> Answer:
        """The method with its parameters as a JSON body."""
        return await self._post(method, json=params)

    async def result(self, method: str, **params: Any) -> Any:
        """What the method returned; an AssertionError when it was refused."""
        return (await self.call(method, **params)).result

    async def refusal(self, method: str, **params: Any) -> tuple[int, str]:
        """Status and description of the refusal; an AssertionError when there was none."""
        return (await self.call(method, **params)).refusal

    async def form(self, method: str, **params: Any) -> Answer:
        """The method with its parameters urlencoded, structures as JSON."""
        return await self._post(method, data=_flat(params))

    async def upload(
        self, method: str, files: dict[str, tuple[str, bytes]], **params: Any
    ) -> Answer:
        """The method as multipart, with files under their field names."""
        form = aiohttp.FormData(quote_fields=False)  # names go out as they are, as from PTB
        for name, value in _flat(params).items():
            form.add_field(name, value)
        for name, (file_name, content) in files.items():
            form.add_field(name, content, filename=file_name)
        return await self._post(method, data=form)

    async def _post(self, method: str, **body: Any) -> Answer:
        async with self.session.post(self.address(method), **body) as response:
            return Answer(response.status, await response.json())

    async def download(self, path: str) -> tuple[int, bytes]:
        async with self.session.get(f"{self.root}/file/bot{self.token}/{path}") as response:
            return response.status, await response.read()


def _flat(params: dict[str, Any]) -> dict[str, str]:
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
