"""Real python-telegram-bot applications that talk to a sandbox."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram.ext import Application, ApplicationBuilder

from bot.sandbox.server import Sandbox

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def build(sandbox: Sandbox) -> AnyApplication:
    """An application whose Telegram is the sandbox."""
    return (
        ApplicationBuilder()
        .token(sandbox.token)
        .base_url(f"{sandbox.url}/bot")
        .base_file_url(f"{sandbox.url}/file/bot")
        .build()
    )


@asynccontextmanager
async def polling(application: AnyApplication) -> AsyncIterator[AnyApplication]:
    """The application, polling while the block runs."""
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling(poll_interval=0.0, timeout=10)
        try:
            yield application
        finally:
            await application.updater.stop()
            await application.stop()
