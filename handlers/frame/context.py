"""What every handler gets: the store, the clock, and the person it is talking to."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session
from telegram import Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from handlers.frame.albums import Albums
from handlers.frame.facts import FactsInMemory
from handlers.frame.flood import FloodGate
from handlers.frame.gazetteer import KnownNames, NamesInMemory
from handlers.frame.groups import asked_text
from handlers.frame.notes import Note, Notes
from handlers.frame.recent_news import RecentNews
from handlers.frame.texts import DEFAULT, Language, Texts, language_of, texts_for
from storage.database.store import Store
from storage.people import last_question, people
from storage.people.arrival import arrival
from storage.people.last_question import StoredQuestion
from storage.people.people import PersonFacts
from storage.projects import about
from storage.projects.edition import Edition
from storage.values.city import CITY_TIME, DEFAULT_RADIUS_M

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Resources:
    """What the process gives the conversation; the application's `bot_data`."""

    store: Store
    clock: Callable[[], datetime]  # aware, UTC
    flood: FloodGate
    albums: Albums
    names: NamesInMemory = field(default_factory=NamesInMemory)
    recent: RecentNews = field(default_factory=RecentNews)
    facts: FactsInMemory = field(default_factory=FactsInMemory)
    notes: Notes = field(default_factory=Notes)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Resources]):
    """The context of one update, with typed access to what handlers need.

    `person` is what is kept of a private chat (None in groups and before the first answer),
    `text` what was written, without the bot's @name; `due` says that the visit is to be noted,
    `follows` that the chat has subscriptions. `edition` is the state of the list that is answered
    from, None while nothing is imported.
    """

    person: PersonFacts | None = None
    language: Language = DEFAULT
    text: str = ""
    due: bool = False
    follows: bool = False
    edition: Edition | None = None
    _asked: StoredQuestion | None = None
    _read: tuple[Hashable, Any] | None = None  # what `once` read last

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
        return self.clock.astimezone(CITY_TIME).date()

    @property
    def radius_m(self) -> int:
        """The radius within which the person wants to look first, in metres."""
        return (self.person and self.person.radius_m) or DEFAULT_RADIUS_M

    @property
    def t(self) -> Texts:
        """The texts in the person's language."""
        return texts_for(self.language)

    @property
    def part(self) -> int:
        """Which part of a long text the pressed button names; the first where it names none."""
        match = self.matches[0] if self.matches else None
        return int(match.group("part") or 0) if match and "part" in match.groupdict() else 0

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
        user, chat = update.effective_user, self._chat_id
        known = await self.store.read(arrival, user.id if user else None, chat)
        self.follows, self.edition, self._asked = known.follows, known.edition, known.asked
        if user is None:
            return
        private, person = is_private(update), known.person
        self.due = private and people.is_to_be_noted(person, self.clock)
        self.person = person if private else None
        self.language = (person and person.language) or language_of(user.language_code)

    async def facts(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What the query returns, from memory where it was asked of this edition before.

        For queries that depend on nothing but the list and their arguments; nobody may change what
        they return. What belongs to a person or a chat is read with `store.read`.
        """
        memory = self.bot_data.facts
        return await memory.of(self.store, self.edition, query, *args, **kwargs)

    def made(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes of facts of this edition, from memory where `key` was made before."""
        return self.bot_data.facts.made(self.edition, key, make)

    async def once(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What the query returns, read once for this update.

        For what is asked of a typed text: that is remembered for nobody else.
        """
        key = (query, args, tuple(kwargs.items()))
        if self._read is None or self._read[0] != key:
            self._read = key, await self.store.read(query, *args, **kwargs)
        found: T = self._read[1]
        return found

    async def names(self) -> KnownNames:
        """The names that people say, for reading a question; waits only before the first."""
        return await self.bot_data.names.of(self.store, self.edition)

    @property
    def last_question(self) -> StoredQuestion | None:
        """The question that a text may follow on, None after half an hour."""
        asked = self.bot_data.notes.last_of(self.chat_id) or self._asked
        return last_question.if_followed(asked, self.clock)

    async def forget_question(self) -> None:
        """What is typed next follows on nothing that was asked before."""
        if self.last_question is not None:
            self.bot_data.notes.question(self.chat_id, {}, (), self.clock)
            await self.write_notes()

    async def question_numbered(self, number: int) -> StoredQuestion | None:
        """The chat's question with this number, None if it is gone."""
        waiting = self.bot_data.notes.numbered(number, self.chat_id)
        return waiting or await self.store.read(last_question.asked, number, self.chat_id)

    async def note(self, note: Note) -> None:
        """Write something down behind the answer."""
        self.bot_data.notes.add(note)
        await self.write_notes()

    async def write_notes(self) -> None:
        """Begin to write what waits; without waiting for it, but at the end of the process.

        The task does not belong to the update: nobody needs an apology for a note not taken.
        """
        notes = self.bot_data.notes
        if notes.is_writing:
            return
        writing = notes.write(self.store)
        if self.application.running:
            self.application.create_task(writing, name="notes")
        else:  # it is stopping, and waits for updates but no longer for new tasks
            await writing

    async def is_empty(self) -> bool:
        """Whether no project is loaded yet: then every screen of facts is `empty_screen`."""
        return await self.facts(about.is_empty)


Qala = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], Resources, None]


def is_private(update: Update) -> bool:
    """Whether the update comes from a private chat: only there a person's row is used."""
    chat = update.effective_chat
    return chat is not None and chat.type == ChatType.PRIVATE
