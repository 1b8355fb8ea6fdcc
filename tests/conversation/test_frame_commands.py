"""The commands and descriptions that Telegram shows, in every language."""

import pytest
from telegram import Bot

from bot.sandbox.server import Sandbox
from bot.telegram.profile import COMMANDS, DESCRIPTION, SHORT_DESCRIPTION, publish_commands
from handlers.frame.context import Qala
from handlers.frame.texts import LANGUAGES, texts_for

ISSUED = [
    "start",
    "near",
    "districts",
    "budget",
    "news",
    "programmes",
    "search",
    "subscribe",
    "stop",
    "language",
    "settings",
    "privacy",
    "about",
    "help",
]


def test_the_commands_are_those_promised() -> None:
    assert list(COMMANDS) == ISSUED


async def test_each_language_reads_its_own(qala: Qala) -> None:
    bot: Bot = qala.bot
    assert await publish_commands(bot) == 10  # Kazakh descriptions are everybody's already
    for code, first in (("", "Бастау"), ("kk", "Бастау"), ("ru", "Начать"), ("en", "Begin")):
        commands = await bot.get_my_commands(language_code=code or None)
        assert [command.command for command in commands] == ISSUED
        assert commands[0].description == first
    assert (await bot.get_my_description("ru")).description.startswith("Что строится")
    assert (await bot.get_my_short_description()).short_description.startswith("Алматыда")


async def test_nothing_is_set_twice(sandbox: Sandbox, qala: Qala) -> None:
    await publish_commands(qala.bot)
    before = len(sandbox.calls)
    assert await publish_commands(qala.bot) == 0
    assert not [c for c in sandbox.calls[before:] if c.method.startswith("setMy")]


async def test_what_telegram_refuses_is_logged_and_does_not_stop_the_rest(
    sandbox: Sandbox, qala: Qala
) -> None:
    sandbox.faults.add(method="setMyCommands", error_code=400)
    assert await publish_commands(qala.bot) == 9
    assert await publish_commands(qala.bot) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegrams_limits_hold(language: str) -> None:
    t = texts_for(next(code for code in LANGUAGES if code == language))
    assert len(t(DESCRIPTION)) <= 512
    assert len(t(SHORT_DESCRIPTION)) <= 120
    assert all(len(t(text)) <= 256 for text in COMMANDS.values())
