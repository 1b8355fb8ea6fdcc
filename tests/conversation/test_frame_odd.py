"""All that Telegram may bring and is no question: a fitting answer, or silence; never an error."""

from typing import Any

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from tests.conversation.conftest import Entries

HINT = "Send me your location, write a place or a word, or choose:"
QUIET = {"getUpdates", "getWebhookInfo"}


def said_nothing(sandbox: Sandbox, before: int) -> bool:
    return [c.method for c in sandbox.calls[before:] if c.method not in QUIET] == []


@pytest.mark.parametrize(
    ("fields", "lead"),
    [
        ({"dice": {"emoji": "🎲", "value": 3}}, "only understand words"),
        ({"contact": {"phone_number": "+77010000000", "first_name": "А"}}, "no phone numbers"),
        (
            {
                "video_note": {
                    "file_id": "v",
                    "file_unique_id": "v",
                    "length": 240,
                    "duration": 3,
                }
            },
            "cannot listen or watch",
        ),
        (
            {
                "video": {
                    "file_id": "v",
                    "file_unique_id": "v",
                    "width": 1,
                    "height": 1,
                    "duration": 3,
                }
            },
            "cannot listen or watch",
        ),
        (
            {
                "poll": {
                    "id": "1",
                    "question": "?",
                    "options": [],
                    "total_voter_count": 0,
                    "is_closed": False,
                    "is_anonymous": True,
                    "type": "regular",
                    "allows_multiple_answers": False,
                    "allows_revoting": False,
                    "members_only": False,
                }
            },
            "polls",
        ),
        (
            {
                "invoice": {
                    "title": "x",
                    "description": "x",
                    "start_parameter": "x",
                    "currency": "KZT",
                    "total_amount": 1,
                }
            },
            "cannot read this kind",
        ),
    ],
)
async def test_attachments_get_one_fitting_answer(
    daniel: Resident, fields: dict[str, Any], lead: str
) -> None:
    await daniel.send_raw(**fields)
    answer = await daniel.next_message()
    assert lead in answer.text
    assert HINT in answer.text
    assert "🏘 Districts" in answer.button_texts


async def test_sticker_voice_photo_document(daniel: Resident) -> None:
    await daniel.send_sticker()
    assert "only understand words" in (await daniel.next_message()).text
    await daniel.send_voice()
    assert "cannot listen" in (await daniel.next_message()).text
    await daniel.send_photo(caption="школа")
    assert "cannot look at pictures" in (await daniel.next_message()).text
    await daniel.send_document("план.pdf", b"%PDF")
    assert "cannot look at pictures" in (await daniel.next_message()).text


async def test_an_album_gets_one_answer(sandbox: Sandbox, daniel: Resident) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    for _ in range(5):
        await daniel.send_raw(photo=photo, media_group_id="77")
    await daniel.send_raw(photo=photo, media_group_id="78")
    await daniel.wait_idle()
    assert len(daniel.messages) == 2


async def test_an_unknown_command(resident: Resident) -> None:
    await resident.send("/build")
    answer = await resident.next_message()
    assert answer.text.startswith("/build деген пәрменді білмеймін.")
    assert "🏘 Аудандар" in answer.button_texts


async def test_a_huge_text(daniel: Resident) -> None:
    await daniel.send("а" * 4096)
    assert "long text" in (await daniel.next_message()).text
    await daniel.send("/" + "a" * 4000)
    await daniel.wait_idle()


@pytest.mark.parametrize("data", ["zz:1", "m:nothing", "o:", "l:de", "o:radius:", "x" * 64, "қ"])
async def test_a_button_of_another_time(daniel: Resident, data: str) -> None:
    await daniel.send("/help")
    message = await daniel.next_message()
    query = await daniel.press_data(message, data)
    answer = await daniel.answer_to(query)
    await daniel.wait_idle()
    if data == "o:":  # this one is known
        assert answer.text == ""
        return
    assert answer.text == "This button is out of date."
    assert daniel.last.text == "What would you like to know?"
    assert daniel.messages[0].text == message.text  # what was there stays


async def test_an_edited_message_is_not_answered_again(daniel: Resident) -> None:
    asked = await daniel.send("/help")
    await daniel.next_message()
    await daniel.edit(asked, "/privacy")
    await daniel.wait_idle()
    assert len(daniel.messages) == 1


SERVICE = [
    {"new_chat_title": "Жаңа атау"},
    {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}},
    {"group_chat_created": True},
    {"migrate_to_chat_id": -100500},
    {"migrate_from_chat_id": -500},
    {"left_chat_member": {"id": 5, "is_bot": False, "first_name": "X"}},
    {"new_chat_members": [{"id": 5, "is_bot": False, "first_name": "X"}]},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    {"video_chat_started": {}},
    {"forum_topic_created": {"name": "x", "icon_color": 1}},
    {"write_access_allowed": {}},
    {"something_of_the_future": {"x": 1}},
    {},
]


@pytest.mark.parametrize("fields", SERVICE)
async def test_service_messages_are_met_with_silence(
    sandbox: Sandbox, daniel: Resident, fields: dict[str, Any]
) -> None:
    await daniel.send_raw(**fields)
    await daniel.wait_idle()
    assert daniel.messages == []


USER = {"id": 700000004, "is_bot": False, "first_name": "Daniel", "language_code": "en"}
PRIVATE = {"id": 700000004, "type": "private", "first_name": "Daniel"}
GROUP_ID = -1007000000001
GROUP = {"id": GROUP_ID, "type": "supergroup", "title": "Көршілер"}
TEXT = {"message_id": 9000, "date": 1763640000, "chat": PRIVATE, "from": USER, "text": "/help"}
RAW: list[dict[str, Any]] = [
    {},
    {"something_of_the_future": {"x": 1}},
    {
        "message_reaction": {
            "chat": PRIVATE,
            "message_id": 1,
            "date": 1763640000,
            "user": USER,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        }
    },
    {
        "business_connection": {
            "id": "b",
            "user": USER,
            "user_chat_id": 700000004,
            "date": 1763640000,
            "is_enabled": True,
        }
    },
    {"business_message": {**TEXT, "business_connection_id": "b"}},
    {"edited_business_message": {**TEXT, "business_connection_id": "b", "edit_date": 1763640001}},
    {
        "deleted_business_messages": {
            "business_connection_id": "b",
            "chat": PRIVATE,
            "message_ids": [1],
        }
    },
    {"poll_answer": {"poll_id": "1", "user": USER, "option_ids": [0], "option_persistent_ids": []}},
    {
        "poll": {
            "id": "1",
            "question": "?",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    {
        "chat_join_request": {
            "chat": GROUP,
            "from": USER,
            "user_chat_id": 700000004,
            "date": 1763640000,
        }
    },
    {"chosen_inline_result": {"result_id": "1", "from": USER, "query": "x"}},
    {
        "pre_checkout_query": {
            "id": "1",
            "from": USER,
            "currency": "KZT",
            "total_amount": 1,
            "invoice_payload": "x",
        }
    },
    {"edited_message": {**TEXT, "edit_date": 1763640001}},
    {
        "chat_member": {
            "chat": GROUP,
            "from": USER,
            "date": 1763640000,
            "old_chat_member": {"status": "left", "user": USER},
            "new_chat_member": {"status": "member", "user": USER},
        }
    },
    {"message": {**TEXT, "chat": GROUP, "text": "көшеде не болып жатыр?"}},
    {"message": {"message_id": 9001, "date": 1763640000, "chat": GROUP, "text": "from nobody"}},
]


@pytest.mark.parametrize("update", RAW, ids=lambda update: next(iter(update), "empty"))
async def test_raw_updates_that_are_no_business_of_the_bot(
    sandbox: Sandbox, daniel: Resident, update: dict[str, Any]
) -> None:
    before = len(sandbox.calls)
    sandbox.push_update(update)
    await sandbox.wait_idle()
    assert said_nothing(sandbox, before)


async def test_an_update_the_library_cannot_read_holds_nobody_up(
    sandbox: Sandbox, daniel: Resident, logged: Entries, caplog: pytest.LogCaptureFixture
) -> None:
    await sandbox.wait_idle()  # all three in one batch
    sandbox.push_update({"message": {"date": 1763640000}})
    await daniel.send("/help")
    sandbox.push_update({"message": "no object", "zzz": 1})
    assert "How to ask me" in (await daniel.next_message()).text
    await daniel.send("/privacy")
    assert "What I keep" in (await daniel.next_message()).text
    strange = [entry for entry in logged if entry["event"] == "update_not_understood"]
    assert [entry["fields"] for entry in strange][:2] == [
        ["message", "update_id"],
        ["message", "update_id", "zzz"],
    ]
    logged[:] = [entry for entry in logged if entry not in strange]
    caplog.clear()  # the library cries too


async def test_a_message_without_a_sender_is_answered_in_kazakh(
    sandbox: Sandbox, daniel: Resident
) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 5}]
    message = {"message_id": 9002, "date": 1763640000, "chat": GROUP, "text": "/help"}
    sandbox.push_update({"message": {**message, "entities": entities}})
    assert "Қалай сұрауға" in (await daniel.next_message(chat=GROUP_ID)).text


async def test_a_press_on_a_message_too_old_to_be_edited(
    sandbox: Sandbox, daniel: Resident
) -> None:
    old = {"message_id": 1, "date": 0, "chat": PRIVATE}
    query = {"id": "5", "from": USER, "chat_instance": "1", "message": old, "data": "m:help"}
    sandbox.push_update({"callback_query": query})
    assert "How to ask me" in (await daniel.next_message()).text


async def test_a_press_on_a_message_sent_through_inline_mode(
    sandbox: Sandbox, daniel: Resident
) -> None:
    query = {
        "id": "6",
        "from": USER,
        "chat_instance": "1",
        "inline_message_id": "AAA",
        "data": "m:help",
    }
    for data in ("m:help", "o:", "l:kk", "o:home", "o:export", "o:delete:yes", "zz"):
        sandbox.push_update({"callback_query": {**query, "data": data}})
    sandbox.push_update({"callback_query": {**query, "data": None, "game_short_name": "chess"}})
    await sandbox.wait_idle()
    assert daniel.messages == []


async def test_inline_mode_leads_to_the_conversation(sandbox: Sandbox, daniel: Resident) -> None:
    query = await daniel.ask_inline("мектеп")
    await sandbox.wait_idle()
    assert daniel.inline_results(query) == []
    answer = next(call for call in sandbox.calls if call.method == "answerInlineQuery")
    assert "Ask me in our chat" in str(answer.params["button"])


async def test_a_message_deleted_before_the_press_is_answered_anew(
    sandbox: Sandbox, daniel: Resident
) -> None:
    await daniel.send("/menu")
    menu = await daniel.next_message()
    sandbox.faults.add(
        method="editMessageText",
        error_code=400,
        description="Bad Request: message to edit not found",
    )
    await daniel.press("❓ Help")
    helped = await daniel.wait_for(lambda m: "How to ask me" in m.text)
    assert helped.message_id != menu.message_id


async def test_pressing_the_same_button_twice_is_silent(daniel: Resident) -> None:
    await daniel.send("/menu")
    menu = await daniel.next_message()
    await daniel.press("❓ Help")
    await daniel.wait_for(lambda m: "How to ask me" in m.text)
    query = await daniel.press_data(menu, "m:help")
    await daniel.answer_to(query)
    await daniel.wait_idle()
    assert len(daniel.messages) == 1
