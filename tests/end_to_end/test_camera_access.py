"""Prints within an augmented-reality session, through a fake of raw camera access."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from publishing.qr import QUIET_ZONE_MODULES, matrix

if TYPE_CHECKING:
    from playwright.async_api import Route

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name

FAKE = Path(__file__).parent / "fake_camera_access.js"
PAGE = "/fr/de-la-forge-a-la-ville/planche/"
CENTRE = (0.12, 1.42, -0.85)
TURN_DEG = 20
WIDTH_M = 0.30
FIND = """async () => {
    const { manifest, stop } = document.body.dataset;
    const { tour } = await (await fetch(manifest)).json();
    const [anchor] = tour.stops.find(({ id }) => id === stop).anchors;
    hung.url = anchor.picture.at(-1).url;
    await hang();
    lookUp(-4);
}"""


def _fake() -> str:
    return _hung(CENTRE, TURN_DEG, WIDTH_M)


def _hung(
    centre: tuple[float, float, float],
    turn_deg: float,
    width_m: float,
    slope_deg: float = 0,
) -> str:
    hung = {
        "centre": centre,
        "turn_deg": turn_deg,
        "width_m": width_m,
        "slope_deg": slope_deg,
    }
    return f"window.hung = {json.dumps(hung)};\n{FAKE.read_text('utf-8')}"


async def _opened(
    visit: Visiting, museum: Visiting, scripts: tuple[str, ...]
) -> Visiting:
    visitor = await visit(museum, PAGE, scripts=(*scripts, _fake()))
    await visitor.page.evaluate(FIND)
    await visitor.open_camera()
    return visitor


async def test_a_print_in_view_sets_the_scene_by_itself(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    """Nobody taps: the scale model stands on the plate's middle, where it truly hangs."""
    visitor = await _opened(visit, demonstration, emulation("phone", overlay=True))
    hint = await visitor.page.text_content(".ec-hint")

    told = await visitor.told("placed")

    assert told["rung"] == "ar"
    assert told["position_m"] == pytest.approx(CENTRE, abs=0.01)
    assert told["size_m"][1] == pytest.approx(0.21, rel=0.01)
    assert told["up"] == pytest.approx([0, 1, 0], abs=1e-6)
    assert "sol" in (hint or "")


async def test_the_devices_own_tracking_carries_on_without_the_print(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    """Looking elsewhere loses nothing; the model is where it was when one looks back."""
    visitor = await _opened(visit, demonstration, emulation("phone", overlay=True))
    await visitor.told("placed")

    await visitor.page.evaluate("lookUp(70); drawn(5)")
    away = await visitor.page.text_content(".ec-hint")
    await visitor.page.evaluate("lookUp(-4); drawn(5)")
    back = await visitor.page.text_content(".ec-hint")

    states = await visitor.page.evaluate("told.map(({ state }) => state)")
    assert states == ["aiming", "placed"]
    assert "Levez" in (away or "")
    assert "21" in (back or "")


async def test_a_scene_set_by_hand_is_left_where_the_hand_put_it(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    visitor = await _opened(visit, demonstration, emulation("phone", overlay=True))
    await visitor.told("placed")
    since = await visitor.page.evaluate("told.length")

    await visitor.page.click(".ec-xr-tools button:has-text('Poser ailleurs')")
    await visitor.page.evaluate("drawn(20)")

    states = await visitor.page.evaluate(
        f"told.slice({since}).map(({{ state }}) => state)"
    )
    assert states == ["aiming"]


def _label_png() -> bytes:
    """Return the hammer's code with its quiet zone."""
    dark = np.pad(np.array(matrix("HTTPS://ECM.EXAMPLE/78FT")), QUIET_ZONE_MODULES)
    grey = np.kron(np.where(dark, 20, 245), np.ones((16, 16))).astype(np.uint8)
    written = io.BytesIO()
    Image.fromarray(grey).save(written, "png")
    return written.getvalue()


async def _upright(route: Route) -> None:
    """Hang labels against a wall, where a view from the front tells the least."""
    answer = await route.fetch()
    told = await answer.json()
    for stop in told["tour"]["stops"]:
        stop.get("label", {})["slope_deg"] = 0
    await route.fulfill(response=answer, json=told)


async def test_a_label_places_the_hammer_far_behind_it_and_says_how_surely(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    """From the front a step is asked for; after it the 12 m hold within a degree."""
    turn_deg, modules = 8, 25
    width_m = 0.07576 * (modules + 2 * QUIET_ZONE_MODULES) / modules
    fake = _hung((0.0, 1.4, -0.6), turn_deg, width_m)
    visitor = await visit(
        demonstration, scripts=(*emulation("phone", overlay=True), fake)
    )
    page, png = visitor.page, _label_png()
    await page.route("**/label.png", lambda route: route.fulfill(body=png))
    await page.route("**/*.json", _upright)
    await page.evaluate("async () => { hung.url = '/label.png'; await hang(); }")
    await page.evaluate("look(0, 1.5, 0.6)")
    await visitor.open_camera()
    await visitor.told("placed")
    await page.evaluate("drawn(2)")
    asked = await page.text_content(".ec-hint") or ""

    told = await page.evaluate("""async () => {
        let settled;
        toldOf("settled").then((told) => { settled = told; });
        for (let i = 0; i < 60 && !settled; i += 1) {
            const turn = Math.min(i, 20) / 25;
            look(0.7 * Math.sin(turn), 1.5, 0.7 * Math.cos(turn) - 0.6);
            await drawn(2);
        }
        return settled;
    }""")
    await page.evaluate("drawn(2)")

    assert "Placé à" in asked
    assert "l’étiquette" in asked
    turn = math.radians(turn_deg)
    truth = (-12 * math.sin(turn), 0, -0.6 - 12 * math.cos(turn))
    off_m = math.dist(told["position_m"], truth)
    assert off_m < 12 * math.radians(1)
    assert told["up"] == pytest.approx([0, 1, 0], abs=1e-6)
    assert "Placé à" not in (await page.text_content(".ec-hint") or "")


async def test_nothing_of_the_cameras_picture_is_sent(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    visitor = await visit(
        demonstration, PAGE, scripts=(*emulation("phone", overlay=True), _fake())
    )
    asked: list[tuple[str, bool]] = []
    visitor.page.on(
        "request", lambda r: asked.append((r.method, r.post_data_buffer is not None))
    )
    await visitor.page.evaluate(FIND)
    await visitor.open_camera()
    await visitor.told("placed")

    assert set(asked) == {("GET", False)}


async def test_leaving_stops_the_search_and_gives_everything_back(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    visitor = await _opened(visit, demonstration, emulation("phone", overlay=True))
    await visitor.told("placed")

    await visitor.page.click(".ec-exit")
    memory = (await visitor.told("closed"))["memory"]

    assert memory["geometries"] == 0
    assert memory["textures"] <= 1
