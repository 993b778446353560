"""Pages hold together: twice the text, leftwards, on the narrowest phone, on paper."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name
STOPS = ("cour", "place", "coulee", "banc")
PAGES = ("/", "/fr/", "/fr/visite/", "/fr/code/", "/fr/check/", "/404.html")
PATHS = (*PAGES, *(f"/fr/visite/{stop}/" for stop in STOPS))
# Words past an edge are lost even where nothing scrolls. The slider is wider by its thumb.
LOST = """
    [...document.querySelectorAll("header *, main *, footer *")]
        .filter((e) => {
            const { left, right, width } = e.getBoundingClientRect();
            return width > 1 && (left < -1 || right > innerWidth + 1);
        })
        .filter((e) => !e.closest(".unseen, .skip, .ec-slider, .ec-spots"))
        .map((e) => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)}`)
"""
CHANGES = {
    "twice the text": "document.documentElement.style.fontSize = '225%'",
    "leftwards": "document.documentElement.dir = 'rtl'",
}


@pytest.mark.parametrize("change", CHANGES)
async def test_nothing_is_lost_past_an_edge(
    visit: Visiting, scenes: Visiting, change: str
) -> None:
    """WCAG 2.2, 1.4.4 and 1.4.10, together."""
    visitor = await visit(scenes, PATHS[0], size=(320, 640))
    lost = {}

    for path in PATHS:
        await visitor.page.goto(visitor.base + path, wait_until="networkidle")
        await visitor.page.evaluate(CHANGES[change])
        wide = "document.documentElement.scrollWidth > innerWidth"
        found = await visitor.page.evaluate(LOST)
        if found or await visitor.page.evaluate(wide):
            lost[path] = found

    assert lost == {}


async def test_paper_has_the_words_and_not_the_buttons(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, "/fr/visite/coulee/")
    await visitor.page.locator(".ec-start").wait_for()

    await visitor.page.emulate_media(media="print")

    assert await visitor.page.locator("button:visible").count() == 0
    assert await visitor.page.locator("h1:visible, .lead:visible").count() == 2
