"""Commands and texts about the bot, per language and scope."""

from tests.bot.sandbox.table import Bench, row


@row("`setMyCommands` per scope and language; `getMyCommands` reads each back exactly")
async def commands(bench: Bench) -> None:
    near = [{"command": "near", "description": "Жанымда"}]
    help_ = [{"command": "help", "description": "Help"}]
    private = {"type": "all_private_chats"}
    await bench.api.result("setMyCommands", commands=near, scope=private, language_code="kk")
    await bench.api.form("setMyCommands", commands=help_)
    assert await bench.api.result("getMyCommands", scope=private, language_code="kk") == near
    assert await bench.api.result("getMyCommands") == help_
    assert await bench.api.result("getMyCommands", language_code="kk") == []
    assert await bench.api.result("getMyCommands", scope=private) == []
    shown = bench.sandbox.world.profile.shown_commands
    assert shown(bench.chat, bench.chat, "kk") == near
    assert shown(bench.chat, bench.chat, "ru") == help_
    await bench.api.result("deleteMyCommands", scope=private, language_code="kk")
    assert await bench.api.result("getMyCommands", scope=private, language_code="kk") == []


@row("a command with capitals, an empty description, a wrong language or scope is 400")
async def bad_commands(bench: Bench) -> None:
    for command, description, reason in (
        ("Near", "x", "BOT_COMMAND_INVALID"),
        ("near-me", "x", "BOT_COMMAND_INVALID"),
        ("x" * 33, "x", "BOT_COMMAND_INVALID"),
        ("near", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("near", "x" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ):
        wrong = [{"command": command, "description": description}]
        assert await bench.api.refusal("setMyCommands", commands=wrong) == (
            400,
            f"Bad Request: {reason}",
        )
    fine = [{"command": "near", "description": "x"}]
    assert (await bench.api.refusal("setMyCommands", commands=fine * 101))[0] == 400
    code, _ = await bench.api.refusal("setMyCommands", commands=fine, language_code="kaz")
    assert code == 400
    code, _ = await bench.api.refusal("setMyCommands", commands=fine, scope={"type": "all"})
    assert code == 400


@row("`setMyDescription` per language, `getMyDescription` falls back to the one for all")
async def description(bench: Bench) -> None:
    await bench.api.result("setMyDescription", description="Не салынып жатыр?")
    await bench.api.result("setMyDescription", description="Что строится?", language_code="ru")
    read = bench.api.result
    assert await read("getMyDescription") == {"description": "Не салынып жатыр?"}
    assert await read("getMyDescription", language_code="ru") == {"description": "Что строится?"}
    english = await read("getMyDescription", language_code="en")
    assert english == {"description": "Не салынып жатыр?"}
    await bench.api.result("setMyDescription", description="", language_code="ru")
    russian = await read("getMyDescription", language_code="ru")
    assert russian == {"description": "Не салынып жатыр?"}
    assert (await bench.api.refusal("setMyDescription", description="x" * 513))[0] == 400


@row("`setMyShortDescription` and `setMyName` likewise, with their lengths")
async def names(bench: Bench) -> None:
    await bench.api.result("setMyShortDescription", short_description="Қала", language_code="kk")
    short = await bench.api.result("getMyShortDescription", language_code="kk")
    assert short == {"short_description": "Қала"}
    assert (await bench.api.refusal("setMyShortDescription", short_description="x" * 121))[0] == 400
    assert await bench.api.result("getMyName") == {"name": "Qala"}
    await bench.api.result("setMyName", name="Қала", language_code="kk")
    assert await bench.api.result("getMyName", language_code="kk") == {"name": "Қала"}
    assert (await bench.api.refusal("setMyName", name="x" * 65))[0] == 400


@row("`setChatMenuButton` and `getChatMenuButton`, for one chat and for all")
async def menu_button(bench: Bench) -> None:
    assert await bench.api.result("getChatMenuButton") == {"type": "commands"}
    await bench.api.result("setChatMenuButton", chat_id=bench.chat, menu_button={"type": "default"})
    assert await bench.api.result("getChatMenuButton", chat_id=bench.chat) == {"type": "default"}
    assert await bench.api.result("getChatMenuButton", chat_id=1) == {"type": "commands"}
