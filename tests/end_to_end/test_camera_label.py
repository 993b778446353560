"""The camera's rung before a label: a still film of a real code, and the phone's gravity."""

from __future__ import annotations

import importlib.util
import json
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

from publishing.qr import QUIET_ZONE_MODULES, matrix

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import ModuleType

pytestmark = pytest.mark.asyncio(loop_scope="session")
# conftest's functions and panel.py's classes: importlib mode gives their types no name.
Visiting = Any
Panel = Any
Array = npt.NDArray[np.float64]
Details = dict[str, Any]

HERE = Path(__file__).parent
PAGE = "/fr/de-la-forge-a-la-ville/cones/"
CODE = "HTTPS://ECM.EXAMPLE/T2VH"
CODE_WIDTH_M = 0.07576
HEIGHT_M = 1.2
SLOPE_DEG = 45
AHEAD_M = 20
FRAME = (480, 640)
SCREEN = (412, 915)
MODULE_PX = 24
EYE = (0.17, 0.27, 0.33)
"""About the label's centre, in the level frame: somebody who reads it from aside."""
SLOWED = """{
    const real = performance.now.bind(performance);
    performance.now = () => real() * 0.02;
}"""
"""A machine that draws in software, shared with others, counts as a quick phone."""
HELD = """setInterval(() => window.dispatchEvent(new DeviceOrientationEvent(
    "deviceorientation", ANGLES)), 40);"""
"""What the phone's system tells of how it is held."""
REFUSING = """for (const kind of ["DeviceOrientationEvent", "DeviceMotionEvent"]) {
    window[kind].requestPermission = async () => "denied";
}"""
"""The visitor of an iPhone says no to the motion sensors."""


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("panel", HERE / "panel.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["panel"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


panel = _module()


def _to_level() -> Array:
    """Return the rotation from the label's frame to the level one: it leans back."""
    lean = math.radians(SLOPE_DEG)
    c, s = math.cos(lean), math.sin(lean)
    return np.array([[1.0, 0, 0], [0, c, s], [0, -s, c]])


@pytest.fixture(scope="session")
def label() -> Panel:
    """Return the printed code, its quiet zone included, as wide as it is printed."""
    dark = np.pad(np.array(matrix(CODE)), QUIET_ZONE_MODULES)
    modules = len(dark) - 2 * QUIET_ZONE_MODULES
    grey = np.kron(np.where(dark, 20, 245), np.ones((MODULE_PX, MODULE_PX)))
    picture = Image.fromarray(grey.astype(np.uint8))
    return panel.Panel(picture, CODE_WIDTH_M * len(dark) / modules)


@pytest.fixture(scope="session")
def eye() -> Panel:
    """Return where the camera is, in the label's frame."""
    there = np.array(EYE) @ _to_level()
    return panel.Eye(tuple(there), looks_at=(0.01, 0.0, 0.0), roll_deg=5)


@pytest.fixture(scope="session")
def angles(eye: Panel) -> dict[str, float]:
    """Return how the phone is held, as the Device Orientation specification has it."""
    held = _to_level() @ eye.rotation().T  # from the camera's frame
    # The specification's world has its z up: the level frame's y.
    r = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]]) @ held
    return {
        "alpha": math.degrees(math.atan2(-r[0, 1], r[1, 1])) % 360,
        "beta": math.degrees(math.asin(r[2, 1])),
        "gamma": math.degrees(math.atan2(-r[2, 0], r[2, 2])),
    }


@pytest.fixture(scope="session")
def film(label: Panel, eye: Panel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a still film of the label, as raw frames."""
    path: Path = tmp_path_factory.mktemp("film") / "label.y4m"
    frame = panel.seen(label, panel.Camera(*FRAME), eye)
    panel.write_y4m(path, [frame] * 6, 6)
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(browser_options: Details, film: Path) -> AsyncIterator[Any]:
    """Return a Chromium whose camera shows that film."""
    flags = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    args = [*browser_options["args"], *flags]
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(**browser_options | {"args": args})
        yield launched
        await launched.close()


def _expected(stop: Details, eye: Panel) -> Array:
    """Return where the corners of the model's box truly are on the screen, CSS px."""
    extents, scale = stop["scene"]["extents"], stop["scene"]["scale"]
    width, height, depth = scale * np.subtract(extents["greatest"], extents["least"])
    corners = np.array(
        [
            [
                (i & 1) * width - width / 2,
                (i >> 1 & 1) * height - HEIGHT_M,
                (i >> 2) * depth - depth / 2 - AHEAD_M,
            ]
            for i in range(8)
        ]
    )
    frame_px = panel.Camera(*FRAME).projected(corners @ _to_level(), eye)
    ratio = SCREEN[1] / FRAME[1]
    left = (SCREEN[0] - ratio * FRAME[0]) / 2
    expected: Array = ratio * (frame_px + 0.5) + [left, 0]
    return expected


async def test_a_scene_stands_upright_on_the_ground_far_behind_its_label(
    visit: Visiting,
    demonstration: Visiting,
    eye: Panel,
    angles: dict[str, float],
) -> None:
    """From one view, two degrees of heading are allowed, and next to no lean."""
    held = HELD.replace("ANGLES", json.dumps(angles))
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, held))
    page = visitor.page
    stop = await page.evaluate("""async () => {
        const { manifest, stop } = document.body.dataset;
        const { tour } = await (await fetch(manifest)).json();
        return tour.stops.find(({ id }) => id === stop);
    }""")
    anchor = stop["anchors"][0]
    assert (anchor["code_text"], anchor["code_width_m"]) == (CODE, CODE_WIDTH_M)
    await page.click(".ec-show-camera")
    words = await page.inner_text("dialog")
    await page.click(".ec-choices button:nth-child(1):enabled")
    await visitor.told("placed")

    await page.click(".ec-freeze")
    found = np.array((await visitor.told("frozen"))["corners_px"]).reshape(8, 2)

    assert "l’étiquette" in words
    assert "20" in words
    expected = _expected(stop, eye)
    a_degree_px = math.radians(1) * panel.Camera(*FRAME).focal_px * SCREEN[1] / FRAME[1]
    error = np.sqrt(((found - expected) ** 2).sum(axis=1).mean())
    assert error < 2 * a_degree_px
    upright = found[[2, 3, 6, 7]] - found[[0, 1, 4, 5]]
    truly = expected[[2, 3, 6, 7]] - expected[[0, 1, 4, 5]]
    turned = np.arctan2(upright[:, 0], -upright[:, 1])
    turned -= np.arctan2(truly[:, 0], -truly[:, 1])
    assert np.degrees(np.abs(turned)).max() < 0.5


@pytest.mark.parametrize("sensors", [REFUSING, ""], ids=["refused", "silent"])
async def test_without_gravity_a_label_sets_nothing_down_and_3d_is_offered(
    visit: Visiting, demonstration: Visiting, sensors: str
) -> None:
    """Twenty metres away the label's own pose would lean the scene by a metre."""
    visitor = await visit(demonstration, PAGE, scripts=(SLOWED, sensors))
    page = visitor.page
    await page.click(".ec-show-camera")
    await page.click(".ec-choices button:nth-child(1):enabled")
    await visitor.told("aiming")
    without = page.locator(".ec-without")
    await without.wait_for()

    sentence = await page.text_content(".ec-camera .ec-hint")
    states = await page.evaluate("told.map(({ state }) => state)")
    await without.click()

    assert "Sans les capteurs" in (sentence or "")
    assert "placed" not in states
    assert (await visitor.told("shown"))["rung"] == "inline"
