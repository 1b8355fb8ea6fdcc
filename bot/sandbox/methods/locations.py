"""Locations, live locations, venues and contacts."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Method
from bot.sandbox.methods.sending import reachable_chat, send
from bot.sandbox.params import Params
from bot.sandbox.world import World

Json = dict[str, Any]

FOREVER = 0x7FFFFFFF
_LIVE_SECONDS = range(60, 86401)  # https://core.telegram.org/bots/api#sendlocation


def point(params: Params) -> Json:
    """The latitude and longitude in degrees; 400 when missing or off the globe."""
    found: Json = {}
    for name, limit in (("latitude", 90), ("longitude", 180)):
        value = params.number(name)
        if value is None:
            raise bad_request(f"{name} is empty")
        if not -limit <= value <= limit:
            raise bad_request(f"{name} is invalid")
        found[name] = round(value, 6)
    return found


async def send_location(world: World, params: Params) -> Json:
    chat = reachable_chat(world, params)
    location = point(params)
    period = params.integer("live_period")
    if period is not None:
        if period not in _LIVE_SECONDS and period != FOREVER:
            raise bad_request("wrong live location period specified")
        location["live_period"] = period
    return send(world, params, chat, {"location": location}).body


async def send_venue(world: World, params: Params) -> Json:
    chat = reachable_chat(world, params)
    location = point(params)
    venue: Json = {"location": location}
    for name in ("title", "address"):
        value = (params.text(name) or "").strip()
        if not value:
            raise bad_request(f"venue {name} must be non-empty")
        venue[name] = value
    return send(world, params, chat, {"venue": venue, "location": location}).body


async def send_contact(world: World, params: Params) -> Json:
    chat = reachable_chat(world, params)
    contact = {"phone_number": params.text("phone_number"), "first_name": params.text("first_name")}
    for name, value in contact.items():
        if not value:
            raise bad_request(f"contact {name.replace('_', ' ')} is empty")
    if params.text("last_name"):
        contact["last_name"] = params.text("last_name")
    return send(world, params, chat, {"contact": contact}).body


METHODS: dict[str, Method] = {
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
}
