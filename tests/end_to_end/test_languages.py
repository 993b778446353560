"""A museum in Italian speaks Italian throughout: its pages, and what phones add to them."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name
TOUR = "/it/luci-sul-mare/"
PAGES = ("/it/", TOUR, "/it/sites/capo-sereno/", "/it/code/", "/it/check/")
STOPS = tuple(f"{TOUR}{stop}/" for stop in ("faro", "porto", "campana"))
# Whatever is marked as another language's, but the names of the other languages.
FOREIGN = """
    [...document.querySelectorAll("body [lang]")]
        .filter((e) => e.lang !== "it" && !e.closest(".languages, .facts"))
        .map((e) => `${e.lang}: ${e.textContent.trim().slice(0, 60)}`)
"""


@pytest.mark.parametrize("path", [*PAGES, *STOPS])
async def test_no_word_is_in_another_language(
    visit: Visiting, example: Visiting, path: str
) -> None:
    """Words without a translation would be marked as English."""
    visitor = await visit(example, path, locale="it")

    assert await visitor.page.evaluate("document.documentElement.lang") == "it"
    assert await visitor.page.evaluate(FOREIGN) == []


async def test_what_a_phone_adds_is_in_italian(
    visit: Visiting, example: Visiting
) -> None:
    visitor = await visit(example, STOPS[0], locale="it")

    button = visitor.page.locator(".ec-show-3d")
    assert await button.inner_text() == "Vedere in 3D"
    await visitor.open_3d()
    names = await visitor.page.locator(".ec-tools button").evaluate_all(
        "(all) => all.map((e) => e.ariaLabel)"
    )
    assert names[0] == "Girare a sinistra"
    assert names[-1] == "Chiudere la vista 3D"
    assert await visitor.page.evaluate(FOREIGN) == []


async def test_a_comparison_is_named_in_italian(
    visit: Visiting, example: Visiting
) -> None:
    visitor = await visit(example, STOPS[1], locale="it")

    sides = visitor.page.locator(".ec-sides button")
    await sides.first.wait_for()
    assert await sides.all_inner_texts() == ["Ieri", "Tutte e due", "Oggi"]
