"""What is seen from a direction: for each pixel, which part, how far, facing where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from planche.machine import Machine


@dataclass(frozen=True)
class Look:
    """A parallel view. Angles in degrees, lengths in metres."""

    azimuth_deg: float  # 0 looks at the front; grows as the eye moves to its right
    elevation_deg: float
    low: tuple[float, float]  # the frame's left and bottom, in the view's plane
    high: tuple[float, float]
    pixels_per_metre: float

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width, pixels."""
        w, h = (
            round((b - a) * self.pixels_per_metre)
            for a, b in zip(self.low, self.high, strict=True)
        )
        return h, w

    @property
    def axes(self) -> np.ndarray:
        """Right, up and towards the eye, as rows, in the world."""
        return axes(self.azimuth_deg, self.elevation_deg)


@dataclass(frozen=True)
class Seen:
    """A view's pixels; where nothing is, ``part`` is -1.

    Attributes
    ----------
    part : (h, w) int16
    depth : (h, w) float32
        Metres towards the eye.
    normal, world : (h, w, 3) float32
    """

    part: np.ndarray
    depth: np.ndarray
    normal: np.ndarray
    world: np.ndarray


def axes(azimuth_deg: float, elevation_deg: float) -> np.ndarray:
    """Return right, up and towards the eye, as rows, in the world."""
    a, e = np.radians((azimuth_deg, elevation_deg))
    eye = np.array((np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)))
    right = np.array((np.cos(a), 0.0, -np.sin(a)))
    return np.stack([right, np.cross(eye, right), eye])


def seen(machine: Machine, look: Look) -> Seen:
    """Return what a look sees of the machine."""
    nearest, triangle, weights = _rasterised(machine.corners @ look.axes.T, look)
    there = triangle >= 0
    hit, weight = triangle[there], weights[there]
    facing = np.einsum("nc,ncd->nd", weight, machine.normals[hit])
    facing /= np.maximum(np.linalg.norm(facing, axis=-1, keepdims=True), 1e-6)
    facing[facing @ look.axes[2].astype(np.float32) < 0] *= -1
    part = np.full(there.shape, -1, np.int16)
    normal, world = np.zeros_like(weights), np.zeros_like(weights)
    part[there] = machine.parts[hit]
    normal[there] = facing
    world[there] = np.einsum("nc,ncd->nd", weight, machine.corners[hit])
    return Seen(part, nearest, normal, world)


def nearest_only(machine: Machine, look: Look) -> np.ndarray:
    """Return the depth of what a look sees, -inf where it sees nothing."""
    return _rasterised(machine.corners @ look.axes.T, look)[0]


def _rasterised(
    corners: np.ndarray, look: Look
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return depth, triangle and barycentric weights of the nearest surface."""
    h, w = look.shape
    nearest = np.full((h, w), -np.inf, np.float32)
    triangle = np.full((h, w), -1, np.int32)
    weights = np.zeros((h, w, 3), np.float32)
    flat = np.stack(
        [
            (corners[..., 0] - look.low[0]) * look.pixels_per_metre - 0.5,
            (look.high[1] - corners[..., 1]) * look.pixels_per_metre - 0.5,
        ],
        axis=-1,
    )
    low = np.maximum(np.ceil(flat.min(axis=1)).astype(int), 0)
    high = np.minimum(np.floor(flat.max(axis=1)).astype(int), (w - 1, h - 1))
    a, b, c = flat[:, 0], flat[:, 1], flat[:, 2]
    area = _cross(b - a, c - a)
    for i in np.flatnonzero(np.all(high >= low, axis=1) & (np.abs(area) > 1e-9)):
        rows = slice(low[i, 1], high[i, 1] + 1)
        columns = slice(low[i, 0], high[i, 0] + 1)
        y, x = np.mgrid[rows, columns]
        p = np.stack([x, y], axis=-1)
        wb = _cross(p - a[i], c[i] - a[i]) / area[i]
        wc = _cross(b[i] - a[i], p - a[i]) / area[i]
        inside = (wb >= 0) & (wc >= 0) & (wb + wc <= 1)
        if not inside.any():
            continue
        weight = np.stack([1 - wb - wc, wb, wc], axis=-1)
        depth = weight @ corners[i, :, 2]
        wins = inside & (depth > nearest[rows, columns])
        nearest[rows, columns][wins] = depth[wins]
        triangle[rows, columns][wins] = i
        weights[rows, columns][wins] = weight[wins]
    return nearest, triangle, weights


def _cross(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
