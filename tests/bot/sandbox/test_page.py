"""The chat page in a real browser, with a tiny bot at the other end."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.sandbox.resident import PIXEL
from bot.sandbox.server import Sandbox
from bot.sandbox.world import KnownPlace
from tests.bot.sandbox.bots import polling
from tests.bot.sandbox.browser import VARIABLE, open_page
from tests.bot.sandbox.echo_bot import echo_bot

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not os.environ.get(VARIABLE), reason=f"{VARIABLE} does not name a Chromium to test with"
    ),
]

PLACES = [
    KnownPlace("Орбита-3 ықшамауданы", 43.1966, 76.8722),
    KnownPlace("Көктөбе", 43.2330, 76.9760),
]
HOSTILE = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    "&lt;b&gt; javascript:alert(1) {{7*7}} \u202e"
)


@pytest.fixture
async def living() -> AsyncIterator[Sandbox]:
    """A sandbox with known places and the echo bot polling."""
    async with Sandbox(places=PLACES) as sandbox, polling(await echo_bot(sandbox)):
        yield sandbox


async def send(page: Page, text: str) -> None:
    await page.fill("#composer", text)
    await page.click("#send")


async def test_start_greets_and_puts_the_keyboard_up(living: Sandbox) -> None:
    async with open_page(living.url) as page:
        await expect(page.locator(".welcome")).to_contain_text("Алматыда не салынып")
        await page.click("#start-button")
        await expect(page.locator('.message[data-from="bot"]')).to_contain_text("Сәлем!")
        await expect(page.locator(".reply-key")).to_have_text(
            ["📍 Жанымда", "🏘 Аудандар", "💰 Бюджет"]
        )
        await expect(page.locator("#start-bar")).to_be_hidden()
        await page.click(".reply-key >> text=Аудандар")
        await expect(page.locator(".message.out").last).to_contain_text("🏘 Аудандар")


async def test_buttons_edit_in_place_with_toast_and_alert(living: Sandbox) -> None:
    async with open_page(living.url) as page:
        await send(page, "сәлем")
        echoed = page.locator('.message[data-from="bot"]')
        await expect(echoed.locator("b")).to_have_text("Жаңғырық:")
        identity = await echoed.get_attribute("data-message-id")
        await page.click('button[data-callback="count:1"]')
        await expect(page.locator("#toast")).to_have_text("1 рет")
        edited = page.locator(f'.message[data-message-id="{identity}"]')
        await expect(edited.locator(".text")).to_have_text("Басылды: 1")
        await expect(edited.locator(".edited")).to_have_text("өзгертілді")
        await page.click('button[data-callback="count:2"]')
        await expect(edited.locator(".text")).to_have_text("Басылды: 2")
        await expect(echoed).to_have_count(1)
        await page.click('button[data-callback="alert"]')
        await expect(page.locator("#alert-text")).to_have_text("Бұл — ескерту")
        await page.click("#alert-ok")
        await expect(page.locator("#alert")).to_be_hidden()


async def test_the_bots_own_links_stay_in_the_chat(living: Sandbox) -> None:
    async with open_page(living.url) as page:
        await send(page, "сәлем")
        await page.click('button[data-url*="start=p_7"]')
        await expect(page.locator(".message.out").last).to_contain_text("/start p_7")
        await expect(page.locator('.message[data-from="bot"]').last).to_contain_text("Сәлем! p_7")


async def test_a_known_place_is_sent_as_a_location(living: Sandbox) -> None:
    async with open_page(living.url) as page:
        await page.click("#start-button")
        await page.click('.reply-key[data-requests="location"]')
        await expect(page.locator("#location-places .place")).to_have_count(2)
        await page.fill("#location-filter", "орбита")
        await page.click("#location-places .place")
        await expect(page.locator(".message.out .location")).to_have_attribute(
            "data-latitude", "43.1966"
        )
        venue = page.locator('.message[data-from="bot"] .venue')
        await expect(venue).to_contain_text("№ 123 мектеп")
        await expect(venue).to_contain_text("Абай даңғылы, 10")
        await expect(venue).to_contain_text("43.19660, 76.87220")


async def test_typed_coordinates_are_checked_and_sent(living: Sandbox) -> None:
    async with open_page(living.url) as page:
        await page.click("#location-button")
        await page.fill("#location-lat", "143,2")
        await page.fill("#location-lon", "76.9")
        await page.click("#location-send")
        await expect(page.locator("#location-error")).to_be_visible()
        await page.fill("#location-lat", "43,2")
        await page.click("#location-send")
        await expect(page.locator(".message.out .coordinates")).to_have_text("43.20000, 76.90000")
        call = next(c for c in living.calls if c.method == "getUpdates" and c.result)
        assert call.result[0]["message"]["location"] == {"latitude": 43.2, "longitude": 76.9}


async def test_residents_have_their_own_chats_and_languages(living: Sandbox) -> None:
    async with open_page(living.url) as page:
        await expect(page.locator("#composer")).to_have_attribute("placeholder", "Хабарлама")
        await send(page, "қазақша")
        await expect(page.locator('.message[data-from="bot"]')).to_contain_text("қазақша")
        olga = living.resident("Ольга")
        await page.click(f'[data-resident="{olga.id}"]')
        await expect(page.locator("#composer")).to_have_attribute("placeholder", "Сообщение")
        await expect(page.locator(".message")).to_have_count(0)
        await send(page, "по-русски")
        await expect(page.locator('.message[data-from="bot"]')).to_contain_text("по-русски")
        await living.resident("Айгерім").send("тағы")
        badge = page.locator(f'[data-resident="{living.resident("Айгерім").id}"] .badge')
        await expect(badge).to_have_text("1")
        await page.click('[data-name="Daniel"]')
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await page.click('[data-name="Айгерім"]')
        await expect(page.locator(".message.out")).to_have_count(2)
        await page.reload()
        await expect(page.locator(".message.out")).to_have_count(2)


async def test_hostile_text_is_shown_and_never_run(living: Sandbox) -> None:
    async with open_page(living.url) as page:
        await send(page, HOSTILE)
        shown = page.locator('.message[data-from="bot"] .text')
        await expect(shown).to_contain_text('<img src=x onerror="window.hacked=1"><script>')
        await expect(shown).to_contain_text("&lt;b&gt;")
        assert await page.locator(".message img, .message script").count() == 0
        assert await page.evaluate("window.hacked") is None
        resident = living.resident("Айгерім")
        bad = {"type": "text_link", "offset": 0, "length": 3, "url": "javascript:window.hacked=1"}
        world = living.world
        world.add_message(resident.id, world.bot, {"text": "бас", "entities": [bad]})
        link = page.locator('.message[data-from="bot"] .text a', has_text="бас")
        await link.click()
        assert await link.get_attribute("href") is None
        assert await page.evaluate("window.hacked") is None


async def test_documents_go_up_and_come_back(living: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "тізім.txt"
    path.write_bytes(b"abcdef")
    async with open_page(living.url) as page:
        await page.set_input_files("#file", str(path))
        card = page.locator('.message[data-from="bot"] .document')
        await expect(card).to_contain_text("back-тізім.txt")
        async with page.expect_download() as downloading:
            await card.click()
        download = await downloading.value
        assert download.suggested_filename == "back-тізім.txt"
        assert (await download.path()).read_bytes() == b"fedcba"


async def test_pictures_are_shown(living: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "pixel.png"
    path.write_bytes(PIXEL)
    async with open_page(living.url) as page:
        await page.set_input_files("#file", str(path))
        picture = page.locator('.message[data-from="bot"] .photo img')
        await expect(picture).to_be_visible()
        assert await picture.evaluate("node => node.decode().then(() => node.naturalWidth === 1)")
        await expect(page.locator('.message[data-from="bot"] .text b')).to_have_text("Сурет")


async def test_the_command_menu_follows_the_language(living: Sandbox) -> None:
    async with open_page(living.url) as page:
        await page.click("#commands-button")
        await expect(page.locator("#commands .command")).to_have_text(["/startБастау"])
        await page.click('#commands [data-command="/start"]')
        await expect(page.locator('.message[data-from="bot"]')).to_contain_text("Сәлем!")
        await page.click('[data-name="Daniel"]')
        await page.click("#commands-button")
        await expect(page.locator("#commands .command")).to_have_text(["/startStart"])


async def test_typing_and_blocking_show(living: Sandbox) -> None:
    resident = living.resident("Айгерім")
    async with open_page(living.url) as page:
        living.world.happened("action", chat_id=resident.id, action="typing")
        await expect(page.locator("#chat-status")).to_have_text("жазып жатыр…")
        await page.click("#block-button")
        await expect(page.locator("#composer-bar")).to_be_hidden()
        assert living.world.people[resident.id].blocked
        await page.click("#unblock-button")
        await send(page, "қайттым")
        await expect(page.locator('.message[data-from="bot"]')).to_contain_text("қайттым")


async def test_a_reply_and_an_edit_of_ones_own(living: Sandbox) -> None:
    async with open_page(living.url, width=1100) as page:
        await send(page, "бір")
        await expect(page.locator('.message[data-from="bot"]')).to_have_count(1)
        mine = page.locator(".message.out").first
        await mine.hover()
        await mine.locator("button[data-edit]").click()
        await send(page, "екі")
        await expect(mine.locator(".text")).to_have_text("екі")
        answered = page.locator('.message[data-from="bot"]').first
        await answered.hover()
        await answered.locator("button[data-reply]").click()
        await expect(page.locator("#reply-text")).to_contain_text("Жаңғырық: бір")
        await send(page, "рақмет")
        await expect(page.locator(".message.out .quote")).to_contain_text("Жаңғырық: бір")


async def test_a_message_taller_than_the_window_shows_its_beginning(living: Sandbox) -> None:
    async with open_page(living.url) as page:
        await page.fill("#composer", "\n".join(f"{n}-жол" for n in range(80)))
        await page.click("#send")
        await expect(page.locator('.message[data-from="bot"] b')).to_be_in_viewport()
        await page.click("#to-bottom")
        await expect(page.locator('button[data-callback="alert"]')).to_be_in_viewport()
        await expect(page.locator("#to-bottom")).to_be_hidden()


async def test_the_group_shows_who_speaks(living: Sandbox) -> None:
    async with open_page(living.url) as page:
        await page.click(f'[data-chat="{living.group.id}"]')
        await living.resident("Ольга").send("Всем привет", chat=living.group)
        senders = page.locator(".message.in .sender")
        await expect(senders.first).to_have_text("Ольга")
        await expect(senders.nth(1)).to_have_text("Qala")
        await send(page, "Сәлем")
        await expect(page.locator(".message.out")).to_contain_text("Сәлем")


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_nothing_sticks_out_sideways(living: Sandbox, width: int) -> None:
    async with open_page(living.url, width=width, scheme="dark") as page:
        await send(page, "ұзынсөз" * 60)
        await expect(page.locator('.message[data-from="bot"]')).to_have_count(1)
        overflow = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow == 0
        box = await page.locator("#phone").bounding_box()
        assert box is not None
        assert box["width"] <= 520
        title = await page.title()
        assert re.fullmatch(r"Qala · Айгерім", title)
