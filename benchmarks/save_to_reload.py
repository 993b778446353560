"""Time from saving a text to reading it in the page (`serve --watch`).

    python benchmarks/save_to_reload.py [content/creusot-montceau] [--saves 25]

A copy of the museum is served with `serve --watch` and its page opened in Chromium. Each
save changes one sentence; the clock runs from the save to the sentence's standing in the
page. The models must have been built before (`ecomusee build`), as they are on a curator's
machine. Prints the median, and the machine's load: others at work lengthen every figure.
Exits with 1 when the median passes 500 ms. Needs Debian's Chromium.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[1]
MOST_MS = 500
TOUR, STOP = "de-la-forge-a-la-ville", "marteau"
SENTENCE = "Un marteau de **cent tonnes**"


@asynccontextmanager
async def serve(museum: Path, build_dir: Path) -> AsyncIterator[str]:
    """Yield the address where the museum is served with `--watch`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ecomusee", "serve", "--watch", "--json", "--port", "0",
        "--content", str(museum), "--build-dir", str(build_dir),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        said = process.stdout
        line = await said.readline() if said is not None else b"{}"
        yield json.loads(line)["address"]
    finally:
        process.terminate()
        await process.wait()


async def times_ms(address: str, text: Path, saves: int) -> list[float]:
    """Return how long each save took to be read in the page."""
    written = await asyncio.to_thread(text.read_text, encoding="utf-8")
    found = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = await browser.new_page()
        await page.goto(f"{address}fr/{TOUR}/{STOP}/")
        for save in range(saves):
            sign = f"Marteau numéro {save}, de **cent tonnes**"
            began = time.monotonic()
            changed = written.replace(SENTENCE, sign)
            await asyncio.to_thread(text.write_text, changed, encoding="utf-8")
            await page.get_by_text(f"Marteau numéro {save},").first.wait_for()
            found.append((time.monotonic() - began) * 1000)
        await browser.close()
    return found


def main() -> int:
    """Print the median and return whether it is short enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("museum", nargs="?", default="content/creusot-montceau")
    parser.add_argument("--saves", type=int, default=25)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        museum = Path(name) / "museum"
        shutil.copytree(ROOT / options.museum, museum)
        text = museum / "tours" / f"{TOUR}.yaml"

        async def measured() -> list[float]:
            async with serve(museum, ROOT / "build") as address:
                return await times_ms(address, text, options.saves)

        found = sorted(asyncio.run(measured()))
    median = statistics.median(found)
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(
        f"save to reload, {len(found)} saves: median {median:.0f} ms"
        f" ({found[0]:.0f} to {found[-1]:.0f}), load {load:.1f} a core"
    )
    return 0 if median <= MOST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
