"""The camera's rung in Chromium: a film of the demonstration's own plate is its camera.

The film is made of frames whose poses are known (`panel.py`), each numbered, so that what
the page shows can be compared with the truth of the very frame that it shows.
"""

from __future__ import annotations

import base64
import importlib.util
import io
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import ModuleType

pytestmark = pytest.mark.asyncio(loop_scope="session")
# conftest's functions and panel.py's classes: importlib mode gives their types no name.
Visiting = Any
Page = Any
Panel = Any
Route = Any
Array = npt.NDArray[np.float64]
Details = dict[str, Any]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PLATE = ROOT / "content/creusot-montceau/image_targets/planche-marteau.png"
PAGE = "/fr/de-la-forge-a-la-ville/planche/"
ALLOWED = ("--use-fake-ui-for-media-stream",)
RATE_HZ = 3
FRAME = (480, 640)
RULES = """axe.run({ runOnly: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice",
] }).then(({ violations }) => violations.map(({ id }) => id))"""
SCREEN = (412, 915)
CLOCK = """{
    const real = performance.now.bind(performance);
    let ahead = 0;
    window.skip = (ms) => { ahead += ms; };
    performance.now = () => real() * RATIO + ahead;
}
// Frames that the page has presented: it draws each on one canvas.
window.presented = (count) => {
    const canvas = document.querySelector(".ec-camera-picture");
    const context = canvas.getContext("2d");
    return new Promise((done) => {
        const draw = CanvasRenderingContext2D.prototype.drawImage;
        context.drawImage = function (...given) {
            draw.apply(this, given);
            count -= 1;
            if (count > 0) return;
            delete context.drawImage;
            setTimeout(done);
        };
    });
};
// Frames that the camera has given.
window.played = async (count) => {
    const video = document.querySelector("video");
    for (let i = 0; i < count; i += 1) {
        await new Promise((done) => video.requestVideoFrameCallback(done));
    }
};"""
SLOWED = CLOCK.replace("RATIO", "0.02")
"""A machine that draws in software, shared with others, counts as a quick phone."""
HURRIED = CLOCK.replace("RATIO", "1000")
"""What takes a millisecond counts as a second: a phone that can't keep up."""
ASKED = """window.asked = 0;
window.tracks = [];
window.lenses = [];
{
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
        window.asked += 1;
        const { deviceId } = wanted.video;
        window.lenses.push(deviceId?.exact ?? "");
        if (window.named) delete wanted.video.deviceId;
        const stream = await ask(wanted);
        window.tracks.push(...stream.getTracks());
        return stream;
    };
}"""
FAILING = """navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException("as the test wants it", "ERROR");
};"""
TWO_LENSES = """window.named = ["first", "second"];
navigator.mediaDevices.enumerateDevices = async () => named.map((deviceId) => ({
    kind: "videoinput", label: `${deviceId}, facing back`, deviceId,
}));
{
    const settings = MediaStreamTrack.prototype.getSettings;
    MediaStreamTrack.prototype.getSettings = function () {
        return { ...settings.call(this), deviceId: window.lenses.at(-1) || "first" };
    };
}"""
HIDING = """window.hide = (isHidden) => {
    Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
};"""
SHARING = """navigator.canShare = ({ files }) => files.length > 0;
window.shared = new Promise((told) => {
    navigator.share = async ({ files }) => told(files.map(({ type, size }) => [type, size]));
});"""
TELLTALE = """window.sent = [];
navigator.sendBeacon = (url) => window.sent.push(url);
for (const kind of ["WebSocket", "RTCPeerConnection", "EventSource"]) {
    window[kind] = class { constructor() { window.sent.push(kind); } };
}"""

SHADED = """{
    const { drawImage } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.drawImage = function (source, ...rest) {
        drawImage.call(this, source, ...rest);
        if (!source.classList?.contains("ec-camera-scene")) return;
        const { width, height } = source;
        const copy = new OffscreenCanvas(width, height).getContext("2d");
        copy.drawImage(source, 0, 0);
        const { data } = copy.getImageData(0, 0, width, height);
        window.shaded = { opaque: 0, shade: 0, clear: 0 };
        for (let i = 0; i < data.length; i += 4) {
            const [red, green, blue, alpha] = data.subarray(i, i + 4);
            if (alpha === 255) shaded.opaque += 1;
            else if (alpha === 0) shaded.clear += 1;
            else if (alpha > 25 && Math.max(red, green, blue) < 16) shaded.shade += 1;
        }
    };
}"""
"""Counts the pixels of the scene that a photograph is made of."""


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("panel", HERE / "panel.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["panel"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


panel = _module()


@pytest.fixture(scope="session")
def plate() -> Panel:
    """Return the demonstration's plate, as wide as its stop says."""
    return panel.Panel(Image.open(PLATE), 0.30)


@pytest.fixture(scope="session")
def eyes() -> tuple[Any, ...]:
    """Return where the camera stands in each frame: a walk around the plate."""
    made = []
    for i in range(12):
        angle = math.radians(-32 + 64 * i / 11)
        distance = 0.62 + 0.02 * i
        made.append(
            panel.Eye(
                (
                    distance * math.sin(angle),
                    0.25 - 0.03 * i,
                    distance * math.cos(angle),
                ),
                looks_at=(0.01 * (i % 3), 0.02, 0.0),
                roll_deg=(-3, 0, 4)[i % 3],
            )
        )
    return tuple(made)


@pytest.fixture(scope="session")
def film(
    plate: Panel, eyes: tuple[Any, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a film of that walk, as raw frames."""
    path: Path = tmp_path_factory.mktemp("film") / "plate.y4m"
    camera = panel.Camera(*FRAME)
    frames = (
        panel.numbered(panel.seen(plate, camera, eye), i) for i, eye in enumerate(eyes)
    )
    panel.write_y4m(path, frames, RATE_HZ)
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(browser_options: Details, film: Path) -> AsyncIterator[Any]:
    """Return a Chromium whose cameras, two of them, show that film."""
    devices = "--use-fake-device-for-media-stream=device-count=2"
    shown = f"--use-file-for-fake-video-capture={film}"
    args = [*browser_options["args"], *ALLOWED, devices, shown]
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(**browser_options | {"args": args})
        yield launched
        await launched.close()


async def _explained(visitor: Visiting) -> None:
    await visitor.page.click(".ec-show-camera")
    await visitor.page.locator(".ec-choices button:nth-child(1):enabled").wait_for()


async def _opened(visitor: Visiting) -> Visiting:
    """Tap through our explanation, with the camera."""
    await _explained(visitor)
    await visitor.page.click(".ec-choices button:nth-child(1)")
    await visitor.told("aiming")
    return visitor.page


async def _placed(visitor: Visiting) -> Visiting:
    page = await _opened(visitor)
    await visitor.told("placed")
    return page


async def _frozen(visitor: Visiting) -> tuple[int, Array]:
    """Freeze; return the number of the frame on the screen, and the scene's corners."""
    page = visitor.page
    since = await page.evaluate("told.length")
    await page.click(".ec-freeze")
    told = await visitor.told("frozen", since)
    return await _number(page), np.array(told["corners_px"]).reshape(8, 2)


async def _number(page: Page) -> int:
    url: str = await page.evaluate(
        "document.querySelector('.ec-camera-picture').toDataURL()"
    )
    picture = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))
    number: int = panel.number_of(picture)
    return number


async def _scene(page: Page) -> Details:
    """Return what the manifest says of the stop: its model and its anchor."""
    found: Details = await page.evaluate("""async () => {
        const { manifest, stop } = document.body.dataset;
        const { tour } = await (await fetch(manifest)).json();
        return tour.stops.find(({ id }) => id === stop);
    }""")
    return found


def _corners(stop: Details) -> Array:
    """Return the corners of the model's box in the print's frame, metres: (8, 3)."""
    extents, scale = stop["scene"]["extents"], stop["scene"]["scale"]
    width, height, depth = scale * np.subtract(extents["greatest"], extents["least"])
    place = np.array(stop["anchors"][0]["pose"]["position"])
    corners = np.array(
        [
            [
                (i & 1) * width - width / 2,
                (i >> 1 & 1) * height,
                (i >> 2) * depth - depth / 2,
            ]
            for i in range(8)
        ]
    )
    standing: Array = corners + place
    return standing


def _on_screen(points_px: Array, screen: tuple[int, int]) -> Array:
    """Return where frame px are on a screen that the frame covers, in CSS px."""
    scale = max(screen[0] / FRAME[0], screen[1] / FRAME[1])
    corner = (np.array(screen) - scale * np.array(FRAME)) / 2
    on_screen: Array = corner + scale * (points_px + 0.5)
    return on_screen


def _error_px(found: Array, expected: Array) -> float:
    return float(np.sqrt(((found - expected) ** 2).sum(axis=1).mean()))


async def test_the_model_stands_where_the_plate_says_in_every_frame(
    visit: Visiting, demonstration: Visiting, eyes: tuple[Any, ...]
) -> None:
    """A pinhole camera of the true pose puts its corners there, to 1 % of the screen."""
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED,))
    page = await _placed(visitor)
    corners = _corners(await _scene(page))
    camera = panel.Camera(*FRAME)
    errors: dict[int, float] = {}

    while len(errors) < 6:
        number, found = await _frozen(visitor)
        expected = _on_screen(camera.projected(corners, eyes[number]), SCREEN)
        errors[number] = _error_px(found, expected)
        await page.click(".ec-freeze")
        await page.evaluate("presented(2)")

    assert max(errors.values()) < 4, errors


async def test_it_has_its_true_size_and_stands_upright(
    visit: Visiting, demonstration: Visiting
) -> None:
    """A scale model of 1:100 of 21 m, on the plate's middle."""
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED,))
    await _placed(visitor)

    told = await visitor.told("placed")

    assert told["rung"] == "camera"
    assert told["size_m"][1] == pytest.approx(0.21, rel=0.01)
    assert told["up"] == pytest.approx([0, 1, 0], abs=1e-6)
    assert told["position_m"] == pytest.approx([0, 0, 0], abs=1e-3)


async def test_nothing_is_sent_while_the_camera_is_open(
    visit: Visiting, demonstration: Visiting
) -> None:
    """No request has a body; once the model is there, there is no request at all."""
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, TELLTALE))
    asked: list[tuple[str, bool]] = []
    visitor.page.on(
        "request", lambda r: asked.append((r.method, r.post_data_buffer is not None))
    )
    page = await _placed(visitor)
    before = len(asked)

    await page.evaluate("presented(8)")

    assert len(asked) == before
    assert set(asked) == {("GET", False)}
    assert await page.evaluate("sent") == []


async def test_freezing_keeps_picture_and_scene_and_resuming_goes_on(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED,))
    page = await _placed(visitor)
    number, _ = await _frozen(visitor)
    first = await page.screenshot()

    await page.evaluate("played(2)")
    second = await page.screenshot()
    sentence = await page.text_content(".ec-camera .ec-hint")
    await page.click(".ec-freeze")
    numbers = {number}
    for _ in range(
        12
    ):  # the film begins anew: one other frame may bear that number too
        await page.evaluate("presented(1)")
        numbers.add(await _number(page))
        if len(numbers) > 1:
            break

    assert "figée" in (sentence or "").lower()
    assert first == second
    assert len(numbers) > 1


async def test_what_moves_can_be_stopped_over_the_picture(
    visit: Visiting, demonstration: Visiting, moving_bar: bytes
) -> None:
    """But while picture and scene are frozen: nothing moves then."""
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED,))
    await visitor.page.emulate_media(reduced_motion="no-preference")
    await visitor.page.route("**/*.glb", lambda route: route.fulfill(body=moving_bar))
    page = await _placed(visitor)
    button = page.locator(".ec-camera .ec-play")

    name = await button.get_attribute("aria-label")
    await button.click()
    after = await button.get_attribute("aria-label")
    await _frozen(visitor)

    assert (name, after) == ("Mettre l’animation en pause", "Animer le modèle")
    assert not await button.is_visible()


async def test_a_phone_that_is_turned_shows_the_same_frozen_scene_in_place(
    visit: Visiting, demonstration: Visiting, eyes: tuple[Any, ...]
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED,))
    page = await _placed(visitor)
    await _frozen(visitor)
    await page.set_viewport_size({"width": SCREEN[1], "height": SCREEN[0]})
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => done()))")
    await page.click(".ec-freeze")
    await page.evaluate("presented(2)")

    since = await page.evaluate("told.length")
    await page.click(".ec-freeze")
    told = await visitor.told("frozen", since)

    turned = (SCREEN[1], SCREEN[0])
    size = await page.evaluate("""(() => {
        const { clientWidth, clientHeight } = document.querySelector(".ec-camera-scene");
        return [clientWidth, clientHeight];
    })()""")
    assert tuple(size) == turned
    # The bars are cut away on a wide screen: the frame whose truth is nearest is meant.
    found = np.array(told["corners_px"]).reshape(8, 2)
    corners, camera = _corners(await _scene(page)), panel.Camera(*FRAME)
    nearest = min(
        _error_px(found, _on_screen(camera.projected(corners, eye), turned))
        for eye in eyes
    )
    assert nearest < 10


async def test_a_photograph_shows_what_the_screen_shows_and_stays_on_the_phone(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED,), accept_downloads=True)
    page = await _placed(visitor)
    await _frozen(visitor)
    shown = Image.open(io.BytesIO(await page.screenshot())).convert("RGB")

    async with page.expect_download() as saving:
        await page.click(".ec-photograph")
    saved = Image.open(await (await saving.value).path()).convert("RGB")

    assert saved.size == SCREEN
    # Between the words above and the buttons below.
    middle = (0, 200, SCREEN[0], 700)
    difference = np.abs(
        np.asarray(saved.crop(middle), float) - np.asarray(shown.crop(middle), float)
    )
    assert difference.mean() < 3
    assert "téléchargements" in (await page.text_content(".ec-camera .ec-hint") or "")


async def test_the_model_casts_a_shadow_in_the_photograph(
    visit: Visiting, demonstration: Visiting
) -> None:
    """Half-clear black beside what is opaque: the plate shows through it.

    The walk's light comes from one side: of its twelve frames, seen from -32 to 32 degrees,
    the shadow shows as 0.15 to 1 times as many pixels as the model. The plane that receives
    it fills the scene; one that is dark as a whole leaves none of it clear.
    """
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, SHADED, SHARING))
    page = await _placed(visitor)
    await _frozen(visitor)

    await page.click(".ec-photograph")
    counts = await page.evaluate("shaded")

    assert counts["opaque"] > 5000
    assert counts["shade"] > 0.05 * counts["opaque"]
    assert counts["clear"] > 0.8 * sum(counts.values())


async def test_a_phone_that_can_share_is_given_the_photograph(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, SHARING))
    page = await _placed(visitor)

    await page.click(".ec-photograph")

    ((kind, size_bytes),) = await page.evaluate("shared")
    assert kind == "image/jpeg"
    assert size_bytes > 10_000


async def test_our_words_come_before_the_browsers_question(
    visit: Visiting, demonstration: Visiting
) -> None:
    """What the camera is for, what to mind, and an equal way without it."""
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, ASKED))

    await _explained(visitor)
    dialog = visitor.page.locator("dialog")

    words = await dialog.inner_text()
    assert "Rien n’est envoyé" in words
    assert "regardant l’écran" in words
    assert "30" in words
    assert await visitor.page.evaluate("asked") == 0
    boxes = [
        await item.bounding_box()
        for item in await dialog.locator(".ec-choices button").all()
    ]
    assert boxes[0]["width"] == pytest.approx(boxes[1]["width"], abs=1)
    assert boxes[0]["height"] == pytest.approx(boxes[1]["height"], abs=1)


async def test_without_the_camera_the_same_model_is_shown(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, ASKED))
    await _explained(visitor)

    await visitor.page.click(".ec-choices button:nth-child(2)")

    assert (await visitor.told("shown"))["rung"] == "inline"
    assert await visitor.page.evaluate("asked") == 0


async def test_who_searches_sees_the_plate_to_match_and_is_advised_in_time(
    visit: Visiting, demonstration: Visiting
) -> None:
    """In front of another print: first what to frame, then advice, then the way without."""
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED,))
    await _another_print(visitor)
    page = await _opened(visitor)
    await page.evaluate("presented(2)")
    hints = [await page.text_content(".ec-camera .ec-hint")]
    ghost = page.locator(".ec-outline img")

    assert await ghost.is_visible()
    assert await page.locator(".ec-without").is_hidden()
    for _ in range(5):
        await page.evaluate("skip(6000); presented(2)")
        hints.append(await page.text_content(".ec-camera .ec-hint"))

    assert "image entière" in hints[0]
    assert len(set(hints)) >= 4
    assert await page.locator(".ec-without").is_visible()
    await page.click(".ec-without")
    assert (await visitor.told("shown"))["rung"] == "inline"
    assert await page.locator("dialog").count() == 0


@pytest.mark.parametrize(
    ("error", "kind", "words", "retries"),
    [
        ("NotAllowedError", "refused", "n’a pas été autorisé", 0),
        ("NotFoundError", "absent", "Aucun appareil photo", 0),
        ("NotReadableError", "busy", "une autre application", 1),
    ],
)
async def test_a_camera_that_does_not_come_is_told_kindly(
    visit: Visiting,
    demonstration: Visiting,
    error: str,
    kind: str,
    words: str,
    retries: int,
) -> None:
    """The page stays as it was, and 3D without a camera is one tap away."""
    failing = FAILING.replace("ERROR", error)
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, failing))
    await _explained(visitor)

    await visitor.page.click(".ec-choices button:nth-child(1)")

    assert (await visitor.told("failed"))["failure"] == kind
    assert words in await visitor.status()
    assert await visitor.page.locator(".ec-remedies button").count() == retries
    assert await visitor.page.locator("#scene > picture img").is_visible()
    assert await visitor.page.locator(".ec-show-3d").is_visible()
    assert await visitor.page.locator("dialog").count() == 0
    focused = await visitor.page.evaluate("document.activeElement.className")
    assert "ec-show-camera" in focused


async def test_a_phone_that_does_not_keep_up_is_told_so_and_offered_3d(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(HURRIED,))
    await _explained(visitor)

    await visitor.page.click(".ec-choices button:nth-child(1)")

    assert (await visitor.told("failed"))["failure"] == "slow"
    assert "3D" in await visitor.status()
    assert await visitor.page.evaluate("document.querySelectorAll('video').length") == 0


async def test_a_camera_that_stops_can_be_asked_for_again(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, ASKED))
    page = await _placed(visitor)

    await page.evaluate(
        "tracks.at(-1).stop(); tracks.at(-1).dispatchEvent(new Event('ended'))"
    )

    assert (await visitor.told("failed"))["failure"] == "ended"
    await page.click(".ec-remedies button")
    await page.locator(".ec-choices button:nth-child(1):enabled").wait_for()


async def test_the_camera_stops_when_the_page_hides_and_comes_back_with_it(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, ASKED, HIDING))
    page = await _placed(visitor)

    await page.evaluate("hide(true)")
    hidden = await page.evaluate("tracks.map(({ readyState }) => readyState)")
    await page.evaluate("hide(false)")
    await page.evaluate("presented(3)")

    assert hidden == ["ended"]
    states = await page.evaluate("tracks.map(({ readyState }) => readyState)")
    assert states == ["ended", "live"]


async def test_leaving_stops_the_camera_and_gives_everything_back(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, ASKED))
    page = await _placed(visitor)

    await page.click(".ec-exit")
    memory = (await visitor.told("closed"))["memory"]

    assert memory["geometries"] == 0
    assert memory["textures"] <= 1
    assert await page.evaluate("tracks.map(({ readyState }) => readyState)") == [
        "ended"
    ]
    assert await page.locator("dialog, video").count() == 0
    assert "ec-show-camera" in await page.evaluate("document.activeElement.className")


async def test_keys_alone_open_freeze_and_leave(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED,))
    page = visitor.page
    await page.focus(".ec-show-camera")
    await page.keyboard.press("Enter")
    await page.locator(".ec-choices button:nth-child(1):enabled").wait_for()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await visitor.told("placed")

    assert await page.evaluate("document.activeElement.closest('dialog') !== null")
    await page.focus(".ec-freeze")
    await page.keyboard.press("Enter")
    await visitor.told("frozen")
    await page.keyboard.press("Escape")

    await visitor.told("closed")
    assert "ec-show-camera" in await page.evaluate("document.activeElement.className")


async def test_a_phone_with_several_lenses_offers_them(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, ASKED, TWO_LENSES))
    page = await _placed(visitor)

    await page.click(".ec-lens")
    await page.evaluate("presented(2)")

    assert "2 sur 2" in (await page.text_content(".ec-camera .ec-hint") or "")
    assert await page.evaluate("asked") == 2
    assert await page.evaluate("lenses") == ["", "second"]


@pytest.mark.parametrize("moment", ["explained", "searching", "held"])
async def test_axe_finds_nothing(
    visit: Visiting, demonstration: Visiting, axe: str, moment: str
) -> None:
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED,), bypass_csp=True)
    if moment == "explained":
        await _explained(visitor)
    elif moment == "searching":
        await _another_print(visitor)
        await _opened(visitor)
    else:
        await _placed(visitor)

    await visitor.page.evaluate(axe)

    assert await visitor.page.evaluate(RULES) == []


async def test_a_device_without_a_camera_does_not_offer_it(
    visit: Visiting, demonstration: Visiting
) -> None:
    none = "navigator.mediaDevices.enumerateDevices = async () => [];"
    visitor = await visit(demonstration, PAGE, scripts=(none,))
    await visitor.page.locator(".ec-show-3d").wait_for()

    assert await visitor.page.locator(".ec-show-camera").count() == 0


async def _another_print(visitor: Visiting) -> None:
    """Give the page the pack of another print, which the film does not show."""
    other = await visitor.page.evaluate("""async () => {
        const home = "/fr/charbon-et-eau/ecluse/";
        const text = await (await fetch(home)).text();
        const { dataset } = new DOMParser().parseFromString(text, "text/html").body;
        const { tour } = await (await fetch(dataset.manifest)).json();
        const stop = tour.stops.find(({ id }) => id === dataset.stop);
        return stop.anchors[0].target.url;
    }""")
    stop = await _scene(visitor.page)
    own = stop["anchors"][0]["target"]["url"]

    async def swap(route: Route) -> None:
        await route.fulfill(response=await route.fetch(url=visitor.base + other))

    await visitor.page.route(f"**{own}", swap)
