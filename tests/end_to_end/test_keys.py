"""Every kind of scene by keys alone, and what a screen reader says of it once it is open.

Both are recorded: a button that loses its name, or a stop of the Tab key that appears or
goes, is seen as a changed file. Record anew, after reading what changed, with
``ECOMUSEE_RECORD=1 pytest tests/end_to_end/test_keys.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Recorded = Callable[[Path, str], None]

pytestmark = pytest.mark.asyncio(loop_scope="session")
Visiting = Any  # conftest's functions: importlib mode gives their types no name

GOLDEN = Path(__file__).parent / "golden"
MOST_PRESSES = 60
TOUR = "/fr/visite/"


@dataclass(frozen=True)
class Walk:
    """A page, and the keys pressed besides Tab where something is reached."""

    path: str
    opens: str = ""
    """What Enter opens, as a class of its button."""
    shown: str = ""
    """What the scene tells once it is open."""
    leaves: str = ""
    """What Escape closes again, reached after that."""


WALKS = {
    "home": Walk("/fr/"),
    "tour": Walk(TOUR),
    "code": Walk("/fr/code/"),
    "model": Walk(f"{TOUR}borne/", "ec-show-3d", "refined", "ec-close"),
    "panorama": Walk(f"{TOUR}cour/", "ec-show-panorama", "shown", "ec-close"),
    "compare": Walk(f"{TOUR}place/"),
    "video": Walk(f"{TOUR}coulee/"),
    "words": Walk(f"{TOUR}banc/"),
    "withdrawn": Walk(f"{TOUR}quai/"),
}
SCENES = ("model", "panorama", "compare", "video")
READY = {
    "model": ".ec-show-3d",
    "panorama": ".ec-show-panorama",
    "compare": ".ec-slider",
    "video": ".ec-versions",
    "tour": "[data-progress]",
}


@pytest.mark.parametrize("kind", WALKS)
async def test_keys_walk_the_page_as_recorded(
    visit: Visiting, scenes: Visiting, kind: str, as_recorded: Recorded
) -> None:
    """From its top, by Tab; Enter opens the scene, Escape closes it, Tab goes on."""
    walk = WALKS[kind]
    visitor = await visit(scenes, walk.path)
    await visitor.page.locator(READY.get(kind, "h1")).first.wait_for()
    if await visitor.page.locator("[data-take]").count():
        await visitor.page.locator("[data-take] button").first.wait_for()

    steps = await _walked(visitor, walk)

    as_recorded(GOLDEN / f"keys/{kind}.txt", _stable(steps, scenes))


@pytest.mark.parametrize("kind", SCENES)
async def test_an_open_scene_is_read_out_as_recorded(
    visit: Visiting, scenes: Visiting, kind: str, as_recorded: Recorded
) -> None:
    """The tree that browsers give screen readers, of the scene alone."""
    walk = WALKS[kind]
    visitor = await visit(scenes, walk.path)
    await visitor.page.locator(READY[kind]).first.wait_for()
    if walk.opens:
        await visitor.page.click(f".{walk.opens}")
        await visitor.told(walk.shown)
    if kind == "panorama":
        await visitor.page.locator(".ec-spot").first.press("Enter")

    tree = await visitor.page.locator("#scene").aria_snapshot()

    as_recorded(GOLDEN / f"names/{kind}.yaml", _stable(f"{tree}\n", scenes))


async def _walked(visitor: Visiting, walk: Walk) -> str:
    """Return a line for each key: what it reaches, by its role and its name."""
    reader = await visitor.context.new_cdp_session(visitor.page)
    await reader.send("Accessibility.enable")
    keyboard = visitor.page.keyboard
    opens, leaves = walk.opens, walk.leaves
    lines = []
    for _ in range(MOST_PRESSES):
        await keyboard.press("Tab")
        if await visitor.page.evaluate("document.activeElement === document.body"):
            return "".join(f"{line}\n" for line in lines)
        lines.append(f"Tab: {await _focused(reader)}")
        classes = await visitor.page.evaluate("document.activeElement.className")
        if opens and opens in classes.split():
            await keyboard.press("Enter")
            await visitor.told(walk.shown)
            lines.append(f"Enter: {await _focused(reader)}")
            opens = ""
        elif leaves and leaves in classes.split():
            await keyboard.press("Escape")
            await visitor.told("closed")
            lines.append(f"Escape: {await _focused(reader)}")
            leaves = ""
    pytest.fail("Tab never leaves the page:\n" + "\n".join(lines))


async def _focused(reader: Visiting) -> str:
    """Return the role and the name of what has the focus, as screen readers have them."""
    found = await reader.send(
        "Runtime.evaluate", {"expression": "document.activeElement"}
    )
    tree = await reader.send(
        "Accessibility.getPartialAXTree",
        {"objectId": found["result"]["objectId"], "fetchRelatives": False},
    )
    node = tree["nodes"][0]
    name = " ".join(node.get("name", {}).get("value", "").split())
    return f"{node['role']['value']} « {name} »"


def _stable(found: str, museum: Visiting) -> str:
    """Return it without this run's codes, and what another encoder would change."""
    codes = "|".join(target.code for target in museum.release.codes)
    found = re.sub(rf"\b({codes})\b", "CODE", found)
    found = re.sub(r"/media/[0-9a-f]{64}", "/media/…", found)
    found = re.sub(r"(button « [^»]*?)\s·\s\d+(?:,\d)?\s[kM]?o »", r"\1 »", found)
    return re.sub(r"\(\d+(?:,\d)?\s[kM]?o\)", "(… ko)", found)
