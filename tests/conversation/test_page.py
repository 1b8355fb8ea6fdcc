"""A resident's visit in a real browser: the chat page, the sandbox, the bot, Almaty's projects."""

import os
import re

import pytest
from playwright.async_api import Locator, Page, expect

from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from tests.bot.sandbox.browser import VARIABLE, open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not os.environ.get(VARIABLE), reason=f"{VARIABLE} does not name a Chromium to test with"
    ),
]

SHUGYLA = ("43.2187", "76.7862")


def answers(page: Page) -> Locator:
    return page.locator('.message[data-from="bot"]')


async def send_location(page: Page, latitude: str, longitude: str) -> None:
    await page.click("#location-button")
    await page.fill("#location-lat", latitude)
    await page.fill("#location-lon", longitude)
    await page.click("#location-send")


async def test_a_visit_from_start_to_another_language(sandbox: Sandbox, qala: Qala) -> None:
    async with open_page(sandbox.url) as page:
        await page.click("#start-button")
        await expect(answers(page).first).to_contain_text("Сәлеметсіз бе, Айгерім!")
        await expect(answers(page).last.locator(".keyboard .inline")).to_have_count(3)
        await expect(page.locator(".reply-key")).to_have_count(4)
        await expect(page.locator(".reply-key").first).to_contain_text("Маңайымда")

        await send_location(page, *SHUGYLA)
        nearby = answers(page).last
        await expect(nearby).to_contain_text("Шамасы, Наурызбай ауданы")
        number = await nearby.get_attribute("data-message-id")
        shown = page.locator(f'.message[data-message-id="{number}"]')
        first_page = await shown.inner_text()

        await shown.locator("button", has_text="▶️").click()
        await expect(shown).to_contain_text(re.compile(r"2/\d+-бет"))
        assert await shown.inner_text() != first_page
        await shown.locator("button", has_text="◀️").click()
        await expect(shown).to_contain_text(re.compile(r"1/\d+-бет"))

        await shown.locator("button", has_text=re.compile(r"^2$")).click()
        await expect(shown).to_contain_text("Наурызбай ауданы")
        await expect(shown.locator("button", has_text="Бөлісу")).to_be_visible()
        card = await shown.inner_text()
        await shown.locator("button", has_text="Толығырақ").click()
        await expect(shown).to_contain_text("Жоба барысы")
        await shown.locator("button", has_text="Қысқаша").click()
        await expect(shown).to_contain_text("Толығырақ")
        assert await shown.inner_text() == card
        await shown.locator("button", has_text="Картада").click()
        await expect(page.locator(".message .venue").last).to_be_visible()
        await shown.locator("button", has_text="Тізімге").click()
        await expect(shown).to_contain_text("2 км төңірегінде")

        await page.fill("#composer", "/language")
        await page.click("#send")
        await answers(page).last.locator("button", has_text="English").click()
        await expect(page.locator(".reply-key").first).to_contain_text("Near me")
        await send_location(page, *SHUGYLA)
        await expect(answers(page).last).to_contain_text("Roughly: Nauryzbay district")


@pytest.mark.parametrize(
    ("name", "words"),
    [("Ольга", "Ориентировочно: Наурызбайский район"), ("Daniel", "Roughly: Nauryzbay district")],
)
async def test_others_are_answered_in_their_own_language(
    sandbox: Sandbox, qala: Qala, name: str, words: str
) -> None:
    async with open_page(sandbox.url, width=1180) as page:
        await page.click(f'[data-name="{name}"]')
        await page.click("#start-button")
        await expect(answers(page).last).to_be_visible()
        await send_location(page, *SHUGYLA)
        await expect(answers(page).last).to_contain_text(words)
