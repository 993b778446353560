"""Time the first frame of a model on a slow network, ours and A-Frame's.

    mkdir -p build/peers && cd build/peers && npm pack aframe && tar xzf aframe-*.tgz
    python benchmarks/first_frame.py build/creusot-montceau [--aframe build/peers/package]

Both show the same file, the preview of a model, in the same Chromium in turns, through the
same slow line: 1.6 Mb/s and 150 ms, as Lighthouse's mobile profile. Times run from the
first request of an empty browser to the first frame with the model in it. Our page is
opened as visitors open it: all its text, pictures and fonts, and a tap on its button as
soon as that is there. A-Frame's page holds a scene and nothing else, compressed with
brotli, its parts asked for at once.

Prints the medians of both and their ratio, and when all that our frame needs had come
and since when it was asked for, which a busy processor does not change; exits with 1 when ours passes 2.5 s or 0.7
times A-Frame's. Needs Debian's Chromium.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
from aiohttp import web
from playwright.async_api import async_playwright

from server.app import create_app
from server.runner import Listening, serving
from server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

ROOT = Path(__file__).parents[1]
DECODER = ROOT / "client/node_modules/meshoptimizer/meshopt_decoder.cjs"
PEER = ROOT / "build/peers/package"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--enable-unsafe-swiftshader",
    "--use-gl=angle",
    "--use-angle=swiftshader",
)
PHONE = {"width": 412, "height": 800}
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 750_000 / 8,
}
MOST_S = 2.5
MOST_RATIO = 0.7
OURS = """
    new MutationObserver((_, watch) => {
        const button = document.querySelector(".ec-show-3d");
        if (!button) return;
        watch.disconnect();
        performance.mark("tapped");
        button.click();
    }).observe(document, { childList: true, subtree: true });
    window.addEventListener("ecomusee:scene", ({ detail }) => {
        if (detail.state === "shown") requestAnimationFrame(() =>
            performance.mark("first-frame"));
    });
"""
THEIRS = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>A-Frame</title>
<link rel="icon" href="data:,">
<link rel="preload" as="script" href="/meshopt_decoder.js">
<link rel="preload" as="fetch" href="/model.glb" crossorigin>
<script src="/aframe.js"></script></head><body>
<a-scene renderer="antialias: true"
  gltf-model="meshoptDecoderPath: /meshopt_decoder.js">
<a-entity id="model" gltf-model="/model.glb" position="0 -10 -35"></a-entity>
</a-scene><script src="/mark.js"></script></body></html>"""
MARK = """document.getElementById("model").addEventListener("model-loaded", () =>
    requestAnimationFrame(() => requestAnimationFrame(() =>
        performance.mark("first-frame"))));"""


FIRST_FRAME = """() => new Promise((resolve) => new PerformanceObserver((list) => {
    const [frame] = list.getEntriesByName("first-frame");
    if (!frame) return;
    const [tap] = performance.getEntriesByName("tapped");
    const models = performance.getEntriesByType("resource")
        .filter(({ name }) => name.endsWith(".glb"));
    const [first] = models.sort((a, b) => a.startTime - b.startTime);
    resolve([frame.startTime, tap?.startTime ?? 0, first.responseEnd]);
}).observe({ type: "mark", buffered: true }))"""


async def main() -> int:
    """Print both medians and their ratio; return 1 when a bar is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("build_dir", type=Path)
    arguments.add_argument("--aframe", type=Path, default=PEER)
    arguments.add_argument("--stop", default="/fr/de-la-forge-a-la-ville/marteau/")
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    page, model = _stop(options.build_dir, options.stop)
    print(f"{page}, a model of {model.stat().st_size:,} B; 1.6 Mb/s, 150 ms")
    async with (
        _served(create_app(options.build_dir, settings=Settings(drain_s=0))) as ours,
        _peer_served(_peer(options.aframe, model)) as theirs,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(FLAGS)
        )
        times: dict[str, list[float]] = {"ours": [], "A-Frame": []}
        weights: dict[str, int] = {}
        parts: list[tuple[float, float]] = []
        for _ in range(options.rounds):
            for name, address in (("ours", ours + page), ("A-Frame", theirs)):
                first_s, weights[name], tapped_s, come_s = await _opened(
                    browser, address
                )
                times[name].append(first_s)
                if name == "ours":
                    parts.append((tapped_s, come_s))
        await browser.close()
    tapped_s, come_s = (statistics.median(part) for part in zip(*parts, strict=True))
    print(f"ours: button tapped at {tapped_s:.2f} s, all had come at {come_s:.2f} s")
    return _verdict(times, weights)


def _verdict(times: dict[str, list[float]], weights: dict[str, int]) -> int:
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    for name, taken in times.items():
        each = " ".join(f"{time:.2f}" for time in sorted(taken))
        print(f"{name:8}{medians[name]:6.2f} s  {weights[name]:>9,} B   each: {each}")
    ratio = medians["ours"] / medians["A-Frame"]
    is_met = medians["ours"] <= MOST_S and ratio <= MOST_RATIO
    bars = f"bars: {MOST_S} s, {MOST_RATIO}"
    print(f"ratio {ratio:.2f}; {bars}: {'met' if is_met else 'MISSED'}")
    return int(not is_met)


def _stop(build_dir: Path, page: str) -> tuple[str, Path]:
    """Return a stop's page and where the release keeps the preview of its model."""
    current = (build_dir / "current").read_text(encoding="utf-8").strip()
    folder = build_dir / "releases" / current
    release = json.loads((folder / "release.json").read_bytes())
    for path in (folder / "manifests").glob("*.json"):
        for stop in json.loads(path.read_bytes())["tour"]["stops"]:
            if stop["url"] == page:
                preview = stop["scene"]["lods"][0]["url"]
                return page, folder / release["entries"][preview]["file"]
    message = f"no stop at {page}"
    raise SystemExit(message)


@contextlib.asynccontextmanager
async def _served(app: web.Application) -> AsyncIterator[str]:
    async with serving(app, Listening(port=0)) as ((host, port),):
        yield f"http://{host}:{port}"


def _peer(aframe: Path, model: Path) -> web.Application:
    """Return A-Frame's page and its files, compressed beforehand where that helps."""
    (script,) = aframe.glob("dist/aframe-v*[0-9].min.js")
    texts = {
        "/": (THEIRS.encode(), "text/html"),
        "/mark.js": (MARK.encode(), "text/javascript"),
        "/aframe.js": (script.read_bytes(), "text/javascript"),
        "/meshopt_decoder.js": (DECODER.read_bytes(), "text/javascript"),
    }
    brotli_header = {"Content-Encoding": "br"}
    answers = {
        url: {
            "body": brotli.compress(body),
            "content_type": kind,
            "headers": brotli_header,
        }
        for url, (body, kind) in texts.items()
    }
    kind = "model/gltf-binary"
    answers["/model.glb"] = {"body": model.read_bytes(), "content_type": kind}

    async def answer(request: web.Request) -> web.Response:
        return web.Response(**answers[request.path])

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    return app


@contextlib.asynccontextmanager
async def _peer_served(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield "http://{}:{}/".format(*runner.addresses[0])
    finally:
        await runner.cleanup()


async def _opened(browser: Browser, address: str) -> tuple[float, int, float, float]:
    """Return when the first frame came, the bytes received by then, tap and last byte.

    Times are seconds from the first request; the tap's is 0 where there was none.
    """
    context = await browser.new_context(viewport=PHONE, service_workers="block")
    page = await context.new_page()
    line = await context.new_cdp_session(page)
    received = 0

    def count(event: dict[str, int]) -> None:
        nonlocal received
        received += event["encodedDataLength"]

    line.on("Network.loadingFinished", count)
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", LINE)
    await page.add_init_script(OURS)
    await page.goto(address, wait_until="commit")
    first_ms, tapped_ms, come_ms = await page.evaluate(FIRST_FRAME)
    await context.close()
    return first_ms / 1000, received, tapped_ms / 1000, come_ms / 1000


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
