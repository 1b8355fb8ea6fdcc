"""The whole way: subscribe, something is finished, Friday comes, read it, follow a link, stop."""

import asyncio
from datetime import UTC, datetime

from pydantic import SecretStr

from bot.app import build_application
from bot.commands.run import ALLOWED_UPDATES
from bot.commands.try_controls import deeds
from bot.digests.service import digests_of, serving
from bot.running import running
from bot.sandbox.resident import Resident
from bot.sandbox.steering import MovableClock
from bot.settings import GivenSettings
from bot.telegram.polling import poll
from storage.database.store import Store
from tests.conversation.asking import press, say
from tests.conversation.conftest import Town

THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


async def lived_through(resident: Resident, store: Store, clock: MovableClock) -> None:
    offered = {deed.name: deed for deed in deeds(store, clock)}
    await say(resident, "/subscribe")
    await press(resident, "🌆 Whole city")
    assert "on Fridays at 18:00" in (await press(resident, "✅ Subscribe")).text
    finished = await offered["finish"].act()
    assert finished > 1
    await offered["next_friday"].act()
    digest = await resident.wait_for(lambda message: message.text.startswith("📬"))
    assert digest.text.startswith(f"📬 Weekly digest · 27 November 2026\n{finished} projects")
    assert digest.text.count("🧪 Made up: ") == min(finished, 10)
    card = await press(resident, "1")
    assert "🧪 Made up: " in card.text.splitlines()[0]
    assert "🧪 Made up: " in (await say(resident, "completed this week")).text
    assert "Completed: 26 November 2026" in card.text
    await resident.press("🔽 More about it", card)
    await resident.wait_idle()
    more = next(each for each in resident.messages if each.message_id == card.message_id)
    assert "made up" in more.text.partition("Sources")[2]
    assert card.message_id != digest.message_id, "the digest stays where it is"
    await resident.press("⚙️ Fewer · pause · stop", digest)
    await resident.wait_idle()
    await press(resident, "⏸ Pause")
    assert "⏸" in (await press(resident, "1 week")).text
    assert "Ended: 1 subscription" in (await say(resident, "/stop")).text
    assert await offered["finish"].act() > 0
    said = len(resident.messages)
    await offered["next_friday"].act()
    await asyncio.sleep(0.5)
    assert len(resident.messages) == said


async def test_from_the_first_tap_to_the_last(city_store: Store) -> None:
    clock = MovableClock(lambda: THURSDAY)
    async with Town(clock=clock) as sandbox:
        settings = GivenSettings(
            telegram_bot_token=SecretStr(sandbox.token),
            telegram_api_url=sandbox.url,
            messages_per_second=0,
        )
        application = build_application(settings, city_store, clock=clock)
        digests = digests_of(settings, city_store, application.bot, clock, look_every_s=0.05)
        stop = asyncio.Event()
        async with running(application, stop), serving(digests):
            polling = asyncio.ensure_future(poll(application, stop, ALLOWED_UPDATES))
            sandbox.application = application
            try:
                await lived_through(sandbox.resident("Daniel"), city_store, clock)
            finally:
                stop.set()
                await polling
