"""Draw the README's pictures from the program itself.

Usage: ``python scripts/picture.py``, in a checkout whose demonstration museum is built.
The first shows a label, a stop's page and its model; the second, kinds of stops.
"""

import asyncio
import io
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # ships no types
from PIL import Image
from playwright.async_api import Page, ViewportSize, async_playwright

ECOMUSEE = (sys.executable, "-m", "ecomusee")
MUSEUM = "content/creusot-montceau"
FORGE, COAL = "en/de-la-forge-a-la-ville", "en/charbon-et-eau"
LABELLED = "Le marteau-pilon"
PICTURE = Path("docs/picture.webp")
STOPS = Path("docs/stops.webp")
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
STILL = """count => new Promise(done => {
    const next = () => (count-- > 0 ? requestAnimationFrame(next) : done());
    next();
})"""


@dataclass(frozen=True)
class View:
    """A page, and what is tapped before it is looked at."""

    path: str
    tapped: str = ""
    part: str = "body"
    """What is brought to the top of the screen."""


ONE_STOP = (
    View(f"{FORGE}/marteau/"),
    View(f"{FORGE}/marteau/", tapped=".ec-show-3d"),
)
KINDS = (
    View("en/"),
    View(f"{COAL}/galerie/", tapped=".ec-show-panorama", part="h1"),
    View(f"{FORGE}/hier-aujourdhui/", part="h1"),
    View(f"{COAL}/ecluse/", tapped=".ec-show-3d", part="h1"),
)


def main() -> None:
    """Serve the museum, look at it as a phone does, and write the pictures."""
    server = subprocess.Popen(
        [*ECOMUSEE, "serve", "--content", MUSEUM, "--json", "--port", "0"],
        stdout=subprocess.PIPE,
    )
    try:
        if server.stdout is None:
            return
        address = json.loads(server.stdout.readline())["address"]
        screens = asyncio.run(_screens(address, (*ONE_STOP, *KINDS)))
    finally:
        server.terminate()
        server.wait()
    one_stop, kinds = screens[: len(ONE_STOP)], screens[len(ONE_STOP) :]
    label = _label(one_stop[0].height)
    _together([label, *one_stop]).save(PICTURE, quality=82, method=6)
    _together(kinds).save(STOPS, quality=82, method=6)


async def _screens(address: str, views: tuple[View, ...]) -> list[Image.Image]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=BROWSER, args=BROWSER_ARGUMENTS
        )
        screens = []
        for view in views:
            page = await browser.new_page(
                viewport=PHONE,
                device_scale_factor=SCALE,
                is_mobile=True,
                has_touch=True,
            )
            await page.goto(address + view.path, wait_until="networkidle")
            if view.tapped:
                await page.locator(view.tapped).tap()
                await page.locator("#scene canvas").wait_for()
                await page.wait_for_load_state("networkidle")
                await page.evaluate(STILL, FRAMES_UNTIL_STILL)
            await page.locator(view.part).first.evaluate(
                "part => scrollTo(0, part.getBoundingClientRect().top + scrollY - 16)"
            )
            screens.append(await _screen(page))
            await page.close()
        await browser.close()
    return screens


async def _screen(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(await page.screenshot())).convert("RGB")


def _label(height_px: int) -> Image.Image:
    """Return the label of the first stop that is shown, as it prints."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "labels.pdf"
        subprocess.run(
            [*ECOMUSEE, "labels", "--content", MUSEUM, "--output", pdf],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with pypdfium2.PdfDocument(pdf) as sheets:
            label = next(filter(None, map(_label_on, sheets)))
    return label.resize((round(label.width * height_px / label.height), height_px))


def _label_on(sheet: pypdfium2.PdfPage) -> Image.Image | None:
    """Return the half of a sheet that bears the label: two of A5 lie on an A4."""
    text = sheet.get_textpage()
    found = text.search(LABELLED).get_next()
    if found is None:
        return None
    is_right = text.get_charbox(found[0])[0] > sheet.get_width() / 2
    drawn: Image.Image = sheet.render(scale=4).to_pil().convert("RGB")
    half = drawn.width // 2
    return drawn.crop((half * is_right, 0, half * (1 + is_right), drawn.height))


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
