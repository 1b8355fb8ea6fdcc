"""The sandbox's server: the Bot API on loopback, the control route, the chat page.

Give python-telegram-bot `{url}/bot` as base_url and `{url}/file/bot` as base_file_url.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.sandbox.api import TOKEN, Api, Call
from bot.sandbox.faults import Faults
from bot.sandbox.guard import only_from_this_machine
from bot.sandbox.loopback import is_loopback
from bot.sandbox.page import Page
from bot.sandbox.resident import Resident
from bot.sandbox.residents import cast, settle
from bot.sandbox.steering import Deed
from bot.sandbox.webhook import Deliverer
from bot.sandbox.world import Chat, KnownPlace, Person, World

SANDBOX_TOKEN = "4200000000:SANDBOX-no-secret-works-nowhere-000"  # noqa: S105 not Telegram's

_LARGEST_BODY = 64 * 1024 * 1024  # bytes
_QUIET = 0.15  # seconds without any call that count as idle


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """A Bot API server on loopback, in memory, for one bot and its made-up residents.

    `clock` gives the time of messages; `places` are offered in the page's location picker, `deeds`
    as its own buttons.
    Raises ValueError for a host beyond this machine or a token no bot could have.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str = SANDBOX_TOKEN,
        clock: Callable[[], datetime] = _utc_now,
        places: Sequence[KnownPlace] = (),
        deeds: Sequence[Deed] = (),
    ) -> None:
        if not is_loopback(host):
            raise ValueError(f"The sandbox listens on this machine only, not on {host!r}.")
        if not TOKEN.fullmatch(token):
            raise ValueError("A bot's token is digits, a colon and 30 or more of A-Z a-z 0-9 _ -.")
        self.token = token
        self.world = World(
            {"id": int(token.partition(":")[0]), "is_bot": True, **cast()["bot"]}, clock
        )
        settle(self.world)
        self._api = Api(self.world, token)
        self.places = tuple(places)
        self.deeds = tuple(deeds)
        self._host = "127.0.0.1" if host == "localhost" else host.strip("[]")
        self._port = port
        self._url: str | None = None
        self._running: AsyncExitStack | None = None
        self._residents: dict[int, Resident] = {}

    @property
    def faults(self) -> Faults:
        """Faults waiting for their calls: `sandbox.faults.add(method=..., error_code=403)`."""
        return self._api.faults

    @property
    def calls(self) -> list[Call]:
        """Every call the bot made, oldest first."""
        return self._api.calls

    @property
    def url(self) -> str:
        """The root address, such as http://127.0.0.1:8484; RuntimeError before `start`."""
        if self._url is None:
            raise RuntimeError("The sandbox is not started.")
        return self._url

    async def start(self) -> None:
        """Listens and serves; OSError when the port is taken."""
        async with AsyncExitStack() as stack:
            runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, self._host, self._port).start()
            host = f"[{self._host}]" if ":" in self._host else self._host
            self._url = f"http://{host}:{runner.addresses[0][1]}"
            deliverer = Deliverer(self.world, self._api.call_from_webhook)
            delivery = asyncio.get_running_loop().create_task(deliverer.run())
            stack.push_async_callback(self._end, delivery)
            self._running = stack.pop_all()

    async def stop(self) -> None:
        """Ends every held call and closes the port; a second call does nothing."""
        running, self._running = self._running, None
        if running is not None:
            await running.aclose()

    async def _end(self, delivery: asyncio.Task[None]) -> None:
        self.world.closing = True
        self.world.bell.ring()
        await delivery

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    def resident(self, who: int | str) -> Resident:
        """The hand of a resident, by id, first name or username; KeyError for a stranger.

        The same object for the same resident each time, so that `next_message` goes on.
        """
        person = self._person(who)
        if person.id not in self._residents:
            self._residents[person.id] = Resident(self.world, person, self.wait_idle)
        return self._residents[person.id]

    def _person(self, who: int | str) -> Person:
        for person in self.world.people.values():
            if who in {person.id, person.user["first_name"], person.user.get("username")}:
                return person
        names = ", ".join(str(p.user["first_name"]) for p in self.world.people.values())
        raise KeyError(f"No resident {who!r}; there are: {names}.")

    def add_resident(
        self,
        first_name: str,
        language_code: str | None = None,
        *,
        chat_id: int | None = None,
        started: bool = True,
        **user: Any,
    ) -> Resident:
        """One more resident; one not `started` cannot be written to before they write."""
        chat_id = chat_id or max(self.world.people, default=700_000_000) + 1
        code = {"language_code": language_code} if language_code else {}
        fields = {"id": chat_id, "first_name": first_name, **code, **user}
        self.world.add_person(fields, started=started)
        return self.resident(chat_id)

    @property
    def group(self) -> Chat:
        """The group chat of residents.json."""
        return next(chat for chat in self.world.chats.values() if chat.kind != "private")

    def push_update(self, update: dict[str, Any]) -> int:
        """Sends the bot an update as it stands (without update_id); returns the id it got."""
        return self.world.updates.push_raw(update)

    async def wait_idle(self, timeout: float = 5.0, quiet: float = _QUIET) -> None:  # noqa: ASYNC109 the driver's promise
        """Returns when the bot has taken all updates and made no call for `quiet` seconds.

        Raises TimeoutError when that does not come within `timeout` seconds.
        """
        loop = asyncio.get_running_loop()
        begun = loop.time()
        async with asyncio.timeout(timeout):
            while True:
                since = loop.time() - max(self._api.last_call, begun)
                busy = self._api.under_way or self.world.updates.pending
                if not busy and since >= quiet:
                    return
                await asyncio.sleep(0.01 if busy else quiet - since)

    def _application(self) -> web.Application:
        application = web.Application(
            client_max_size=_LARGEST_BODY, middlewares=[only_from_this_machine]
        )
        self._api.add_routes(application.router)
        Page(self.world, self.places, self.deeds).add_routes(application.router)
        return application
