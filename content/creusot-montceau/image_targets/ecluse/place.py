"""Where things are on the plan: metres to pixels, and the water's edge."""

from __future__ import annotations

from ecluse import figures as f

ORIGIN = (300.0, 700.0)
LEFT, RIGHT = -5.1, 50.1  # where the drawing stops, metres


def at(x: float, y: float) -> tuple[float, float]:
    """Return the pixel of a point of the plan, metres."""
    return (ORIGIN[0] + f.PIXELS_PER_METRE * x, ORIGIN[1] + f.PIXELS_PER_METRE * y)


def side(sign: int) -> list[tuple[float, float]]:
    """Return one face of the lock, from upstream to downstream, metres."""
    w, deep = f.HALF_WIDTH, f.HALF_WIDTH + f.RECESS
    a, b = f.UPPER_RECESS
    c, d = f.LOWER_RECESS
    flare = [(0.0, 4.5), (0.25, 3.5), (0.8, 2.9), (1.7, w)]
    outlet = [(f.LENGTH - 1.9, w), (f.LENGTH - 0.9, 2.95), (f.LENGTH, 4.2)]
    face = [
        *flare, (a, w), (a + 0.12, deep), (b - 0.15, deep), (b, w),
        (c, w), (c + 0.12, deep), (d - 0.15, deep), (d, w), *outlet,
    ]  # fmt: skip
    return [(x, sign * y) for x, y in face]


def bank(sign: int) -> list[tuple[float, float]]:
    """Return the water's edge along both reaches and the lock."""
    before = [(LEFT, 6.1), (-3.4, 5.7), (-1.5, 5.0)]
    after = [(f.LENGTH + 1.4, 5.1), (f.LENGTH + 3, 5.6), (RIGHT, 6.3)]
    return [
        *((x, sign * y) for x, y in before),
        *side(sign),
        *((x, sign * y) for x, y in after),
    ]
