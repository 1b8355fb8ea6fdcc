"""What a bot tells about itself: commands, name, descriptions, menu button."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import bad_request

_SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_MOST_COMMANDS = 100
_LONGEST_COMMAND_DESCRIPTION = 256
LONGEST = {"description": 512, "short_description": 120, "name": 64}

Commands = list[dict[str, str]]


def scope_key(scope: dict[str, Any] | None) -> str:
    """One text per scope, chat and person; 400 for a scope Telegram does not know."""
    scope = scope or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if scope["type"].startswith("chat") and "chat_id" not in scope:
        raise bad_request("can't parse BotCommandScope: Can't find field \"chat_id\"")
    return json.dumps({key: str(value) for key, value in scope.items()}, sort_keys=True)


def language_key(language: str | None) -> str:
    """The language code, "" for none; 400 for what is no two-letter code."""
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language or ""


def checked_commands(commands: Any) -> Commands:
    """The commands with their slashes off; 400 where Telegram would refuse one."""
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON array")
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked(command) for command in commands]


def _checked(command: dict[str, Any]) -> dict[str, str]:
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= _LONGEST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


@dataclass
class Profile:
    """Commands by scope and language, texts by language."""

    name: str
    commands: dict[tuple[str, str], Commands] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def shown_commands(self, chat_id: int, user_id: int, language: str | None) -> Commands:
        """The menu a person sees: the narrowest scope first, then their language, then none.

        Source: https://core.telegram.org/bots/api#determining-list-of-commands
        """
        wide = "all_private_chats" if chat_id == user_id else "all_group_chats"
        scopes: list[dict[str, Any]] = [
            {"type": "chat_member", "chat_id": chat_id, "user_id": user_id},
            {"type": "chat", "chat_id": chat_id},
            {"type": wide},
            {"type": "default"},
        ]
        for scope in scopes:
            for code in (language or "", ""):
                found = self.commands.get((scope_key(scope), code))
                if found:
                    return found
        return []

    def text(self, kind: str, language: str | None) -> str:
        """The description, short description or name for a language, else the one for all."""
        fallback = self.texts.get((kind, ""), self.name if kind == "name" else "")
        return self.texts.get((kind, language or ""), fallback)
