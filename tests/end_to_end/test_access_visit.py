"""A visit by keys, by one tap, in large letters, at rest or without colours."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name

YARD, SQUARE = "/fr/visite/cour/", "/fr/visite/place/"
CASTING, BENCH = "/fr/visite/coulee/", "/fr/visite/banc/"
MILESTONE = "/fr/visite/borne/"
HAS_FOCUS = "document.activeElement !== document.body && document.hasFocus()"
CLASSES = "document.activeElement.className"
FRAME = (
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)
TEXT_CONTRAST, SHAPE_CONTRAST = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11
MOST_TABS = 40


async def _tab_to(visitor: Visiting, wanted: str) -> None:
    """Press Tab until what has the keyboard answers to a selector."""
    for _ in range(MOST_TABS):
        await visitor.page.keyboard.press("Tab")
        if await visitor.page.evaluate(
            "(wanted) => document.activeElement.matches(wanted)", wanted
        ):
            return
    pytest.fail(f"Tab does not reach {wanted}")


async def _shot(visitor: Visiting, place: Visiting) -> Visiting:
    """Return the pixels of a locator, (height, width, 3), from 0 to 255."""
    await visitor.page.evaluate(FRAME)
    picture = Image.open(io.BytesIO(await place.screenshot())).convert("RGB")
    return np.asarray(picture).astype(float)


def _luminance(pixels: Visiting) -> Visiting:
    """Return the relative luminance of sRGB pixels, as WCAG 2.2 defines it."""
    share = np.asarray(pixels, float) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def _contrast(one: Visiting, other: Visiting) -> Visiting:
    """Return the ratio of two colours, or of two pictures pixel by pixel."""
    a, b = _luminance(one), _luminance(other)
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


async def test_a_whole_visit_needs_keys_alone(
    visit: Visiting, scenes: Visiting
) -> None:
    """From the museum's door through every open stop, each scene used on the way."""
    visitor = await visit(scenes, "/fr/")
    page, keyboard = visitor.page, visitor.page.keyboard
    seen = []

    await _tab_to(visitor, "a[href='/fr/visite/']")
    await keyboard.press("Enter")
    await page.wait_for_url("**/fr/visite/")
    await _tab_to(visitor, "#tour-actions a")
    await keyboard.press("Enter")
    for stop in ("cour", "place", "coulee", "banc", "borne"):
        await page.wait_for_url(f"**/{stop}/")
        seen.append(stop)
        opener = {"cour": ".ec-show-panorama", "borne": ".ec-show-3d"}.get(stop)
        if opener:
            await page.locator(opener).wait_for()
            await _tab_to(visitor, opener)
            await keyboard.press("Enter")
            await visitor.told("shown")
            await keyboard.press("ArrowLeft")
            await keyboard.press("Escape")
        if stop == "place":
            await page.locator(".ec-sides").wait_for()
            await _tab_to(visitor, ".ec-slider")
            await keyboard.press("ArrowRight")
        if stop != "borne":
            await _tab_to(visitor, ".onward a")
            await keyboard.press("Enter")

    assert seen[-1] == "borne"


async def test_the_skip_link_shows_and_leads_into_the_content(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, SQUARE)
    skip = visitor.page.locator(".skip")

    await visitor.page.keyboard.press("Tab")
    await visitor.page.evaluate(FRAME)
    box = await skip.bounding_box()
    await visitor.page.keyboard.press("Enter")
    await visitor.page.keyboard.press("Tab")

    assert box["y"] >= 0
    assert box["height"] >= 44
    assert await visitor.page.evaluate(
        "document.activeElement.closest('main') !== null"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/fr/", "/fr/visite/", CASTING, BENCH])
async def test_the_keyboards_place_is_always_seen(
    visit: Visiting, scenes: Visiting, path: str, scheme: str
) -> None:
    """WCAG 2.4.7, 2.4.11 and 2.4.13: a clear ring of 2 px, and nothing lies over it."""
    visitor = await visit(scenes, path, color_scheme=scheme)
    await visitor.page.wait_for_load_state("networkidle")
    unseen = []

    for _ in range(MOST_TABS):
        await visitor.page.keyboard.press("Tab")
        told = await visitor.page.evaluate("""() => {
            const node = document.activeElement;
            if (node === document.body) return null;
            const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node);
            const { left, top, width, height } = node.getBoundingClientRect();
            const over = document.elementFromPoint(left + width / 2, top + height / 2);
            const isFree = over && (node.contains(over) || over.contains(node)
                || over.closest(".card") === node.closest(".card"));
            const behind = getComputedStyle(document.body).backgroundColor;
            return [node.textContent.trim() || node.className, outlineStyle,
                    parseFloat(outlineWidth), Boolean(isFree), outlineColor, behind];
        }""")
        if told is None:
            break
        name, style, width, is_free, ring, behind = told
        ratio = _contrast(_rgb(ring), _rgb(behind))
        if style == "none" or width < 2 or not is_free or ratio < SHAPE_CONTRAST:
            unseen.append((name, style, width, is_free, float(ratio)))

    assert unseen == []


def _rgb(css: str) -> list[float]:
    """Return the channels of ``rgb(1, 2, 3)``."""
    return [float(part) for part in css[css.index("(") + 1 : -1].split(",")[:3]]


async def test_every_drag_of_the_model_has_a_button(
    visit: Visiting, scenes: Visiting
) -> None:
    """WCAG 2.5.1 and 2.5.7: what a drag or a pinch does, a tap does too."""
    visitor = await visit(scenes, MILESTONE)
    await visitor.open_3d()
    await _each_changes(visitor, ".ec-canvas", 7)


async def test_every_drag_of_the_panorama_has_a_button(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, YARD)
    await visitor.page.click(".ec-show-panorama")
    await visitor.told("shown")
    await _each_changes(visitor, ".ec-frame", 7)


async def _each_changes(visitor: Visiting, drawn: str, count: int) -> None:
    """Tap buttons one by one: the first turn, tilt and approach, the next ones undo."""
    tools = visitor.page.locator(".ec-tools > .ec-sign:not(.ec-close, .ec-play)")
    place = visitor.page.locator(drawn)
    pictures = [await _shot(visitor, place)]
    for i in range(count):
        await tools.nth(i).click()
        if i == count - 1:  # once more away, so that coming back is seen
            await tools.first.click()
            pictures.append(await _shot(visitor, place))
            await tools.nth(i).click()
        pictures.append(await _shot(visitor, place))

    changes = [float(np.abs(a - b).mean()) for a, b in pairwise(pictures)]
    assert all(change > 0.2 for change in changes), changes
    assert float(np.abs(pictures[-1] - pictures[0]).mean()) < 0.2


async def test_a_comparison_needs_no_drag(visit: Visiting, scenes: Visiting) -> None:
    visitor = await visit(scenes, SQUARE)
    sides = visitor.page.locator(".ec-sides > button")
    slider = visitor.page.locator(".ec-slider")
    values = []

    for i in range(3):
        await sides.nth(i).click()
        values.append(float(await slider.input_value()))
    await slider.press("ArrowRight")
    stepped = float(await slider.input_value())

    assert sorted(values) == sorted(set(values))
    assert {min(values), max(values)} == {0, 100}
    assert stepped != values[-1] or values[-1] == 100


async def test_a_place_in_a_picture_is_found_from_a_list_too(
    visit: Visiting, scenes: Visiting
) -> None:
    """Who does not see the panorama, or points badly, plays on."""
    visitor = await visit(scenes, YARD)
    question = visitor.page.locator(".question")
    await question.get_by_text("Choisir dans une liste").press("Enter")

    await question.get_by_role("button", name="La porte").press("Enter")

    said = question.locator(".ec-said")
    await said.filter(has_text="porte").or_(said.filter(has_text="!")).wait_for()
    assert await visitor.page.evaluate(HAS_FOCUS)


async def test_a_press_that_slides_off_does_nothing(
    visit: Visiting, scenes: Visiting
) -> None:
    """WCAG 2.5.2: a hand that shakes takes its press back."""
    visitor = await visit(scenes, MILESTONE)
    box = await visitor.page.locator(".ec-show-3d").bounding_box()
    mouse = visitor.page.mouse

    await mouse.move(box["x"] + 20, box["y"] + 20)
    await mouse.down()
    await mouse.move(box["x"] + 20, box["y"] + 140)
    await mouse.up()

    assert await visitor.page.evaluate("told.filter((t) => t.state !== 'closed')") == []


async def test_single_keys_act_within_a_view_alone(
    visit: Visiting, scenes: Visiting
) -> None:
    """WCAG 2.1.4: words spoken to a phone are typed as keys."""
    visitor = await visit(scenes, MILESTONE)
    await visitor.open_3d()
    canvas = visitor.page.locator(".ec-canvas")
    await visitor.page.evaluate("document.activeElement.blur()")
    before = await _shot(visitor, canvas)

    for key in ("+", "-", "=", "ArrowLeft"):
        await visitor.page.keyboard.press(key)

    assert float(np.abs(await _shot(visitor, canvas) - before).mean()) < 0.2
    assert await canvas.is_visible()


async def test_what_is_said_on_a_button_is_in_its_name(
    visit: Visiting, scenes: Visiting
) -> None:
    """WCAG 2.5.3: "tap Close" works for those who speak to their phone."""
    visitor = await visit(scenes, MILESTONE, size=(1000, 800))
    await visitor.open_3d()

    pairs = await visitor.page.locator("button[aria-label]:visible").evaluate_all(
        "(all) => all.map((b) => [b.innerText.trim(), b.getAttribute('aria-label')])"
    )

    assert len(pairs) >= 8
    assert [p for p in pairs if p[0].casefold() not in p[1].casefold()] == []


async def test_the_status_waits_empty_and_then_speaks_seldom(
    visit: Visiting, scenes: Visiting
) -> None:
    """A live region that comes with its words is not read; one that chatters is muted."""
    visitor = await visit(scenes, MILESTONE)
    status = visitor.page.locator("#scene .ec-status")
    await status.wait_for(state="attached")
    first = await status.text_content()
    await status.evaluate("""(node) => {
        window.said = [];
        new MutationObserver(() => said.push(node.textContent)).observe(
            node, { childList: true, characterData: true, subtree: true });
    }""")

    await visitor.open_3d()
    said = await visitor.page.evaluate("said")

    assert first == ""
    assert await status.get_attribute("role") == "status"
    assert 1 <= len([sentence for sentence in said if sentence]) <= 5


async def test_a_failure_is_said_and_leaves_the_keyboard_on_the_page(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, MILESTONE, expected=("404",))
    await visitor.page.route("**/*.glb", lambda route: route.fulfill(status=404))

    await visitor.page.locator(".ec-show-3d").press("Enter")
    await visitor.page.locator(".ec-remedies button").first.wait_for()

    assert await visitor.status()
    assert await visitor.page.evaluate(HAS_FOCUS)


async def test_the_dialog_before_the_camera_keeps_and_returns_the_keyboard(
    visit: Visiting, scenes: Visiting, emulation: Visiting
) -> None:
    """It has a name; Tab stays within; Escape leads back to the button."""
    visitor = await visit(scenes, MILESTONE, scripts=emulation("phone"))
    await visitor.page.locator(".ec-show-ar").press("Enter")
    dialog = visitor.page.locator("dialog")
    await dialog.locator("button:enabled").nth(1).wait_for()
    name = await dialog.get_attribute("aria-labelledby")
    within = "document.activeElement.closest('dialog') !== null || !document.hasFocus()"
    inside = [await visitor.page.evaluate(within)]
    for _ in range(3):
        await visitor.page.keyboard.press("Tab")
        inside.append(await visitor.page.evaluate(within))

    await visitor.page.keyboard.press("Escape")
    await dialog.wait_for(state="detached")

    assert name
    assert all(inside)
    assert "ec-show-ar" in await visitor.page.evaluate(CLASSES)


@pytest.mark.parametrize("size", [(412, 915), (915, 412)])
async def test_a_phone_fixed_to_a_wheelchair_shows_all_either_way(
    visit: Visiting, scenes: Visiting, size: tuple[int, int]
) -> None:
    """WCAG 1.3.4: no page asks for the phone to be turned."""
    visitor = await visit(scenes, MILESTONE, size=size)
    await visitor.open_3d()

    box = await visitor.page.locator(".ec-canvas").bounding_box()

    assert box["height"] <= size[1]
    assert await visitor.page.locator(".ec-tools button:visible").count() >= 8


async def test_a_film_is_stopped_by_a_key_and_the_keyboard_stays_on_it(
    visit: Visiting, scenes: Visiting
) -> None:
    """WCAG 2.2.2 and 2.4.3: the large button goes once it has started the film."""
    visitor = await visit(scenes, CASTING)
    await visitor.page.locator(".ec-start").press("Enter")
    await visitor.page.locator(".ec-start").wait_for(state="detached")
    where = await visitor.page.evaluate("document.activeElement.tagName")

    await visitor.page.keyboard.press("Space")

    assert where == "VIDEO"
    assert await visitor.page.evaluate("document.querySelector('#scene video').paused")


async def test_who_asks_for_less_motion_sees_none(
    visit: Visiting, scenes: Visiting, emulation: Visiting
) -> None:
    """No transition, no animation, on the page, in an open view and in the dialog."""
    visitor = await visit(scenes, MILESTONE, scripts=emulation("phone"))
    await visitor.open_3d()
    await visitor.page.click(".ec-show-ar")
    await visitor.page.locator("dialog").wait_for()

    moving = await visitor.page.evaluate("""[...document.querySelectorAll("*")].filter((e) => {
        const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(e);
        return parseFloat(transitionDuration) > 0 || scrollBehavior === "smooth"
            || (animationName !== "none" && parseFloat(animationDuration) > 0);
    }).map((e) => e.className)""")

    assert moving == []


async def test_nothing_on_a_page_moves_for_long(
    visit: Visiting, scenes: Visiting
) -> None:
    """WCAG 2.2.2: for those who did not ask for rest, nothing moves for over 5 seconds."""
    visitor = await visit(scenes, SQUARE)
    await visitor.page.emulate_media(reduced_motion="no-preference")
    await visitor.page.locator(".ec-sides").wait_for()

    lengths = await visitor.page.evaluate(
        "document.getAnimations().map((a) => a.effect.getComputedTiming())"
        ".map(({ activeDuration }) => activeDuration)"
    )

    assert all(length < 5000 for length in lengths)


@pytest.mark.parametrize("path", [YARD, SQUARE, CASTING, MILESTONE])
async def test_twice_the_text_on_the_narrowest_phone_keeps_every_button(
    visit: Visiting, scenes: Visiting, path: str
) -> None:
    """WCAG 1.4.4 and 1.4.10, with the scene open: none is cut, none lies over another."""
    visitor = await visit(scenes, path, size=(320, 640))
    if path in (YARD, MILESTONE):
        await visitor.page.click(".ec-show-3d, .ec-show-panorama")
        await visitor.told("shown")
    else:
        await visitor.page.locator(".ec-sides, .ec-versions").wait_for()
    await visitor.page.evaluate("document.documentElement.style.fontSize = '225%'")
    await visitor.page.evaluate(FRAME)

    found = await visitor.page.locator(
        "#scene button:not(.ec-spot):visible"
    ).evaluate_all(
        "(all) => all.map((b) => { const r = b.getBoundingClientRect();"
        " return [b.innerText || b.ariaLabel, r.left, r.top, r.right, r.bottom,"
        "  b.scrollWidth > b.clientWidth + 1 || b.scrollHeight > b.clientHeight + 1]; })"
    )

    cut = [one[0] for one in found if one[5] or one[1] < -1 or one[3] > 321]
    over = [
        (a[0], b[0])
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if min(a[3], b[3]) - max(a[1], b[1]) > 6
        and min(a[4], b[4]) - max(a[2], b[2]) > 6
    ]
    assert found
    assert cut == []
    assert over == []


@pytest.mark.parametrize("path", ["/fr/", "/fr/visite/", "/fr/code/", YARD, BENCH])
async def test_a_readers_own_spacing_loses_no_words(
    visit: Visiting, scenes: Visiting, path: str
) -> None:
    """WCAG 1.4.12: lines, words and letters further apart, as dyslexic readers set them."""
    visitor = await visit(scenes, path, size=(320, 640), bypass_csp=True)
    await visitor.page.wait_for_load_state("networkidle")
    await visitor.page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important } p { margin-block-end: 2em !important }"
    )

    cut = await visitor.page.evaluate("""[...document.querySelectorAll("body *")]
        .filter((e) => e.checkVisibility() && !e.closest(".unseen, .skip, .ec-comparing, svg"))
        .filter((e) => getComputedStyle(e).overflow !== "visible" || e.matches("button, a"))
        .filter((e) => getComputedStyle(e).display !== "inline")
        .filter((e) => e.textContent.trim() && e.scrollWidth > e.clientWidth + 1)
        .map((e) => `${e.tagName} ${e.className}`)""")

    assert cut == []
    assert not await visitor.page.evaluate(
        "document.documentElement.scrollWidth > innerWidth"
    )


async def test_paper_is_white_and_has_both_pictures_of_a_comparison(
    visit: Visiting, scenes: Visiting
) -> None:
    """A phone in the dark prints dark words on paper, and nothing covers a picture."""
    visitor = await visit(scenes, SQUARE, color_scheme="dark")
    await visitor.page.locator(".ec-sides").wait_for()

    await visitor.page.emulate_media(media="print", color_scheme="dark")
    ink, covered = await visitor.page.evaluate("""[
        getComputedStyle(document.querySelector("h1")).color,
        [...document.querySelectorAll(".compared")].map((e) => getComputedStyle(e))
            .filter((s) => s.visibility === "hidden" || s.clipPath !== "none").length,
    ]""")

    assert float(_contrast(_rgb(ink), [255.0, 255, 255])) >= TEXT_CONTRAST
    assert covered == 0


async def test_buttons_keep_an_edge_where_colours_are_forced(
    visit: Visiting, scenes: Visiting
) -> None:
    """High contrast takes backgrounds away: borders and rings are what is left."""
    visitor = await visit(scenes, SQUARE, forced_colors="active")
    await visitor.page.locator(".ec-sides").wait_for()

    edges = await visitor.page.locator("button:visible, .button:visible").evaluate_all(
        "(all) => all.map((b) => [parseFloat(getComputedStyle(b).borderTopWidth),"
        " getComputedStyle(b).borderTopStyle])"
    )
    await _tab_to(visitor, ".ec-slider")
    ring = await visitor.page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle"
    )

    assert edges
    assert all(width > 0 and style == "solid" for width, style in edges)
    assert ring == "solid"


async def test_a_chosen_side_is_told_by_more_than_its_colour(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, SQUARE)
    pressed = visitor.page.locator(".ec-sides > [aria-pressed=true]")
    await pressed.wait_for()

    assert await pressed.count() == 1
    await visitor.page.locator(".ec-sides > button").last.press("Enter")
    assert await pressed.inner_text() == "Aujourd’hui"
    assert await visitor.page.evaluate(HAS_FOCUS)


async def test_a_wrong_answer_is_said_and_the_keyboard_goes_on_from_there(
    visit: Visiting, scenes: Visiting
) -> None:
    """WCAG 3.3.1 and 1.4.1: a mark in words stays on what was tried."""
    visitor = await visit(scenes, BENCH)
    wrong = visitor.page.get_by_role("button", name="On nage")
    await wrong.press("Enter")
    await (
        visitor.page.get_by_role("button", name="Répondre")
        .or_(visitor.page.locator(".question button.strong"))
        .first.press("Enter")
    )

    said = visitor.page.locator(".question .ec-said").first
    await visitor.page.wait_for_function(
        "document.querySelector('.question .ec-said').textContent"
    )

    assert await said.get_attribute("role") == "status"
    assert await visitor.page.evaluate(HAS_FOCUS)


async def test_forgetting_the_visit_leaves_the_keyboard_on_the_page(
    visit: Visiting, scenes: Visiting
) -> None:
    """The button goes with what it forgot."""
    visitor = await visit(scenes, SQUARE)
    await visitor.page.locator(".ec-sides").wait_for()
    await visitor.page.goto(visitor.base + "/fr/visite/")
    forget = visitor.page.locator(".ec-forget")
    await forget.wait_for()
    button = (
        forget
        if await forget.evaluate("(n) => n.matches('button')")
        else (forget.locator("button"))
    )

    await button.first.press("Enter")
    await visitor.page.evaluate(FRAME)

    assert await visitor.page.evaluate(HAS_FOCUS)


async def test_turning_with_the_phone_can_be_left_for_buttons(
    visit: Visiting, scenes: Visiting
) -> None:
    """WCAG 2.5.4: motion is a choice, never the only way, and is switched off again."""
    visitor = await visit(scenes, YARD)
    await visitor.page.click(".ec-show-panorama")
    await visitor.told("shown")
    follow = visitor.page.locator(".ec-follow")
    states = [await follow.get_attribute("aria-pressed")]
    await visitor.page.evaluate("""window.steady = setInterval(() => dispatchEvent(
        new DeviceOrientationEvent("deviceorientation", { alpha: 0, beta: 90, gamma: 0 })), 30)""")

    for _ in range(2):
        await follow.click()
        await visitor.page.wait_for_function(
            "(was) => document.querySelector('.ec-follow').ariaPressed !== was",
            arg=states[-1],
        )
        states.append(await follow.get_attribute("aria-pressed"))
    await visitor.page.evaluate("clearInterval(steady)")
    before = await _shot(visitor, visitor.page.locator(".ec-frame"))
    await visitor.page.locator(".ec-tools > .ec-sign").first.click()
    after = await _shot(visitor, visitor.page.locator(".ec-frame"))

    assert states == ["false", "true", "false"]
    assert float(np.abs(after - before).mean()) > 0.2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [YARD, SQUARE, CASTING, MILESTONE])
async def test_contrast_is_measured_where_axe_cannot_tell(
    visit: Visiting, scenes: Visiting, axe: str, path: str, scheme: str
) -> None:
    """Over pictures and gradients: each text's colour against the pixels behind it."""
    visitor = await visit(scenes, path, color_scheme=scheme)
    if path in (YARD, MILESTONE):
        await visitor.page.click(".ec-show-3d, .ec-show-panorama")
        await visitor.told("shown")
    else:
        await visitor.page.locator(".ec-sides, .ec-versions").wait_for()
    await visitor.page.evaluate(axe + ";undefined")
    places = await visitor.page.evaluate(
        "axe.run({ runOnly: ['color-contrast'] }).then(({ incomplete }) =>"
        " incomplete.flatMap(({ nodes }) => nodes.map(({ target }) => target[0])))"
    )
    weak = {}

    for place in places:
        node = visitor.page.locator(place)
        if not await node.is_visible():
            continue
        color = _rgb(await node.evaluate("(n) => getComputedStyle(n).color"))
        await node.evaluate("(n) => n.style.setProperty('color', 'transparent')")
        ground = await _behind(visitor, node)
        await node.evaluate("(n) => n.style.removeProperty('color')")
        ratio = float(np.quantile(_contrast(ground, color), 0.02))
        if ratio < TEXT_CONTRAST:
            weak[place] = round(ratio, 2)

    assert weak == {}


async def _behind(visitor: Visiting, node: Visiting) -> Visiting:
    """Return the pixels where an element's words stand, (height, width, 3)."""
    await node.scroll_into_view_if_needed()
    await visitor.page.evaluate(FRAME)
    clip = await node.evaluate("""(n) => {
        const range = document.createRange();
        range.selectNodeContents(n);
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left, y: top, width, height };
    }""")
    scroll = await visitor.page.evaluate("[scrollX, scrollY]")
    clip = {**clip, "x": clip["x"] + scroll[0], "y": clip["y"] + scroll[1]}
    picture = await visitor.page.screenshot(clip=clip, full_page=True)
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(float)
