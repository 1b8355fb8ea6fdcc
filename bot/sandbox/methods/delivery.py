"""How updates reach the bot: long polling or a webhook, never both."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.world import World

Json = dict[str, Any]

_MOST_UPDATES = 100
_LONGEST_POLL = 50  # seconds; the Bot API server cuts longer ones down to this
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_CONNECTIONS = range(1, 101)


def _allowed(params: Params) -> list[str] | None:
    kinds = params.structure("allowed_updates")
    if kinds is not None and not isinstance(kinds, list):
        raise bad_request("can't parse allowed_updates JSON array")
    return kinds


async def get_updates(world: World, params: Params) -> list[Json]:
    """Updates from `offset` on; holds up to `timeout` seconds and wakes at once on a new one."""
    if world.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    queue = world.updates
    queue.allow(_allowed(params))
    limit = min(max(params.integer("limit") or _MOST_UPDATES, 1), _MOST_UPDATES)
    poll = queue.begin_poll()
    queue.confirm(params.integer("offset") or 0)
    loop = asyncio.get_running_loop()
    end = loop.time() + min(max(params.number("timeout") or 0, 0), _LONGEST_POLL)
    while not queue.pending and loop.time() < end and not world.closing:
        await world.bell.wait(end - loop.time())
        if world.webhook.url or queue.superseded(poll):
            raise conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
    return queue.first(limit)


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    return url


async def set_webhook(world: World, params: Params) -> bool:
    """Sets the address updates are posted to; http is taken too, as everything is on loopback."""
    url = (params.text("url") or "").strip()
    secret = params.text("secret_token")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = params.integer("max_connections") or 40
    if connections not in _CONNECTIONS:
        raise bad_request("max_connections must be between 1 and 100")
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
    world.updates.allow(_allowed(params))
    world.webhook.set(_checked_url(url) if url else "", secret, connections)
    world.bell.ring()
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
    world.webhook.set("", None, 40)
    world.bell.ring()
    return True


async def get_webhook_info(world: World, params: Params) -> Json:
    del params
    info: Json = {
        "url": world.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if world.webhook.url:
        info["max_connections"] = world.webhook.max_connections
        info["ip_address"] = "127.0.0.1"
    if world.webhook.last_error:
        info["last_error_message"] = world.webhook.last_error
        info["last_error_date"] = world.webhook.last_error_date
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


async def log_out(world: World, params: Params) -> bool:
    """Both logOut and close: a sandbox has no cloud to leave."""
    del world, params
    return True


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": log_out,
}
