"""What Telegram shows of the bot before a word is said: commands and descriptions by language.

Read back first and set only where they differ: Telegram allows few such calls.
"""

from collections.abc import Awaitable, Callable

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from handlers.frame.texts import DEFAULT, LANGUAGES, Language, Texts, msgid, plain, texts_for

COMMANDS = {
    "start": msgid("Begin"),
    "near": msgid("What is being built near me"),
    "districts": msgid("Projects by district"),
    "budget": msgid("Budgets"),
    "news": msgid("Finished, due soon, overdue"),
    "programmes": msgid("What was promised"),
    "search": msgid("Search by word"),
    "subscribe": msgid("Get news without asking"),
    "stop": msgid("End all subscriptions"),
    "language": msgid("Language"),
    "settings": msgid("Settings"),
    "privacy": msgid("What is kept about me"),
    "about": msgid("Where the facts come from"),
    "help": msgid("How to ask"),
}
DESCRIPTION = msgid(
    "What is being built near you in Almaty: schools, roads, parks, water. What, where, when and "
    "for how much – with the source of every fact. Kazakh, Russian, English."
)
SHORT_DESCRIPTION = msgid("What is being built near you in Almaty, from public sources.")
log = structlog.stdlib.get_logger(__name__)


def commands(t: Texts) -> tuple[BotCommand, ...]:
    """The bot's commands with their descriptions in one language."""
    return tuple(BotCommand(name, plain(t(text))) for name, text in COMMANDS.items())


async def publish_commands(bot: Bot) -> int:
    """Bring commands and descriptions up to date in every language; returns how many were set.

    Kazakh is also what people of all other languages see. What Telegram refuses is logged and
    tried again at the next start: the bot works without it.
    """
    everywhere: list[tuple[Language, str]] = [(DEFAULT, "")]
    everywhere += [(language, language) for language in LANGUAGES]
    changed = 0
    for language, code in everywhere:
        for publish in (_commands, _description, _short_description):
            changed += await _attempt(publish, bot, texts_for(language), code)
    return changed


async def _attempt(
    publish: Callable[[Bot, Texts, str], Awaitable[bool]], bot: Bot, t: Texts, code: str
) -> bool:
    try:
        return await publish(bot, t, code)
    except TelegramError as error:
        log.warning("commands_not_published", language=code, error=str(error))
        return False


async def _commands(bot: Bot, t: Texts, code: str) -> bool:
    wanted = commands(t)
    if await bot.get_my_commands(language_code=code or None) == wanted:
        return False
    return await bot.set_my_commands(wanted, language_code=code or None)


async def _description(bot: Bot, t: Texts, code: str) -> bool:
    wanted = plain(t(DESCRIPTION))
    if (await bot.get_my_description(language_code=code or None)).description == wanted:
        return False
    return await bot.set_my_description(wanted, language_code=code or None)


async def _short_description(bot: Bot, t: Texts, code: str) -> bool:
    wanted = plain(t(SHORT_DESCRIPTION))
    found = await bot.get_my_short_description(language_code=code or None)
    if found.short_description == wanted:
        return False
    return await bot.set_my_short_description(wanted, language_code=code or None)
