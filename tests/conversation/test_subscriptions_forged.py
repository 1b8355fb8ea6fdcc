"""What no honest button of a subscription carries: answered kindly, and it reaches nobody."""

import pytest

from bot.sandbox.resident import Resident
from storage.database.store import Store
from storage.subscriptions.subscriptions import subscriptions
from tests.conversation.asking import say
from tests.conversation.test_subscriptions import follow_the_city


@pytest.mark.parametrize(
    "data",
    [
        "u:o999999999",
        "u:O0",
        "u:x999999999999999999",
        "u:z",
        "u:v",
        "u:p0",
        "u:pd20251231",
        "u:pd00000000",
        "u:pd20251120",
        "u:pd99991231",
        "u:pm000000",
        "u:pm999999",
        "u:pm999912",
        "u:pm000101",
        "u:pm202511",
        "u:pm202313",
        "u:pm200001",
        "u:t1",
        "u:t2",
        "u:lkk",
        "u:lxx",
        "u:qw",
        "u:qx",
        "u:f",
        "u:i",
        "u:m",
        "u:d:0.2.1.pzzzzzzzzzzz...",
        "u:+:0.2.1.p2gosa7pa2gv...",
        "u:+:zzzzzzzz.2.1....",
        "u:d:0.2.1....zz",
        "u:y:0.1.1....",
        "u:h:0.0.1....",
        "u:k99:0.2.1....",
        "u:g99:0.2.1....",
        "u:Q:0.2.1....",
        "u:d:0.2.0....",
        "u:d:",
        "u:+",
        "u:\u0664",
    ],
)
async def test_forged_buttons_are_answered_kindly(daniel: Resident, data: str) -> None:
    menu = await say(daniel, "/menu")
    await daniel.answer_to(await daniel.press_data(menu, data))
    await daniel.wait_idle()
    assert "Something went wrong" not in daniel.last.text
    assert daniel.last.text.strip()


async def test_nobody_reaches_the_subscriptions_of_another(
    daniel: Resident, olga: Resident, city_store: Store
) -> None:
    await follow_the_city(daniel)
    (before,) = await city_store.read(subscriptions, daniel.id)
    menu = await say(olga, "/menu")
    for data in (f"u:x{before.id}", f"u:o{before.id}", f"u:+:{before.id}.1.v....", "u:s"):
        await olga.press_data(menu, data)
        await olga.wait_idle()
    assert await city_store.read(subscriptions, daniel.id) == (before,)
