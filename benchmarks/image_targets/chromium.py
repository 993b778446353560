"""Run a headless Chromium whose pages come from folders, without a network."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ORIGIN = "http://bench.test"
FLAGS = (
    "--no-sandbox",  # benchmarks may run as root in a container
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--use-gl=angle",
    "--use-angle=swiftshader",
)
TYPES = {
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".cjs": "text/javascript",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".wasm": "application/wasm",
}


@contextlib.contextmanager
def page_with(script: str, folders: Mapping[str, Path]) -> Iterator[Page]:
    """Open a page that runs a module; wait until it sets `window.isReady`.

    `folders` maps the first part of an address to the folder that answers it.
    """
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        message = "Chromium is missing: apt-get install chromium"
        raise FileNotFoundError(message)

    def answer(route: Route) -> None:
        _, first, *rest = urlsplit(route.request.url).path.split("/")
        path = folders.get(first, Path("/nowhere")).joinpath(*rest)
        if not first:
            body = f'<!doctype html><script type="module" src="/{script}"></script>'
            route.fulfill(body=body, content_type="text/html")
        elif path.is_file():
            kind = TYPES.get(path.suffix, "application/octet-stream")
            route.fulfill(body=path.read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404, body="")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.route(f"{ORIGIN}/**", answer)
        page.goto(f"{ORIGIN}/")
        page.wait_for_function("window.isReady")
        yield page
        browser.close()
