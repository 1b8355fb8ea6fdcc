"""Ten screens as a phone shows them, 390 x 844, in three languages: a sheet of each.

    .venv/bin/python -m benchmarks.phone docs/phone    # writes docs/phone-kk.jpg, -ru, -en

The bot runs in this process on the shipped list, as of today; the chat page is driven by the
Chromium that QALA_TEST_CHROMIUM names. Whoever changes screens looks at these, and keeps them.
"""

import argparse
import asyncio
import base64
import os
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Browser, Page, async_playwright
from pydantic import SecretStr

from bot.app import build_application
from bot.commands.run import ALLOWED_UPDATES
from bot.running import running
from bot.sandbox.server import Sandbox
from bot.settings import GivenSettings
from bot.telegram.polling import poll
from handlers.understanding import load_for_good
from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import load_shipped

PHONE = {"width": 390, "height": 844}
A_ROW = 5
SHUGYLA = ("43.2187", "76.7862")
WAIT_S = 1.0  # for the answer and the page's own movement
TYPED = {
    "kk": ("Айгерім", "Алатаудағы мектептер", "Наурызбайда не кешігіп жатыр?", "☰ Тағы"),
    "ru": ("Ольга", "школы в Алатауском районе", "Что просрочено в Наурызбайском?", "☰ Ещё"),
    "en": ("Daniel", "schools in Alatau", "What is overdue in Nauryzbay?", "☰ More"),
}


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def served() -> Any:
    """The address of a chat page with the bot behind it."""
    load_for_good()
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/a.db") as store:
        upgrade(store)
        load_shipped(store, now)
        async with Sandbox(clock=now) as sandbox:
            settings = GivenSettings(
                telegram_bot_token=SecretStr(sandbox.token),
                telegram_api_url=sandbox.url,
                messages_per_second=0,
            )
            application, stop = build_application(settings, store, clock=now), asyncio.Event()
            async with running(application, stop):
                polling = asyncio.ensure_future(poll(application, stop, ALLOWED_UPDATES))
                yield sandbox.url
                stop.set()
                await polling


async def shots(page: Page, language: str) -> list[bytes]:
    """The ten screens, in the order in which they are come upon."""
    name, listed, overdue, rest = TYPED[language]
    taken: list[bytes] = []

    async def shot(doing: Callable[[], Awaitable[Any]]) -> None:
        await doing()
        await asyncio.sleep(WAIT_S)
        taken.append(await page.screenshot())

    async def say(text: str) -> None:
        await page.fill("#composer", text)
        await page.click("#send")

    async def share() -> None:
        await page.click("#location-button")
        await page.fill("#location-lat", SHUGYLA[0])
        await page.fill("#location-lon", SHUGYLA[1])
        await page.click("#location-send")

    def press(label: str) -> Callable[[], Awaitable[None]]:
        last = page.locator('.message[data-from="bot"]').last
        return last.locator(".inline", has_text=label).first.click

    await page.click(f'[data-name="{name}"]')
    await shot(lambda: page.click("#start-button"))
    await shot(share)
    await shot(press("🎛"))
    await press("⬅️")()
    await asyncio.sleep(WAIT_S)
    await shot(press("1"))
    await shot(press("🔽"))
    await shot(lambda: say(listed))
    await shot(lambda: say(overdue))
    await shot(lambda: say(rest))
    await shot(lambda: say("/news"))
    await shot(lambda: say("/districts"))
    return taken


async def sheet(browser: Browser, taken: list[bytes], file: str) -> None:
    """The screens side by side in one picture."""
    rows = -(-len(taken) // A_ROW)
    size = {"width": PHONE["width"] * A_ROW, "height": PHONE["height"] * rows}
    page = await browser.new_page(viewport=size)  # type: ignore[arg-type]
    images = (f"data:image/png;base64,{base64.b64encode(each).decode()}" for each in taken)
    shown = "".join(f'<img width="{PHONE["width"]}" src="{image}">' for image in images)
    await page.set_content(f'<body style="margin:0;display:flex;flex-wrap:wrap">{shown}</body>')
    await page.wait_for_load_state()
    await page.screenshot(path=file, type="jpeg", quality=70)


async def main(prefix: str) -> None:
    async with served() as url, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=os.environ["QALA_TEST_CHROMIUM"], args=["--no-sandbox"]
        )
        for language in TYPED:
            context = await browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
            page = await context.new_page()
            await page.goto(url)
            await page.wait_for_selector("[data-resident]")
            await sheet(browser, await shots(page, language), f"{prefix}-{language}.jpg")
        await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("prefix", help="of the files that are written")
    asyncio.run(main(parser.parse_args().prefix))
