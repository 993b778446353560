"""A curator writes, and the page follows: through the command and a real browser."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

EXAMPLE = Path(__file__).parents[2] / "content" / "example"
STOP = "it/luci-sul-mare/campana/"
SENTENCE = "Quando la luce non bastava, il guardiano suonava."

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def watched(museum: Path) -> AsyncIterator[str]:
    """Give the address where a museum is shown as it is being written."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ecomusee", "serve", "--watch", "--json", "--port", "0",
        "--content", str(museum), cwd=museum.parent,
        env={**os.environ, "LC_ALL": "fr_FR.UTF-8"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield json.loads(await process.stdout.readline())["address"]
    finally:
        process.terminate()
        await process.communicate()


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    """Return a copy of the example with its stop to read alone, which builds nothing."""
    folder = tmp_path / "museo"
    shutil.copytree(EXAMPLE, folder)
    tour = folder / "tours" / "luci-sul-mare.yaml"
    text = tour.read_text(encoding="utf-8")
    first, last = text.index("  - stop: faro"), text.index("  - stop: campana")
    bell = text[last : text.index("    audio:", last)]
    tour.write_text(text[:first] + bell, encoding="utf-8")
    return folder


async def test_the_page_follows_what_is_saved(browser: Browser, museum: Path) -> None:
    tour = museum / "tours" / "luci-sul-mare.yaml"
    text = tour.read_text(encoding="utf-8")
    complaints: list[str] = []
    async with watched(museum) as address:
        page = await browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        await page.goto(address + STOP)

        tour.write_text(text.replace(SENTENCE, "Il guardiano suonava."), "utf-8")
        await page.get_by_text("Il guardiano suonava.", exact=False).first.wait_for()
        tour.write_text(text.replace("title:", "titolo:"), "utf-8")
        panel = page.locator(".ec-live", has_text="titolo:")
        await panel.wait_for()
        said = await panel.inner_text()
        kept = await page.get_by_text("Il guardiano suonava.").count()
        tour.write_text(text, "utf-8")
        await page.get_by_text(SENTENCE).first.wait_for()
        await page.close()

    assert "tours/luci-sul-mare.yaml" in said
    assert "titolo:" in said
    assert kept
    assert complaints == []
