"""`qala check`: a line for each thing, on real stores and against the sandbox."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.app import utc_now
from bot.commands.check import check_all, check_store
from bot.commands.prepare import how_to_load
from bot.sandbox.server import Sandbox
from bot.typed import typed
from storage.database.schema import downgrade, upgrade
from storage.database.store import Store, database_url
from storage.imports import load_shipped
from tests.bot.conftest import SECRET, free_port

Check = Callable[[], "asyncio.Future[tuple[bool, dict[str, str]]]"]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], tmp_path: Path) -> Check:
    """Whether all is right, and the line of each subject; the sandbox answers meanwhile."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL"):
        monkeypatch.setenv(name, environment[name])

    async def run() -> tuple[bool, dict[str, str]]:
        lines: list[str] = []
        right = await asyncio.to_thread(check_all, lines.append)
        return right, {line.split()[0]: line for line in lines}

    return lambda: asyncio.ensure_future(run())


async def test_all_is_right(check: Check, sandbox: Sandbox, sqlite_store: Store) -> None:
    load_shipped(sqlite_store, utc_now)
    right, lines = await check()
    assert right, lines
    assert list(lines) == ["settings", "database", "schema", "data", "token", "webhook"]
    assert "projects" in lines["data"]
    assert "last import 20" in lines["data"]
    assert "@qala_sandbox_bot" in lines["token"]
    assert lines["webhook"].startswith("webhook   ok    none: long polling; 0 updates waiting")


async def test_a_fresh_machine(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///fresh.db")
    right, lines = await check()
    assert not right
    assert lines["settings"].startswith("settings  WRONG TELEGRAM_BOT_TOKEN is not set")
    assert "not there yet" in lines["database"]
    assert lines["data"].endswith(f"no projects yet; load them: {how_to_load()}")
    assert "fresh.db is not there" in (await check())[1]["database"]  # nor made by looking


async def test_settings_that_cannot_be_used_at_all(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/qala")
    right, lines = await check()
    assert not right
    assert list(lines) == ["settings"]
    assert "use sqlite:///file or postgresql://" in lines["settings"]


@pytest.mark.parametrize(("code", "said"), [(401, "does not know it"), (500, "does not answer")])
async def test_a_token_that_does_not_work(
    check: Check, sandbox: Sandbox, sqlite_store: Store, code: int, said: str
) -> None:
    sandbox.faults.add(method="getMe", error_code=code)
    right, lines = await check()
    assert not right
    assert lines["token"].startswith("token     WRONG")
    assert said in lines["token"]
    assert sandbox.token not in str(lines)


async def test_webhooks(
    check: Check, sandbox: Sandbox, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.world.webhook.url = "https://bot.qala.kz/telegram"
    _, lines = await check()
    assert "one is set; qala run removes it to poll" in lines["webhook"]
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.qala.kz")
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    _, lines = await check()
    assert "ok    set to https://bot.qala.kz/telegram" in lines["webhook"]
    monkeypatch.setenv("WEBHOOK_URL", "https://new.qala.kz")
    _, lines = await check()
    assert "not set yet" in lines["webhook"]


async def test_a_webhook_that_fails(
    check: Check, sandbox: Sandbox, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.world.webhook.via = f"http://127.0.0.1:{free_port()}"
    sandbox.world.webhook.url = "https://bot.qala.kz/telegram"
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.qala.kz")
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    await sandbox.resident("Daniel").start()
    await asyncio.sleep(0.3)
    right, lines = await check()
    assert not right
    assert "Connection refused; 1 updates waiting" in lines["webhook"]


def test_empty_and_outdated_stores(store: Store) -> None:
    url = store.url.render_as_string(hide_password=False)
    lines = [str(finding) for finding in check_store(url)]
    assert lines[1].startswith("schema    ok")
    assert lines[2] == f"data      WRONG no projects yet; load them: {how_to_load()}"
    downgrade(store, "base")
    lines = [str(finding) for finding in check_store(url)]
    assert lines[-1].startswith("schema    WRONG at none, expected")
    assert lines[-1].endswith(f"; bring it up: {typed('migrate')}")
    upgrade(store)


def test_a_damaged_file(tmp_path: Path) -> None:
    (tmp_path / "qala.db").write_bytes(b"this is no database " * 100)
    (finding,) = check_store(f"sqlite:///{tmp_path / 'qala.db'}")
    assert not finding.right
    assert "not a database" in finding.seen


@pytest.mark.postgres
@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_hold_kazakh(postgres_url: str, encoding: str) -> None:
    name = f"{make_url(postgres_url).database}_ascii"
    server = create_engine(database_url(postgres_url), isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.execute(
                text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
            )
        url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
        finding = next(iter(check_store(url)))
        assert not finding.right
        assert f"encoding {encoding}" in finding.seen
        assert "ENCODING 'UTF8'" in finding.seen
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        server.dispose()


@pytest.mark.postgres
def test_postgres_says_its_encoding(postgres_url: str) -> None:
    finding = next(iter(check_store(postgres_url)))
    assert finding.right
    assert "encoding UTF8, locale C.UTF-8" in finding.seen


def test_a_server_out_of_reach_shows_no_password() -> None:
    (finding,) = check_store("postgresql://qala:hidden-word@127.0.0.1:1/qala")
    assert not finding.right
    assert "hidden-word" not in finding.seen
