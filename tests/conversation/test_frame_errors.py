"""What fails is apologised for with a reference; what is harmless or hopeless is not."""

import re
from typing import Any

import pytest
from telegram import Update
from telegram.error import Conflict, NetworkError
from telegram.ext import CommandHandler

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Context, Qala
from storage.database.store import Store
from storage.people import people
from tests.conversation.conftest import Entries


async def fail(update: Update, context: Context) -> None:
    raise LookupError("secret thing in the exception")


@pytest.fixture
def failing(qala: Qala) -> Qala:
    qala.add_handler(CommandHandler("fail", fail), group=0)
    handlers = list(qala.handlers[0])
    qala.handlers[0] = [handlers[-1], *handlers[:-1]]  # in front of "I do not know this command"
    return qala


def taken(logged: Entries, event: str) -> Any:
    """The one entry of this event, taken out of the log."""
    (entry,) = [entry for entry in logged if entry["event"] == event]
    logged.remove(entry)
    return entry


async def test_an_apology_with_a_reference_and_the_context_in_the_log(
    failing: Qala, resident: Resident, olga: Resident, logged: Entries
) -> None:
    await resident.send("/fail with my words")
    apology = await resident.next_message()
    assert "Кешіріңіз" in apology.text
    assert "secret" not in apology.text
    (reference,) = apology.covered("code")
    assert re.fullmatch("[A-Z]{6}", reference)
    entry = taken(logged, "update_failed")
    assert entry["reference"] == reference
    assert entry["kind"] == "message"
    assert isinstance(entry["exc_info"], LookupError)
    assert "my words" not in str({key: entry[key] for key in entry if key != "exc_info"})
    await olga.send("/fail")
    assert "Простите" in (await olga.next_message()).text
    taken(logged, "update_failed")


async def test_the_chosen_language_is_apologised_in(
    failing: Qala, resident: Resident, city_store: Store, logged: Entries
) -> None:
    await resident.send("/language")
    await resident.next_message()
    await resident.press("English")
    await resident.wait_for(lambda m: m.text == "Now I speak English.")
    await resident.send("/fail")
    await resident.wait_for(lambda m: "I am sorry" in m.text)
    taken(logged, "update_failed")


async def test_the_store_may_be_what_failed(
    qala: Qala, olga: Resident, city_store: Store, logged: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise OSError("disk I/O error")

    monkeypatch.setattr(city_store, "read", broken)
    await olga.send("/help")
    assert "Простите" not in (await olga.next_message()).text  # nobody knows her language now
    entry = taken(logged, "update_failed")
    assert entry["handler"] == "handlers.frame.context.load"
    assert len(olga.messages) == 1  # nothing else was done for this update


async def test_a_blocked_bot_is_noted_and_does_not_apologise(
    sandbox: Sandbox, olga: Resident, city_store: Store
) -> None:
    await olga.start()
    await olga.wait_idle()
    before = len(olga.messages)
    sandbox.faults.add(method="sendMessage", chat_id=olga.id, error_code=403)
    await olga.send("/help")
    await olga.wait_idle()
    person = await city_store.read(people.person, olga.id)
    assert person is not None
    assert person.blocked_at is not None
    assert len(olga.messages) == before


async def test_a_short_wait_is_waited(sandbox: Sandbox, daniel: Resident) -> None:
    sandbox.faults.add(method="sendMessage", retry_after=1)
    await daniel.send("/help")
    assert "How to ask me" in (await daniel.next_message()).text


async def test_a_long_wait_is_not(sandbox: Sandbox, daniel: Resident, logged: Entries) -> None:
    sandbox.faults.add(method="sendMessage", retry_after=90)
    await daniel.send("/help")
    await daniel.wait_idle()
    assert daniel.messages == []
    taken(logged, "update_failed")


async def test_a_lost_connection_is_apologised_for_if_it_can_be(
    sandbox: Sandbox, daniel: Resident, logged: Entries
) -> None:
    sandbox.faults.add(method="sendMessage", drop="before")
    await daniel.send("/help")
    assert "I am sorry" in (await daniel.next_message()).text
    entry = taken(logged, "update_failed")
    assert sandbox.token not in str(entry)
    sandbox.faults.add(method="sendMessage", drop="before", times=2)
    await daniel.send("/help")
    await daniel.wait_idle()
    taken(logged, "update_failed")
    assert taken(logged, "apology_failed")["log_level"] == "warning"


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        "Bad Request: message is not modified",
    ],
)
async def test_harmless_refusals_are_no_errors(
    sandbox: Sandbox, daniel: Resident, description: str
) -> None:
    await daniel.send("/menu")
    await daniel.next_message()
    for method in ("answerCallbackQuery", "editMessageText"):
        sandbox.faults.add(method=method, error_code=400, description=description)
    await daniel.press("❓ Help")
    await daniel.wait_idle()


async def test_errors_without_an_update(qala: Qala, logged: Entries) -> None:
    await qala.process_error(None, NetworkError("ServerDisconnectedError"))
    assert taken(logged, "telegram_unreachable")["log_level"] == "warning"
    await qala.process_error(None, Conflict("terminated by other getUpdates request"))
    taken(logged, "background_failed")
