"""The made-up residents, read from residents.json (data; no id in it is real)."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from bot.sandbox.world import World


@cache
def cast() -> dict[str, Any]:
    """The bot, the residents and the groups as residents.json lists them."""
    text = (files("bot.sandbox") / "residents.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def settle(world: World) -> None:
    """Moves the residents and their groups in; to the bot they are old acquaintances."""
    for user in cast()["residents"]:
        world.add_person(dict(user))
    for group in cast()["groups"]:
        world.add_group(group["id"], group["title"], group["members"])
