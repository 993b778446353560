"""Prints drawn for tests, each of one character; the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Callable


def plan(seed: int = 1) -> Image.Image:
    """Return a plan rich in detail: strokes and outlines of many sizes and greys."""
    random = np.random.default_rng(seed)
    picture = Image.new("L", (900, 700), 235)
    drawing = ImageDraw.Draw(picture)
    for _ in range(260):
        x, y = int(random.integers(0, 900)), int(random.integers(0, 700))
        w, h = (int(n) for n in random.integers(6, 130, 2))
        grey = int(random.integers(0, 200))
        box = (x, y, x + w, y + h)
        kind = random.integers(4)
        if kind == 0:
            drawing.rectangle(box, outline=grey, width=int(random.integers(2, 6)))
        elif kind == 1:
            drawing.ellipse(box, fill=grey)
        else:
            drawing.line(box, fill=grey, width=int(random.integers(2, 7)))
    return picture


def plan_mended() -> Image.Image:
    """Return the same plan but for one small corner."""
    picture = plan()
    picture.paste(plan(9).resize((120, 90)), (60, 50))
    return picture


def pale() -> Image.Image:
    """Return a poster of one soft glow: nothing in it has an edge."""
    y, x = np.mgrid[:700, :900]
    glow = 200 + 30 * np.exp(-((x - 450) ** 2 + (y - 350) ** 2) / 250**2)
    return Image.fromarray(glow.astype(np.uint8))


def tiles() -> Image.Image:
    """Return a wall of tiles, each like the next."""
    tile = plan(3).resize((90, 70))
    picture = Image.new("L", (900, 700))
    for x in range(0, 900, 90):
        for y in range(0, 700, 70):
            picture.paste(tile, (x, y))
    return picture


def letters() -> Image.Image:
    """Return a panel of small text and nothing else."""
    picture = Image.new("L", (700, 900), 240)
    drawing = ImageDraw.Draw(picture)
    words = ["mine", "forge", "houille", "canal", "verre", "acier", "ouvrier", "puits"]
    random = np.random.default_rng(5)
    for row in range(46):
        line = " ".join(words[i] for i in random.integers(0, len(words), 14))
        drawing.text((40, 30 + row * 18), line[:100], fill=40)
    return picture


def emblem() -> Image.Image:
    """Return a large blank sheet with a small emblem in one corner."""
    picture = Image.new("L", (900, 700), 235)
    picture.paste(plan(4).resize((170, 130)), (40, 40))
    return picture


def strip() -> Image.Image:
    """Return a picture twenty times as long as it is wide."""
    return plan().resize((800, 40))


PRINTS: dict[str, Callable[[], Image.Image]] = {
    "emblem": emblem,
    "letters": letters,
    "pale": pale,
    "plan": plan,
    "plan_mended": plan_mended,
    "strip": strip,
    "tiles": tiles,
}
