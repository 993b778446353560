"""What the lock stands on: piles, and soil that thins out with depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier import palette

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.sheet import Sheet

    Point = tuple[float, float]


def piles(
    sheet: Sheet, place: Callable[[float, float], Point], xs: np.ndarray, top: float
) -> None:
    """Drive piles at places along a line, under a depth."""
    rng = sheet.rng
    for x in xs:
        bottom = top + rng.uniform(1.1, 1.75)
        lean = rng.normal(0, 0.05)
        w = rng.uniform(0.1, 0.15)
        pile = [place(x - w, top), place(x + w, top), place(x + lean + w * 0.9, bottom - 0.25),
                place(x + lean, bottom), place(x + lean - w * 0.9, bottom - 0.25)]  # fmt: skip
        sheet.wash(pile, palette.TIMBER, 0.75)
        sheet.line(pile, 1.7, closed=True)
        sheet.line([place(x + 0.02, top + 0.1), place(x + lean, bottom - 0.4)], 1.0)
    sheet.line([place(xs[0] - 0.4, top + 0.16), place(xs[-1] + 0.4, top + 0.16)], 2.0)


def soil(
    sheet: Sheet, line: list[Point], place: Callable[[float, float], Point]
) -> None:
    """Draw the ground under a line: pebbles, tufts and strokes, thinner with depth."""
    rng = sheet.rng
    (x0, z0), (x1, z1) = line
    ground = [place(x0, z0), place(x1, z1), place(x1, z1 + 1.5), place(x0, z0 + 1.3)]
    sheet.wash(ground, palette.EARTH, 0.5, edge=0.2, stray=7)
    sheet.line([place(x0, z0), place(x1, z1)], 2.2, hand=1.6)
    for _ in range(int(abs(x1 - x0) * 18)):
        x = rng.uniform(x0, x1)
        depth = rng.exponential(0.4) + 0.08
        if depth > 1.3:
            continue
        z = z0 + (z1 - z0) * (x - x0) / (x1 - x0) + depth
        p = place(x, z)
        if rng.random() < 0.3:
            turn = np.linspace(0, 2 * np.pi, 7)
            r = rng.uniform(2.5, 7)
            sheet.line(
                [(p[0] + r * np.cos(t), p[1] + 0.7 * r * np.sin(t)) for t in turn], 1.2
            )
        else:
            sheet.line(
                [p, (p[0] + rng.uniform(5, 15), p[1] + rng.uniform(-7, -3))], 1.1
            )
