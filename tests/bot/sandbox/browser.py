"""A page of the system's Chromium, held to this machine."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import Page, Request, async_playwright

VARIABLE = "QALA_TEST_CHROMIUM"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@asynccontextmanager
async def open_page(
    url: str,
    *,
    width: int = 390,
    height: int = 844,
    scheme: Literal["light", "dark"] = "light",
) -> AsyncIterator[Page]:
    """The chat page in a phone-wide window; afterwards it must have run without any error.

    Fails when the page asked for anything beyond the sandbox or a script raised.
    """
    troubles: list[str] = []

    def watch(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(url).netloc:
            troubles.append(f"asked for {request.url}")

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=os.environ[VARIABLE], args=_ARGUMENTS
        )
        context = await browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        page = await context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console", lambda line: troubles.append(line.text) if line.type == "error" else None
        )
        page.on("request", watch)
        await page.goto(url)
        await page.wait_for_selector("[data-resident]")
        yield page
        await browser.close()
    assert troubles == []
