"""The engraver's lines: contours, then hatching that thickens where it is darker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

from planche.view import Look, axes, nearest_only, seen

if TYPE_CHECKING:
    from planche.machine import Machine
    from planche.view import Seen

LIGHT = (
    -38.0,
    42.0,
)  # azimuth, elevation, degrees: from the upper left, as is the rule
GAP = 7.5  # between the lines of one hatching, finished pixels


def engraved(
    machine: Machine, look: Look, oversampling: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ink of a view and what it hides, (h, w) bool.

    ``look`` counts ``oversampling`` pixels to a finished one.
    """
    view = seen(machine, look)
    there = view.part >= 0
    dark = np.where(there, _darkness(machine, view), 0)
    stray = 0.16 * _cloud(dark.shape, 90 * oversampling, rng)
    gap = GAP * oversampling

    ink = _lines(_along(view, look, gap) + stray, _share(dark, 0.11, 0.92, 0.68))
    y, x = np.mgrid[0 : dark.shape[0], 0 : dark.shape[1]].astype(np.float32)
    ink |= _lines((x + y) / (1.4 * gap) + stray, _share(dark, 0.47, 0.95, 0.40))
    ink |= _lines((x - 0.8 * y) / (1.4 * gap) - stray, _share(dark, 0.74, 1.05, 0.34))
    contours = _contours(view, oversampling)
    return (ink & there) | contours, there | contours


def _darkness(machine: Machine, view: Seen) -> np.ndarray:
    """Return 0 in full light to 1 in the deepest shade."""
    light = axes(*LIGHT)[2].astype(np.float32)
    lit = np.clip(view.normal @ light, 0, 1)
    shaded = _in_shadow(machine, view)
    lit = lit * (1 - 0.8 * shaded)
    sky = 0.5 + 0.5 * view.normal[..., 1]
    brightness = 0.22 + 0.16 * sky + 0.86 * lit
    return np.clip(1.0 - brightness + 0.45 * _hollow(view), 0, 1)


def _in_shadow(machine: Machine, view: Seen) -> np.ndarray:
    """Return 1 where something stands between a pixel and the light, softly."""
    look = Look(*LIGHT, (-16.0, -12.0), (16.0, 24.0), 55.0)
    depth = nearest_only(machine, look)
    position = (view.world + view.normal * 0.06) @ look.axes.T.astype(np.float32)
    h, w = look.shape
    x = ((position[..., 0] - look.low[0]) * look.pixels_per_metre).astype(int)
    y = ((look.high[1] - position[..., 1]) * look.pixels_per_metre).astype(int)
    found = depth[np.clip(y, 0, h - 1), np.clip(x, 0, w - 1)]
    return _blurred((found > position[..., 2] + 0.10).astype(np.float32), 2.5)


def _hollow(view: Seen) -> np.ndarray:
    """Return how much deeper a pixel lies than what surrounds it, 0 to 1."""
    there = view.part >= 0
    floor = np.min(view.depth[there])
    depth = np.where(there, view.depth, floor)
    weight = np.maximum(_blurred(there.astype(np.float32), 22), 1e-3)
    around = _blurred(np.where(there, depth, 0), 22) / weight
    return np.clip((around - depth) / 0.9, 0, 1)


def _along(view: Seen, look: Look, gap: float) -> np.ndarray:
    """Return the phase of lines that follow each face: level on walls, across on floors."""
    scale = look.pixels_per_metre / gap
    level = view.world[..., 1] * scale * np.cos(np.radians(look.elevation_deg))
    steep = np.abs(view.normal[..., 1])
    right = view.world @ look.axes[0].astype(np.float32)
    slanted = (right + 0.35 * view.world[..., 1]) * scale
    return np.where(steep > 0.72, slanted, level)


def _share(dark: np.ndarray, start: float, stop: float, most: float) -> np.ndarray:
    """Return the part of its gap that a line covers, for each pixel."""
    return np.clip((dark - start) / (stop - start), 0, 1) * most


def _lines(phase: np.ndarray, share: np.ndarray) -> np.ndarray:
    return (np.abs((phase % 1.0) - 0.5) < share / 2) & (share > 0.06)


def _contours(view: Seen, oversampling: int) -> np.ndarray:
    """Return outlines: heavy against the void, fine where faces or parts meet."""
    heavy = np.zeros(view.part.shape, bool)
    fine = np.zeros(view.part.shape, bool)
    depth = np.where(view.part >= 0, view.depth, 0)
    for axis in (0, 1):
        one = tuple(slice(0, -1) if k == axis else slice(None) for k in (0, 1))
        two = tuple(slice(1, None) if k == axis else slice(None) for k in (0, 1))
        outside = (view.part[one] >= 0) != (view.part[two] >= 0)
        step = np.abs(depth[one] - depth[two])
        bend = np.sum(view.normal[one] * view.normal[two], axis=-1)
        both = (view.part[one] >= 0) & (view.part[two] >= 0)
        heavy[one] |= outside | (both & (step > 0.9))
        fine[one] |= both & ((step > 0.09) | (bend < 0.72))
    return _thick(heavy, 2 * oversampling + 1) | _thick(
        fine, 2 * (oversampling // 2) + 1
    )


def _thick(mask: np.ndarray, size: int) -> np.ndarray:
    image = Image.fromarray(mask.astype(np.uint8) * 255)
    return np.asarray(image.filter(ImageFilter.MaxFilter(size))) > 0


def _blurred(values: np.ndarray, radius: float) -> np.ndarray:
    """Blur by three passes of a box, close to a Gaussian of that radius."""
    r = max(round(radius), 1)
    for axis in (0, 1, 0, 1, 0, 1):
        padded = np.concatenate(
            [
                np.repeat(values.take([0], axis), r + 1, axis),
                values,
                np.repeat(values.take([-1], axis), r, axis),
            ],
            axis,
        )
        total = np.cumsum(padded, axis, dtype=np.float64)
        n = values.shape[axis]
        ends = total.take(np.arange(2 * r + 1, 2 * r + 1 + n), axis)
        starts = total.take(np.arange(n), axis)
        values = ((ends - starts) / (2 * r + 1)).astype(np.float32)
    return values


def _cloud(shape: tuple[int, int], grain: int, rng: np.random.Generator) -> np.ndarray:
    small = rng.normal(0, 0.6, (shape[0] // grain + 2, shape[1] // grain + 2))
    big = Image.fromarray(small.astype(np.float32)).resize(
        shape[::-1], Image.Resampling.BICUBIC
    )
    return np.asarray(big)
