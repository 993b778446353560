"""What one stop showed is freed when it is left, kept page or not."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.async_api import CDPSession

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name
LISTED = """[...document.querySelectorAll("main a[href]:not(svg a)")]
  .filter((a) => a.href.startsWith(location.href)).map((a) => a.pathname)
  .filter((path) => path.endsWith("/"))"""
OPENS = ".ec-show-3d, .ec-show-panorama"
STOPS = 20
MOST_BYTES = 2_000_000
"""Of the heap of scripts and of what it holds outside, between the fifth stop and the last."""


async def test_a_page_that_is_left_closes_its_view(
    visit: Visiting, demonstration: Visiting
) -> None:
    """Browsers keep it for the way back, with all that it holds."""
    visitor = await visit(demonstration)
    await visitor.open_3d()

    await visitor.page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))"
    )

    closed = await visitor.told("closed")
    assert closed["memory"]["geometries"] == 0
    assert await visitor.page.locator("canvas").count() == 0
    await visitor.open_3d()


@pytest.mark.thorough
async def test_twenty_stops_leave_no_memory_behind(
    visit: Visiting, demonstration: Visiting
) -> None:
    """What scripts hold, and how many documents, once garbage is collected."""
    visitor = await visit(demonstration, "/fr/de-la-forge-a-la-ville/")
    page, base = visitor.page, visitor.base
    stops = sorted(set(await page.evaluate(LISTED)))
    session = await visitor.context.new_cdp_session(page)

    counted = []
    for path in itertools.islice(itertools.cycle(stops), STOPS):
        await page.goto(base + path)
        button = page.locator(OPENS).first
        if await button.count():
            await button.click()
            await page.wait_for_selector("canvas:visible")
        counted.append(await _memory(session))
    await page.goto(f"{base}/fr/")
    counted.append(await _memory(session))

    (before, documents), (after, documents_left) = counted[4], counted[-1]
    assert after - before < MOST_BYTES
    assert documents_left <= documents


async def _memory(session: CDPSession) -> tuple[int, int]:
    """Return bytes of the heap and of what it holds, and the number of documents."""
    for _ in range(2):
        await session.send("HeapProfiler.collectGarbage")
    heap = await session.send("Runtime.getHeapUsage")
    nodes = await session.send("Memory.getDOMCounters")
    held = heap["usedSize"] + heap.get("backingStorageSize", 0)
    return int(held), int(nodes["documents"])
