"""Scale that flies off the red-hot iron under the blow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frappe import motion

Array = NDArray[np.float64]

_COUNT = 640
_DRAG = 0.9
"""Part of the speed lost each second."""


@dataclass(frozen=True, slots=True)
class View:
    """A camera without distortion, in metres and pixels."""

    eye: Array
    target: Array
    focal_px: float
    size_px: tuple[int, int]

    def seen(self, points: Array) -> tuple[Array, Array]:
        """Return where (n, 3) points fall, (n, 2) pixels, and their depth, metres."""
        back = self.eye - self.target
        back = back / np.linalg.norm(back)
        across = np.cross([0.0, 1.0, 0.0], back)
        across /= np.linalg.norm(across)
        up = np.cross(back, across)
        local = points - self.eye
        depth = np.maximum(-(local @ back), 1e-3)
        x = self.size_px[0] / 2 + self.focal_px * (local @ across) / depth
        y = self.size_px[1] / 2 - self.focal_px * (local @ up) / depth
        return np.stack([x, y], 1), depth


def drawn(light: NDArray[np.float32], view: View, source: Array, t: float) -> None:
    """Add the sparks of a time to a picture, (h, w, 3) linear light, in place."""
    since = t - motion.IMPACT_S
    if since < 0:
        return
    start, speed, life = _launched(source)
    lives = since < life
    glow = np.clip(1 - since / life, 0, 1)
    for part in np.linspace(-0.5, 0.5, 26) / motion.FRAMES_PER_S:
        at = _places(start, speed, max(0.0, since + part))
        pixels, depth = view.seen(at)
        power = np.where(lives, 16.0 * glow**1.5 / depth**1.2, 0.0)
        color = np.stack([power, power * (0.25 + 0.5 * glow), power * 0.5 * glow**2], 1)
        _splat(light, pixels, color)


def _launched(source: Array) -> tuple[Array, Array, Array]:
    random = np.random.default_rng(1877)
    angle = random.uniform(0, 2 * np.pi, _COUNT)
    speed = random.gamma(2.2, 2.6, _COUNT) + 1.0
    rise = random.normal(0.12, 0.22, _COUNT)
    way = np.stack([np.cos(angle), rise, np.sin(angle)], 1)
    start = source + way * [0.5, 0.2, 0.5]
    return start, way * speed[:, None], random.uniform(0.35, 1.5, _COUNT)


def _places(start: Array, speed: Array, since: float) -> Array:
    """Return where sparks are, slowed by air, and bouncing once off the floor."""
    gone = (1 - np.exp(-_DRAG * since)) / _DRAG
    at = start + speed * gone
    at[:, 1] -= motion.GRAVITY * since * since / 2
    under = at[:, 1] < 0.05
    at[under, 1] = np.minimum(0.05 - 0.25 * (at[under, 1] - 0.05), 0.6)
    return at


def _splat(light: NDArray[np.float32], pixels: Array, color: Array) -> None:
    """Add colours to the four pixels round each place."""
    height, width = light.shape[:2]
    base = np.floor(pixels - 0.5).astype(int)
    part = pixels - 0.5 - base
    for dx in (0, 1):
        for dy in (0, 1):
            x, y = base[:, 0] + dx, base[:, 1] + dy
            weight = np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1])
            inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
            np.add.at(light, (y[inside], x[inside]), (color * weight[:, None])[inside])
