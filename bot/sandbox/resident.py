"""The hand of a resident for tests: send, press, wait for what the bot says."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bot.sandbox import acts
from bot.sandbox.acts import ImpossibleError
from bot.sandbox.message import Key, Message, message_view
from bot.sandbox.world import CallbackAnswer, Chat, Person, Stored, World

# The smallest picture there is: one grey pixel (PNG).
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae4260"
    "82"
)

ChatOrId = Chat | int | None
T = TypeVar("T")


class Resident:
    """One made-up person; every `send_*` returns the message sent.

    `chat` is a group (or its id); None is the private chat with the bot. Acts that Telegram's app
    would not allow raise ImpossibleError.
    """

    def __init__(
        self, world: World, person: Person, wait_idle: Callable[[], Awaitable[None]]
    ) -> None:
        self._world = world
        self._person = person
        self._wait_idle = wait_idle
        self._read: dict[int, int] = {}  # chat id -> the last message next_message gave

    @property
    def id(self) -> int:
        return self._person.id

    @property
    def user(self) -> dict[str, Any]:
        """The Bot API's User object."""
        return self._person.user

    # --- sending -----------------------------------------------------------------------------

    async def send(
        self, text: str, *, chat: ChatOrId = None, reply_to: Message | None = None
    ) -> Message:
        """Types a text; commands, mentions and links get their entities."""
        return self._say(acts.text_content(text), chat, reply_to)

    async def start(self, payload: str = "") -> Message:
        """Opens the bot by its link: /start, with what stood behind `?start=`."""
        return await self.send(f"/start {payload}".strip())

    async def send_location(
        self,
        latitude: float,
        longitude: float,
        live_period: int | None = None,
        *,
        chat: ChatOrId = None,
    ) -> Message:
        """Sends a point (degrees), a live one for `live_period` seconds."""
        point: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
        if live_period is not None:
            point["live_period"] = live_period
        return self._say({"location": point}, chat)

    async def move(self, message: Message, latitude: float, longitude: float) -> Message:
        """A live location sent before has moved."""
        stored = self._own(message)
        point = {**stored.body["location"], "latitude": latitude, "longitude": longitude}
        acts.rewrite(self._world, stored, {"location": point})
        return self._view(stored)

    async def send_venue(
        self,
        latitude: float,
        longitude: float,
        title: str,
        address: str = "",
        *,
        chat: ChatOrId = None,
    ) -> Message:
        """Sends a named place."""
        point = {"latitude": latitude, "longitude": longitude}
        venue = {"title": title, "address": address, "location": point}
        return self._say({"venue": venue, "location": point}, chat)

    async def send_document(
        self, name: str, content: bytes, *, caption: str | None = None, chat: ChatOrId = None
    ) -> Message:
        """Sends a file with this name."""
        return self._say(acts.file_content(self._world, "document", content, name, caption), chat)

    async def send_photo(
        self, content: bytes = PIXEL, *, caption: str | None = None, chat: ChatOrId = None
    ) -> Message:
        """Sends a picture (JPEG, PNG, GIF or WebP)."""
        return self._say(acts.file_content(self._world, "photo", content, "", caption), chat)

    async def send_sticker(self, *, chat: ChatOrId = None) -> Message:
        return self._say(acts.file_content(self._world, "sticker", PIXEL), chat)

    async def send_voice(self, content: bytes = b"OggS", *, chat: ChatOrId = None) -> Message:
        return self._say(acts.file_content(self._world, "voice", content), chat)

    async def send_raw(self, *, chat: ChatOrId = None, **fields: Any) -> Message:
        """Sends a message with these Bot API fields: a contact, a poll, a service message..."""
        return self._say(fields, chat)

    async def edit(self, message: Message, text: str) -> Message:
        """Edits one's own message; the bot gets edited_message."""
        stored = self._own(message)
        acts.rewrite(self._world, stored, acts.text_content(text))
        return self._view(stored)

    # --- pressing ----------------------------------------------------------------------------

    async def press(
        self, button: str, message: Message | None = None, *, chat: ChatOrId = None
    ) -> str:
        """Presses the latest inline button with this text or callback data; returns the query's id.

        Raises ImpossibleError when there is no such button or it is a link.
        """
        chat_id = message.chat_id if message else self._chat_id(chat)
        message_id = message.message_id if message else None
        stored, found = acts.find_button(self._world, chat_id, button, message_id)
        if "callback_data" not in found:
            raise ImpossibleError(f"The button {button!r} sends nothing to the bot: {found}.")
        return acts.press(self._world, self._person, stored, found["callback_data"])

    async def press_data(self, message: Message, data: str) -> str:
        """Sends callback data that no button carries (a button of a former version, a forgery)."""
        return acts.press(self._world, self._person, self._stored(message), data)

    async def press_key(self, label: str, location: tuple[float, float] | None = None) -> Message:
        """Presses a reply keyboard's key: sends its text, or `location` where it asks for one."""
        key = next((k for row in self.keys for k in row if k.text == label), None)
        if key is None:
            there = [k.text for row in self.keys for k in row]
            raise ImpossibleError(f"No key {label!r} under the chat; there are: {there}.")
        if key.request_location:
            if location is None:
                raise ImpossibleError(f"The key {label!r} sends a location: give one.")
            return await self.send_location(*location)
        return await self.send(label)

    async def ask_inline(self, query: str) -> str:
        """Types an inline query; returns its id (see `inline_results`)."""
        return acts.ask_inline(self._world, self._person, query)

    def inline_results(self, query_id: str) -> list[dict[str, Any]] | None:
        """What the bot answered to an inline query, None while it has not."""
        answer = self._world.inline_answers.get(query_id)
        return None if answer is None else answer["results"]

    async def block(self) -> None:
        """Blocks the bot: its messages come back as 403."""
        acts.set_blocked(self._world, self._person, blocked=True)

    async def unblock(self) -> None:
        acts.set_blocked(self._world, self._person, blocked=False)

    async def add_bot(self, chat: ChatOrId) -> None:
        """An administrator adds the bot to a group or channel."""
        acts.set_bot_member(self._world, self._person, self._chat_id(chat), member=True)

    async def remove_bot(self, chat: ChatOrId) -> None:
        """An administrator removes the bot from a group or channel."""
        acts.set_bot_member(self._world, self._person, self._chat_id(chat), member=False)

    # --- reading -----------------------------------------------------------------------------

    @property
    def messages(self) -> list[Message]:
        """The bot's messages in the private chat as they stand now, oldest first."""
        return [message for message in self.history() if message.from_bot]

    def history(self, chat: ChatOrId = None) -> list[Message]:
        """Everything said in a chat as it stands now, oldest first."""
        return [self._view(m) for m in self._world.history(self._chat_id(chat))]

    @property
    def last(self) -> Message:
        """The bot's latest message in the private chat; LookupError when it said nothing yet."""
        messages = self.messages
        if not messages:
            raise LookupError(f"The bot has said nothing to {self.user['first_name']}.")
        return messages[-1]

    @property
    def keys(self) -> list[list[Key]]:
        """The reply keyboard that stands under the private chat now, row by row."""
        standing = self._world.chats[self.id].keyboard
        return [
            [Key(k["text"], bool(k.get("request_location"))) for k in row]
            for row in (standing or {}).get("keyboard", [])
        ]

    @property
    def answers(self) -> list[CallbackAnswer]:
        """The answers (toasts, alerts) to this resident's presses, oldest first."""
        return [a for a in self._world.answers if a.user_id == self.id]

    async def answer_to(self, query_id: str, timeout: float = 5.0) -> CallbackAnswer:  # noqa: ASYNC109
        """The bot's answer to a press; TimeoutError when none comes."""
        found = await self._until(
            lambda: next((a for a in self.answers if a.query_id == query_id), None), timeout
        )
        if found is None:
            raise TimeoutError(f"The bot did not answer the press within {timeout} s.")
        return found

    async def next_message(self, timeout: float = 5.0, *, chat: ChatOrId = None) -> Message:  # noqa: ASYNC109
        """The bot's next message, each given once; TimeoutError when none comes."""
        chat_id = self._chat_id(chat)

        def unread() -> Message | None:
            after = self._read.get(chat_id, 0)
            fresh = (m for m in self.history(chat_id) if m.from_bot and m.message_id > after)
            return next(fresh, None)

        found = await self._until(unread, timeout)
        if found is None:
            raise TimeoutError(
                f"The bot said nothing more within {timeout} s.{self._said(chat_id)}"
            )
        self._read[chat_id] = found.message_id
        return found

    async def wait_for(
        self,
        predicate: Callable[[Message], bool],
        timeout: float = 5.0,  # noqa: ASYNC109
        *,
        chat: ChatOrId = None,
    ) -> Message:
        """The latest of the bot's messages, edited ones too, of which `predicate` holds."""
        chat_id = self._chat_id(chat)

        def fitting() -> Message | None:
            said = reversed([m for m in self.history(chat_id) if m.from_bot])
            return next((m for m in said if predicate(m)), None)

        found = await self._until(fitting, timeout)
        if found is None:
            raise TimeoutError(f"No fitting message within {timeout} s.{self._said(chat_id)}")
        return found

    async def wait_idle(self) -> None:
        """Returns when the bot has taken every update and fallen silent."""
        await self._wait_idle()

    async def _until(self, find: Callable[[], T | None], seconds: float) -> T | None:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while (found := find()) is None and loop.time() < end:
            await self._world.bell.wait(end - loop.time())
        return found

    def _said(self, chat_id: int) -> str:
        said = [m.text for m in self.history(chat_id) if m.from_bot][-3:]
        return f" It last said: {said}."

    def _chat_id(self, chat: ChatOrId) -> int:
        if chat is None:
            return self.id
        return chat.id if isinstance(chat, Chat) else chat

    def _say(
        self, content: dict[str, Any], chat: ChatOrId, reply_to: Message | None = None
    ) -> Message:
        answered = reply_to.message_id if reply_to else None
        stored = acts.say(self._world, self._person, self._chat_id(chat), content, answered)
        return self._view(stored)

    def _stored(self, message: Message) -> Stored:
        stored = self._world.find(message.chat_id, message.message_id)
        if stored is None:
            raise ImpossibleError(f"The message {message.message_id} is deleted.")
        return stored

    def _own(self, message: Message) -> Stored:
        stored = self._stored(message)
        if stored.body["from"]["id"] != self.id:
            raise ImpossibleError("Only one's own messages can be edited.")
        return stored

    def _view(self, stored: Stored) -> Message:
        return message_view(stored, self._world.files)
