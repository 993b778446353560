"""Shapes that several plates draw. Pixels of the sheet, y growing downwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from atelier.sheet import Sheet

    Point = tuple[float, float]

TREE = (126, 152, 98)


def circle(centre: Point, radius: float) -> list[Point]:
    """Return sixty points of a circle."""
    turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    return [
        (centre[0] + radius * np.cos(t), centre[1] + radius * np.sin(t)) for t in turn
    ]


def box(left: float, top: float, right: float, foot: float) -> list[Point]:
    """Return the corners of an upright rectangle."""
    return [(left, top), (right, top), (right, foot), (left, foot)]


def tree(sheet: Sheet, x: float, foot: float, height: float) -> None:
    """Draw a tree of blots on a stem."""
    rng = sheet.rng
    sheet.line([(x, foot), (x + 3, foot - height * 0.5)], 7, hand=1)
    for _ in range(9):
        cx, cy = (
            x + rng.uniform(-0.26, 0.26) * height,
            foot - height * rng.uniform(0.5, 1.1),
        )
        r = height * rng.uniform(0.16, 0.26)
        turn = np.linspace(0, 2 * np.pi, 22, endpoint=False)
        rough = 1 + rng.normal(0, 0.12, 22)
        crown = [
            (cx + r * s * np.cos(t), cy + r * s * np.sin(t))
            for t, s in zip(turn, rough, strict=True)
        ]
        sheet.wash(crown, TREE, 0.42, edge=0.4, stray=2)
        sheet.line(
            [p for p, t in zip(crown, turn, strict=True) if t < np.pi], 1.3, hand=1.0
        )


def span(sheet: Sheet, start: float, stop: float, y: float, gap: float = 0) -> None:
    """Draw a dimension line in red, an arrow at each end, open in its middle by ``gap``."""
    middle = (start + stop) / 2
    for p, q in ((start, middle - gap / 2), (middle + gap / 2, stop)):
        sheet.line([(p, y), (q, y)], 1.7, "red", hand=0.5)
    for tip, way in ((start, 1), (stop, -1)):
        sheet.fill([(tip, y), (tip + way * 24, y - 6), (tip + way * 24, y + 6)], "red")
