"""What the engine and its tender are drawn from: rounds, plates, wheels, rivets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from atelier.sheet import Sheet

    Point = tuple[float, float]

PIXELS_PER_METRE = 76.0
LEFT, RAIL = 170.0, 910.0  # front buffers and rails on the sheet, pixels
STEEL = (112, 124, 122)
PAINT = (96, 112, 104)
BRASS = (196, 158, 92)
COAL = (92, 88, 84)
LINE_GAP = 4.6
HIGHLIGHT, SHADE = 0.42, 1.9


def at(x: float, y: float) -> Point:
    """Return where a point of the engine falls, metres to pixels."""
    return (LEFT + PIXELS_PER_METRE * x, RAIL - PIXELS_PER_METRE * y)


def placed(points: list[Point]) -> list[Point]:
    """Return where the points of a shape fall."""
    return [at(*point) for point in points]


def plate(
    sheet: Sheet,
    points: list[Point],
    color: tuple[int, int, int],
    strength: float = 0.6,
) -> None:
    """Draw a flat sheet of metal over whatever stands behind it."""
    shape = placed(points)
    sheet.erase(shape)
    sheet.wash(shape, color, strength, edge=0.4)
    sheet.line(shape, 2.6, closed=True, hand=0.4)


def barrel(
    sheet: Sheet,
    ends: tuple[float, float],
    middle: float,
    radii: tuple[float, float],
    color: tuple[int, int, int] = PAINT,
) -> None:
    """Draw a lying round body: lines along it, thicker where the light leaves it."""
    (x0, x1), (r0, r1) = ends, radii
    shape = [(x0, middle - r0), (x1, middle - r1), (x1, middle + r1), (x0, middle + r0)]
    plate(sheet, shape, color, 0.5)
    count = int(2 * max(radii) * PIXELS_PER_METRE / LINE_GAP)
    for k in range(1, count):
        part = 2 * k / count - 1
        width = _shadow(part)
        if width > 0.5:
            line = placed([(x0, middle + part * r0), (x1, middle + part * r1)])
            sheet.line(line, width, hand=0.25)


def upright(
    sheet: Sheet,
    middle: float,
    heights: tuple[float, float],
    radii: tuple[float, float],
) -> None:
    """Draw a standing round body, a chimney or a dome, in the same manner."""
    (y0, y1), (r0, r1) = heights, radii
    shape = [(middle - r0, y0), (middle + r0, y0), (middle + r1, y1), (middle - r1, y1)]
    plate(sheet, shape, PAINT, 0.5)
    count = int(2 * max(radii) * PIXELS_PER_METRE / LINE_GAP)
    for k in range(1, count):
        part = 1 - 2 * k / count
        width = _shadow(part)
        if width > 0.5:
            line = placed([(middle - part * r0, y0), (middle - part * r1, y1)])
            sheet.line(line, width, hand=0.25)


def _shadow(part: float) -> float:
    """Return the width of a line on a round body, -1 at its foot and 1 at its top."""
    away = abs(part - HIGHLIGHT) / (1 + HIGHLIGHT)
    return 0.4 + 4.6 * away**SHADE + (0.8 if part > 0.93 else 0.0)


def ring(centre: Point, radius: float, count: int = 72) -> list[Point]:
    """Return the points of a circle, metres in, pixels out."""
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    x, y = centre
    return placed([(x + radius * np.cos(t), y + radius * np.sin(t)) for t in turn])


def wheel(
    sheet: Sheet, x: float, diameter: float, *, spokes: int, crank_deg: float | None
) -> None:
    """Draw a wheel on the rails; one that is driven has a crank and its weight."""
    r = diameter / 2
    centre = (x, r)
    disc = ring(centre, r + 0.03)
    sheet.erase(disc)
    sheet.wash(disc, STEEL, 0.28, edge=0.5)
    for radius, width in ((r + 0.03, 3.2), (r - 0.02, 1.2), (r - 0.09, 2.4)):
        sheet.line(ring(centre, radius), width, closed=True, hand=0.3)
    hub = 0.24 if crank_deg is not None else 0.14
    for k in range(spokes):
        t = 2 * np.pi * (k + 0.5) / spokes
        for side in (-1, 1):
            foot = t + side * 0.05 / hub
            tip = t + side * 0.032 / r
            ends = [
                (x + hub * np.cos(foot), r + hub * np.sin(foot)),
                (x + (r - 0.09) * np.cos(tip), r + (r - 0.09) * np.sin(tip)),
            ]
            sheet.line(placed(ends), 1.5, hand=0.2)
    if crank_deg is not None:
        _weight(sheet, centre, r - 0.1, crank_deg + 180)
    for radius, width in ((hub, 2.4), (hub * 0.5, 1.8)):
        sheet.line(ring(centre, radius, 30), width, closed=True, hand=0.2)


def _weight(sheet: Sheet, centre: Point, r: float, towards_deg: float) -> None:
    """Draw the counterweight, a crescent across from the crank."""
    middle = np.radians(towards_deg)
    turn = np.linspace(middle - 0.62, middle + 0.62, 24)
    outer = [(centre[0] + r * np.cos(t), centre[1] + r * np.sin(t)) for t in turn]
    bent = 0.66 * r
    inner = [(centre[0] + bent * np.cos(t), centre[1] + bent * np.sin(t)) for t in turn]
    shape = placed([*outer, *reversed(inner)])
    sheet.erase(shape)
    sheet.wash(shape, STEEL, 0.6)
    sheet.hatch(shape, 40, 4.6, 1.5)
    sheet.line(shape, 2.0, closed=True, hand=0.2)


def rod(sheet: Sheet, start: Point, stop: Point, breadth: float) -> None:
    """Draw a rod with its two eyes."""
    p, q = np.array(start), np.array(stop)
    along = (q - p) / np.hypot(*(q - p))
    across = np.array((-along[1], along[0])) * breadth / 2
    shape = placed([tuple(c) for c in (p + across, q + across, q - across, p - across)])
    sheet.erase(shape)
    sheet.wash(shape, STEEL, 0.25)
    sheet.line(shape, 2.0, closed=True, hand=0.2)
    for end in (start, stop):
        eye = ring(end, breadth * 0.95, 26)
        sheet.erase(eye)
        sheet.line(eye, 2.2, closed=True, hand=0.2)
        sheet.line(ring(end, breadth * 0.42, 18), 1.6, closed=True, hand=0.1)


def rivets(sheet: Sheet, start: Point, stop: Point, gap: float = 0.14) -> None:
    """Draw a row of rivets."""
    p, q = np.array(at(*start)), np.array(at(*stop))
    count = max(int(np.hypot(*(q - p)) / (gap * PIXELS_PER_METRE)), 1)
    for k in range(count + 1):
        x, y = p + (q - p) * k / count
        sheet.line([(x, y), (x + 0.8, y + 0.5)], 2.2, hand=0)
