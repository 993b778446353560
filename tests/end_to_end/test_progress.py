"""Stops already seen: marked on the tour's page, kept on the phone, forgotten at will."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name

TOUR = "/fr/visite/"
BENCH = "/fr/visite/banc/"
MARKED = ".card:has(.mark)"
REFUSING = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("no", "SecurityError"); },
});"""


async def test_a_stop_that_was_opened_is_marked_in_each_language(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, BENCH)
    await visitor.page.wait_for_load_state("networkidle")
    await visitor.page.goto(visitor.base + TOUR)
    marked = visitor.page.locator(MARKED)
    await marked.wait_for()
    french = await marked.locator(".mark").inner_text()

    await visitor.page.goto(visitor.base + "/en/visite/")
    await marked.wait_for()

    assert await marked.get_attribute("data-stop") == "banc"
    assert (french, await marked.locator(".mark").inner_text()) == ("Vu", "Seen")


async def test_nothing_is_marked_on_a_first_visit(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, TOUR)
    await visitor.page.wait_for_load_state("networkidle")

    assert await visitor.page.locator(".mark").count() == 0
    assert await visitor.page.locator("main button").count() == 0


async def test_forgetting_leaves_nothing_and_says_so(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, BENCH)
    await visitor.page.wait_for_load_state("networkidle")
    await visitor.page.goto(visitor.base + TOUR)

    await visitor.page.locator(".ec-forget button").press("Enter")

    assert await visitor.page.locator(".mark").count() == 0
    assert await visitor.page.evaluate("localStorage.length") == 0
    focused = await visitor.page.evaluate("document.activeElement.textContent")
    assert "effacée" in focused


async def test_what_was_seen_is_never_sent(visit: Visiting, scenes: Visiting) -> None:
    """No cookie, no body, no query: the museum cannot know."""
    visitor = await visit(scenes, BENCH)
    await visitor.page.wait_for_load_state("networkidle")
    asked: list[Any] = []
    visitor.page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  # Playwright marks what it is given

    await visitor.page.goto(visitor.base + TOUR)
    await visitor.page.locator(MARKED).wait_for()

    assert {request.method for request in asked} == {"GET"}
    assert not any("?" in request.url for request in asked)
    assert await visitor.context.cookies() == []


async def test_a_phone_that_keeps_nothing_has_the_whole_visit(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, BENCH, scripts=(REFUSING,))

    await visitor.page.goto(visitor.base + TOUR)
    await visitor.page.wait_for_load_state("networkidle")

    assert await visitor.page.locator(".card").count() == 5
