"""The model on the page, in a real browser."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

if TYPE_CHECKING:
    from playwright.async_api import Route

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null;"
NO_WEBGL_AT_ALL = "delete window.WebGL2RenderingContext;"


async def test_tap_shows_the_hammer_at_its_true_size(
    visit: Visiting, demonstration: Visiting
) -> None:
    """Metres are measured on what is drawn, not on what a file says."""
    visitor = await visit(demonstration)

    told = await visitor.open_3d()

    assert told["size_m"][1] == pytest.approx(21, rel=0.01)
    assert told["up"] == pytest.approx([0, 1, 0], abs=1e-6)
    assert told["lod"] == "phone"


async def test_the_canvas_is_not_blank(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration)
    await visitor.open_3d()

    picture = await visitor.page.locator(".ec-canvas").screenshot()

    assert _detail(picture) > 500


async def test_arrow_turns_the_model(visit: Visiting, demonstration: Visiting) -> None:
    visitor = await visit(demonstration)
    await visitor.open_3d()
    canvas = visitor.page.locator(".ec-canvas")
    before = await canvas.screenshot()

    await canvas.press("ArrowRight")
    await visitor.page.evaluate("new Promise(requestAnimationFrame)")

    assert await canvas.screenshot() != before


async def test_a_still_view_draws_nothing(
    visit: Visiting, demonstration: Visiting
) -> None:
    """A picture that does not change must not cost a phone's battery."""
    visitor = await visit(demonstration)
    await visitor.open_3d()

    drawn = await visitor.page.evaluate("""async () => {
        let calls = 0;
        const { drawElements } = WebGL2RenderingContext.prototype;
        WebGL2RenderingContext.prototype.drawElements = function (...a) {
            calls += 1;
            return drawElements.apply(this, a);
        };
        for (let i = 0; i < 10; i += 1) await new Promise(requestAnimationFrame);
        return calls;
    }""")

    assert drawn == 0


async def test_closing_brings_the_poster_and_the_keyboard_back(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration)
    await visitor.open_3d()
    assert not await visitor.page.locator("#scene > picture img").is_visible()

    await visitor.page.keyboard.press("Escape")

    assert await visitor.page.locator("#scene > picture img").is_visible()
    focused = await visitor.page.evaluate("document.activeElement.className")
    assert "ec-show-3d" in focused


async def test_a_model_that_is_missing_can_be_asked_for_again(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, expected=("404",))
    await visitor.page.route("**/*.glb", lambda route: route.fulfill(status=404))
    await visitor.page.click(".ec-show-3d")
    assert (await visitor.told("failed"))["failure"] == "missing"
    assert await visitor.page.locator("#scene > picture img").is_visible()

    await visitor.page.unroute("**/*.glb")
    await visitor.page.click(".ec-remedies button")

    assert (await visitor.told("shown"))["size_m"][1] == pytest.approx(21, rel=0.01)


async def test_a_network_that_is_gone_is_told_kindly(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, expected=("ERR_INTERNET_DISCONNECTED",))
    await visitor.context.set_offline(True)

    await visitor.page.click(".ec-show-3d")
    await visitor.page.wait_for_selector(".ec-remedies button")

    assert "connexion" in await visitor.status()


async def test_a_damaged_model_is_told_kindly(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration)
    await visitor.page.route(
        "**/*.glb", lambda route: route.fulfill(body=b"glTF" + bytes(40))
    )

    await visitor.page.click(".ec-show-3d")

    assert (await visitor.told("failed"))["failure"] == "unreadable"


async def test_a_finer_level_that_fails_leaves_the_first_one(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, expected=("500",))
    asked: list[str] = []

    async def second_fails(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            await route.continue_()
        else:
            await route.fulfill(status=500)

    await visitor.page.route("**/*.glb", second_fails)
    async with visitor.page.expect_response(lambda answer: answer.status == 500):
        await visitor.page.click(".ec-show-3d")

    assert await visitor.page.locator(".ec-canvas").is_visible()
    assert await visitor.page.locator(".ec-remedies button").count() == 0


async def test_without_webgl_the_poster_stays(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, scripts=(NO_WEBGL,), expected=("WebGL",))

    await visitor.page.click(".ec-show-3d")

    assert (await visitor.told("failed"))["failure"] == "no_webgl"
    assert await visitor.page.locator("#scene > picture img").is_visible()


async def test_no_button_promises_what_the_browser_lacks(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration, scripts=(NO_WEBGL_AT_ALL,))
    await visitor.page.wait_for_selector(".ec-status", state="attached")

    assert await visitor.page.locator("#scene-actions button").count() == 0


async def test_loading_can_be_cancelled(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration)

    async def never(_route: Route) -> None:
        """Leave the request without an answer."""

    await visitor.page.route("**/*.glb", never)

    await visitor.page.click(".ec-show-3d")
    await visitor.page.click(".ec-loading button")

    await visitor.told("closed")
    assert await visitor.page.locator(".ec-loading").count() == 0
    assert await visitor.page.locator(".ec-show-3d").is_visible()


async def test_saving_data_asks_before_the_larger_file(
    visit: Visiting, demonstration: Visiting
) -> None:
    saving = (
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}});"
    )
    visitor = await visit(demonstration, scripts=(saving,))
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    await visitor.page.click(".ec-show-3d")
    assert (await visitor.told("shown"))["lod"] == "preview"
    assert len([url for url in asked if url.endswith(".glb")]) == 1

    await visitor.page.click(".ec-finer")

    assert (await visitor.told("refined"))["lod"] == "phone"


async def test_graphics_memory_taken_back_is_told_and_asked_for_again(
    visit: Visiting, demonstration: Visiting
) -> None:
    """Phones take it back from pages that are not looked at."""
    visitor = await visit(demonstration, expected=("Context Lost",))
    await visitor.open_3d()

    await visitor.page.locator(".ec-canvas").evaluate("""(canvas) =>
        canvas.getContext("webgl2").getExtension("WEBGL_lose_context").loseContext()""")
    assert (await visitor.told("failed"))["failure"] == "lost"
    assert await visitor.page.locator("#scene > picture img").is_visible()
    since = await visitor.page.evaluate("told.length")
    await visitor.page.click(".ec-remedies button")

    assert (await visitor.told("shown", since))["size_m"][1] == pytest.approx(
        21, rel=0.01
    )


async def test_the_browsers_own_element_is_used_or_else_ours(
    visit: Visiting, demonstration: Visiting
) -> None:
    """An element that has the name but draws nothing must not leave a visitor with it."""
    visitor = await visit(
        demonstration, scripts=("window.HTMLModelElement = class {};",)
    )

    told = await visitor.open_3d()

    assert told["rung"] == "inline"
    assert await visitor.page.locator("model").count() == 0


def _detail(picture: bytes) -> int:
    """Return how many colours a picture has: few when nothing was drawn."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    colors = image.getcolors(image.width * image.height)
    return len(colors or ())
