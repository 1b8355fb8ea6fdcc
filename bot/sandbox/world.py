"""The made-up Telegram: who lives in it, what was said, and what has just happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.files import FileStore
from bot.sandbox.profile import Profile
from bot.sandbox.updates import UpdateQueue, Webhook

Json = dict[str, Any]


@dataclass(frozen=True)
class KnownPlace:
    """A place the chat page offers in its location picker (degrees, WGS 84)."""

    name: str
    latitude: float
    longitude: float


@dataclass
class Person:
    """A resident: the Telegram user, and how they stand with the bot."""

    user: Json
    started: bool = True
    blocked: bool = False

    @property
    def id(self) -> int:
        return int(self.user["id"])

    @property
    def language_code(self) -> str | None:
        return self.user.get("language_code")


@dataclass
class Chat:
    """A conversation: private (its id is the resident's), a group or a channel.

    The first member owns a group or channel; `administrators` are others who may change it.
    """

    id: int
    members: list[int]
    title: str | None = None
    kind: str = "private"
    bot_is_member: bool = True
    keyboard: Json | None = None  # the reply keyboard that stands under the chat now
    pinned: list[int] = field(default_factory=list)
    administrators: set[int] = field(default_factory=set)


@dataclass
class Stored:
    """A message as kept: the Telegram object, and what Telegram does not show in it."""

    body: Json
    from_bot: bool
    keyboard: Json | None = None  # the reply markup that is no inline keyboard
    deleted: bool = False

    @property
    def chat_id(self) -> int:
        return int(self.body["chat"]["id"])

    @property
    def message_id(self) -> int:
        return int(self.body["message_id"])


@dataclass(frozen=True)
class CallbackAnswer:
    """What the bot answered to a button press; nothing at all is an empty text."""

    query_id: str
    user_id: int
    text: str
    show_alert: bool
    url: str | None


class World:
    """All state of one sandbox, in memory; every change rings the bell and joins `events`."""

    def __init__(self, bot: Json, clock: Callable[[], datetime]) -> None:
        self.bot = bot
        self.clock = clock
        self.bell = Bell()
        self.updates = UpdateQueue(self.bell)
        self.webhook = Webhook()
        self.files = FileStore()
        self.profile = Profile(name=bot["first_name"])
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.messages: dict[tuple[int, int], Stored] = {}
        self.open_queries: dict[str, int] = {}  # callback query id -> who pressed
        self.answers: list[CallbackAnswer] = []
        self.inline_queries: dict[str, int] = {}
        self.inline_answers: dict[str, Json] = {}
        self.events: list[Json] = []
        self.privacy_mode = False  # Telegram's default is on; off, the bot sees every group message
        self.closing = False
        self._next_message_id = 1
        self._next_query_id = 7_000_000_000_000_000_001

    def now(self) -> int:
        """The clock's time in whole seconds since 1970, as every date of the Bot API."""
        return int(self.clock().timestamp())

    def happened(self, kind: str, **details: Any) -> None:
        """Tells the page and the drivers that something changed."""
        self.events.append({"seq": len(self.events) + 1, "kind": kind, **details})
        self.bell.ring()

    def add_person(self, user: Json, *, started: bool = True) -> Person:
        """A new resident with a private chat of the same id."""
        person = Person({"id": user["id"], "is_bot": False, **user}, started=started)
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, [person.id])
        self.happened("residents")
        return person

    def add_group(self, chat_id: int, title: str, members: Iterable[int]) -> Chat:
        """A new supergroup that the bot is a member of."""
        self.chats[chat_id] = Chat(chat_id, list(members), title, "supergroup")
        self.happened("residents")
        return self.chats[chat_id]

    def add_channel(self, chat_id: int, title: str, members: Iterable[int]) -> Chat:
        """A new channel that the bot may post in; the first member owns it, the others read."""
        self.chats[chat_id] = Chat(chat_id, list(members), title, "channel")
        self.happened("residents")
        return self.chats[chat_id]

    def chat_object(self, chat_id: int) -> Json:
        """The Chat object that messages carry."""
        chat = self.chats[chat_id]
        if chat.kind != "private":
            return {"id": chat.id, "title": chat.title, "type": chat.kind}
        user = self.people[chat_id].user
        names: Json = {k: user[k] for k in ("first_name", "last_name", "username") if k in user}
        return {"id": chat.id, **names, "type": "private"}

    def add_message(
        self, chat_id: int, sender: Json, content: Json, keyboard: Json | None = None
    ) -> Stored:
        """A new message with the next id, dated now; `content` is text, photo, location..."""
        body: Json = {
            "message_id": self._next_message_id,
            "from": sender,
            "chat": self.chat_object(chat_id),
            "date": self.now(),
            **content,
        }
        self._next_message_id += 1
        stored = Stored(body, bool(sender["is_bot"]), keyboard)
        self.messages[chat_id, stored.message_id] = stored
        self.happened("message", chat_id=chat_id, message_id=stored.message_id)
        return stored

    def find(self, chat_id: int, message_id: int) -> Stored | None:
        """The message, None when it never was or is deleted."""
        stored = self.messages.get((chat_id, message_id))
        return None if stored is None or stored.deleted else stored

    def history(self, chat_id: int) -> list[Stored]:
        """Messages of a chat that still stand, oldest first."""
        return [m for m in self.messages.values() if m.chat_id == chat_id and not m.deleted]

    def touch(self, stored: Stored) -> None:
        """Marks a message as edited now."""
        stored.body["edit_date"] = self.now()
        self.happened("edit", chat_id=stored.chat_id, message_id=stored.message_id)

    def delete(self, stored: Stored) -> None:
        stored.deleted = True
        self.happened("delete", chat_id=stored.chat_id, message_id=stored.message_id)

    def query_id(self) -> str:
        """A new id for a callback or inline query."""
        self._next_query_id += 1
        return str(self._next_query_id)
