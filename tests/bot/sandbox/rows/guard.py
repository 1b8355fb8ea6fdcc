"""It stays on this machine."""

import aiohttp
import pytest

from bot.sandbox.server import SANDBOX_TOKEN, Sandbox
from tests.bot.sandbox.table import Bench, row


@row("it listens on loopback only: any other host is a ValueError")
async def loopback(bench: Bench) -> None:
    for host in ("0.0.0.0", "192.168.1.5", "::", "example.kz", ""):
        with pytest.raises(ValueError, match="this machine only"):
            Sandbox(host=host)
    with pytest.raises(ValueError, match="token"):
        Sandbox(token="not-a-token")
    with pytest.raises(RuntimeError, match="not started"):
        _ = Sandbox().url
    for host in ("localhost", "127.0.0.1"):
        async with Sandbox(host=host) as other:
            assert other.url.startswith("http://127.0.0.1:")
            assert other.url != bench.sandbox.url


@row("a foreign Host or Origin is 403: no web page reaches it through a browser")
async def foreign(bench: Bench) -> None:
    address = f"{bench.sandbox.url}/sandbox/state"
    headers: list[dict[str, str]] = [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ]
    for header in headers:
        async with bench.api.session.get(address, headers=header) as response:
            assert response.status == 403
    async with bench.api.session.get(address, headers={"Origin": bench.sandbox.url}) as response:
        assert response.status == 200


@row("stopping ends held calls and frees the port; stopping twice is harmless")
async def stops(bench: Bench) -> None:
    other = Sandbox()
    await other.start()
    url, port = other.url, int(other.url.rpartition(":")[2])
    await other.stop()
    await other.stop()
    with pytest.raises(aiohttp.ClientError):
        await bench.api.session.get(f"{url}/bot{SANDBOX_TOKEN}/getMe")
    async with Sandbox(port=port) as again:
        assert again.url == url
