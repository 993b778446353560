"""A visit is taken along, the server stops, and the visit goes on from the phone alone."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from publishing.publish import publish
from publishing.release.repository import roll_back
from server.app import create_app
from server.runner import Listening, serving
from server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from playwright.async_api import BrowserContext, Page, Request, Route

pytestmark = pytest.mark.asyncio(loop_scope="session")
Museum = Any  # conftest's types: importlib mode gives them no name

TOUR = "/fr/visite/"
PANEL = "[data-take]"
WHOLE = f"{PANEL} [data-size=whole]"
PLACE = "title: { fr: La place, en: The square }"
WHY = "{ fr: En chantier., en: Being mended. }"
PHONE = {"width": 412, "height": 915}
READY = "Prêt : cette visite marche sans réseau."
LIST = """async () => {
    const index = await (await fetch("/offline.json", { cache: "no-store" })).json();
    const { list } = index.tours.visite.fr;
    return (await fetch(list)).json();
}"""
OFFERED = """async () => (await (await fetch("/offline.json", { cache: "no-store" })).json())
    .tours.visite.fr.list"""
RANGE = """async (url) => {
    const response = await fetch(url, { headers: { range: "bytes=1000-1999" } });
    const { length } = new Uint8Array(await response.arrayBuffer());
    return [response.status, length, response.headers.get("content-range")];
}"""
# What the phone holds: the list of each visit that is kept, and addresses whose file is
# missing or is not what its hash says.
AUDIT = """async () => {
    const files = await caches.open("ecomusee-files-1");
    const found = await (await caches.open("ecomusee-record-1")).match("/-/kept/record");
    const { visits, taking } = found ? await found.json() : { visits: {}, taking: {} };
    const hex = (buffer) => [...new Uint8Array(buffer)]
        .map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const wrong = [];
    for (const visit of Object.values(visits)) {
        if (!visit.proved) wrong.push("not proved");
        for (const [url, { sha256 }] of Object.entries(visit.files)) {
            const file = await files.match(`/-/kept/${sha256}`);
            const content = file && await file.arrayBuffer();
            const digest = content && hex(await crypto.subtle.digest("SHA-256", content));
            if (digest !== sha256) wrong.push(url);
        }
    }
    const lists = Object.values(visits).map(({ list }) => list);
    return { lists, wrong, taking: Object.keys(taking), files: (await files.keys()).length };
}"""
HOLDS_ANY = """async () =>
    (await (await caches.open("ecomusee-files-1")).keys()).length > 0"""
NO_ROOM = """navigator.storage.estimate = async () => ({ quota: 5e5, usage: 0 });"""
REFUSING = """ServiceWorkerContainer.prototype.register = async () => {
    throw new DOMException("no", "SecurityError");
};"""


@dataclass
class Phone:
    """A browser that keeps what it has between two starts, and the museum's server."""

    page: Page
    context: BrowserContext
    base: str
    fetched: list[Request]
    stop_server: Callable[[], Any]
    restart: Callable[[], Any]
    """Stop the server, close the browser and start it anew without a network."""

    async def open(self, path: str) -> Page:
        """Open a page of the museum."""
        await self.page.goto(self.base + path)
        return self.page

    async def take(self, size: str = "whole") -> None:
        """Tap the button that takes the tour along, and wait until it is ready."""
        await self.page.click(f"{PANEL} [data-size={size}]")
        await self.page.wait_for_selector(f"{PANEL} >> text=Prêt")

    async def says(self, words: str) -> None:
        """Wait until the panel says so."""
        await self.page.wait_for_selector(f"{PANEL} [role=status] >> text={words}")

    async def offered(self) -> str:
        """Return the address of the list that the museum offers now."""
        return str(await self.page.evaluate(OFFERED))

    async def holds(self) -> dict[str, Any]:
        """Return what is kept, and what of it is wrong."""
        found: dict[str, Any] = await self.page.evaluate(AUDIT)
        return found


@pytest.fixture
def museum(scenes: Museum, tmp_path: Path) -> Path:
    """Return a copy of the small museum, with what was published of it."""
    shutil.copytree(scenes.build_dir.parent, tmp_path / "work", symlinks=True)
    return tmp_path / "work"


def _publish(museum: Path, *changes: tuple[str, str]) -> None:
    """Publish the museum again, with texts of its tour changed."""
    tour = museum / "petit-musee" / "tours" / "visite.yaml"
    text = tour.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    tour.write_text(text, encoding="utf-8")
    assert publish(museum / "petit-musee", museum / "build").release is not None


@pytest_asyncio.fixture(loop_scope="session")
async def phone(
    museum: Path, tmp_path: Path, browser_options: dict[str, Any]
) -> AsyncIterator[Callable[..., Any]]:
    """Return a function that starts a browser on a page of the museum."""
    async with contextlib.AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        server = await stack.enter_async_context(contextlib.AsyncExitStack())
        app = create_app(museum / "build", settings=Settings(drain_s=0))
        listening = serving(app, Listening(port=0))
        ((host, port),) = await server.enter_async_context(listening)

        async def start(*scripts: str) -> tuple[BrowserContext, Page]:
            context = await playwright.chromium.launch_persistent_context(
                str(tmp_path / "profile"),
                viewport=PHONE,  # type: ignore[arg-type]  # a dictionary of the two
                has_touch=True,
                is_mobile=True,
                reduced_motion="reduce",
                **browser_options,
            )
            stack.push_async_callback(context.close)
            context.set_default_timeout(60_000)
            page = await context.new_page()
            for script in scripts:
                await page.add_init_script(script)
            return context, page

        async def open_phone(path: str = TOUR, *scripts: str) -> Phone:
            context, page = await start(*scripts)

            async def restart() -> None:
                await server.aclose()
                await made.context.close()
                made.context, made.page = await start()
                await made.context.set_offline(True)

            base = f"http://{host}:{port}"
            made = Phone(page, context, base, [], server.aclose, restart)
            page.on("requestfinished", lambda done: made.fetched.append(done))  # noqa: PLW0108
            await made.open(path)
            return made

        yield open_phone


async def test_a_visit_taken_along_needs_no_server(phone: Callable[..., Any]) -> None:
    visitor = await phone()
    listed = await visitor.page.evaluate(LIST)
    await visitor.take()
    await visitor.restart()

    for code, url in listed["codes"].items():
        page = await visitor.open(f"/{code.lower()}")
        assert page.url == visitor.base + url
        assert await page.locator("h1").is_visible()

    await visitor.open(f"/{_code(listed, 'borne')}")
    await visitor.page.click(".ec-show-3d")
    await visitor.page.wait_for_selector("canvas")
    await visitor.page.wait_for_selector("text=Fermer")

    await visitor.open(f"/{_code(listed, 'cour')}")
    await visitor.page.click(".ec-show-panorama, .ec-actions button >> nth=0")
    await visitor.page.wait_for_selector("canvas")

    page = await visitor.open(f"/{_code(listed, 'coulee')}")
    film = await page.evaluate("document.querySelector('video source').src")
    status, length, told = await page.evaluate(RANGE, film)
    assert (status, length) == (206, 1000)
    assert told.startswith("bytes 1000-1999/")


async def test_the_size_told_is_what_is_fetched(phone: Callable[..., Any]) -> None:
    visitor = await phone()
    await visitor.page.wait_for_selector(f"{WHOLE} >> text=·")
    told = await visitor.page.inner_text(WHOLE)
    before = len(visitor.fetched)
    await visitor.take()

    sizes = [
        await request.sizes()
        for request in visitor.fetched[before:]
        if "x-ecomusee-proving" not in request.headers
    ]
    fetched = sum(s["responseBodySize"] + s["responseHeadersSize"] for s in sizes)
    megabytes = float(told.split("·")[1].split()[0].replace(",", "."))
    assert megabytes == pytest.approx(fetched / 1e6, rel=0.05, abs=0.05)


async def test_a_code_is_typed_without_a_network(phone: Callable[..., Any]) -> None:
    visitor = await phone()
    listed = await visitor.page.evaluate(LIST)
    await visitor.take("light")
    await visitor.restart()
    page = await visitor.open("/fr/code/")

    await page.fill("input[name=code]", _code(listed, "banc").lower())
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/fr/visite/banc/")

    assert await page.inner_text("h1") == "Le banc"


async def test_what_was_not_taken_says_what_to_do(phone: Callable[..., Any]) -> None:
    visitor = await phone()
    await visitor.take("light")
    await visitor.restart()

    page = await visitor.open("/en/visite/")
    await page.wait_for_selector("[data-kept] .safety")

    assert "/en/visite/" in await page.inner_text("[data-kept] .safety")
    assert await page.locator("[data-kept] h3 a").inner_text() == "La visite"


async def test_a_light_visit_is_completed(phone: Callable[..., Any]) -> None:
    visitor = await phone()
    await visitor.take("light")
    light = (await visitor.holds())["files"]
    assert "3D" in await visitor.page.inner_text(f"{PANEL} [role=status]")

    await visitor.page.click(WHOLE)
    await visitor.says(READY)

    assert (await visitor.holds())["files"] > light


async def test_a_pause_loses_nothing(phone: Callable[..., Any]) -> None:
    visitor = await phone()
    page = visitor.page
    held = asyncio.Event()

    async def hold_films(_route: Route) -> None:
        held.set()

    await page.route("**/*.mp4", hold_films)
    await page.click(WHOLE)
    async with asyncio.timeout(60):
        await held.wait()
    await page.wait_for_function(HOLDS_ANY)
    await page.click(f"{PANEL} >> text=Mettre en pause")
    await visitor.says("En pause")
    await page.unroute("**/*.mp4")
    before = (await visitor.holds())["files"]
    assert before > 0

    await page.reload()
    await visitor.says("pas encore là")
    assert (await visitor.holds())["files"] == before
    visitor.fetched.clear()
    await page.click(f"{PANEL} >> text=Reprendre")
    await visitor.says(READY)

    assert (await visitor.holds())["wrong"] == []


async def test_giving_up_leaves_nothing(phone: Callable[..., Any]) -> None:
    visitor = await phone()
    page = visitor.page
    await page.route("**/*.mp4", lambda route: route.abort())
    await page.click(WHOLE)
    await visitor.says("coupé")

    await page.click(f"{PANEL} >> text=Abandonner")
    await page.wait_for_selector(WHOLE)

    held = await visitor.holds()
    assert (held["lists"], held["taking"], held["files"]) == ([], [], 0)


async def test_a_release_is_followed_and_never_mixed(
    phone: Callable[..., Any], museum: Path
) -> None:
    visitor = await phone()
    await visitor.take()
    _publish(
        museum,
        ("fr: Un film.", "fr: Un film muet."),
        (
            PLACE,
            f"{PLACE}\n    withdrawn:\n      since: 2026-11-02\n      why: {WHY}",
        ),
    )
    now = await visitor.page.evaluate(LIST)

    await visitor.open("/fr/visite/coulee/")
    assert "muet" not in await visitor.page.inner_text("main")  # as it was taken
    await visitor.says("mise à jour")
    await visitor.page.click(f"{PANEL} >> text=Afficher la nouvelle version")
    await visitor.page.wait_for_selector("text=Un film muet.")
    held = await visitor.holds()
    assert held["lists"] == [await visitor.offered()]
    assert held["wrong"] == []

    await visitor.restart()
    page = await visitor.open(f"/{_code(now, 'place')}")
    assert "En chantier." in await page.inner_text("main")


async def test_a_rolled_back_release_is_followed(
    phone: Callable[..., Any], museum: Path
) -> None:
    _publish(museum, ("fr: Un film.", "fr: Un film muet."))
    visitor = await phone()
    await visitor.take("light")
    second = await visitor.offered()

    roll_back(museum / "build")
    while await visitor.offered() == second:
        await visitor.page.wait_for_timeout(100)
    await visitor.open(TOUR)
    await visitor.says("mise à jour")

    first = await visitor.offered()
    assert (await visitor.holds())["lists"] == [first] != [second]


async def test_a_release_in_between_is_taken_whole(
    phone: Callable[..., Any], museum: Path
) -> None:
    visitor = await phone()
    page = visitor.page
    await page.wait_for_selector(f"{WHOLE} >> text=·")

    published: list[str] = []

    async def publish_then_answer(route: Route) -> None:
        if not published:
            published.append(route.request.url)
            before = await visitor.offered()
            _publish(museum, ("fr: Un film.", "fr: Un film muet."))
            while await visitor.offered() == before:
                await page.wait_for_timeout(100)
        await route.continue_()

    await page.route("**/fr/visite/coulee/", publish_then_answer)
    await visitor.take()

    held = await visitor.holds()
    assert (held["lists"], held["wrong"]) == ([await visitor.offered()], [])


async def test_a_file_that_arrives_damaged_is_not_kept(
    phone: Callable[..., Any],
) -> None:
    visitor = await phone()
    page = visitor.page
    await page.route("**/*.mp4", lambda route: route.fulfill(body="no film"))

    await page.click(WHOLE)
    await page.wait_for_selector(f"{PANEL} button >> text=Reprendre")

    assert (await visitor.holds())["lists"] == []


async def test_no_room_is_told_and_what_fits_is_offered(
    phone: Callable[..., Any],
) -> None:
    visitor = await phone(TOUR, NO_ROOM)
    await visitor.page.click(WHOLE)
    await visitor.says("pas assez de place")
    assert await visitor.page.locator(WHOLE).count() == 0

    await visitor.take("light")

    assert len((await visitor.holds())["lists"]) == 1


async def test_a_browser_that_keeps_nothing_is_told(
    phone: Callable[..., Any],
) -> None:
    visitor = await phone(TOUR, REFUSING)
    await visitor.page.click(WHOLE)
    await visitor.says("navigation privée")


async def test_two_tabs_do_not_take_at_once(phone: Callable[..., Any]) -> None:
    visitor = await phone()
    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    await visitor.page.route("**/*.mp4", hold)
    await visitor.page.click(WHOLE)
    await visitor.says("se charge")
    other = await visitor.context.new_page()
    await other.goto(visitor.base + "/en/visite/")
    await other.click(WHOLE)

    await other.wait_for_selector(f"{PANEL} >> text=another tab")


async def test_room_is_given_back_from_the_check_page(
    phone: Callable[..., Any],
) -> None:
    visitor = await phone()
    await visitor.take("light")
    page = await visitor.open("/fr/check/")

    await page.click("[data-kept] >> text=Libérer la place")
    await page.wait_for_selector("[data-kept] >> text=La place est libérée.")

    held = await visitor.holds()
    assert (held["lists"], held["files"]) == ([], 0)


def _code(listed: dict[str, Any], stop: str) -> str:
    """Return the printed code of a stop, by the list's own table."""
    (code,) = (c for c, url in listed["codes"].items() if url.endswith(f"/{stop}/"))
    return str(code)
