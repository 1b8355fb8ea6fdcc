"""Bots that only repeat what is said to them, as their libraries' own examples have it.

    python benchmarks/bots/echo.py python-telegram-bot|aiogram http://127.0.0.1:PORT TOKEN

Nothing is set but the server and the token.
"""

import asyncio
import sys


def python_telegram_bot(root: str, token: str) -> None:
    """The library's echobot.py."""
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None and update.message.text is not None:
            await update.message.reply_text(update.message.text)

    application = Application.builder().token(token).base_url(f"{root}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling()


def aiogram(root: str, token: str) -> None:
    """The library's echo_bot.py."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    async def serve() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(root))
        await dispatcher.start_polling(Bot(token, session=session))

    asyncio.run(serve())


if __name__ == "__main__":
    library, *where = sys.argv[1:]
    {"python-telegram-bot": python_telegram_bot, "aiogram": aiogram}[library](*where)
