"""As little of a Bot API server as bots need that answer: fast, because it shares their machine.

One server for all bots; each has its line, by its token. Updates are handed out as Telegram does:
by long polling, up to a hundred at a time. What is sent comes back with its text and its inline
keyboard, as from Telegram, and nothing is checked.
"""

import asyncio
import json
import re
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

MOST_AT_ONCE = 100  # updates that one getUpdates gives
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_PART = re.compile(r'name="(\w+)"(?:\r\n[^\r\n]+)*\r\n\r\n(.*?)\r\n--', re.DOTALL)
_RESULTS: dict[str, Any] = {
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
}


@dataclass
class Line:
    """One bot's line: what waits for it, what it has at hand, what it answered.

    `answered` is called with the chat and the seconds between handing out the update and the
    arrival of the first message or edit.
    """

    token: str
    delay_s: float = 0.0
    answered: Callable[[int, float], None] = lambda _chat, _seconds: None
    calls: Counter[str] = field(default_factory=Counter)
    shown: dict[int, dict[str, Any]] = field(default_factory=dict)  # the last message by chat
    at_hand: dict[int, float] = field(default_factory=dict)  # when it was handed out, by chat
    answers: int = 0
    _waiting: deque[tuple[int, int, str]] = field(default_factory=deque)
    _unconfirmed: deque[tuple[int, int, str]] = field(default_factory=deque)
    _held: "Connection | None" = None
    _timeout: asyncio.TimerHandle | None = None
    _updates: int = 0
    _messages: int = 1000

    def put(self, chat: int, update: str) -> None:
        """An update for the bot: its chat and its JSON without number and braces."""
        self._updates += 1
        self.at_hand[chat] = float("nan")
        numbered = f'{{"update_id":{self._updates},{update}}}'
        self._waiting.append((self._updates, chat, numbered))
        if self._held is not None:
            self._hand_out()

    def forget(self) -> None:
        """Nothing is left for the bot, which begins anew."""
        self._waiting.clear()
        self._unconfirmed.clear()
        self.at_hand.clear()

    def ask(self, connection: "Connection", timeout_s: float, offset: int) -> None:
        """The bot asks for updates: answered now, or held. What it does not confirm comes again."""
        while self._unconfirmed and self._unconfirmed[0][0] < offset:
            self._unconfirmed.popleft()
        while self._unconfirmed:
            self._waiting.appendleft(self._unconfirmed.pop())
        self._wait_no_longer()
        self._held = connection
        if not timeout_s or self._waiting:
            self._hand_out()
        else:
            loop = asyncio.get_running_loop()
            self._timeout = loop.call_later(timeout_s, self._hand_out)

    def gone(self, connection: "Connection") -> None:
        """The bot closed the connection."""
        if self._held is connection:
            self._held = None
            self._wait_no_longer()

    def _hand_out(self) -> None:
        connection, self._held = self._held, None
        self._wait_no_longer()
        if connection is None:
            return
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]
        self._unconfirmed.extend(batch)
        body = f'{{"ok":true,"result":[{",".join(update for *_, update in batch)}]}}'.encode()

        def write() -> None:
            now = time.perf_counter()
            self.at_hand.update((chat, now) for _, chat, _ in batch)
            connection.write(body)

        self.later(write)

    def _wait_no_longer(self) -> None:
        if self._timeout is not None:
            self._timeout.cancel()
            self._timeout = None

    def later(self, write: Callable[[], None]) -> None:
        """Do it after the network's delay."""
        if self.delay_s:
            asyncio.get_running_loop().call_later(self.delay_s, write)
        else:
            write()

    def call(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a call; an answer to what the bot has at hand is noted."""
        self.calls[method] += 1
        if method == "getMe":
            number = int(self.token.partition(":")[0])
            return {"id": number, "is_bot": True, "first_name": "Bot", "username": "qala_bot"}
        is_answer = method.startswith(("send", "edit")) and method != "sendChatAction"
        if not is_answer or "chat_id" not in params:
            return _RESULTS.get(method, True)
        chat = int(params["chat_id"])
        message = self._message(chat, params)
        self.shown[chat] = message
        handed_out = self.at_hand.pop(chat, None)
        if handed_out is not None:
            self.answers += 1
            self.answered(chat, time.perf_counter() - handed_out)
        return message

    def _message(self, chat: int, params: dict[str, Any]) -> dict[str, Any]:
        self._messages += 1
        message = {
            "message_id": int(params.get("message_id", self._messages)),
            "date": int(time.time()),
            "from": {"id": 1, "is_bot": True, "first_name": "Bot", "username": "qala_bot"},
            "chat": {"id": chat, "type": "private", "first_name": "A"},
            "text": params.get("text", ""),
        }
        markup = params.get("reply_markup")
        if isinstance(markup, str):
            markup = json.loads(markup)
        if markup and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        return message


class Connection(asyncio.Protocol):
    """An HTTP/1.1 connection of a bot; one request at a time."""

    def __init__(self, lines: dict[str, Line]) -> None:
        self._lines = lines
        self._data = b""
        self._transport: Any = None
        self._line: Line | None = None

    def connection_made(self, transport: Any) -> None:
        """Keep the transport."""
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Hold nothing for who is gone."""
        _ = exc
        if self._line is not None:
            self._line.gone(self)

    def data_received(self, data: bytes) -> None:
        """Answer once the whole request is here."""
        self._data += data
        head, found, body = self._data.partition(b"\r\n\r\n")
        if not found:
            return
        length = _LENGTH.search(head)
        if length is not None:
            whole = len(body) >= int(length[1])
        else:
            whole = not _CHUNKED.search(head) or body.endswith(b"0\r\n\r\n")
        if whole:
            self._data = b""
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        path = head.split(b" ", 2)[1].decode().partition("?")[0]
        token, _, method = path.removeprefix("/bot").partition("/")
        line = self._line = self._lines[token]
        params = _params(head, body)
        if method == "getUpdates":
            line.calls[method] += 1
            line.ask(self, float(params.get("timeout", 0)), int(params.get("offset", 0)))
            return
        result = json.dumps({"ok": True, "result": line.call(method, params)}, ensure_ascii=False)
        line.later(lambda: self.write(result.encode()))

    def write(self, body: bytes) -> None:
        """Answer the request."""
        if not self._transport.is_closing():
            self._transport.write(_HEAD + str(len(body)).encode() + b"\r\n\r\n" + body)


def _params(head: bytes, body: bytes) -> dict[str, Any]:
    """What the call says: JSON, a form, or a form of several parts."""
    if not body:
        return {}
    if body.startswith(b"{"):
        params: dict[str, Any] = json.loads(body)
        return params
    if b"multipart/form-data" in head:
        return dict(_PART.findall(body.decode(errors="replace")))
    return dict(parse_qsl(body.decode()))


@asynccontextmanager
async def bot_api(lines: list[Line]) -> AsyncIterator[str]:
    """Serve the lines on loopback; the server's root."""
    by_token = {line.token: line for line in lines}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(by_token), "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
