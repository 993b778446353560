"""The page that tries the phone in hand, with Chromium's own test camera."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name

CHECK = "/fr/check/"
CAMERA = ("--use-fake-device-for-media-stream",)
LINE = r"S1 C9 M9 A\d V\d G\d+ W\d D[01]{6} Q(\d+|\?) K(\d+|\?) E[01]"
MATROSKA = b"\x1a\x45\xdf\xa3"
MP4_BRAND_OFFSET = 4
RULES = """axe.run({ runOnly: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice",
] }).then(({ violations }) => violations.map(({ id }) => id))"""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(browser_options: dict[str, Any]) -> AsyncIterator[Any]:
    """Return a Chromium that has a camera: a spinning disc on a green ground."""
    args = [*browser_options["args"], *CAMERA]
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(**browser_options | {"args": args})
        yield launched
        await launched.close()


async def _tried(visitor: Visiting) -> Visiting:
    await visitor.page.locator("#checks[data-state=tried]").wait_for()
    return visitor.page


async def test_everything_is_tried_that_needs_no_consent(
    visit: Visiting, scenes: Visiting
) -> None:
    """Each thing has its verdict in words, and its code; camera and motion wait."""
    page = await _tried(await visit(scenes, CHECK))

    verdicts = await page.locator("[data-check] .ec-verdict").all_inner_texts()

    assert len(verdicts) == await page.locator("[data-check]").count()
    assert all(re.search(r"\([A-Z][\d?]+\)$", verdict) for verdict in verdicts)
    assert re.fullmatch(LINE, await page.inner_text("#ec-summary"))


async def test_formats_are_really_decoded(visit: Visiting, scenes: Visiting) -> None:
    """Chromium reads WebP, AVIF, AV1, H.264, Opus and AAC where Debian builds it."""
    page = await _tried(await visit(scenes, CHECK))

    assert "D111" in await page.inner_text("#ec-summary")
    assert "W2" in await page.inner_text("#ec-summary")


async def test_the_camera_opens_after_a_tap_and_closes_again(
    visit: Visiting, scenes: Visiting
) -> None:
    watch = """window.tracks = [];
        const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (wanted) => {
            const stream = await asked(wanted);
            tracks.push(...stream.getTracks());
            return stream;
        };"""
    visitor = await visit(scenes, CHECK, scripts=(watch,), permissions=["camera"])
    page = await _tried(visitor)
    assert await page.evaluate("tracks.length") == 0

    await page.click(".ec-try-camera")
    await page.get_by_text("L’appareil photo marche").wait_for()

    assert "C1" in await page.inner_text("#ec-summary")
    assert await page.evaluate("tracks.map((track) => track.readyState)") == ["ended"]


async def test_a_refused_camera_is_told_from_a_missing_one(
    visit: Visiting, scenes: Visiting
) -> None:
    refuse = """navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException("no", "NotAllowedError");
    };"""
    page = await _tried(await visit(scenes, CHECK, scripts=(refuse,)))

    await page.click(".ec-try-camera")
    await page.get_by_text("a été refusé").wait_for()

    assert "C2" in await page.inner_text("#ec-summary")


async def test_a_sequence_is_kept_on_the_phone_and_sent_to_nobody(
    visit: Visiting, scenes: Visiting, tmp_path: Path
) -> None:
    """Five seconds, to a film that the browser downloads from its own memory."""
    visitor = await visit(scenes, CHECK, permissions=["camera"])
    page = await _tried(visitor)
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.url)))

    await page.click(".ec-record")
    keep = page.locator(".ec-keep")
    await keep.wait_for()
    async with page.expect_download() as downloading:
        await keep.click()
    download = await downloading.value
    path = tmp_path / download.suggested_filename
    await download.save_as(path)

    assert re.fullmatch(r"ecomusee-camera-\d{8}-\d{4}\.(webm|mp4)", path.name)
    start = path.read_bytes()[:8]
    assert start.startswith(MATROSKA) or start[MP4_BRAND_OFFSET:] == b"ftyp"
    assert path.stat().st_size > 10_000
    sent = [(method, url) for method, url in asked if not url.startswith("blob:")]
    assert sent == []


async def test_the_result_is_copied(visit: Visiting, scenes: Visiting) -> None:
    permissions = ["clipboard-write", "clipboard-read"]
    page = await _tried(await visit(scenes, CHECK, permissions=permissions))

    await page.click(".ec-copy")
    await page.get_by_text("Résultat copié").wait_for()

    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(await page.inner_text("#ec-summary"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_on_the_results(
    visit: Visiting, scenes: Visiting, axe: str, scheme: str
) -> None:
    page = await _tried(await visit(scenes, CHECK, color_scheme=scheme))

    await page.evaluate(axe + ";undefined")

    assert await page.evaluate(RULES) == []


async def test_the_page_fits_a_narrow_phone(visit: Visiting, scenes: Visiting) -> None:
    page = await _tried(await visit(scenes, CHECK, size=(320, 640)))

    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_without_javascript_the_page_says_what_opens_all_the_same(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, CHECK, java_script_enabled=False)

    assert "JavaScript" in await visitor.page.inner_text("main")
    assert await visitor.page.locator("button").count() == 0
