"""Panoramas, comparisons and films on their stops' pages, in a real browser."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name

YARD = "/fr/visite/cour/"
SQUARE = "/fr/visite/place/"
CASTING = "/fr/visite/coulee/"
FOCUSED = "document.activeElement.className"
RULES = """axe.run({ runOnly: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice",
] })"""
BRIEF = """({ violations }) => violations.map(({ id, nodes }) =>
    `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`)"""
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null;"
MOTION = """
    const { addEventListener } = window;
    window.addEventListener = function (type, ...rest) {
        if (type === "deviceorientation") window.listens = true;
        return addEventListener.call(this, type, ...rest);
    };
    DeviceOrientationEvent.requestPermission = async () => {
        window.asked = (window.asked ?? 0) + 1;
        return ANSWER;
    };
    window.hold = (alpha, beta, gamma) => window.dispatchEvent(
        new DeviceOrientationEvent("deviceorientation", { alpha, beta, gamma }));
"""


async def _open_yard(visitor: Visiting) -> Visiting:
    await visitor.page.click(".ec-show-panorama")
    await visitor.told("shown")
    return visitor.page.locator(".ec-frame > canvas")


async def _colour(visitor: Visiting) -> str:
    """Return the wall in the view's middle, off the white lines."""
    await visitor.page.evaluate("new Promise(requestAnimationFrame)")
    shot = await visitor.page.locator(".ec-frame > canvas").screenshot()
    picture = np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).astype(int)
    height, width = picture.shape[:2]
    row = picture[height // 4, width // 2 - 9 : width // 2 + 9]
    red, green, blue = row[row.sum(axis=1).argmin()]
    if red > 150:
        return "yellow" if green > 120 else "red"
    return "green" if green > blue else "blue"


async def test_the_panorama_opens_where_the_curator_said(
    visit: Visiting, scenes: Visiting
) -> None:
    """90 degrees to the right of the picture's middle is the green wall."""
    visitor = await visit(scenes, YARD)

    await _open_yard(visitor)

    assert await _colour(visitor) == "green"


async def test_arrows_look_around_and_home_looks_ahead_again(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, YARD)
    canvas = await _open_yard(visitor)
    seen = []
    for _ in range(3):
        for _ in range(6):
            await canvas.press("ArrowRight")
        seen.append(await _colour(visitor))
    await canvas.press("Home")
    seen.append(await _colour(visitor))

    assert seen == ["blue", "yellow", "red", "green"]


async def test_the_picture_follows_the_finger(
    visit: Visiting, scenes: Visiting
) -> None:
    """What is dragged to the left uncovers what lies to the right, as far as the drag."""
    visitor = await visit(scenes, YARD)
    canvas = await _open_yard(visitor)
    box = await canvas.bounding_box()
    spot = visitor.page.locator(".ec-spot").first
    mouse = visitor.page.mouse
    y = box["y"] + box["height"] * 0.8
    before = (await spot.locator(".ec-number").bounding_box())["x"]

    await mouse.move(box["x"] + 200, y)
    await mouse.down()
    await mouse.move(box["x"] + 140, y, steps=4)
    await mouse.up()
    await visitor.page.evaluate("new Promise(requestAnimationFrame)")

    after = (await spot.locator(".ec-number").bounding_box())["x"]
    assert before - after == pytest.approx(60, abs=12)


async def test_a_hot_spot_tells_its_words_and_gives_the_keyboard_back(
    visit: Visiting, scenes: Visiting
) -> None:
    """The words are the page's own, typeset; Escape closes them, and not the panorama."""
    visitor = await visit(scenes, YARD)
    await _open_yard(visitor)

    await visitor.page.locator(".ec-spot").first.press("Enter")
    words = visitor.page.locator(".ec-words")
    assert "La porte" in await words.inner_text()
    assert await words.locator("strong").inner_text() == "verte"
    await visitor.page.keyboard.press("Escape")

    assert await words.count() == 0
    assert "ec-spot" in await visitor.page.evaluate(FOCUSED)
    assert await visitor.page.locator(".ec-panorama").is_visible()


async def test_a_spot_behind_is_reached_by_tab_and_turned_to(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, YARD)
    await _open_yard(visitor)
    well = visitor.page.locator(".ec-spot:nth-child(2).ec-away")
    await well.wait_for(state="attached")  # spots are laid out with the next frame

    await visitor.page.keyboard.press("Tab")
    await visitor.page.keyboard.press("Tab")
    await visitor.page.wait_for_selector(".ec-spot:focus:not(.ec-away)")

    assert await _colour(visitor) == "yellow"


async def test_a_still_panorama_draws_nothing(
    visit: Visiting, scenes: Visiting
) -> None:
    """Once its finer level is there, a picture that stays costs no battery."""
    visitor = await visit(scenes, YARD, device_scale_factor=2)
    await _open_yard(visitor)
    await visitor.told("refined")

    drawn = await visitor.page.evaluate("""async () => {
        for (let i = 0; i < 3; i += 1) await new Promise(requestAnimationFrame);
        let calls = 0;
        const { drawArrays } = WebGL2RenderingContext.prototype;
        WebGL2RenderingContext.prototype.drawArrays = function (...a) {
            calls += 1;
            return drawArrays.apply(this, a);
        };
        for (let i = 0; i < 10; i += 1) await new Promise(requestAnimationFrame);
        return calls;
    }""")

    assert drawn == 0


async def test_closing_the_panorama_brings_poster_and_keyboard_back(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, YARD)
    canvas = await _open_yard(visitor)
    poster = visitor.page.locator("#scene > picture img")
    assert not await poster.is_visible()

    await canvas.press("Escape")

    assert await poster.is_visible()
    assert "ec-show-panorama" in await visitor.page.evaluate(FOCUSED)


async def test_whoever_saves_data_loads_one_small_level(
    visit: Visiting, scenes: Visiting
) -> None:
    saving = (
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"
    )
    visitor = await visit(scenes, YARD, scripts=(saving,))
    media: list[str] = []
    visitor.page.on(
        "request",
        lambda asked: (
            media.append(asked.url)
            if "/media/" in asked.url and asked.resource_type == "fetch"
            else None
        ),
    )

    await _open_yard(visitor)

    assert len(media) == 1


async def test_an_encoding_that_is_not_read_gives_way_to_the_next(
    visit: Visiting, scenes: Visiting
) -> None:
    """The lightest is WebP; phones that do not read it have the JPEG."""
    no_webp = """const made = createImageBitmap;
        window.createImageBitmap = async (file, ...rest) => {
            if (file.type === "image/webp") throw new DOMException("no", "InvalidStateError");
            return made(file, ...rest);
        };"""
    visitor = await visit(scenes, YARD, scripts=(no_webp,))

    await _open_yard(visitor)

    assert await _colour(visitor) == "green"


@pytest.mark.parametrize("trouble", ["no network", "not found", "no WebGL"])
async def test_a_panorama_that_fails_says_why_and_leaves_the_page(
    visit: Visiting, scenes: Visiting, trouble: str
) -> None:
    scripts = (NO_WEBGL,) if trouble == "no WebGL" else ()
    visitor = await visit(
        scenes, YARD, scripts=scripts, expected=("ERR_FAILED", "404", "Failed to load")
    )
    await visitor.page.locator(".ec-show-panorama").wait_for()
    await visitor.page.wait_for_load_state("networkidle")
    if trouble == "no network":
        await visitor.page.route("**/media/**", lambda route: route.abort())
    elif trouble == "not found":
        await visitor.page.route("**/media/**", lambda route: route.fulfill(status=404))

    await visitor.page.click(".ec-show-panorama")
    told = await visitor.told("failed")

    kinds = {"no network": "network", "not found": "missing", "no WebGL": "no_webgl"}
    assert told["failure"] == kinds[trouble]
    assert await visitor.status()
    assert await visitor.page.locator("#scene > picture img").is_visible()
    retry = visitor.page.locator(".ec-remedies button")
    assert await retry.count() == (0 if trouble == "no WebGL" else 1)
    if trouble == "no network":
        await visitor.page.unroute_all()
        await retry.click()
        await visitor.told("shown")


async def test_graphics_memory_taken_back_is_said_and_may_be_asked_again(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, YARD, expected=("CONTEXT_LOST", "context lost"))
    canvas = await _open_yard(visitor)

    await canvas.evaluate(
        "(e) => e.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"
    )
    told = await visitor.told("failed")
    assert told["failure"] == "lost"
    await visitor.page.click(".ec-remedies button")
    await visitor.told("shown", 3)

    assert await _colour(visitor) == "green"


async def test_the_phones_motion_is_asked_for_by_a_tap_alone(
    visit: Visiting, scenes: Visiting
) -> None:
    """Then the view turns with the phone from where it was, until the next tap."""
    visitor = await visit(
        scenes, YARD, scripts=(MOTION.replace("ANSWER", "'granted'"),)
    )
    await _open_yard(visitor)
    assert not await visitor.page.evaluate("window.listens || window.asked")

    # The page gives up on a phone that is silent for long: this one tells by itself.
    await visitor.page.evaluate("""addEventListener("click", () => {
        const told = () => hold(200, 90, 0);
        requestAnimationFrame(() => requestAnimationFrame(told));
    }, { once: true })""")
    await visitor.page.click(".ec-follow")
    await visitor.page.locator(".ec-follow[aria-pressed=true]").wait_for()
    first = await _colour(visitor)
    await visitor.page.evaluate("hold(110, 90, 0)")
    second = await _colour(visitor)
    await visitor.page.click(".ec-follow")
    await visitor.page.locator(".ec-follow[aria-pressed=false]").wait_for()
    await visitor.page.evaluate("hold(20, 90, 0)")

    assert (first, second, await _colour(visitor)) == ("green", "blue", "blue")
    assert await visitor.page.evaluate("window.asked") == 1


async def test_a_phone_whose_motion_is_refused_says_so(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, YARD, scripts=(MOTION.replace("ANSWER", "'denied'"),))
    await _open_yard(visitor)

    await visitor.page.click(".ec-follow")

    await visitor.page.get_by_text("ne dit pas comment il est tourné").wait_for()
    assert not await visitor.page.evaluate("window.listens")


async def test_a_headset_stands_in_the_panorama(
    visit: Visiting, scenes: Visiting, emulation: Visiting
) -> None:
    visitor = await visit(scenes, YARD, scripts=emulation("headset"))

    await visitor.page.click(".ec-show-vr")
    told = await visitor.told("placed")
    await visitor.page.evaluate("drawn(5)")
    await visitor.page.evaluate("device.activeSession.end()")

    assert told["rung"] == "vr"
    await visitor.told("closed")


async def test_the_slider_uncovers_one_picture_or_the_other(
    visit: Visiting, scenes: Visiting
) -> None:
    """By keys, as any slider; its buttons do the same without dragging."""
    visitor = await visit(scenes, SQUARE)
    slider = visitor.page.locator(".ec-slider")
    buttons = visitor.page.locator("#scene-actions button")
    titles = visitor.page.locator(".compared-title")

    await slider.press("ArrowRight")
    assert await slider.get_attribute("aria-valuetext") == "51\u00a0%\u00a0: En 1900"
    await slider.press("End")
    assert await titles.nth(1).is_hidden()
    await buttons.nth(2).press("Enter")

    assert await slider.input_value() == "0"
    pressed = "(all) => all.map((one) => one.ariaPressed)"
    assert await buttons.evaluate_all(pressed) == ["false", "false", "true"]
    assert await titles.nth(0).is_hidden()
    assert await titles.nth(1).is_visible()


async def test_the_slider_shows_each_picture_on_its_side(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, SQUARE)
    await visitor.page.locator(".ec-slider").wait_for()
    await visitor.page.locator(".compared img").nth(1).evaluate("(e) => e.decode()")

    shot = await visitor.page.locator(".compare").screenshot()

    picture = np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).astype(int)
    height, width = picture.shape[:2]
    assert np.ptp(picture[height // 4, width // 4]) < 12
    assert np.ptp(picture[height * 3 // 4, width - 9]) > 60


async def test_versions_of_a_film_are_switched_in_their_place(
    visit: Visiting, scenes: Visiting
) -> None:
    """Sign language at least a third as wide as the film, in step with it."""
    visitor = await visit(scenes, CASTING, size=(1280, 800))
    film = visitor.page.locator(".ec-films > video").first
    choices = visitor.page.locator(".ec-versions button")

    await choices.nth(2).click()
    await film.evaluate("(e) => { e.muted = true; return e.play(); }")
    await film.evaluate(
        "(e) => new Promise((done) => e.addEventListener('ended', done))"
    )
    sign = visitor.page.locator(".ec-sign-film")
    widths = [(await item.bounding_box())["width"] for item in (film, sign)]
    signed = await sign.evaluate("(e) => [e.currentTime, e.muted, e.controls]")
    await choices.nth(1).click()
    told = visitor.page.locator(".ec-told")
    await told.wait_for()
    assert await film.is_hidden()
    assert await sign.count() == 0
    await choices.nth(0).click()

    assert widths[1] >= widths[0] / 3
    assert signed[0] == pytest.approx(3, abs=0.5)
    assert signed[1:] == [True, False]
    assert await told.count() == 0
    assert await film.is_visible()


async def test_a_film_has_a_large_button_that_starts_it(
    visit: Visiting, scenes: Visiting
) -> None:
    """And the keyboard goes on to the film's own, which remain."""
    visitor = await visit(scenes, CASTING)
    start = visitor.page.locator(".ec-start")

    box = await start.bounding_box()
    await start.press("Enter")
    await visitor.page.wait_for_function(
        "!document.querySelector('#scene video').paused"
    )

    assert min(box["width"], box["height"]) >= 44
    await start.wait_for(state="detached")  # on the film's own event, a moment later
    assert await visitor.page.evaluate("document.activeElement.tagName") == "VIDEO"


async def test_captions_are_shown_and_come_back_when_the_sound_is_off(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, CASTING)
    await visitor.page.locator(".ec-versions").wait_for()
    mode = "document.querySelector('#scene video').textTracks[0].mode"
    first = await visitor.page.evaluate(mode)

    await visitor.page.evaluate(
        f"{mode} = 'disabled'; document.querySelector('#scene video').muted = true"
    )
    # The film tells of its sound by an event, which no other task waits for.
    await visitor.page.wait_for_function(f"{mode} === 'showing'")

    assert first == "showing"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [YARD, SQUARE, CASTING])
async def test_axe_finds_nothing_on_an_open_scene(
    visit: Visiting, scenes: Visiting, axe: str, path: str, scheme: str
) -> None:
    visitor = await visit(scenes, path, color_scheme=scheme)
    if path == YARD:
        await _open_yard(visitor)
        await visitor.page.locator(".ec-spot").first.press("Enter")
    elif path == SQUARE:
        await visitor.page.locator(".ec-slider").wait_for()
    else:
        await visitor.page.locator(".ec-versions button").nth(2).click()

    await visitor.page.evaluate(axe + ";undefined")

    assert await visitor.page.evaluate(f"{RULES}.then({BRIEF})") == []


@pytest.mark.parametrize("width", [320, 412])
@pytest.mark.parametrize("path", [YARD, SQUARE, CASTING])
async def test_no_scene_scrolls_sideways(
    visit: Visiting, scenes: Visiting, path: str, width: int
) -> None:
    visitor = await visit(scenes, path, size=(width, 640))
    await visitor.page.locator("#scene button").first.wait_for()
    if path == YARD:
        await _open_yard(visitor)

    wide = await visitor.page.evaluate(
        "document.documentElement.scrollWidth > innerWidth"
    )
    boxes = [
        await item.bounding_box()
        for item in await visitor.page.locator("#scene button:visible").all()
    ]

    assert not wide
    assert all(min(box["width"], box["height"]) >= 44 for box in boxes)


@pytest.mark.parametrize("path", [YARD, SQUARE, CASTING])
async def test_without_javascript_the_plain_scene_is_whole(
    visit: Visiting, scenes: Visiting, path: str
) -> None:
    """The poster and the spots' words, both pictures, the film with its captions."""
    visitor = await visit(scenes, path, java_script_enabled=False)
    page = visitor.page

    assert await page.locator("#scene button").count() == 0
    if path == YARD:
        assert await page.locator("#scene picture img").get_attribute("alt")
        assert "Elle est verte" in await page.inner_text("main")
    elif path == SQUARE:
        assert await page.locator(".compared img:visible").count() == 2
    else:
        assert await page.locator("#scene video track[default]").count() == 1


async def test_the_panorama_turns_for_keys_from_the_top_of_the_page(
    visit: Visiting, scenes: Visiting
) -> None:
    """By Tab to the button, into the view, through its spots and tools, and out again."""
    visitor = await visit(scenes, YARD)
    keyboard = visitor.page.keyboard
    await visitor.page.locator(".ec-show-panorama").wait_for()
    presses = 0
    while "ec-show-panorama" not in await visitor.page.evaluate(FOCUSED):
        await keyboard.press("Tab")
        presses += 1
        assert presses < 20, "the button is not reached by Tab"
    await keyboard.press("Enter")
    await visitor.told("shown")
    names = []
    for _ in range(5):
        await keyboard.press("Tab")
        names.append(await visitor.page.evaluate(FOCUSED))
    await keyboard.press("Escape")

    assert all("ec-spot" in name for name in names[:2])
    assert all("ec-sign" in name for name in names[2:])
    await visitor.told("closed")
    assert "ec-show-panorama" in await visitor.page.evaluate(FOCUSED)
