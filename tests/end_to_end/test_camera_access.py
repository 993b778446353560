"""Prints within an augmented-reality session, through a fake of raw camera access."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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
    hung = {"centre": CENTRE, "turn_deg": TURN_DEG, "width_m": WIDTH_M}
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
