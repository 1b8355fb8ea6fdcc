"""What the chat page stands on: its state, the stream of changes, the acts; no browser needed."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox.resident import PIXEL
from bot.sandbox.server import Sandbox
from bot.sandbox.world import KnownPlace
from tests.bot.sandbox.client import ApiClient


async def act(api: ApiClient, **order: Any) -> tuple[int, dict[str, Any]]:
    async with api.session.post(f"{api.root}/sandbox/act", json=order) as response:
        return response.status, await response.json()


async def state(api: ApiClient) -> dict[str, Any]:
    async with api.session.get(f"{api.root}/sandbox/state") as response:
        found: dict[str, Any] = await response.json()
        return found


async def test_the_page_loads_nothing_from_elsewhere_and_runs_no_inline_script(
    api: ApiClient,
) -> None:
    async with api.session.get(f"{api.root}/") as response:
        page = await response.text()
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "https://" not in page
    assert "<script>" not in page
    for name in ("chat.js", "layout.css", "labels.json", "icon.svg"):
        async with api.session.get(f"{api.root}/static/{name}") as response:
            assert response.status == 200


async def test_the_pages_words_are_the_same_set_in_all_three_languages(api: ApiClient) -> None:
    async with api.session.get(f"{api.root}/static/labels.json") as response:
        labels = await response.json()
    assert list(labels) == ["kk", "ru", "en"]
    assert set(labels["kk"]) == set(labels["ru"]) == set(labels["en"])
    assert all(text for words in labels.values() for text in words.values())


async def test_state_lists_residents_kazakh_first_with_places_and_chats() -> None:
    place = KnownPlace("Көктөбе", 43.233, 76.976)
    async with Sandbox(places=[place]) as sandbox, ApiClient(sandbox.url, sandbox.token) as api:
        shown = await state(api)
    assert [r["user"].get("language_code") for r in shown["residents"]] == ["kk", None, "ru", "en"]
    assert shown["places"] == [["Көктөбе", 43.233, 76.976]]
    assert shown["residents"][0]["chats"] == [sandbox.resident("Айгерім").id, sandbox.group.id]
    assert shown["bot"]["username"] == "qala_sandbox_bot"


async def test_acts_reach_the_bot_as_updates(sandbox: Sandbox, api: ApiClient) -> None:
    me = sandbox.resident("Айгерім").id
    button = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}
    sent = await api.result("sendMessage", chat_id=me, text="x", reply_markup=button)
    status, said = await act(api, person=me, act="text", text=" /near ")
    assert status == 200
    await act(api, person=me, act="edit", message_id=said["result"], text="басқа")
    await act(api, person=me, act="text", text="жауап", reply_to=sent["message_id"])
    await act(api, person=me, act="press", message_id=sent["message_id"], data="1")
    await act(api, person=me, act="location", latitude=43.2, longitude=76.9, live_period=900)
    await act(api, person=me, act="location", latitude=43.2, longitude=76.9, title="Үй")
    await act(api, person=me, chat=sandbox.group.id, act="text", text="топ")
    await act(api, person=me, act="block", blocked=True)
    updates = await api.result("getUpdates")
    kinds = [next(k for k in update if k != "update_id") for update in updates]
    assert kinds == [
        "message",
        "edited_message",
        "message",
        "callback_query",
        "message",
        "message",
        "message",
        "my_chat_member",
    ]
    assert updates[0]["message"]["entities"][0]["type"] == "bot_command"
    assert updates[2]["message"]["reply_to_message"]["text"] == "x"
    assert updates[4]["message"]["location"]["live_period"] == 900
    assert updates[5]["message"]["venue"]["title"] == "Үй"
    assert updates[6]["message"]["chat"]["type"] == "supergroup"


@pytest.mark.parametrize(
    "order",
    [
        {"act": "text", "text": ""},
        {"act": "text", "text": "x" * 4097},
        {"act": "text", "text": "x", "reply_to": 99},
        {"act": "text", "text": "x", "chat": 12},
        {"act": "location", "latitude": 91, "longitude": 0},
        {"act": "location", "latitude": "north", "longitude": 0},
        {"act": "press", "message_id": 99, "data": "x"},
        {"act": "edit", "message_id": 99, "text": "x"},
        {"act": "dance"},
        {"act": "text", "text": "x", "person": 5},
    ],
)
async def test_impossible_acts_are_refused_with_a_reason(
    sandbox: Sandbox, api: ApiClient, order: dict[str, Any]
) -> None:
    status, body = await act(api, **{"person": sandbox.resident("Айгерім").id, **order})
    assert status == 400
    assert body["error"]
    assert await api.result("getUpdates") == []


async def upload(api: ApiClient, name: str, content: bytes, kind: str, **fields: str) -> int:
    form = aiohttp.FormData(quote_fields=False)
    for key, value in fields.items():
        form.add_field(key, value)
    form.add_field("file", content, filename=name, content_type=kind)
    async with api.session.post(f"{api.root}/sandbox/upload", data=form) as response:
        return response.status


async def test_uploads_become_photos_or_documents(sandbox: Sandbox, api: ApiClient) -> None:
    me = str(sandbox.resident("Айгерім").id)
    assert await upload(api, "a.png", PIXEL, "image/png", person=me) == 200
    document = {"person": me, "as": "document", "caption": "міне"}
    assert await upload(api, "a.png", PIXEL, "image/png", **document) == 200
    assert await upload(api, "a.png", b"no picture", "image/png", person=me) == 400
    assert await upload(api, "a.txt", b"x", "text/plain", person="5") == 400
    first, second = [u["message"] for u in await api.result("getUpdates")]
    assert "photo" in first
    assert (second["document"]["file_name"], second["caption"]) == ("a.png", "міне")


async def test_only_pictures_are_shown_other_files_are_downloads(
    sandbox: Sandbox, api: ApiClient
) -> None:
    resident = sandbox.resident("Айгерім")
    photo = (await resident.send_photo()).photo
    page = (await resident.send_document("бет.html", b"<script>1</script>")).document
    assert photo
    assert page
    root = f"{api.root}/sandbox/files"
    async with api.session.get(f"{root}/{photo.file_id}") as response:
        assert (response.content_type, await response.read()) == ("image/png", PIXEL)
        assert "Content-Disposition" not in response.headers
    async with api.session.get(f"{root}/{page.file_id}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    async with api.session.get(f"{root}/none") as response:
        assert response.status == 404


async def _events(response: aiohttp.ClientResponse, count: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while len(found) < count:
        line = (await response.content.readline()).decode()
        if line.startswith("data: {"):
            found.append(json.loads(line.removeprefix("data: ")))
    return found


async def test_the_stream_tells_every_change_at_once(sandbox: Sandbox, api: ApiClient) -> None:
    known = await state(api)
    me = sandbox.resident("Айгерім")
    address = f"{api.root}/sandbox/events"
    async with api.session.get(address, params={"after": known["seq"]}) as response:
        assert response.content_type == "text/event-stream"
        keys = {"keyboard": [["Аудандар"]]}
        sent = await api.result("sendMessage", chat_id=me.id, text="x", reply_markup=keys)
        target = {"chat_id": me.id, "message_id": sent["message_id"]}
        await api.result("editMessageText", **target, text="y")
        await api.result("deleteMessage", **target)
        await api.result("sendChatAction", chat_id=me.id, action="typing")
        commands = [{"command": "near", "description": "Жанымда"}]
        await api.result("setMyCommands", commands=commands)
        async with asyncio.timeout(5):
            events = await _events(response, 5)
    assert [e["kind"] for e in events] == ["message", "edit", "delete", "action", "profile"]
    assert [e["seq"] for e in events] == [known["seq"] + n for n in range(1, 6)]
    assert events[-1]["residents"][0]["commands"][str(me.id)] == commands
    resumed = {"Last-Event-ID": str(events[-2]["seq"])}
    async with api.session.get(address, headers=resumed) as response:
        async with asyncio.timeout(5):
            again = await _events(response, 1)
    assert again[0]["kind"] == "profile"
