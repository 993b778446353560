"""A stop's page as visitors meet it: two languages, no script, keys only, narrow phones."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name

PAGES = {
    "fr": "/fr/de-la-forge-a-la-ville/marteau/",
    "en": "/en/de-la-forge-a-la-ville/marteau/",
}
RULES = """axe.run({ runOnly: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice",
] })"""
BRIEF = """({ violations, passes }) => [
    violations.map(({ id, nodes }) =>
        `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`),
    passes.length,
]"""
FEWEST_RULES = 20


@pytest.mark.parametrize(
    ("language", "heading", "button"),
    [
        ("fr", "Le marteau-pilon", "Voir en 3D"),
        ("en", "The steam hammer", "See it in 3D"),
    ],
)
async def test_page_speaks_its_language(
    visit: Visiting, demonstration: Visiting, language: str, heading: str, button: str
) -> None:
    visitor = await visit(demonstration, PAGES[language])

    assert await visitor.page.inner_text("h1") == heading
    assert await visitor.page.inner_text(".ec-show-3d") == button
    assert await visitor.page.get_attribute("html", "lang") == language


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_page_says_all_without_javascript(
    visit: Visiting, demonstration: Visiting, language: str
) -> None:
    """The plain page is whole: text, picture, size; and no button that would do nothing."""
    visitor = await visit(demonstration, PAGES[language], java_script_enabled=False)

    poster = visitor.page.locator("#scene > picture img")
    assert await poster.is_visible()
    assert await poster.get_attribute("alt")
    assert "1877" in await visitor.page.inner_text("main")
    assert "21" in await visitor.page.inner_text("#scene figcaption")
    assert await visitor.page.locator("#scene button").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "state", ["script off", "closed", "open", "explained", "in an app"]
)
async def test_axe_finds_nothing(
    visit: Visiting,
    demonstration: Visiting,
    emulation: Visiting,
    axe: str,
    state: str,
    scheme: str,
) -> None:
    """WCAG 2.2 AA, RGAA 4 and axe's own advice, in each state a visitor may meet."""
    scripts = {"explained": emulation("phone"), "in an app": (NO_CAMERA,)}
    visitor = await visit(
        demonstration, scripts=scripts.get(state, ()), color_scheme=scheme
    )
    if state == "script off":
        await visitor.page.wait_for_load_state("networkidle")
        await visitor.page.route("**/client/*.js", lambda route: route.abort())
        visitor.expected = ("ERR_FAILED",)
        await visitor.page.reload()
    elif state == "open":
        await visitor.open_3d()
    elif state == "explained":
        await visitor.page.click(".ec-show-ar")
        await visitor.page.locator(".ec-choices button:nth-child(1):enabled").wait_for()
    elif state == "in an app":
        await visitor.page.locator(".ec-panel").wait_for()
    else:
        await visitor.page.locator(".ec-show-3d").wait_for()

    await visitor.page.evaluate(axe + ";undefined")
    found, passed = await visitor.page.evaluate(f"{RULES}.then({BRIEF})")

    assert found == []
    assert passed >= FEWEST_RULES


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [320, 412])
async def test_nothing_scrolls_sideways(
    visit: Visiting,
    demonstration: Visiting,
    emulation: Visiting,
    language: str,
    width: int,
) -> None:
    """Before and after the model is opened, and under the explanation."""
    visitor = await visit(
        demonstration, PAGES[language], scripts=emulation("phone"), size=(width, 640)
    )
    await visitor.page.locator(".ec-show-ar").wait_for()
    overflowing = "document.documentElement.scrollWidth > innerWidth"
    closed = await visitor.page.evaluate(overflowing)

    await visitor.open_3d()
    opened = await visitor.page.evaluate(overflowing)
    await visitor.page.click(".ec-show-ar")
    dialog = visitor.page.locator("dialog")
    await dialog.wait_for()
    beyond = await dialog.evaluate("(e) => e.scrollWidth > e.clientWidth")

    assert (closed, opened, beyond) == (False, False, False)


async def test_keys_alone_open_turn_and_close_the_model(
    visit: Visiting, demonstration: Visiting
) -> None:
    """From the top of the page, by Tab, to the model and back to the text."""
    visitor = await visit(demonstration)
    keyboard = visitor.page.keyboard
    await visitor.page.locator(".ec-show-3d").wait_for()
    focused = "document.activeElement.className"

    presses = 0
    while "ec-show-3d" not in await visitor.page.evaluate(focused):
        await keyboard.press("Tab")
        presses += 1
        assert presses < 20, "the button is not reached by Tab"
    await keyboard.press("Enter")
    await visitor.told("shown")
    assert "ec-canvas" in await visitor.page.evaluate(focused)
    for key in ("ArrowLeft", "ArrowUp", "+", "-", "Home"):
        await keyboard.press(key)
    await keyboard.press("Tab")
    assert "ec-sign" in await visitor.page.evaluate(focused)
    await keyboard.press("Enter")
    await keyboard.press("Shift+Tab")
    await keyboard.press("Escape")

    await visitor.told("closed")
    assert "ec-show-3d" in await visitor.page.evaluate(focused)


async def test_every_button_is_large_enough_for_a_finger(
    visit: Visiting, demonstration: Visiting, emulation: Visiting
) -> None:
    """44 px, WCAG's enhanced target size: visitors walk, wear gloves, hold a child."""
    visitor = await visit(demonstration, scripts=emulation("phone"))
    await visitor.open_3d()

    boxes = [
        await item.bounding_box()
        for item in await visitor.page.locator("#scene button:visible").all()
    ]

    assert len(boxes) >= 9
    assert all(min(box["width"], box["height"]) >= 44 for box in boxes)


async def test_inside_an_app_the_address_is_there_to_copy(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(
        demonstration,
        scripts=(NO_CAMERA,),
        permissions=["clipboard-write", "clipboard-read"],
    )
    panel = visitor.page.locator(".ec-panel")
    assert await panel.locator("input").input_value() == visitor.page.url

    await panel.locator("button").click()

    await visitor.page.get_by_text("Adresse copiée").wait_for()
    assert (
        await visitor.page.evaluate("navigator.clipboard.readText()")
        == visitor.page.url
    )
    assert await visitor.page.locator(".ec-show-3d").is_visible()


async def test_inside_an_app_that_keeps_the_clipboard_the_address_is_selected(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(
        demonstration,
        scripts=(
            NO_CAMERA,
            "Object.defineProperty(navigator, 'clipboard', {value: undefined});",
        ),
    )

    await visitor.page.locator(".ec-panel button").click()

    await visitor.page.get_by_text("Adresse sélectionnée").wait_for()
    assert await visitor.page.evaluate("getSelection().toString()") == visitor.page.url


async def test_a_browser_is_not_taken_for_an_app(
    visit: Visiting, demonstration: Visiting
) -> None:
    visitor = await visit(demonstration)
    await visitor.page.locator(".ec-show-3d").wait_for()

    assert await visitor.page.locator(".ec-panel").count() == 0


# What an app's web view lacks; Chromium's own WebXR goes with it.
NO_CAMERA = """for (const name of ["mediaDevices", "xr"]) {
    delete Navigator.prototype[name];
}"""


async def test_a_picture_offers_nothing_to_open(
    visit: Visiting, demonstration: Visiting
) -> None:
    """Only models are opened by buttons of the page's own script."""
    visitor = await visit(demonstration, "/fr/de-la-forge-a-la-ville/locomotive/")
    await visitor.page.wait_for_load_state("networkidle")

    assert await visitor.page.locator("#scene > picture img").is_visible()
    assert await visitor.page.locator("#scene button").count() == 0
