"""`qala check`: what is right and wrong with settings, database, data, token and webhook."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.commands.prepare import how_to_load
from bot.logs import redactor
from bot.settings import (
    Settings,
    SettingsError,
    StoreSettings,
    load_settings,
    load_store_settings,
)
from bot.telegram.http import AiohttpRequest
from bot.typed import typed
from storage.database.schema import current_revision, head_revision
from storage.database.store import Store
from storage.projects.about import about
from storage.tables.facts import Import


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check: what was looked at, whether it is right, and what was seen."""

    subject: str
    right: bool
    seen: str

    def __str__(self) -> str:
        return f"{self.subject:9} {'ok   ' if self.right else 'WRONG'} {self.seen}"


def check_all(say: Callable[[str], object]) -> bool:
    """Say a line for each thing looked at; whether all is right. Nothing is changed."""
    redact = redactor()
    right = True
    for finding in _findings():
        say(redact(str(finding)))
        right = right and finding.right
    return right


def _findings() -> Iterator[Finding]:
    try:
        settings: StoreSettings = load_settings()
        yield Finding("settings", True, "complete")
    except SettingsError as error:
        yield from (Finding("settings", False, sentence) for sentence in error.sentences)
        try:
            settings = load_store_settings()
        except SettingsError:
            return
    yield from check_store(settings.store_url)
    if isinstance(settings, Settings):
        yield from asyncio.run(check_telegram(settings))


def check_store(url: str) -> Iterator[Finding]:
    """The database behind the address, its schema and what is in it."""
    with Store(url) as store:
        if store.file is not None and not store.file.exists():
            yield Finding("database", True, f"{store.file} is not there yet: qala run makes it")
            yield Finding("data", False, f"no projects yet; load them: {how_to_load()}")
            return
        try:
            yield _engine(store)
            revision = current_revision(store)
        except DBAPIError as error:
            where = make_url(url).render_as_string(hide_password=True)
            yield Finding("database", False, f"{where}: {' '.join(str(error.orig).split())}")
            return
        if revision != head_revision():
            was = revision or "none"
            yield Finding(
                "schema",
                False,
                f"at {was}, expected {head_revision()}; bring it up: {typed('migrate')}",
            )
            return
        yield Finding("schema", True, f"at {revision}")
        yield from _data(store)


def _engine(store: Store) -> Finding:
    """The engine's name and, on PostgreSQL, whether it can hold Kazakh letters."""
    if store.file is not None:
        with store.engine.connect() as connection:
            damage = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
        return Finding("database", damage == "ok", f"SQLite file {store.file}: {damage}")
    with store.engine.connect() as connection:
        version = connection.execute(text("SHOW server_version")).scalar_one()
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        ctype = connection.execute(
            text("SELECT datctype FROM pg_database WHERE datname = current_database()")
        ).scalar_one()
    seen = f"PostgreSQL {version}, encoding {encoding}, locale {ctype}"
    if encoding != "UTF8":
        seen += "; make the database anew: CREATE DATABASE ... ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    return Finding("database", encoding == "UTF8", seen)


def _data(store: Store) -> Iterator[Finding]:
    with store.reading() as session:
        facts = about(session)
        unfinished = session.scalars(
            select(col(Import.id)).where(col(Import.state) != "applied")
        ).all()
    if not facts.projects:
        yield Finding("data", False, f"no projects yet; load them: {how_to_load()}")
    else:
        last = facts.last_import
        when = f"{last.finished_at:%Y-%m-%d %H:%M} UTC" if last and last.finished_at else "unknown"
        yield Finding(
            "data",
            True,
            f"{facts.projects} projects, {facts.statements} statements, {facts.sources} sources, "
            f"{facts.places} places; last import {when}",
        )
    if unfinished:
        yield Finding(
            "import",
            True,
            "one is under way, or was interrupted: the next start of qala run or qala import "
            "finishes it",
        )


async def check_telegram(settings: Settings) -> list[Finding]:
    """Whether Telegram knows the token, and where it sends the updates."""
    root = settings.telegram_api_url
    bot = Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=2),
    )
    try:
        await bot.initialize()
        token = Finding("token", True, f"@{bot.username} at {root}")
        return [token, _webhook(settings, await bot.get_webhook_info())]
    except InvalidToken:
        return [
            Finding("token", False, f"{root} does not know it: ask @BotFather for the right one")
        ]
    except TelegramError as error:
        return [Finding("token", False, f"{root} does not answer: {error}")]
    finally:
        await bot.shutdown()


def _webhook(settings: Settings, info: WebhookInfo) -> Finding:
    waiting = f"{info.pending_update_count} updates waiting"
    if not settings.webhook_url:
        if info.url:
            return Finding("webhook", True, f"one is set; qala run removes it to poll; {waiting}")
        return Finding("webhook", True, f"none: long polling; {waiting}")
    if info.url != settings.webhook_address:
        return Finding("webhook", True, f"not set yet: qala run sets it; {waiting}")
    if info.last_error_message:
        when = f"{info.last_error_date:%Y-%m-%d %H:%M} UTC: " if info.last_error_date else ""
        return Finding("webhook", False, f"{when}{info.last_error_message}; {waiting}")
    return Finding("webhook", True, f"set to {info.url}; {waiting}")
