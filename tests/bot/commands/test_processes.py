"""`qala run` and `qala try` as an operator starts them: real processes, real signals."""

import asyncio
import re
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot.sandbox.server import Sandbox
from bot.typed import typed
from storage.database.store import Store
from tests.bot.conftest import HANGS_S, SECRET, ended, free_port, qala, soon

Env = dict[str, str]
NOISE = r"Traceback|Task was destroyed|never awaited|ResourceWarning|\[error"


@pytest.fixture
def environment(environment: Env) -> Env:
    """With what Python says of forgotten tasks and connections."""
    return {**environment, "PYTHONWARNINGS": "default::ResourceWarning,default::RuntimeWarning"}


async def test_run_by_polling_until_sigterm(
    environment: Env, sandbox: Sandbox, tmp_path: Path
) -> None:
    async with qala("run", env=environment, cwd=tmp_path) as bot:
        await bot.until("started .*polling")
        resident = sandbox.resident("Daniel")
        await resident.start()
        assert await resident.next_message(timeout=HANGS_S)
        await sandbox.wait_idle()
        said = len(resident.messages)
        sandbox.faults.add(method="sendMessage", delay=1.0)
        await resident.send("/help")
        await soon(lambda: not sandbox.world.updates.pending)
        assert await bot.end(signal.SIGTERM) == 0
    assert len(resident.messages) == said + 1  # the answer that was under way
    assert re.search(r"stopping.*\n(.*\n)*.*stopped", bot.output)
    assert "list_not_loaded" in bot.output
    assert not re.search(NOISE, bot.output)
    assert sandbox.token not in bot.output
    assert (tmp_path / "qala.db").exists()
    assert not (tmp_path / "qala.db-wal").exists()  # closed, not abandoned


async def test_run_behind_a_webhook_until_sigterm(
    environment: Env, sandbox: Sandbox, tmp_path: Path
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    sandbox.world.webhook.via = address
    webhook = {
        "WEBHOOK_URL": "https://bot.qala.kz",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "LOG_FORMAT": "json",
    }
    async with qala("run", env={**environment, **webhook}, cwd=tmp_path) as bot:
        await bot.until('"started"')
        resident = sandbox.resident("Daniel")
        await resident.start()
        assert await resident.next_message(timeout=HANGS_S)
        async with (
            aiohttp.ClientSession() as client,
            client.get(f"{address}/healthz") as health,
            client.post(f"{address}/telegram", json={"update_id": 1}) as stranger,
        ):
            assert (health.status, stranger.status) == (200, 403)
        assert await bot.end(signal.SIGTERM) == 0
    assert not re.search(NOISE, bot.output)
    assert SECRET not in bot.output
    assert sandbox.token not in bot.output
    assert sandbox.world.webhook.url == "https://bot.qala.kz/telegram"  # stays for the next start


async def test_the_usage_names_the_program_as_it_can_be_typed(
    environment: Env, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, output = await ended("import", "nowhere.csv", env=environment, cwd=tmp_path)
    assert code == 2
    monkeypatch.chdir(tmp_path)
    command = typed("import")  # in another folder, so by its whole path
    assert f"Try '{command} -h' for help." in output


async def test_run_without_a_token(environment: Env, tmp_path: Path) -> None:
    del environment["TELEGRAM_BOT_TOKEN"]
    code, output = await ended("run", env=environment, cwd=tmp_path)
    assert code == 1
    assert output.startswith("Error: TELEGRAM_BOT_TOKEN is not set: write to @BotFather")
    assert not (tmp_path / "qala.db").exists()


async def test_run_with_a_token_that_telegram_does_not_know(
    environment: Env, sandbox: Sandbox, tmp_path: Path
) -> None:
    wrong = "987654321:AAF-x7Qd_2Jk9LmNpRsTuVwYz0123456789"
    code, output = await ended(
        "run", env={**environment, "TELEGRAM_BOT_TOKEN": wrong}, cwd=tmp_path
    )
    assert code == 1
    assert "Error: Telegram does not accept the token: check TELEGRAM_BOT_TOKEN" in output
    assert wrong not in output
    assert "Traceback" not in output


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


@asynccontextmanager
async def page(address: str) -> AsyncIterator[Any]:
    """What a browser on the chat page does: `await act(...)`, `await state()`."""
    async with aiohttp.ClientSession() as client:

        class Browser:
            async def act(self, **order: object) -> None:
                async with client.post(f"{address}/sandbox/act", json=order) as answer:
                    assert answer.status == 200, await answer.text()

            async def state(self) -> dict[str, Any]:
                async with client.get(f"{address}/sandbox/state") as answer:
                    state: dict[str, Any] = await answer.json()
                    return state

            async def html(self) -> str:
                async with client.get(address) as answer:
                    assert answer.status == 200
                    return await answer.text()

            async def answer(self, person: str) -> dict[str, Any]:
                """The bot's first message to the person."""
                async with asyncio.timeout(HANGS_S):
                    while True:
                        for message in (await self.state())["chats"][person]["messages"]:
                            if message["from"]["is_bot"]:
                                return dict(message)
                        await asyncio.sleep(0.05)

        yield Browser()


async def test_try_until_ctrl_c(environment: Env, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LOG_LEVEL=loud\nWEBHOOK_URL=nonsense\n\xff\xfe")
    environment |= {"TELEGRAM_BOT_TOKEN": "nonsense", "DATABASE_URL": "sqlite:///qala.db"}
    port = free_port()
    arguments = ("try", "--port", str(port), "--no-browser")
    async with qala(*arguments, env=environment, cwd=tmp_path) as bot:
        found = await bot.until(r"Talk to the bot at (\S+)")
        assert found[1] == f"http://127.0.0.1:{port}"
        async with page(found[1]) as browser:
            assert "<html" in await browser.html()
            state = await browser.state()
            assert len(state["places"]) > 100
            resident = str(state["residents"][0]["user"]["id"])
            await browser.act(person=resident, act="text", text="/start")
            assert await browser.answer(resident)
        assert await bot.end(signal.SIGINT) == 0
    assert bot.output.endswith("Stopped.\n")
    assert not re.search(NOISE, bot.output)
    assert "qala-try.db" in names(tmp_path)
    assert not names(tmp_path) & {"qala.db", "qala-try.db-wal", "qala-try.db-shm"}


async def test_try_begins_anew_when_told_to(environment: Env, tmp_path: Path) -> None:
    (tmp_path / "qala-try.db").write_text("what an older try left")
    arguments = ("try", "--port", str(free_port()), "--no-browser")
    code, output = await ended(*arguments, env=environment, cwd=tmp_path)
    assert code == 1
    assert "qala-try.db cannot be used" in output
    assert "--fresh" in output
    async with qala(*arguments, "--fresh", env=environment, cwd=tmp_path) as bot:
        await bot.until("Talk to the bot at")
        assert await bot.end(signal.SIGTERM) == 0
    assert "Imported: projects" in bot.output
    async with qala(*arguments, env=environment, cwd=tmp_path) as bot:
        await bot.until("Talk to the bot at")
        assert await bot.end(signal.SIGTERM) == 0
    assert "projects 0 new, 0 changed" in bot.output


async def test_what_the_page_made_up_is_gone_at_the_next_start(
    environment: Env, tmp_path: Path
) -> None:
    def projects() -> list[tuple[str, ...]]:
        with Store(f"sqlite:///{tmp_path}/qala-try.db") as store, store.reading() as session:
            columns = "key, title_kk, title_ru, title_en, status_no, completed_on, heard_on"
            rows = session.execute(text(f"SELECT {columns} FROM project ORDER BY key"))
            return [tuple(map(str, row)) for row in rows]

    def made_up() -> int:
        return sum("🧪" in title for row in projects() for title in row)

    port = free_port()
    arguments = ("try", "--port", str(port), "--no-browser")
    async with qala(*arguments, env=environment, cwd=tmp_path) as bot:
        await bot.until("Talk to the bot at")
        before = projects()
        async with aiohttp.ClientSession() as client:
            deed = client.post(f"http://127.0.0.1:{port}/sandbox/deed", json={"name": "finish"})
            async with deed as answer:
                assert (await answer.json())["result"] > 1
        assert made_up() > 1
        other = ("try", "--port", str(free_port()), "--no-browser")
        async with qala(*other, env=environment, cwd=tmp_path) as beside:
            await beside.until("Talk to the bot at")
            assert made_up() > 1  # it is the running one's
            assert await beside.end(signal.SIGTERM) == 0
        assert await bot.end(signal.SIGTERM) == 0
    async with qala(*arguments, env=environment, cwd=tmp_path) as bot:
        await bot.until("Talk to the bot at")
        assert projects() == before
        assert await bot.end(signal.SIGTERM) == 0
    assert "made_up_projects_taken_back" in bot.output


async def test_try_on_a_taken_port(environment: Env, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, output = await ended("try", "--port", str(port), env=environment, cwd=tmp_path)
    assert code == 1
    assert output.startswith(f"Error: Port {port} is taken or not allowed: choose another")
    assert "--port" in output
    assert not (tmp_path / "qala-try.db").exists()
