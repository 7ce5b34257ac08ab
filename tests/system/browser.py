"""A real Chromium whose camera and microphone are files."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]


@asynccontextmanager
async def chromium(camera: Path | None = None, microphone: Path | None = None) -> AsyncIterator[Browser]:
    """A browser; `camera` is a y4m file, `microphone` a wav file (see `tests.media.fake_camera`)."""
    flags = list(FLAGS)
    if camera is not None:
        flags.append(f"--use-file-for-fake-video-capture={camera}")
    if microphone is not None:
        flags.append(f"--use-file-for-fake-audio-capture={microphone}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        try:
            yield browser
        finally:
            await browser.close()


async def open_page(browser: Browser, url: str) -> Page:
    """A page in a context of its own, as another person's browser would have it, with camera and microphone allowed."""
    context = await browser.new_context(
        permissions=["camera", "microphone"], viewport={"width": 1440, "height": 900}, locale="en-GB"
    )
    page = await context.new_page()
    await page.goto(url)
    return page
