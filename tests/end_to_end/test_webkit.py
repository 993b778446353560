"""Every kind of page and of scene in a second engine: WebKitGTK, as Debian has it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from selenium import webdriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from selenium.webdriver.remote.webdriver import WebDriver

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    # selenium's WebKitGTK driver calls selenium's own old names.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:selenium"),
]
Visiting = Any  # conftest's functions: importlib mode gives their types no name

HERE = Path(__file__).parent
DRIVER = shutil.which("WebKitWebDriver")
BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"))
XVFB = shutil.which("Xvfb")
LONGEST_S = 60
WATCH = "/watching.js"
KEPT_HEADERS = ("Content-Type", "Content-Security-Policy", "Location", "Accept-Ranges")
MODEL = """
(await until(".ec-show-3d")).click();
const told = await toldOf("refined");
const canvas = document.querySelector(".ec-canvas").getBoundingClientRect();
const poster = document.querySelector("#scene > picture img");
return [
    Math.round(told.size_m[1]),
    canvas.width > 300 && canvas.height > 200,
    poster.offsetParent === null,
];
"""
PANORAMA = """
(await until(".ec-show-panorama")).click();
await toldOf("shown");
const canvas = document.querySelector(".ec-frame > canvas").getBoundingClientRect();
(await until(".ec-spot:not(.ec-away)")).click();
const words = await until(".ec-words");
return [canvas.width > 300 && canvas.height > 200, words.textContent.includes("verte")];
"""
COMPARE = """
const slider = await until(".ec-slider");
const before = slider.value;
[...document.querySelectorAll("#scene-actions button")].at(-1).click();
return [before, slider.value, slider.getAttribute("aria-valuetext")];
"""
# Debian's WebKitGTK has no decoder of H.264 or AV1: a film that can't be played gets the
# browser's own controls.
VIDEO = """
(await until(".ec-start")).click();
await until(".ec-films > video[controls]");
const choices = await until(".ec-versions");
choices.querySelectorAll("button")[2].click();
const sign = await until(".ec-sign-film");
const film = document.querySelector(".ec-films > video");
return [film.textTracks[0].language, sign.muted, film.controls];
"""
CHECK = """
await until("#checks[data-state=tried]");
return document.querySelector("#ec-summary").textContent.split(" ").slice(0, 2);
"""


@dataclass(frozen=True)
class Opened:
    """A page, what is done on it, and what is then seen."""

    museum: str
    path: str
    heading: str
    does: str = "return null;"
    sees: object = None
    expected: tuple[str, ...] = ()
    """Parts of complaints that this machine's engine may have."""


HAMMER = "/fr/de-la-forge-a-la-ville/marteau/"
PAGES = {
    "model": Opened(
        "demonstration", HAMMER, "Le marteau-pilon", MODEL, [21, True, True]
    ),
    "panorama": Opened("scenes", "/fr/visite/cour/", "La cour", PANORAMA, [True, True]),
    "compare": Opened(
        "scenes",
        "/fr/visite/place/",
        "La place",
        COMPARE,
        ["50", "0", "0\xa0%\xa0: En 1900"],
    ),
    "video": Opened(
        "scenes",
        "/fr/visite/coulee/",
        "La coulée",
        VIDEO,
        ["fr", True, True],
        (".mp4",),
    ),
    "none": Opened("scenes", "/fr/visite/banc/", "Le banc"),
    "withdrawn": Opened("scenes", "/fr/visite/quai/", "Le quai"),
    "home": Opened("demonstration", "/fr/", "Écomusée Creusot-Montceau, démonstration"),
    "tour": Opened("demonstration", "/fr/charbon-et-eau/", "Le charbon et l’eau"),
    "site": Opened("demonstration", "/fr/sites/le-creusot/", "Le marteau, au Creusot"),
    "code page": Opened("demonstration", "/fr/code/", "Saisir un code"),
    "label": Opened("demonstration", "/78FT", "Le marteau-pilon The steam hammer"),
    "404": Opened(
        "demonstration", "/fr/nulle-part/", "Page introuvable Page not found"
    ),
    "check": Opened(
        "scenes",
        "/fr/check/",
        "Mon téléphone est-il compatible\u202f?",
        CHECK,
        ["S1", "C9"],
    ),
}


@pytest.fixture(scope="module")
def webkit() -> Iterator[WebDriver]:
    """Return WebKitGTK's own small browser on a display that nobody sees."""
    if not (DRIVER and BROWSERS and XVFB):
        pytest.skip("WebKitGTK is missing: apt-get install webkit2gtk-driver xvfb")
    with _display() as number:
        environment = os.environ | {
            "DISPLAY": f":{number}",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # tests may run as root
        }
        options = Options()
        options.binary_location = str(BROWSERS[-1])
        options.add_argument("--automation")
        driver = webdriver.WebKitGTK(
            options=options, service=Service(DRIVER, env=environment)
        )
        driver.set_script_timeout(LONGEST_S)
        yield driver
        driver.quit()


@contextlib.contextmanager
def _display() -> Iterator[str]:
    """Give the number of a display in memory."""
    reading, writing = os.pipe()
    screen = [str(XVFB), "-displayfd", str(writing), "-screen", "0", "500x950x24"]
    display = subprocess.Popen(
        [*screen, "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield told.readline().strip()
    finally:
        display.terminate()
        display.wait()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def watched(
    serve: Visiting, demonstration: Visiting, scenes: Visiting
) -> AsyncIterator[dict[str, str]]:
    """Return, by museum, an address whose pages keep what goes wrong on them.

    A relay in front of each museum's server puts `watching.js` first into its pages, by
    an address of the same host, as their policy wants it.
    """
    async with contextlib.AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())
        addresses = {}
        for name, museum in (("demonstration", demonstration), ("scenes", scenes)):
            runner = web.AppRunner(
                _relay(session, await serve(museum)), shutdown_timeout=0
            )
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            addresses[name] = "http://{}:{}".format(*runner.addresses[0])
        yield addresses


def _relay(session: ClientSession, museum: str) -> web.Application:
    scripts = [
        (HERE / name).read_text("utf-8") for name in ("watching.js", "recorder.js")
    ]

    async def watching(_request: web.Request) -> web.Response:
        return web.Response(text="\n".join(scripts), content_type="text/javascript")

    async def relayed(request: web.Request) -> web.Response:
        wishes = {"Accept-Encoding": "identity"} | {
            name: request.headers[name]
            for name in ("Accept", "Accept-Language", "Range")
            if name in request.headers
        }
        async with session.get(
            museum + request.raw_path, headers=wishes, allow_redirects=False
        ) as answer:
            body = await answer.read()
            kept = {n: answer.headers[n] for n in KEPT_HEADERS if n in answer.headers}
            if answer.content_type == "text/html":
                first = f'<head><script src="{WATCH}"></script>'
                body = body.replace(b"<head>", first.encode(), 1)
            return web.Response(status=answer.status, headers=kept, body=body)

    app = web.Application()
    app.router.add_get(WATCH, watching)
    app.router.add_get("/{path:.*}", relayed)
    return app


@pytest.mark.parametrize("kind", PAGES)
async def test_page_works_in_webkit_without_a_complaint(
    webkit: WebDriver, watched: dict[str, str], kind: str
) -> None:
    """The server answers in this loop, so the browser is driven from a thread."""
    page = PAGES[kind]
    address = watched[page.museum] + page.path

    seen = await asyncio.to_thread(_opened, webkit, kind, address)

    heading, width, sees, problems = seen
    assert heading == page.heading
    assert width <= 0, "the page scrolls sideways"
    assert sees == page.sees
    assert [
        problem
        for problem in problems
        if not any(part in problem for part in page.expected)
    ] == []


def _opened(driver: WebDriver, kind: str, address: str) -> tuple[Any, ...]:
    driver.get(address)
    done = "const done = arguments[arguments.length - 1];"
    does = PAGES[kind].does
    sees = driver.execute_async_script(
        f"{done} (async () => {{{does}}})().then(done, (error) => done(String(error)));"
    )
    folder = os.environ.get("ECOMUSEE_SHOTS")
    if folder:
        driver.save_screenshot(
            str(Path(folder) / f"webkit-{kind.replace(' ', '-')}.png")
        )
    heading = driver.find_element("css selector", "h1").text
    width = driver.execute_script(
        "return document.documentElement.scrollWidth - innerWidth;"
    )
    return heading, width, sees, driver.execute_script("return window.problems;")
