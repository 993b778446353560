"""How the hammer's mass moves through ten seconds: up by steam, down by its weight."""

from __future__ import annotations

import math

STROKE_M = 5.0
"""le-creusot.fr/le-marteau-pilon: course du marteau."""
GRAVITY = 9.81

FRAMES_PER_S = 25
DURATION_S = 10.0
LIFT = (0.7, 4.6)
"""From when to when steam lifts it, seconds."""
DROP_S = 5.2
IMPACT_S = DROP_S + math.sqrt(2 * STROKE_M / GRAVITY)
"""It falls freely: the steam that lifted it is let out."""
NEXT_LIFT_S = 7.9
_REBOUND_M = 0.10


def height(t: float) -> float:
    """Return how high the mass hangs over the forging at a time, metres."""
    if t < DROP_S:
        return STROKE_M * _eased((t - LIFT[0]) / (LIFT[1] - LIFT[0]))
    if t < IMPACT_S:
        return max(0.0, STROKE_M - GRAVITY * (t - DROP_S) ** 2 / 2)
    if t < NEXT_LIFT_S:
        return _rebound(t - IMPACT_S)
    return STROKE_M * _eased((t - NEXT_LIFT_S) / (LIFT[1] - LIFT[0]))


def _rebound(since: float) -> float:
    """Return the little it springs back, once."""
    rise = math.sqrt(2 * GRAVITY * _REBOUND_M)
    return max(0.0, rise * since - GRAVITY * since * since / 2)


def flash(t: float) -> float:
    """Return how brightly the forging flares under the blow, from 0 to 1."""
    since = t - IMPACT_S
    return 0.0 if since < 0 else math.exp(-since / 0.16) + 0.22 * math.exp(-since / 0.9)


def shake(t: float) -> tuple[float, float]:
    """Return how far the ground's shock moves the picture, pixels."""
    since = t - IMPACT_S
    if since < 0:
        return 0.0, 0.0
    swing = math.exp(-since / 0.22)
    return 3.0 * swing * math.sin(52 * since), 6.0 * swing * math.cos(47 * since)


def fade(t: float) -> float:
    """Return the picture's brightness: it opens and closes softly."""
    return _eased(t / 0.5) * _eased((DURATION_S - t) / 0.7)


def _eased(t: float) -> float:
    t = min(max(t, 0.0), 1.0)
    return t * t * (3 - 2 * t)
