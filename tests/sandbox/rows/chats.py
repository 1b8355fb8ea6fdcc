"""Chats and their members."""

from tests.sandbox.table import Bench, row


@row("`getChat` describes a resident and a group; an unknown one is 400")
async def get_chat(bench: Bench) -> None:
    chat = await bench.api.result("getChat", chat_id=bench.chat)
    assert (chat["type"], chat["first_name"]) == ("private", "Айгерім")
    by_name = await bench.api.result("getChat", chat_id="@aigerim_sandbox")
    assert by_name["id"] == bench.chat
    group = await bench.api.result("getChat", chat_id=bench.sandbox.group.id)
    assert (group["type"], group["title"]) == ("supergroup", "Орбита-3 көршілері")
    unknown = await bench.api.refusal("getChat", chat_id=5)
    assert unknown == (400, "Bad Request: chat not found")


@row("`getChatMember` tells creator, member, left; an unknown person is 400")
async def get_chat_member(bench: Bench) -> None:
    group = bench.sandbox.group.id

    async def status(user_id: int) -> str:
        found = await bench.api.result("getChatMember", chat_id=group, user_id=user_id)
        assert found["user"]["id"] == user_id
        return str(found["status"])

    assert await status(bench.chat) == "creator"
    assert await status(bench.sandbox.resident("Ольга").id) == "member"
    assert await status(bench.sandbox.resident("Daniel").id) == "left"
    assert await status(int(bench.sandbox.token.split(":")[0])) == "member"
    unknown = await bench.api.refusal("getChatMember", chat_id=group, user_id=5)
    assert unknown == (400, "Bad Request: user not found")


@row("`getChatAdministrators` and `getChatMemberCount` of a group")
async def members(bench: Bench) -> None:
    group = bench.sandbox.group.id
    admins = await bench.api.result("getChatAdministrators", chat_id=group)
    assert [admin["user"]["first_name"] for admin in admins] == ["Айгерім"]
    assert await bench.api.result("getChatMemberCount", chat_id=group) == 3
    assert (await bench.api.refusal("getChatAdministrators", chat_id=bench.chat))[0] == 400


@row("after `leaveChat` the bot hears nothing there and may not write (403)")
async def leaves(bench: Bench) -> None:
    group = bench.sandbox.group
    await bench.api.result("leaveChat", chat_id=group.id)
    assert await bench.api.refusal("sendMessage", chat_id=group.id, text="x") == (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    )
    await bench.sandbox.resident("Ольга").send("тихо стало", chat=group)
    assert await bench.api.result("getUpdates") == []


@row("`getUserProfilePhotos` has none to show")
async def profile_photos(bench: Bench) -> None:
    photos = await bench.api.result("getUserProfilePhotos", user_id=bench.chat)
    assert photos == {"total_count": 0, "photos": []}
    assert (await bench.api.refusal("getUserProfilePhotos", user_id=5))[0] == 400
