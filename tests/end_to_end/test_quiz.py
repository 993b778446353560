"""Questions and a treasure hunt, played to the certificate in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name

HUNT = "/fr/visite/hunts/petits/"
YARD = "/fr/visite/cour/"
BENCH = "/fr/visite/banc/"
MILESTONE = "/fr/visite/borne/"
RULES = """axe.run({ runOnly: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice",
] })"""
BRIEF = """({ violations }) => violations.map(({ id, nodes }) =>
    `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`)"""
REFUSING = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("no", "SecurityError"); },
});"""
TARGETS = """() => [...document.querySelectorAll(
    ".quiz :is(button, summary, input), .quiz p > a, .hunt-page :is(button, a)")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect().height])
    .filter(([, height]) => height < 43.5)"""
KEPT = """() => JSON.parse(
    localStorage.getItem(Object.keys(localStorage).find((key) => key.includes("quiz"))))"""


async def _ready(visitor: Visiting, path: str | None = None) -> Visiting:
    if path is not None:
        await visitor.page.goto(visitor.base + path)
    await visitor.page.wait_for_selector(".ec-said", state="attached")
    return visitor.page


async def _press(page: Visiting, selector: str, key: str = "Enter") -> None:
    """Reach an element by Tab alone, and press a key on it."""
    for _ in range(120):
        await page.keyboard.press("Tab")
        if await page.evaluate("(s) => document.activeElement.matches(s)", selector):
            await page.keyboard.press(key)
            return
    pytest.fail(f"{selector} is not reached by the keyboard")


async def test_a_hunt_is_played_by_keyboard_to_its_certificate(
    visit: Visiting, scenes: Visiting
) -> None:
    """No finger, no mouse, no picture touched: each place has its twin in a list."""
    visitor = await visit(scenes, HUNT)
    page = await _ready(visitor)
    assert not await page.locator(".certificate").is_visible()
    await _press(page, "#hunt-actions a")
    await _ready(visitor)
    await _press(page, ".twin summary")
    await _press(page, ".choices li[data-right] button")
    assert await page.locator(".ec-said").inner_text() == "Oui, c’est ça\u202f!"
    assert await page.evaluate("document.activeElement.textContent") == (
        "Voir la réponse"
    )

    await _ready(visitor, BENCH)
    for right in (1, 2):
        await _press(page, f".ec-offered li:nth-child({right + 1}) button", "Space")
    await _press(page, ".ec-offered .strong")
    await _press(page, "#number-banc-2")
    await page.keyboard.type("3")
    await page.keyboard.press("Enter")
    assert await page.locator("#question-banc-2 .ec-said").inner_text() == (
        "C’est plus."
    )
    await page.locator("#number-banc-2").fill("4")
    await page.keyboard.press("Enter")
    code = await page.locator("#question-banc-3").get_attribute("data-code")
    await _press(page, "#code-banc-3")
    await page.keyboard.type(code.lower())
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**{MILESTONE}")

    await _ready(visitor)
    await _press(page, ".twin summary")
    await _press(page, ".choices li[data-right] button")
    await _ready(visitor, HUNT)

    assert await page.locator(".certificate").is_visible()
    assert "Bravo" in await page.locator(".ec-said").inner_text()
    assert await page.locator(".steps .ec-found").count() == 5
    assert await page.locator(".certificate input").count() == 0


async def test_only_the_certificate_is_printed_on_one_sheet(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, HUNT)
    page = await _ready(visitor)
    await page.get_by_text("Voir le diplôme sans attendre").click()
    await page.emulate_media(media="print")

    seen = await page.locator("main").inner_text()
    sheet = await page.pdf(prefer_css_page_size=True)

    assert "La petite chasse" in seen
    assert "Les questions" not in seen
    assert sheet.count(b"/Type /Page\n") == 1


async def test_a_finger_finds_a_detail_of_the_model(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, MILESTONE)
    page = await _ready(visitor)
    await page.locator(".ec-tries button").click()
    await visitor.told("shown")
    canvas = page.locator(".ec-view canvas")
    box = await canvas.bounding_box()
    x = box["width"] / 2

    await canvas.click(position={"x": x, "y": box["height"] * 0.95})
    missed = await page.locator(".ec-answered").inner_text()
    await canvas.click(position={"x": x, "y": box["height"] * 0.2})

    assert "Ce n’est pas ça" in missed
    assert (await page.evaluate(KEPT))["visite"]["questions"]["borne-1"] == "found"


async def test_a_finger_or_a_hot_spot_finds_a_place_of_the_panorama(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, YARD)
    page = await _ready(visitor)
    await page.locator(".ec-tries button").click()
    await visitor.told("shown")
    await page.evaluate("new Promise(requestAnimationFrame)")
    canvas = page.locator(".ec-frame > canvas")
    box = await canvas.bounding_box()

    await canvas.click(position={"x": 20, "y": box["height"] - 20})
    missed = await page.locator(".ec-answered").inner_text()
    await page.locator(".ec-spot:not(.ec-away)").first.click()

    assert "Ce n’est pas ça" in missed
    assert (await page.evaluate(KEPT))["visite"]["questions"]["cour-1"] == "found"


async def test_hints_come_one_by_one_and_the_answer_is_always_there(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, YARD)
    page = await _ready(visitor)
    clues = page.locator(".clue")
    first = [await clues.nth(i).is_visible() for i in range(2)]

    await clues.nth(0).locator("summary").click()
    await page.locator(".clue:nth-of-type(n):visible >> nth=1").wait_for()
    await page.locator(".answer summary").click()

    assert first == [True, False]
    assert await page.get_by_text("On entre par là.").is_visible()
    await page.wait_for_selector(".ec-seen")
    assert (await page.evaluate(KEPT))["visite"]["questions"] == {"cour-1": "seen"}


async def test_opening_the_page_of_a_label_counts_as_finding_it(
    visit: Visiting, scenes: Visiting
) -> None:
    """As a scanned code does; what is found is kept on the phone and told."""
    visitor = await visit(scenes, MILESTONE)
    page = await _ready(visitor)

    assert await page.locator(".found").is_visible()
    assert (await page.evaluate(KEPT))["visite"]["questions"] == {"banc-3": "found"}


@pytest.mark.parametrize("path", [YARD, BENCH, MILESTONE, HUNT])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_pages_of_a_quiz_pass_axe_at_320_px_and_double_text(
    scheme: str, path: str, visit: Visiting, scenes: Visiting, axe: str
) -> None:
    visitor = await visit(scenes, path, size=(320, 640), color_scheme=scheme)
    page = await _ready(visitor)
    await page.evaluate(axe)
    for item in await page.locator("main summary").all():
        if await item.is_visible():
            await item.click()

    assert await page.evaluate(f"{RULES}.then({BRIEF})") == []
    assert await page.evaluate(TARGETS) == []
    await page.evaluate("document.documentElement.style.fontSize = '225%'")
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320


async def test_two_hunts_share_labels_and_the_one_that_is_followed_lies_open(
    visit: Visiting, scenes: Visiting
) -> None:
    """Once a hunt is begun, the other's questions fold; they can be unfolded."""
    visitor = await visit(scenes, BENCH)
    page = await _ready(visitor)
    opened = "[...document.querySelectorAll('details.hunt')].map((one) => one.open)"
    before = await page.evaluate(opened)

    await _ready(visitor, "/fr/visite/hunts/grands/")
    await _ready(visitor, BENCH)

    assert before == [True, True]
    assert await page.evaluate(opened) == [False, True]


async def test_a_hunt_starts_again_from_nothing(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, MILESTONE)
    page = await _ready(visitor)
    await _ready(visitor, HUNT)
    assert await page.locator(".steps .ec-found").count() == 1

    await page.get_by_text("Recommencer la chasse").press("Enter")

    assert await page.locator(".steps .ec-found").count() == 0
    assert "repart de zéro" in await page.evaluate("document.activeElement.textContent")
    assert (await page.evaluate(KEPT))["visite"] == {"questions": {}}


async def test_without_a_script_all_is_read(visit: Visiting, scenes: Visiting) -> None:
    """Question, hints and answer unfold; the code's form leads to the stop."""
    visitor = await visit(scenes, BENCH, java_script_enabled=False)
    page = visitor.page
    first = page.locator("#question-banc-1")

    assert await first.get_by_text("On s’assoit").first.is_visible()
    await first.locator(".answer summary").click()
    assert await first.get_by_text("Un banc sert à s’asseoir.").is_visible()
    code = await page.locator("#question-banc-3").get_attribute("data-code")
    await page.locator("#code-banc-3").fill(code)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/borne/")
    await page.goto(visitor.base + HUNT)
    assert await page.locator(".certificate").is_visible()


async def test_a_phone_that_keeps_nothing_plays_all_the_same(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, BENCH, scripts=(REFUSING,))
    page = await _ready(visitor)
    await page.locator("#number-banc-2").fill("4")
    await page.keyboard.press("Enter")
    said = await page.locator("#question-banc-2 .ec-said").inner_text()
    await _ready(visitor, HUNT)
    await page.get_by_text("Voir le diplôme sans attendre").click()

    assert said == "Oui, c’est ça\u202f!"
    assert await page.locator(".certificate").is_visible()


async def test_a_page_reads_on_where_the_words_of_a_part_do_not_come(
    visit: Visiting, scenes: Visiting
) -> None:
    visitor = await visit(scenes, YARD, expected=("ERR_FAILED",))
    asked: list[str] = []

    async def answer(route: Visiting) -> None:
        asked.append(route.request.url)
        await (route.continue_() if len(asked) == 1 else route.abort())

    await visitor.page.route("**/client/quiz-*.js", answer)
    await visitor.page.reload()
    await visitor.page.wait_for_load_state("networkidle")

    assert len(asked) == 2  # the part, then its words
    assert await visitor.page.locator(".quiz details").first.is_visible()
    assert not await visitor.page.locator(".ec-said").count()
