"""Augmented and virtual reality on emulated devices, through the museum's real pages."""

from __future__ import annotations

import math
from typing import Any

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name

REFUSING = """navigator.xr.requestSession = async () => {
    throw new DOMException("The visitor said no", "NotAllowedError");
};"""
BARRED = """navigator.xr.requestSession = async () => {
    throw new DOMException("A policy says no", "SecurityError");
};"""


async def test_the_hammer_stands_where_one_aims_at_true_scale_and_upright(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    """Every frame finds ground, and the 21 m stand as far behind as the label says."""
    visitor = await visit(demonstration, scripts=emulation("phone", overlay=True))
    await visitor.open_camera()
    await visitor.page.evaluate("drawn(10)")
    await visitor.page.evaluate("frames.asked = frames.hit = 0; drawn(10)")
    frames = await visitor.page.evaluate("frames")

    await visitor.page.evaluate("touch()")
    told = await visitor.told("placed")

    assert frames["asked"] >= 10
    assert frames["hit"] == frames["asked"]
    assert told["size_m"][1] == pytest.approx(21, rel=0.01)
    assert told["up"] == pytest.approx([0, 1, 0], abs=1e-6)
    x, y, z = told["position_m"]
    assert math.hypot(x, z) == pytest.approx(12, abs=0.1)
    assert y == pytest.approx(0, abs=0.1)


async def test_a_phone_that_leans_does_not_lean_the_scene(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    """Up is gravity's, however the phone is held."""
    visitor = await visit(demonstration, scripts=emulation("phone"))
    await visitor.open_camera()
    await visitor.page.evaluate("""() => {
        device.quaternion.set(-0.36, 0.1, 0.25, 0.89);
        return drawn(10);
    }""")

    await visitor.page.evaluate("touch()")
    told = await visitor.told("placed")

    assert told["up"] == pytest.approx([0, 1, 0], abs=1e-6)
    assert told["size_m"][1] == pytest.approx(21, rel=0.01)


async def test_buttons_turn_move_and_place_anew(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    visitor = await visit(demonstration, scripts=emulation("phone", overlay=True))
    page = visitor.page
    await visitor.open_camera()
    await page.evaluate("drawn(5).then(() => touch())")
    await visitor.told("placed")
    assert await page.locator(".ec-xr-tools button:visible").count() == 6

    await page.click(".ec-xr-tools button:has-text('Plus loin')")
    await page.click(".ec-xr-tools button:has-text('Poser ailleurs')")
    since = await page.evaluate("told.length")
    await page.evaluate("drawn(5).then(() => touch())")

    assert (await visitor.told("placed", since))["size_m"][1] == pytest.approx(21, rel=0.01)


async def test_the_hint_tells_where_to_look(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    """Who aims at the ground does not see a tower 12 m away."""
    visitor = await visit(demonstration, scripts=emulation("phone", overlay=True))
    page = visitor.page
    await visitor.open_camera()
    await page.evaluate("drawn(5).then(() => touch())")
    await visitor.told("placed")
    await page.evaluate("drawn()")
    down = await page.text_content(".ec-hint")

    await page.evaluate("lookUp(15); drawn()")

    assert "12" in (down or "")
    assert "Levez" in (down or "")
    assert "21" in (await page.text_content(".ec-hint") or "")


async def test_without_buttons_on_the_screen_a_tap_places_and_another_starts_again(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    """Not every browser lays a page over the camera."""
    visitor = await visit(demonstration, scripts=emulation("phone"))
    page = visitor.page
    await visitor.open_camera()
    assert not await page.locator(".ec-overlay").is_visible()
    await page.evaluate("drawn(5).then(() => touch())")
    await visitor.told("placed")
    since = await page.evaluate("told.length")

    await page.evaluate("touch()")

    await visitor.told("aiming", since)


async def test_a_finger_that_slides_turns_the_scene_and_does_not_place_it_anew(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    visitor = await visit(demonstration, scripts=emulation("phone"))
    page = visitor.page
    await visitor.open_camera()
    await page.evaluate("drawn(5).then(() => touch())")
    await visitor.told("placed")
    since = await page.evaluate("told.length")

    await page.evaluate("""touch(async () => {
        for (let i = 1; i <= 5; i += 1) {
            const half = -i * 0.05;
            device.controllers.right.quaternion.set(0, Math.sin(half), 0, Math.cos(half));
            await drawn(1);
        }
    })""")

    assert await page.evaluate("told.length") == since


async def test_leaving_gives_everything_back(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    visitor = await visit(demonstration, scripts=emulation("phone", overlay=True))
    await visitor.open_camera()
    await visitor.page.evaluate("drawn(5).then(() => touch())")
    await visitor.told("placed")

    await visitor.page.click(".ec-exit")
    memory = (await visitor.told("closed"))["memory"]

    assert memory["geometries"] == 0
    assert memory["textures"] <= 1
    assert await visitor.page.locator(".ec-overlay").count() == 0
    focused = await visitor.page.evaluate("document.activeElement.className")
    assert "ec-show-ar" in focused


async def test_our_words_come_before_the_browsers_question(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    """What the camera is for, what to mind, and an equal way without it."""
    asking = "navigator.xr.requestSession = () => { window.asked = true; };"
    scripts = (*emulation("phone"), asking)
    visitor = await visit(demonstration, scripts=scripts)

    await visitor.page.click(".ec-show-ar")
    dialog = visitor.page.locator("dialog")
    await dialog.locator(".ec-choices button:nth-child(1):enabled").wait_for()

    words = await dialog.inner_text()
    assert "appareil photo" in words
    assert "Restez sur le trottoir" in words
    assert "12" in words
    assert not await visitor.page.evaluate("Boolean(window.asked)")
    boxes = [await item.bounding_box() for item in await dialog.locator(".ec-choices button").all()]
    assert boxes[0]["width"] == pytest.approx(boxes[1]["width"], abs=1)
    assert boxes[0]["height"] == pytest.approx(boxes[1]["height"], abs=1)


async def test_without_the_camera_the_same_model_is_shown(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    visitor = await visit(demonstration, scripts=emulation("phone"))
    await visitor.page.click(".ec-show-ar")

    await visitor.page.click(".ec-choices button:nth-child(2)")

    assert (await visitor.told("shown"))["rung"] == "inline"


async def test_the_explanation_can_be_left(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    visitor = await visit(demonstration, scripts=emulation("phone"))
    await visitor.page.click(".ec-show-ar")
    await visitor.page.locator("dialog").wait_for()

    await visitor.page.keyboard.press("Escape")

    await visitor.page.locator("dialog").wait_for(state="detached")
    focused = await visitor.page.evaluate("document.activeElement.className")
    assert "ec-show-ar" in focused


@pytest.mark.parametrize("refusal", [REFUSING, BARRED], ids=["visitor", "policy"])
async def test_a_refused_camera_is_told_kindly(
    visit: Visiting, demonstration: Visiting, emulation: Visiting, refusal: str
) -> None:
    """The page stays as it was, and 3D without a camera is one tap away."""
    visitor = await visit(demonstration, scripts=(*emulation("phone"), refusal))
    await visitor.page.click(".ec-show-ar")

    await visitor.page.click(".ec-choices button:nth-child(1):enabled")

    assert (await visitor.told("failed"))["failure"] == "denied"
    assert "sans appareil photo" in await visitor.status()
    assert await visitor.page.locator("#scene > picture img").is_visible()
    assert await visitor.page.locator(".ec-show-3d").is_visible()
    assert await visitor.page.locator(".ec-overlay").count() == 0


async def test_a_model_that_does_not_come_ends_the_session_and_says_why(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    visitor = await visit(
        demonstration, scripts=emulation("phone"), expected=("404",)
    )
    await visitor.page.route("**/*.glb", lambda route: route.fulfill(status=404))
    await visitor.page.click(".ec-show-ar")

    await visitor.page.click(".ec-choices button:nth-child(1):enabled")

    assert (await visitor.told("failed"))["failure"] == "missing"
    assert await visitor.page.locator(".ec-remedies button").count() == 1


async def test_a_headset_shows_the_model_at_true_scale_out_of_reach(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    visitor = await visit(demonstration, scripts=emulation("headset"))
    await visitor.page.click(".ec-show-vr")
    told = await visitor.told("placed")

    await visitor.page.evaluate("drawn(3).then(() => device.activeSession.end())")
    memory = (await visitor.told("closed"))["memory"]

    assert told["rung"] == "vr"
    assert told["size_m"][1] == pytest.approx(21, rel=0.01)
    assert told["up"] == pytest.approx([0, 1, 0], abs=1e-6)
    assert told["position_m"][1] == pytest.approx(0, abs=1e-6)
    nearest = -told["position_m"][2] - math.hypot(told["size_m"][0], told["size_m"][2]) / 2
    assert nearest >= 2
    assert memory["geometries"] == 0
