"""Every page as it is read aloud, zoomed and tabbed through: what axe cannot weigh.

Pages are opened once each, in both languages, and their facts kept (``survey.js``).
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

if TYPE_CHECKING:
    from collections.abc import Iterator

    Facts = dict[str, Any]  # of one page, as survey.js gives them
    Survey = dict[str, Facts]

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name

HERE = Path(__file__).parent
STOPS = ("cour", "place", "coulee", "banc", "borne", "quai")
TOOLS = ("", "code/", "check/", "guide/", "offline/")
READY = {
    "cour/": ".ec-show-panorama",
    "place/": ".ec-sides",
    "coulee/": ".ec-versions",
    "borne/": ".ec-show-3d",
}
TARGET_PX = 44
"""WCAG 2.2, 2.5.5, and not only the 24 px of 2.5.8: people walk, and wear gloves."""


def _paths() -> Iterator[str]:
    yield "/"
    yield "/404.html"
    for language in ("fr", "en"):
        yield from (f"/{language}/{tool}" for tool in TOOLS)
        yield f"/{language}/visite/"
        yield from (f"/{language}/visite/{stop}/" for stop in STOPS)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def survey(browser: Visiting, serve: Visiting, scenes: Visiting) -> Survey:
    """Return the facts of each page of the small museum, on a narrow phone."""
    base = await serve(scenes)
    script = (HERE / "survey.js").read_text(encoding="utf-8")
    found = {}
    context = await browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = await context.new_page()
    for path in _paths():
        await page.goto(base + path)
        for end, ready in READY.items():
            if path.endswith(end):
                await page.locator(ready).wait_for()
        found[path] = await page.evaluate(script)
    await context.close()
    return found


def _of(survey: Survey, name: str) -> dict[str, Any]:
    return {path: facts[name] for path, facts in survey.items()}


async def test_every_page_tells_its_language(survey: Survey) -> None:
    """WCAG 3.1.1: a voice reads French words by French rules."""
    told = {
        path: language
        for path, language in _of(survey, "language").items()
        if path[1:3] in ("fr", "en")
    }

    assert told == {path: path[1:3] for path in told}


async def test_the_name_of_a_language_is_marked_in_it(survey: Survey) -> None:
    """WCAG 3.1.2: "English" on a French page is read by an English voice."""
    links = [pair for found in _of(survey, "languages").values() for pair in found]

    assert links
    assert [pair for pair in links if pair[0] != pair[1]] == []


async def test_every_title_is_the_only_one_of_its_language(survey: Survey) -> None:
    """WCAG 2.4.2: one finds a tab, or a page of yesterday, by its title alone."""
    titles = Counter((path[1:3], title) for path, title in _of(survey, "title").items())

    assert all(title.strip() for _language, title in titles)
    assert [which for which, count in titles.items() if count > 1] == []


async def test_a_title_begins_with_the_pages_own_heading(survey: Survey) -> None:
    """What differs comes first: a screen reader is often cut short after a word or two."""
    differing = {
        path: (facts["title"], facts["headings"][0][1])
        for path, facts in survey.items()
        if len(path) > len("/fr/") and path != "/404.html"
        if not _folded(facts["title"]).startswith(_folded(facts["headings"][0][1]))
    }

    assert differing == {}


async def test_every_page_has_one_first_heading(survey: Survey) -> None:
    first = {
        path: [level for level, _words in headings].count(1)
        for path, headings in _of(survey, "headings").items()
    }

    assert set(first.values()) == {1}


async def test_no_level_of_headings_is_skipped(survey: Survey) -> None:
    """WCAG 1.3.1, RGAA 9.1: those who walk by headings miss nothing in between."""
    skipped = {
        path: (above, below)
        for path, headings in _of(survey, "headings").items()
        for above, below in itertools.pairwise(headings)
        if below[0] > above[0] + 1
    }

    assert skipped == {}


async def test_no_heading_is_without_words(survey: Survey) -> None:
    headings = [
        words for found in _of(survey, "headings").values() for _, words in found
    ]

    assert all(headings)


async def test_every_page_has_its_three_landmarks_once(survey: Survey) -> None:
    """RGAA 12.6: the head, the content and the foot are reached as such."""
    assert set(map(tuple, _of(survey, "landmarks").values())) == {(1, 1, 1)}


async def test_navigations_have_names_that_differ(survey: Survey) -> None:
    for path, names in _of(survey, "navigations").items():
        assert all(names), path
        assert len(set(names)) == len(names), path


async def test_the_skip_link_is_the_first_stop_of_the_tab_key(survey: Survey) -> None:
    """WCAG 2.4.1."""
    assert set(_of(survey, "first").values()) == {"skip"}


async def test_tab_follows_the_reading_order(survey: Survey) -> None:
    """WCAG 2.4.3: no page has an order of its own, nor a key that takes one away."""
    assert [path for path, order in _of(survey, "order").items() if order] == []
    assert sum(_of(survey, "shortcuts").values()) == 0


async def test_zooming_is_never_forbidden(survey: Survey) -> None:
    """WCAG 1.4.4: two fingers make everything larger."""
    for content in _of(survey, "viewport").values():
        assert "width=device-width" in content
        assert "user-scalable" not in content
        assert "maximum-scale" not in content


async def test_no_page_goes_away_by_itself(survey: Survey) -> None:
    """WCAG 2.2.1: whoever reads slowly has the time."""
    assert sum(_of(survey, "refreshes").values()) == 0


async def test_nothing_plays_by_itself(survey: Survey) -> None:
    """WCAG 1.4.2 and 2.2.2: a sound would cover the screen reader's voice."""
    assert sum(_of(survey, "playing").values()) == 0


async def test_every_name_is_used_once(survey: Survey) -> None:
    """Labels and headings are tied by ids: a second one ties them to the wrong thing."""
    twice = {
        path: [name for name, count in Counter(ids).items() if count > 1]
        for path, ids in _of(survey, "ids").items()
    }

    assert [path for path, names in twice.items() if names] == []


async def test_links_of_the_same_words_lead_to_the_same_place(survey: Survey) -> None:
    """WCAG 2.4.9: links are often listed without the sentences around them."""
    for path, links in _of(survey, "links").items():
        places: dict[str, set[str]] = {}
        for text, place in links:
            assert text, (path, place)
            places.setdefault(text, set()).add(place.partition("#")[0])
        assert {t: p for t, p in places.items() if len(p) > 1} == {}, path


async def test_every_target_takes_a_finger(survey: Survey) -> None:
    """In a sentence a link is as high as its line, as WCAG has it."""
    small = {
        f"{path} {target['text'][:40]}": (target["width"], target["height"])
        for path, targets in _of(survey, "targets").items()
        for target in targets
        if min(target["width"], target["height"]) < TARGET_PX
    }

    assert small == {}


async def test_every_field_has_a_label(survey: Survey) -> None:
    fields = [field for found in _of(survey, "fields").values() for field in found]

    assert fields
    assert [name for name, label in fields if not label] == []


async def test_what_a_page_shows_is_told_in_words(survey: Survey) -> None:
    """A picture beside a link that names it is silent; any other has an alternative."""
    for path, pictures in _of(survey, "pictures").items():
        silent = [src for src, alt, is_beside in pictures if not alt and not is_beside]
        assert silent == [], path
        assert None not in [alt for _src, alt, _is_beside in pictures], path


async def test_every_drawing_has_a_name_or_is_silent(survey: Survey) -> None:
    """RGAA 1.1: plans and scales are drawn in SVG, which has no alt."""
    drawings = [one for found in _of(survey, "drawings").values() for one in found]

    assert [(role, name) for role, name in drawings if role != "img" or not name] == []


async def test_links_in_texts_are_underlined(survey: Survey) -> None:
    """WCAG 1.4.1: colour alone tells nothing to those who do not see it."""
    lines = [line for found in _of(survey, "inProse").values() for line in found]

    assert set(lines) <= {"underline"}


async def test_help_stands_in_the_same_place_on_every_page(survey: Survey) -> None:
    """WCAG 3.2.6: the foot's links keep their order; a page leaves out itself at most."""
    for language in ("fr", "en"):
        feet = [
            facts["footer"]
            for path, facts in survey.items()
            if path.startswith(f"/{language}/")
        ]
        whole = max(feet, key=len)
        assert len(whole) >= 2
        for foot in feet:
            assert foot == [text for text in whole if text in foot]
            assert foot


async def test_lines_are_far_enough_apart_to_be_followed(survey: Survey) -> None:
    """WCAG 1.4.8 and advice for dyslexic readers: a line and a half, never justified."""
    heights = [one for found in _of(survey, "lineHeights").values() for one in found]

    assert heights
    assert min(heights) >= 1.49
    assert sum(_of(survey, "justified").values()) == 0


async def test_no_words_are_smaller_than_fourteen_pixels(survey: Survey) -> None:
    small = {path: size for path, size in _of(survey, "smallest").items() if size < 14}

    assert small == {}


async def test_nothing_is_said_by_a_tooltip_alone(survey: Survey) -> None:
    """WCAG 1.4.13: there is no mouse over a phone."""
    assert {p: hints for p, hints in _of(survey, "hints").items() if hints} == {}


async def test_what_is_hidden_from_voices_takes_no_keys(survey: Survey) -> None:
    assert sum(_of(survey, "hiddenFocus").values()) == 0


async def test_no_page_interrupts_a_voice(survey: Survey) -> None:
    """Statuses wait for the end of a sentence (WCAG 4.1.3): none is an alert."""
    assert sum(_of(survey, "spoken").values()) == 0


async def test_every_table_has_a_title_and_headers(survey: Survey) -> None:
    """RGAA 5.4 and 5.6."""
    tables = [table for found in _of(survey, "rows").values() for table in found]

    assert all(has_caption and headers for has_caption, headers in tables)


def _folded(text: str) -> str:
    return json.dumps(" ".join(text.split()).casefold()).strip('"')
