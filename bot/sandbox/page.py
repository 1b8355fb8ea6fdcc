"""The chat page: residents talk to the bot in a browser.

The page asks for the whole state once, then hears of every change as a server-sent event. What a
resident does comes back as one POST. All texts travel as text and entities; the page builds nodes
from them and never parses HTML that the bot sent.
"""

import json
import secrets
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox import page_acts
from bot.sandbox.acts import ImpossibleError
from bot.sandbox.errors import ApiError
from bot.sandbox.params import read_params
from bot.sandbox.steering import Deed
from bot.sandbox.world import KnownPlace, Person, Stored, World

Json = dict[str, Any]

_HEARTBEAT = 15.0  # seconds between signs of life on a silent stream
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SAFE_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


class Page:
    """Serves the page, the state of the chats, and takes what residents do."""

    def __init__(
        self, world: World, places: Sequence[KnownPlace], deeds: Sequence[Deed] = ()
    ) -> None:
        self.world = world
        self.places = places
        self.deeds = {deed.name: deed for deed in deeds}
        self.session = secrets.token_hex(8)
        self.static = Path(str(files("bot.sandbox") / "static"))

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Adds the page's addresses."""
        router.add_get("/", self._index)
        router.add_static("/static", self.static)
        router.add_get("/sandbox/state", self._state)
        router.add_get("/sandbox/events", self._events)
        router.add_get("/sandbox/files/{file_id}", self._file)
        router.add_post("/sandbox/act", self._act)
        router.add_post("/sandbox/upload", self._upload)
        router.add_post("/sandbox/deed", self._deed)

    async def _index(self, request: web.Request) -> web.StreamResponse:
        del request
        headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
        return web.FileResponse(self.static / "index.html", headers=headers)

    async def _state(self, request: web.Request) -> web.Response:
        del request
        return web.json_response(self.state(), headers={"Cache-Control": "no-store"})

    def state(self) -> Json:
        """Everything the page shows, and the number of the last event it contains."""
        return {
            "session": self.session,
            "seq": len(self.world.events),
            "time": self.world.now(),
            "deeds": list(self.deeds),
            "bot": {**self.world.bot, "name": self.world.profile.text("name", None)},
            "residents": [self._resident(person) for person in self.world.people.values()],
            "places": [[p.name, p.latitude, p.longitude] for p in self.places],
            "chats": {chat_id: self._chat(chat_id) for chat_id in self.world.chats},
        }

    def _resident(self, person: Person) -> Json:
        profile, language = self.world.profile, person.language_code
        chats = [chat.id for chat in self.world.chats.values() if person.id in chat.members]
        return {
            "user": person.user,
            "blocked": person.blocked,
            "chats": chats,
            "description": profile.text("description", language),
            "commands": {
                chat_id: profile.shown_commands(chat_id, person.id, language) for chat_id in chats
            },
        }

    def _chat(self, chat_id: int) -> Json:
        chat = self.world.chats[chat_id]
        return {
            "id": chat.id,
            "kind": chat.kind,
            "title": chat.title,
            "members": chat.members,
            "keyboard": chat.keyboard,
            "messages": [_shown(stored) for stored in self.world.history(chat_id)],
        }

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """The changes after event `after` as server-sent events, until either side ends."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        # A page left open while the sandbox was started anew sees another session and reloads.
        await response.write(f"event: session\ndata: {self.session}\n\n".encode())
        seen = int(request.headers.get("Last-Event-ID") or request.query.get("after", "0"))
        try:
            while not self.world.closing:
                for event in self.world.events[seen:]:
                    seen = event["seq"]
                    data = json.dumps(self._described(event), ensure_ascii=False)
                    await response.write(f"id: {seen}\ndata: {data}\n\n".encode())
                if len(self.world.events) == seen and not await self.world.bell.wait(_HEARTBEAT):
                    await response.write(b": still here\n\n")
        except ConnectionError:
            pass  # the browser went away; nothing is lost, it asks anew
        return response

    def _described(self, event: Json) -> Json:
        kind = event["kind"]
        if kind in {"residents", "profile"}:
            state = self.state()
            return {**event, "residents": state["residents"], "bot": state["bot"]}
        if kind in {"message", "edit"}:
            stored = self.world.find(event["chat_id"], event["message_id"])
            keyboard = self.world.chats[event["chat_id"]].keyboard
            shown = None if stored is None else _shown(stored)
            return {**event, "message": shown, "keyboard": keyboard}
        return event

    async def _act(self, request: web.Request) -> web.Response:
        try:
            order = await request.json()
            result = page_acts.act(self.world, order)
        except (ImpossibleError, ApiError, KeyError, ValueError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"result": result})

    async def _upload(self, request: web.Request) -> web.Response:
        try:
            page_acts.upload(self.world, await read_params(request))
        except (ImpossibleError, ApiError, KeyError, ValueError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"result": True})

    async def _deed(self, request: web.Request) -> web.Response:
        """Does what one of the page's own buttons stands for, and tells every page the time."""
        try:
            deed = self.deeds[str((await request.json())["name"])]
        except (KeyError, ValueError, TypeError):
            known = ", ".join(self.deeds) or "none"
            return web.json_response({"error": f"Name a deed; there are: {known}."}, status=400)
        try:
            done = await deed.act()
        except (ImpossibleError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        self.world.happened("time", time=self.world.now())
        return web.json_response({"result": done})

    async def _file(self, request: web.Request) -> web.Response:
        """A file of a message; only pictures are shown, everything else is downloaded."""
        stored = self.world.files.by_id(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        shown = stored.mime_type in _SAFE_PICTURES and "download" not in request.query
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=3600"}
        if not shown:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
        kind = stored.mime_type if shown else "application/octet-stream"
        return web.Response(body=stored.content, content_type=kind, headers=headers)


def _shown(stored: Stored) -> Json:
    force = bool(stored.keyboard and stored.keyboard.get("force_reply"))
    return {**stored.body, "force_reply": force}
