"""A model that moves, in a real browser: it plays, is stopped, and stands where asked to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import Locator, Route

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name
FRAMES = """async (count) => {
    for (let i = 0; i < count; i += 1) await new Promise(requestAnimationFrame);
}"""
DRAWN = """async () => {
    let calls = 0;
    const { drawElements } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.drawElements = function (...a) {
        calls += 1;
        return drawElements.apply(this, a);
    };
    for (let i = 0; i < 10; i += 1) await new Promise(requestAnimationFrame);
    WebGL2RenderingContext.prototype.drawElements = drawElements;
    return calls;
}"""
DRAWN_IN_HEADSET = DRAWN.replace("new Promise(requestAnimationFrame)", "drawn(1)")
HELD = """(length_ms) => {
    for (const [type, value] of [["selectstart", 0], ["selectend", length_ms]]) {
        const event = Object.defineProperty(new Event(type), "timeStamp", { value });
        device.activeSession.dispatchEvent(event);
    }
}"""
OWN_ELEMENT = """{
    window.HTMLModelElement = class {};
    window.asked = [];
    const create = document.createElement.bind(document);
    const able = {
        ready: Promise.resolve(),
        duration: 2,
        play: async () => asked.push("play"),
        pause: async () => asked.push("pause"),
    };
    document.createElement = (name) =>
        name === "model" ? Object.assign(create(name), able) : create(name);
}"""
"""The element of Safari 27, as far as the page asks it to move."""
HOLD = "Tenez une seconde pour arrêter"
STOP, START = "Mettre l’animation en pause", "Animer le modèle"


@pytest.fixture
def moving_visit(
    visit: Visiting, demonstration: Visiting, moving_bar: bytes
) -> Callable[..., Any]:
    """Return a function that opens a page whose model is one that moves."""

    async def answer(route: Route) -> None:
        await route.fulfill(body=moving_bar)

    async def moving_visit(
        motion: str = "no-preference", **options: object
    ) -> Visiting:
        visitor = await visit(demonstration, **options)
        await visitor.page.emulate_media(reduced_motion=motion)
        await visitor.page.route("**/*.glb", answer)
        return visitor

    return moving_visit


async def picture_other_than(before: bytes, canvas: Locator) -> bytes:
    """Return a picture of the canvas as soon as it shows something else."""
    for _ in range(200):
        if (now := await canvas.screenshot()) != before:
            return now
        await canvas.page.evaluate(FRAMES, 2)
    raise AssertionError


async def test_it_plays_and_stops_by_its_button(moving_visit: Visiting) -> None:
    """Nothing is drawn once it stands still: it would cost a phone's battery."""
    visitor = await moving_visit()
    await visitor.open_3d()
    canvas = visitor.page.locator(".ec-canvas")
    button = visitor.page.get_by_role("button", name=STOP)

    await picture_other_than(await canvas.screenshot(), canvas)
    await button.focus()
    await visitor.page.keyboard.press("Enter")
    await visitor.page.evaluate(FRAMES, 2)  # the last that was asked for
    drawn = await visitor.page.evaluate(DRAWN)

    assert drawn == 0
    box = await visitor.page.get_by_role("button", name=START).bounding_box()
    assert min(box["width"], box["height"]) >= 44
    stopped = await canvas.screenshot()
    await visitor.page.keyboard.press("Enter")
    await picture_other_than(stopped, canvas)


async def test_the_finer_level_leaves_the_keyboard_on_the_button(
    moving_visit: Visiting,
) -> None:
    visitor = await moving_visit()
    is_there, asked = asyncio.Event(), []

    async def answer(route: Route) -> None:
        if asked:
            await is_there.wait()
        asked.append(route)
        await route.fallback()

    await visitor.page.route("**/*.glb", answer)
    await visitor.page.click(".ec-show-3d")
    await visitor.told("shown")
    button = visitor.page.get_by_role("button", name=STOP)
    await button.focus()

    is_there.set()
    told = await visitor.told("refined")

    assert await button.evaluate("(button) => button === document.activeElement")
    assert told["size_m"][0] == pytest.approx(4, rel=0.01)  # as at rest


async def test_out_of_sight_it_draws_nothing(moving_visit: Visiting) -> None:
    visitor = await moving_visit()
    await visitor.open_3d()
    canvas = visitor.page.locator(".ec-canvas")
    await picture_other_than(await canvas.screenshot(), canvas)

    await visitor.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    drawn = [await visitor.page.evaluate(DRAWN) for _ in range(3)]

    assert drawn[-1] == 0  # the page's observer is told some frames later


async def test_who_asked_for_less_motion_sees_it_at_rest(
    moving_visit: Visiting,
) -> None:
    visitor = await moving_visit("reduce")
    told = await visitor.open_3d()

    drawn = await visitor.page.evaluate(DRAWN)

    assert drawn == 0
    assert told["size_m"][0] == pytest.approx(4, rel=0.01)
    assert await visitor.page.get_by_role("button", name=START).is_visible()


async def test_before_the_camera_it_can_be_stopped_once_placed(
    moving_visit: Visiting, emulation: Visiting
) -> None:
    scripts = emulation("phone", overlay=True)
    visitor = await moving_visit(scripts=scripts)
    await visitor.open_camera()
    button = visitor.page.locator(".ec-xr-tools .ec-play")
    await button.wait_for(state="attached")
    was_visible = await button.is_visible()

    await visitor.page.evaluate("drawn(5).then(() => touch())")
    await visitor.told("placed")

    assert not was_visible
    assert await button.get_attribute("aria-label") == STOP
    await button.click()
    assert await button.get_attribute("aria-label") == START


async def test_in_a_headset_a_press_that_is_held_stops_it(
    moving_visit: Visiting, emulation: Visiting
) -> None:
    """While it moves its shadow is drawn anew, for every frame."""
    visitor = await moving_visit(scripts=emulation("headset"))
    await visitor.page.click(".ec-show-vr")
    await visitor.told("placed")
    status = visitor.page.locator(".ec-status")
    said = await status.text_content()
    moving = await visitor.page.evaluate(DRAWN_IN_HEADSET)

    await visitor.page.evaluate(HELD, 900)
    await visitor.page.evaluate("drawn(1)")
    stopped = await visitor.page.evaluate(DRAWN_IN_HEADSET)

    assert HOLD in said
    assert stopped <= 0.8 * moving
    await visitor.page.evaluate("device.activeSession.end()")
    await visitor.told("closed")
    assert HOLD in await status.text_content()  # for who came out because of it


async def test_a_motion_that_does_not_come_leaves_the_model_at_rest(
    moving_visit: Visiting,
) -> None:
    visitor = await moving_visit(expected=("503",))
    await visitor.page.route(
        "**/animation-*.js", lambda route: route.fulfill(status=503)
    )

    told = await visitor.open_3d()

    assert told["size_m"][0] == pytest.approx(4, rel=0.01)
    assert await visitor.page.locator(".ec-play").count() == 0


async def test_a_model_that_stands_still_has_no_such_button(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))

    await visitor.open_3d()

    assert await visitor.page.locator(".ec-play").count() == 0
    assert not [url for url in asked if "/animation-" in url]


@pytest.mark.parametrize(
    ("motion", "asked"), [("no-preference", ["play", "pause"]), ("reduce", ["pause"])]
)
async def test_what_moves_in_the_browsers_own_element_can_be_stopped(
    moving_visit: Visiting, motion: str, asked: list[str]
) -> None:
    visitor = await moving_visit(motion, scripts=(OWN_ELEMENT,))
    await visitor.page.click(".ec-show-3d")
    await visitor.told("shown")

    if motion == "no-preference":
        await visitor.page.get_by_role("button", name=STOP).click()

    assert await visitor.page.get_by_role("button", name=START).is_visible()
    assert await visitor.page.evaluate("asked") == asked
