"""Posting updates to the bot's webhook, in order, retried until they are taken."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import aiohttp

from bot.sandbox.loopback import is_loopback
from bot.sandbox.world import World

_FIRST_DELAY = 0.2  # seconds; doubled at each failure
_LONGEST_DELAY = 5.0
_TIMEOUT = aiohttp.ClientTimeout(total=30)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 the header's name, no secret


class _RefusedError(Exception):
    """The webhook did not take an update; the text is what getWebhookInfo shows."""


class Deliverer:
    """Takes updates off the queue and posts them to the webhook, one after another.

    `call` runs a Bot API method that the webhook put into its answer.
    """

    def __init__(self, world: World, call: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self.world = world
        self.call = call

    async def run(self) -> None:
        """Delivers until the world closes."""
        delay = _FIRST_DELAY
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            while not self.world.closing:
                if not (self.world.webhook.url and self.world.updates.pending):
                    await self.world.bell.wait()
                elif await self._deliver_first(session):
                    delay = _FIRST_DELAY
                else:
                    await self._rest(delay)
                    delay = min(2 * delay, _LONGEST_DELAY)

    async def _deliver_first(self, session: aiohttp.ClientSession) -> bool:
        queue, webhook = self.world.updates, self.world.webhook
        update, url = queue.pending[0], webhook.url
        try:
            answer = await self._post(session, update)
        except (_RefusedError, aiohttp.ClientError, TimeoutError) as error:
            if webhook.url == url:
                webhook.last_error = _reason(error)
                webhook.last_error_date = self.world.now()
                self.world.bell.ring()
            return False
        if queue.pending and queue.pending[0] is update:
            queue.pending.popleft()
            self.world.bell.ring()
        if answer:
            await self.call(answer)
        return True

    async def _post(
        self, session: aiohttp.ClientSession, update: dict[str, Any]
    ) -> dict[str, Any] | None:
        webhook = self.world.webhook
        target = _target(webhook.url, webhook.via)
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        async with session.post(target, json=update, headers=headers) as response:
            body = await response.read()
            if not HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                raise _RefusedError(
                    f"Wrong response from the webhook: {response.status} {response.reason}"
                )
        return _method_call(body)

    async def _rest(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        url, end = self.world.webhook.url, loop.time() + seconds
        while loop.time() < end and not self.world.closing and self.world.webhook.url == url:
            await self.world.bell.wait(end - loop.time())


def _reason(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorError):
        return "Connection refused"
    if isinstance(error, TimeoutError):
        return "Read timeout expired"
    return str(error) or type(error).__name__


def _target(url: str, via: str | None) -> str:
    if via:
        root, parts = urlsplit(via), urlsplit(url)
        return urlunsplit((root.scheme, root.netloc, parts.path, parts.query, ""))
    if not is_loopback(urlsplit(url).hostname):
        raise _RefusedError("The sandbox posts to this machine only")
    return url


def _method_call(body: bytes) -> dict[str, Any] | None:
    """A Bot API call in the webhook's answer, None when there is none.

    Source: https://core.telegram.org/bots/api#making-requests-when-getting-updates
    """
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and "method" in answer else None
