"""A tiny bot for the chat page's tests: it echoes, counts with a button and answers places."""

import html

from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.sandbox.resident import PIXEL
from bot.sandbox.server import Sandbox
from tests.bot.sandbox.bots import AnyApplication, build

Context = ContextTypes.DEFAULT_TYPE

KEYS = ReplyKeyboardMarkup(
    [[KeyboardButton("📍 Жанымда", request_location=True)], ["🏘 Аудандар", "💰 Бюджет"]],
    resize_keyboard=True,
)


def counter(count: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(f"Санау: {count}", callback_data=f"count:{count + 1}")],
            [
                InlineKeyboardButton("Ескерту", callback_data="alert"),
                InlineKeyboardButton("Жоба", url="https://t.me/qala_sandbox_bot?start=p_7"),
            ],
        ]
    )


def message_of(update: Update) -> Message:
    assert update.message
    return update.message


async def start(update: Update, context: Context) -> None:
    payload = " ".join(context.args or [])
    await message_of(update).reply_text(f"Сәлем! {payload}".strip(), reply_markup=KEYS)


async def count(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query
    assert query.data
    if query.data == "alert":
        await query.answer("Бұл — ескерту", show_alert=True)
        return
    number = int(query.data.partition(":")[2])
    await query.answer(f"{number} рет")
    await query.edit_message_text(f"Басылды: {number}", reply_markup=counter(number))


async def locate(update: Update, context: Context) -> None:
    point = message_of(update).location
    assert point
    await message_of(update).reply_venue(
        point.latitude, point.longitude, "№ 123 мектеп", "Абай даңғылы, 10"
    )


async def take_document(update: Update, context: Context) -> None:
    document = message_of(update).document
    assert document
    content = bytes(await (await document.get_file()).download_as_bytearray())
    await message_of(update).reply_document(
        content[::-1], filename=f"back-{document.file_name}", caption=f"{len(content)}"
    )


async def take_photo(update: Update, context: Context) -> None:
    await message_of(update).reply_photo(PIXEL, caption="<b>Сурет</b>", parse_mode="HTML")


async def echo(update: Update, context: Context) -> None:
    text = html.escape(message_of(update).text or "")
    await message_of(update).reply_html(f"<b>Жаңғырық:</b> {text}", reply_markup=counter(0))


async def echo_bot(sandbox: Sandbox) -> AnyApplication:
    """The bot, its handlers and command menu set; not yet polling."""
    application = build(sandbox)
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(count))
    application.add_handler(MessageHandler(filters.LOCATION, locate))
    application.add_handler(MessageHandler(filters.Document.ALL, take_document))
    application.add_handler(MessageHandler(filters.PHOTO, take_photo))
    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application.bot as bot:
        await bot.set_my_commands([BotCommand("start", "Бастау")], language_code="kk")
        await bot.set_my_commands([BotCommand("start", "Start")])
        await bot.set_my_description("Алматыда не салынып жатқанын айтады.", language_code="kk")
    return application
