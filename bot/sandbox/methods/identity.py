"""Who the bot is and what it says about itself, per language and scope."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.profile import LONGEST, checked_commands, language_key, scope_key
from bot.sandbox.world import World

Json = dict[str, Any]


async def get_me(world: World, params: Params) -> Json:
    del params
    return {
        **world.bot,
        "first_name": world.profile.text("name", None),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy_mode,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _commands_key(params: Params) -> tuple[str, str]:
    return scope_key(params.structure("scope")), language_key(params.text("language_code"))


async def set_my_commands(world: World, params: Params) -> bool:
    world.profile.commands[_commands_key(params)] = checked_commands(params.structure("commands"))
    world.happened("profile")
    return True


async def get_my_commands(world: World, params: Params) -> list[dict[str, str]]:
    return world.profile.commands.get(_commands_key(params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    world.profile.commands.pop(_commands_key(params), None)
    world.happened("profile")
    return True


def _set_text(world: World, params: Params, kind: str) -> bool:
    text = params.text(kind) or ""
    if len(text) > LONGEST[kind]:
        raise bad_request(f"{kind.replace('_', ' ')} is too long")
    world.profile.texts[kind, language_key(params.text("language_code"))] = text
    if not text:
        del world.profile.texts[kind, language_key(params.text("language_code"))]
    world.happened("profile")
    return True


def _get_text(world: World, params: Params, kind: str) -> dict[str, str]:
    return {kind: world.profile.text(kind, language_key(params.text("language_code")))}


async def set_my_description(world: World, params: Params) -> bool:
    return _set_text(world, params, "description")


async def get_my_description(world: World, params: Params) -> dict[str, str]:
    return _get_text(world, params, "description")


async def set_my_short_description(world: World, params: Params) -> bool:
    return _set_text(world, params, "short_description")


async def get_my_short_description(world: World, params: Params) -> dict[str, str]:
    return _get_text(world, params, "short_description")


async def set_my_name(world: World, params: Params) -> bool:
    return _set_text(world, params, "name")


async def get_my_name(world: World, params: Params) -> dict[str, str]:
    return _get_text(world, params, "name")


async def set_chat_menu_button(world: World, params: Params) -> bool:
    button = params.structure("menu_button") or {"type": "default"}
    world.profile.menu_buttons[params.integer("chat_id")] = button
    return True


async def get_chat_menu_button(world: World, params: Params) -> Json:
    buttons = world.profile.menu_buttons
    fallback = buttons.get(None, {"type": "commands"})
    return buttons.get(params.integer("chat_id"), fallback)


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
