"""A barge seen from its side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier import palette
from atelier.shapes import box

from canal import figures as f

if TYPE_CHECKING:
    from atelier.sheet import Sheet


def barge(
    sheet: Sheet, waterline: tuple[float, float], length: float, way: int = 1
) -> None:
    """Draw a barge whose middle floats at a point, its bow to the right (1) or left (-1)."""
    x, y = waterline
    u = length / 20
    v = u * way
    hull = [(x - 10 * v, y - 2.2 * u), (x + 10 * v, y - 2.6 * u), (x + 9.2 * v, y + u),
            (x - 9.4 * v, y + u)]  # fmt: skip
    cabin = box(x - 8.6 * v, y - 4.3 * u, x - 4.6 * v, y - 2.2 * u)
    for shape, color in ((cabin, palette.PALE_STONE), (hull, f.HULL)):
        sheet.erase(shape)
        sheet.wash(shape, color, 0.75, edge=0.4, stray=0.5)
        sheet.line(shape, 2.0, closed=True, hand=0.3)
    sheet.fill(box(x - 7.4 * v, y - 3.7 * u, x - 6.2 * v, y - 2.8 * u))
    load = [(x - 3.6 * v, y - 2.3 * u), (x - 2 * v, y - 3.6 * u), (x + 3 * v, y - 3.9 * u),
            (x + 6.6 * v, y - 2.5 * u)]  # fmt: skip
    sheet.wash(load, (92, 88, 84), 0.85, edge=0.4, stray=0.6)
    sheet.line(load, 1.8, hand=0.6)
    sheet.hatch(load, 48, 4.5, 1.1)
