"""Draw the README's picture from the program itself: a label, a stop's page, its model.

Usage: ``python scripts/picture.py``, in a checkout whose demonstration museum is built.
"""

import asyncio
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # ships no types
from PIL import Image
from playwright.async_api import Page, ViewportSize, async_playwright

ECOMUSEE = (sys.executable, "-m", "ecomusee")
MUSEUM = "content/creusot-montceau"
STOP = "en/de-la-forge-a-la-ville/marteau/"
OUTPUT = Path("docs/picture.webp")
PHONE = ViewportSize(width=412, height=820)
SCALE = 1.25
GAP_PX = 24
PAPER = "#d9d7d0"
BROWSER = "/usr/bin/chromium"
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
FRAMES_UNTIL_STILL = 90


def main() -> None:
    """Serve the museum, look at it as a phone does, and write the picture."""
    server = subprocess.Popen(
        [*ECOMUSEE, "serve", "--content", MUSEUM, "--json", "--port", "0"],
        stdout=subprocess.PIPE,
    )
    try:
        if server.stdout is None:
            return
        address = json.loads(server.stdout.readline())["address"]
        screens = asyncio.run(_screens(address + STOP))
    finally:
        server.terminate()
        server.wait()
    _together([_label(screens[0].height), *screens]).save(OUTPUT, quality=82, method=6)


async def _screens(address: str) -> list[Image.Image]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=BROWSER, args=BROWSER_ARGUMENTS
        )
        page = await browser.new_page(
            viewport=PHONE, device_scale_factor=SCALE, is_mobile=True, has_touch=True
        )
        await page.goto(address, wait_until="networkidle")
        screens = [await _screen(page)]
        await page.locator("#scene-actions button").first.tap()
        await page.locator("#scene canvas").wait_for()
        await page.wait_for_load_state("networkidle")
        await page.evaluate(
            "count => new Promise(done => { const next = () =>"
            " count-- > 0 ? requestAnimationFrame(next) : done(); next(); })",
            FRAMES_UNTIL_STILL,
        )
        screens.append(await _screen(page))
        await browser.close()
    return screens


async def _screen(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(await page.screenshot())).convert("RGB")


def _label(height_px: int) -> Image.Image:
    """Return the first label of the museum, as it prints."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "labels.pdf"
        subprocess.run(
            [*ECOMUSEE, "labels", "--content", MUSEUM, "--output", pdf],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        sheet: Image.Image = (
            pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil().convert("RGB")
        )
    # An A4 sheet on its side holds two labels of A5.
    label = sheet.crop((0, 0, sheet.width // 2, sheet.height))
    return label.resize((round(label.width * height_px / label.height), height_px))


def _together(pictures: list[Image.Image]) -> Image.Image:
    width = sum(picture.width + GAP_PX for picture in pictures) + GAP_PX
    whole = Image.new("RGB", (width, pictures[0].height + 2 * GAP_PX), PAPER)
    left = GAP_PX
    for picture in pictures:
        whole.paste(picture, (left, GAP_PX))
        left += picture.width + GAP_PX
    return whole


if __name__ == "__main__":
    main()
