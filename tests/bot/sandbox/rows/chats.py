"""Chats and their members."""

import pytest

from bot.sandbox.acts import ImpossibleError
from tests.bot.sandbox.table import Bench, row


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


@row("an administrator beside the owner is one by `getChatMember` and `getChatAdministrators`")
async def administrators(bench: Bench) -> None:
    group, olga = bench.sandbox.group, bench.sandbox.resident("Ольга")
    group.administrators.add(olga.id)
    found = await bench.api.result("getChatMember", chat_id=group.id, user_id=olga.id)
    assert (found["status"], found["is_anonymous"]) == ("administrator", False)
    admins = await bench.api.result("getChatAdministrators", chat_id=group.id)
    assert [admin["status"] for admin in admins] == ["creator", "administrator"]


@row(
    "a channel's post comes as `channel_post`, from the channel and from nobody; readers only read"
)
async def channels(bench: Bench) -> None:
    owner, reader = bench.sandbox.resident("Айгерім"), bench.sandbox.resident("Ольга")
    channel = bench.sandbox.world.add_channel(-1005, "Арна", [owner.id, reader.id])
    await owner.send("/subscribe", chat=channel)
    (update,) = await bench.api.result("getUpdates")
    post = update["channel_post"]
    assert (post["text"], post["chat"]["type"]) == ("/subscribe", "channel")
    assert post["sender_chat"]["id"] == channel.id
    assert "from" not in post
    with pytest.raises(ImpossibleError):
        await reader.send("мен де", chat=channel)


@row("the bot let into a group or thrown out comes as `my_chat_member`; only administrators do it")
async def let_in(bench: Bench) -> None:
    group, owner = bench.sandbox.group, bench.sandbox.resident("Айгерім")
    with pytest.raises(ImpossibleError):
        await bench.sandbox.resident("Ольга").remove_bot(group)
    await owner.remove_bot(group)
    await owner.remove_bot(group)
    await owner.add_bot(group)
    changes = [u["my_chat_member"] for u in await bench.api.result("getUpdates")]
    assert [one["new_chat_member"]["status"] for one in changes] == ["kicked", "member"]
