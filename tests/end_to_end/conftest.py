"""A published museum, its server, and a browser that reports what it saw."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import (
    Animation,
    AnimationChannel,
    AnimationSampler,
    Document,
    Mesh,
    Node,
    Primitive,
    Scene,
    Skin,
)
from assets_pipeline.gltf.materials import matte_material
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.tasks.store import STORE
from ecomusee.worker_pool import process_pool
from publishing.client_files import CLIENT_FOLDER
from publishing.print_labels import print_labels
from publishing.publish import publish
from server.app import create_app
from server.runner import Listening, serving
from server.settings import Settings
from tours.diagnostics import render

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from playwright.async_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Request,
    )

    from publishing.publish import PublishResult
    from tours.release import Release

    Details = dict[str, Any]  # what the page's event says, as JSON

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PACKAGES = ROOT / "client" / "node_modules"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 412, "height": 915}
FLAGS = (
    "--no-sandbox",  # tests may run as root in a container
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
    "--use-gl=angle",
    "--use-angle=swiftshader",
)


@dataclass(frozen=True)
class PublishedMuseum:
    """A museum as a test published it."""

    build_dir: Path
    release: Release
    labels: Path


@dataclass
class Visit:
    """One visitor's page, and all that went wrong on it."""

    page: Page
    context: BrowserContext
    base: str
    complaints: list[str] = field(default_factory=list)
    """Errors of the page, and warnings, as its console has them."""
    foreign: list[str] = field(default_factory=list)
    """Addresses asked of others than the museum."""
    expected: tuple[str, ...] = ()
    """Parts of complaints that the test provokes."""

    async def told(self, state: str, since: int = 0) -> Details:
        """Wait until the scene tells of a state; give what it says."""
        found: Details = await self.page.evaluate(
            "([state, since]) => toldOf(state, since)", [state, since]
        )
        return found

    async def open_3d(self) -> Details:
        """Tap the button that shows the model, and wait for its finest level."""
        await self.page.click(".ec-show-3d")
        return await self.told("refined")

    async def open_camera(self) -> None:
        """Tap through our explanation, with the camera, to the aiming."""
        await self.page.click(".ec-show-ar")
        await self.page.click(".ec-choices button:nth-child(1):enabled")
        await self.told("aiming")

    async def status(self) -> str:
        """Return what the page says under its buttons."""
        return (await self.page.text_content(".ec-status")) or ""


@pytest.fixture(scope="session")
def publish_museum(
    pytestconfig: pytest.Config,
) -> Callable[[Path, Path], PublishedMuseum]:
    """Return a function that gives codes, prints labels and publishes a folder.

    What was made for an earlier session is offered again, and taken as any second build
    takes it: while everything that it was made from is the same.
    """
    if not (CLIENT_FOLDER / "client.json").exists():
        pytest.skip("the client is not built: run scripts/build-client")
    assert pytestconfig.cache is not None
    kept = pytestconfig.cache.mkdir("made-files")

    def published(folder: Path, build_dir: Path) -> PublishedMuseum:
        pdf = build_dir.parent / f"{build_dir.name}.pdf"
        today = dt.date(2026, 11, 24)
        printed = print_labels(folder, pdf, today=today)
        assert not printed.has_errors, _findings(printed.diagnostics)
        shutil.copytree(kept, build_dir / STORE)
        with process_pool(
            os.cpu_count() or 1, build_dir.parent / "workers.log"
        ) as pool:
            done: PublishResult = publish(folder, build_dir, executor=pool)
        assert done.release is not None, _findings(done.diagnostics)
        shutil.copytree(build_dir / STORE, kept, dirs_exist_ok=True)
        return PublishedMuseum(build_dir, done.release, pdf)

    return published


@pytest.fixture(scope="session")
def demonstration(
    publish_museum: Callable[[Path, Path], PublishedMuseum],
    tmp_path_factory: pytest.TempPathFactory,
) -> PublishedMuseum:
    """Return the demonstration museum, published from a copy of its folder."""
    work = tmp_path_factory.mktemp("demonstration")
    folder = work / "creusot-montceau"
    shutil.copytree(ROOT / "content" / "creusot-montceau", folder)
    return publish_museum(folder, work / "build")


@pytest.fixture(scope="session")
def example(
    publish_museum: Callable[[Path, Path], PublishedMuseum],
    tmp_path_factory: pytest.TempPathFactory,
) -> PublishedMuseum:
    """Return the museum that newcomers copy, in another language and place."""
    work = tmp_path_factory.mktemp("example")
    folder = work / "example"
    shutil.copytree(ROOT / "content" / "example", folder)
    return publish_museum(folder, work / "build")


@pytest.fixture(scope="session")
def scenes(
    publish_museum: Callable[[Path, Path], PublishedMuseum],
    tmp_path_factory: pytest.TempPathFactory,
) -> PublishedMuseum:
    """Return a small museum with a panorama, a comparison, a film and a bench."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is missing, and draws the film: apt-get install ffmpeg")
    work = tmp_path_factory.mktemp("scenes")
    folder = work / "petit-musee"
    shutil.copytree(HERE / "scenes", folder)
    subprocess.run([sys.executable, folder / "media.py", folder], check=True)
    return publish_museum(folder, work / "build")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def serve() -> AsyncIterator[Callable[[PublishedMuseum], Any]]:
    """Return a function that serves a published museum until the session ends."""
    async with contextlib.AsyncExitStack() as stack:
        served: dict[Path, str] = {}

        async def serve(museum: PublishedMuseum) -> str:
            if museum.build_dir not in served:
                app = create_app(museum.build_dir, settings=Settings(drain_s=0))
                listening = serving(app, Listening(port=0))
                ((host, port),) = await stack.enter_async_context(listening)
                served[museum.build_dir] = f"http://{host}:{port}"
            return served[museum.build_dir]

        yield serve


@pytest.fixture(scope="session")
def browser_options() -> Details:
    """Return how Debian's Chromium is started, to draw 3D in software."""
    if CHROMIUM is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    return {"executable_path": CHROMIUM, "args": list(FLAGS)}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(browser_options: Details) -> AsyncIterator[Browser]:
    """Return Debian's Chromium, drawing 3D in software."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(**browser_options)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(
    browser: Browser, serve: Callable[[PublishedMuseum], Any]
) -> AsyncIterator[Callable[..., Any]]:
    """Return a function that opens a page; every visit must end without a complaint."""
    visits: list[Visit] = []

    async def visit(
        museum: PublishedMuseum,
        path: str = "/fr/de-la-forge-a-la-ville/marteau/",
        *,
        scripts: tuple[str, ...] = (),
        expected: tuple[str, ...] = (),
        size: tuple[int, int] = (PHONE["width"], PHONE["height"]),
        **options: object,
    ) -> Visit:
        base = await serve(museum)
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            has_touch=True,
            is_mobile=True,
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]  # as new_context takes them
        )
        context.set_default_timeout(60_000)
        page = await context.new_page()
        made = Visit(page, context, base, expected=expected)
        visits.append(made)
        _watch(made)
        for script in (_read(HERE / "recorder.js"), *scripts):
            await page.add_init_script(script)
        await page.goto(base + path)
        return made

    yield visit
    for made in visits:
        await _shot(made)
        await made.page.unroute_all(behavior="ignoreErrors")
        await made.context.close()
    for made in visits:
        assert not _unexpected(made)
        assert not made.foreign


@pytest.fixture(scope="session")
def emulation() -> Callable[..., tuple[str, ...]]:
    """Return a function that gives the scripts of an emulated phone or headset."""
    if not (PACKAGES / "iwer").exists():
        pytest.skip("the client's packages are missing: run scripts/build-client")

    def emulation(kind: str, *, overlay: bool = False) -> tuple[str, ...]:
        scripts = [_read(PACKAGES / "iwer" / "build" / "iwer.min.js")]
        emulated: Details = {"kind": kind, "overlay": overlay}
        if kind == "phone":
            room = PACKAGES / "@iwer" / "sem"
            scripts.append(_read(room / "build" / "iwer-sem.min.js"))
            emulated["room"] = json.loads(
                _read(room / "captures" / "office_large.json")
            )
        opening = f"const emulated = {json.dumps(emulated)};\n"
        scripts.append("{\n" + opening + _read(HERE / "emulation.js") + "}")
        return ("\n;\n".join(scripts),)

    return emulation


@pytest.fixture(scope="session")
def axe() -> str:
    """Return axe-core's script."""
    path = PACKAGES / "axe-core" / "axe.min.js"
    if not path.exists():
        pytest.skip("the client's packages are missing: run scripts/build-client")
    return _read(path)


@pytest.fixture(scope="session")
def moving_bar() -> bytes:
    """Return a GLB of a bar with a bone for each end, of which the upper sways."""
    corners = np.float32([[x, y, z] for y in (0, 20) for z in (0, 4) for x in (0, 4)])
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4)]
    faces.append((1, 5, 7, 3))
    sides = [t for a, b, c, d in faces for t in ((a, b, c), (a, c, d))]
    attributes = {
        "POSITION": create_accessor(corners),
        "JOINTS_0": create_accessor(np.repeat(np.uint8([[0] * 4, [1] * 4]), 4, axis=0)),
        "WEIGHTS_0": create_accessor(np.tile(np.float32([1, 0, 0, 0]), (8, 1))),
    }
    bar = Primitive(
        attributes,
        create_accessor(np.array(sides, np.uint16).ravel()),
        matte_material(),
    )
    lower, upper = Node("lower"), Node("upper")
    holder = Node("bar", mesh=Mesh([bar]), skin=Skin([lower, upper]))
    sways = np.float32([[0, 0, 0], [12, 0, 0], [0, 0, 0]])
    times = create_accessor(np.float32([0, 0.5, 1]))
    sampler = AnimationSampler(times, create_accessor(sways), "LINEAR")
    scene = Scene([lower, upper, holder])
    played = Animation([AnimationChannel(upper, "translation", sampler)])
    return write_glb(Document([scene], scene, [played]))


def _watch(visit: Visit) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visit.complaints.append(f"{message.type}: {message.text}")

    def on_request(request: Request) -> None:
        parts = urllib.parse.urlsplit(request.url)
        own = request.url.startswith(visit.base + "/")
        if not own and parts.scheme not in ("blob", "data"):
            visit.foreign.append(request.url)

    visit.page.on("console", on_console)
    visit.page.on(
        "pageerror", lambda error: visit.complaints.append(f"thrown: {error}")
    )
    visit.page.on("request", on_request)


def _unexpected(visit: Visit) -> list[str]:
    return [
        complaint
        for complaint in visit.complaints
        if not any(part in complaint for part in visit.expected)
    ]


async def _shot(visit: Visit) -> None:
    """Keep a picture of how the visit ended, where ECOMUSEE_SHOTS names a folder."""
    folder = os.environ.get("ECOMUSEE_SHOTS")
    if folder:
        name = os.environ["PYTEST_CURRENT_TEST"].split("::")[-1].split(" ")[0]
        path = Path(folder) / (name.replace("/", "_") + ".png")
        await visit.page.screenshot(path=path, animations="disabled")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _findings(diagnostics: tuple[Any, ...]) -> str:
    return "\n".join(render(finding, "en") for finding in diagnostics)
