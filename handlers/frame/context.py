"""What every handler gets: the store, the clock, and the person it is talking to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from handlers.frame.albums import Albums
from handlers.frame.dates import CITY_ZONE
from handlers.frame.flood import FloodGate
from handlers.frame.gazetteer import NamesInMemory
from handlers.frame.groups import asked_text
from handlers.frame.recent_news import RecentNews
from handlers.frame.texts import DEFAULT, Language, Texts, language_of, texts_for
from storage.database.store import Store
from storage.people import people
from storage.people.people import PersonFacts
from storage.projects import about
from storage.values.city import DEFAULT_RADIUS_M


@dataclass(frozen=True)
class Resources:
    """What the process gives the conversation; the application's `bot_data`."""

    store: Store
    clock: Callable[[], datetime]  # aware, UTC
    flood: FloodGate
    albums: Albums
    names: NamesInMemory = field(default_factory=NamesInMemory)
    recent: RecentNews = field(default_factory=RecentNews)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Resources]):
    """The context of one update, with typed access to what handlers need.

    `person` is what is kept of a private chat (None in groups and before the first answer),
    `text` what was written, without the bot's @name; `due` says that the visit is to be noted.
    """

    person: PersonFacts | None = None
    language: Language = DEFAULT
    text: str = ""
    due: bool = False

    @property
    def store(self) -> Store:
        return self.bot_data.store

    @property
    def clock(self) -> datetime:
        """The time now, UTC."""
        return self.bot_data.clock()

    @property
    def today(self) -> date:
        """The date now in Almaty."""
        return self.clock.astimezone(CITY_ZONE).date()

    @property
    def radius_m(self) -> int:
        """The radius within which the person wants to look first, in metres."""
        return (self.person and self.person.radius_m) or DEFAULT_RADIUS_M

    @property
    def t(self) -> Texts:
        """The texts in the person's language."""
        return texts_for(self.language)

    @property
    def chat_id(self) -> int:
        """The chat that is answered; LookupError for an update of no chat."""
        if self._chat_id is None:
            raise LookupError("this update belongs to no chat")
        return self._chat_id

    @property
    def is_in_chat(self) -> bool:
        """Whether there is a chat: a press on a message sent through inline mode has none."""
        return self._chat_id is not None

    async def load(self, update: Update) -> None:
        """Read who is asking and what: the stored choice of language wins over Telegram's.

        In a group the sender's own choice counts; nothing else of them is used there.
        """
        self.text = asked_text(update, self.bot)
        user = update.effective_user
        if user is None:
            return
        known = await self.store.read(people.is_seen, user.id, self.clock)
        if known is None:
            self.due = is_private(update)
            known = await self.store.read(people.person, user.id)
        self.person = known if is_private(update) else None
        self.language = (known and known.language) or language_of(user.language_code)

    async def is_empty(self) -> bool:
        """Whether no project is loaded yet: then every screen of facts is `empty_screen`."""
        return await self.store.read(about.is_empty)


Qala = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], Resources, None]


def is_private(update: Update) -> bool:
    """Whether the update comes from a private chat: only there a person's row is used."""
    chat = update.effective_chat
    return chat is not None and chat.type == ChatType.PRIVATE
