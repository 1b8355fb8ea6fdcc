"""The composition root: settings and store in, the Telegram application out. Nothing is global."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes, Defaults, ExtBot

import handlers
from bot.settings import Settings
from bot.telegram.http import AiohttpRequest, UpdatesRequest
from bot.telegram.outbox import Outbox, OutboxRequest
from bot.telegram.pace import Limits
from bot.telegram.update_order import AT_ONCE, InOrder
from handlers.frame.albums import Albums
from handlers.frame.context import Context, Qala, Resources
from handlers.frame.flood import FloodGate
from handlers.frame.groups import addressed
from storage.database.store import Store


def utc_now() -> datetime:
    """The time now, aware, UTC: the clock of the running program."""
    return datetime.now(UTC)


class QuietBot(ExtBot[None]):
    """The library's bot, except that its `repr` keeps the token to itself.

    And one update that the library cannot read does not keep it from reading the others: it would
    refuse the whole batch, and be handed it again for ever.
    """

    def __init__(self, token: str, updates: UpdatesRequest, outbox: Outbox, **kwargs: Any) -> None:
        super().__init__(
            token,
            request=OutboxRequest(AiohttpRequest(), outbox),
            get_updates_request=OutboxRequest(updates, outbox),
            **kwargs,
        )
        self._updates = updates

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """As the library's; what it cannot read comes as an update of nothing, and is logged."""
        try:
            return await super().get_updates(*args, **kwargs)
        except TelegramError:
            raise
        except Exception:  # noqa: BLE001 - whatever it stumbled over
            self._updates.careful = True
        try:
            return await super().get_updates(*args, **kwargs)
        finally:
            self._updates.careful = False

    def __repr__(self) -> str:
        return f"{type(self).__name__}[{self.token.partition(':')[0]}]"  # the id is public


def build_application(
    settings: Settings, store: Store, *, clock: Callable[[], datetime] = utc_now
) -> Qala:
    """The bot with all its handlers, neither initialized nor started.

    `settings` give the token and the root of the Bot API server; `clock` the aware UTC time.
    """
    resources = Resources(store, clock, FloodGate(clock), Albums())
    shared = cast("type[Resources]", lambda: resources)  # the library calls it once
    bot = build_bot(settings)

    def arrived(update: object) -> None:
        if not isinstance(update, Update) or not addressed(update, bot):
            return
        if update.effective_user is not None:
            resources.flood.arrived(update.update_id, update.effective_user.id)

    application = (
        ApplicationBuilder()
        .bot(bot)
        .context_types(ContextTypes(context=Context, bot_data=shared))
        .concurrent_updates(InOrder(AT_ONCE, arrived, store.looking))
        .job_queue(None)
        .build()
    )
    handlers.register(application)
    return application


def build_bot(settings: Settings) -> ExtBot[None]:
    """The bot alone, not initialized.

    Two pools of connections (getUpdates may hold its own for half a minute), one road out.
    """
    root = settings.telegram_api_url
    limits = Limits(settings.messages_per_second, settings.paid_messages_per_second)
    return QuietBot(
        settings.telegram_bot_token.get_secret_value(),
        UpdatesRequest(),
        Outbox(limits),
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        defaults=Defaults(
            parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
    )
