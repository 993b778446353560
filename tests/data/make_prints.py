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
        x, y = random.integers(0, 900), random.integers(0, 700)
        w, h = random.integers(6, 130, 2)
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


def strip() -> Image.Image:
    """Return a picture twenty times as long as it is wide."""
    return plan().resize((800, 40))


PRINTS: dict[str, Callable[[], Image.Image]] = {"plan": plan, "strip": strip}
