"""Tokens, method names, ways of sending parameters."""

from tests.bot.sandbox.client import ApiClient
from tests.bot.sandbox.table import Bench, row


@row("`getMe` tells `is_bot`, the id before the token's colon, a name and a username")
async def get_me(bench: Bench) -> None:
    me = await bench.api.result("getMe")
    assert me["is_bot"] is True
    assert me["id"] == int(bench.sandbox.token.split(":")[0])
    assert me["first_name"] == "Qala"
    assert me["username"].endswith("bot")
    assert me["can_read_all_group_messages"] is True


@row("GET and POST both work; method names ignore case, as Telegram's do")
async def get_and_case(bench: Bench) -> None:
    async with bench.api.session.get(bench.api.address("GETME")) as response:
        assert response.status == 200
        assert (await response.json())["result"]["is_bot"] is True


@row("parameters come as query string, urlencoded form, multipart or JSON alike")
async def encodings(bench: Bench) -> None:
    chat = bench.chat
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}
    await bench.api.call("sendMessage", chat_id=chat, text="json", reply_markup=markup)
    await bench.api.form("sendMessage", chat_id=chat, text="form", reply_markup=markup)
    await bench.api.upload("sendMessage", {}, chat_id=chat, text="multipart", reply_markup=markup)
    query = {"chat_id": str(chat), "text": "query"}
    async with bench.api.session.get(bench.api.address("sendMessage"), params=query) as response:
        assert response.status == 200
    messages = bench.sandbox.resident(chat).messages
    assert [m.text for m in messages] == ["json", "form", "multipart", "query"]
    assert [m.button_texts for m in messages] == [["a"], ["a"], ["a"], []]


@row("a token of another bot is 401 Unauthorized, a malformed one 404 Not Found")
async def tokens(bench: Bench) -> None:
    other = ApiClient(bench.sandbox.url, "123456:" + "x" * 35)
    other.session = bench.api.session
    assert await other.refusal("getMe") == (401, "Unauthorized")
    other.token = "none"
    assert await other.refusal("getMe") == (404, "Not Found")


@row("an unknown method is 404 Not Found")
async def unknown_method(bench: Bench) -> None:
    assert await bench.api.refusal("sendSmoke") == (404, "Not Found")


@row("broken JSON and parameters of the wrong type are 400, never a crash")
async def broken_parameters(bench: Bench) -> None:
    async with bench.api.session.post(
        bench.api.address("sendMessage"), data="{", headers={"Content-Type": "application/json"}
    ) as response:
        assert response.status == 400
    chat = bench.chat
    code, reason = await bench.api.refusal(
        "sendMessage", chat_id=chat, text="x", reply_markup="{no json"
    )
    assert (code, reason) == (400, "Bad Request: can't parse reply_markup JSON object")
    assert (await bench.api.refusal("deleteMessage", chat_id=chat, message_id="one"))[0] == 400
    assert (await bench.api.refusal("setMyCommands", commands=[7]))[0] == 400
