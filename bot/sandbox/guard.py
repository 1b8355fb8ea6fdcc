"""Keeps other sites out: a page on the web must not reach the sandbox through someone's browser."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.loopback import is_loopback

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_from_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """403 for a Host or an Origin that is not this machine (DNS rebinding, foreign pages)."""
    host = urlsplit(f"//{request.host}").hostname
    origin = request.headers.get("Origin")
    foreign = origin is not None and not is_loopback(urlsplit(origin).hostname)
    if not is_loopback(host) or foreign:
        raise web.HTTPForbidden(text="The sandbox answers this machine only.")
    return await handler(request)
