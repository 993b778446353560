"""Hewn rock and coal: the galleries' walls, and what fell from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galerie import figures as f

Array = NDArray[np.float64]

_POWER = 4.5
"""Of the galleries' section: 2 is an ellipse, more is squarer."""


@dataclass(frozen=True, slots=True)
class Walls:
    """A gallery's skin."""

    positions: Array
    """(n, 3) metres."""
    triangles: NDArray[np.int64]
    coal: Array
    """(n,) 1 in the seam, 0 in the rock."""
    dust: Array
    """(n,) how much fine coal lies there."""


def noise(points: Array, seed: int) -> Array:
    """Return smooth noise, about from -1 to 1, at (..., 3) points a unit apart."""
    cell = np.floor(points).astype(np.int64)
    part = points - cell
    part = part * part * (3 - 2 * part)
    total = np.zeros(points.shape[:-1])
    for corner in np.ndindex(2, 2, 2):
        offset = np.array(corner)
        weight = np.where(offset == 1, part, 1 - part).prod(-1)
        total += weight * _hashed(cell + offset, seed)
    return total


def layered(points: Array, seed: int, octaves: int) -> Array:
    """Return noise of several sizes, each half the one before."""
    return sum(
        noise(points * 2.03**k + 17.0 * k, seed + k) / 2**k for k in range(octaves)
    )


def facets(points: Array, seed: int) -> Array:
    """Return relief made of flat, tilted breaks, about from -1 to 1.

    Each point belongs to the nearest of many scattered seeds, and lies on that seed's
    own slanting plane (cellular noise, Worley 1996, with planes for cells).
    """
    base = np.floor(points).astype(np.int64)
    best = np.full(points.shape[:-1], np.inf)
    value = np.zeros_like(best)
    for corner in np.ndindex(3, 3, 3):
        cell = base + (np.array(corner) - 1)
        jitter = np.stack([_hashed(cell, seed + k) for k in range(3)], -1) * 0.5 + 0.5
        away = points - cell - jitter
        distance = (away**2).sum(-1)
        slope = np.stack([_hashed(cell, seed + 5 + k) for k in range(3)], -1)
        plane = _hashed(cell, seed + 9) * 0.5 + (away * slope).sum(-1) * 0.9
        nearer = distance < best
        best = np.where(nearer, distance, best)
        value = np.where(nearer, plane, value)
    return value


def main_gallery(step_m: float) -> Walls:
    """Return the main gallery's skin, open where the side heading leaves it."""
    low, high = f.MAIN
    count = round((high - low) / step_m)
    # Finer close to the eye.
    t = np.linspace(-1, 1, count)
    z = np.sinh(t * 2.2) / np.sinh(2.2)
    z = np.where(z < 0, -z * low, z * high)
    skin = _skin(z, step_m, f.HALF_WIDTH, f.HEIGHT)
    return _carved(skin, _inwards(skin, f.HEIGHT), ~_opening(skin), 400)


def _opening(skin: Array) -> NDArray[np.bool_]:
    """Return which points of the main gallery lie where the side heading leaves it."""
    x, y, z = np.moveaxis(skin, -1, 0)
    half, middle = f.SIDE_HALF_WIDTH, f.SIDE_HEIGHT / 2
    across = np.abs(z - f.SIDE_AXIS_Z) / (half * (1 - 0.13 * y / f.SIDE_HEIGHT))
    is_door = across**_POWER + np.abs((y - middle) / middle) ** _POWER < 0.55
    is_sill = (y > 0.02) & (y < 0.4) & (across < 0.76)
    return (x > 0.6) & (is_door | is_sill)


def side_heading(step_m: float) -> Walls:
    """Return the side heading's skin, up to the coal face."""
    count = round((f.SIDE_END - 0.5) / step_m)
    run = np.linspace(0.5, f.SIDE_END, count)
    skin = _skin(run, step_m, f.SIDE_HALF_WIDTH, f.SIDE_HEIGHT)
    inwards = _inwards(skin, f.SIDE_HEIGHT)
    skin, inwards = (v[..., [2, 1, 0]] for v in (skin, inwards))
    skin[..., 2] = f.SIDE_AXIS_Z + skin[..., 2]
    across = np.abs(skin[..., 2] - f.SIDE_AXIS_Z) / f.SIDE_HALF_WIDTH
    is_sill = (skin[..., 1] < 0.17) & (skin[..., 0] > 0.72) & (across < 0.80)
    kept = (skin[..., 0] > 1.16) | is_sill
    return _carved(skin, inwards, kept, 500)


def coal_face(step_m: float) -> Walls:
    """Return the face that closes the side heading."""
    across = np.arange(-f.SIDE_HALF_WIDTH - 0.3, f.SIDE_HALF_WIDTH + 0.3, step_m)
    up = np.arange(-0.2, f.SIDE_HEIGHT + 0.3, step_m)
    z, y = np.meshgrid(across + f.SIDE_AXIS_Z, up)
    skin = np.stack([np.full_like(z, f.SIDE_END - 0.25), y, z], -1)
    inwards = np.zeros_like(skin)
    inwards[..., 0] = -1
    return _carved(skin, inwards, np.ones(z.shape, bool), 600)


def _skin(run: Array, step_m: float, half: float, height: float) -> Array:
    """Return (len(run), m, 3) points of an arched section swept along z."""
    # A squarish round: |x/half|^p + |(y-c)/c|^p = 1, narrower at the top.
    angle = np.linspace(0, 2 * np.pi, 20_001)
    c, s = np.cos(angle), np.sin(angle)
    x = np.sign(s) * np.abs(s) ** (2 / _POWER) * half
    y = height / 2 * (1 - np.sign(c) * np.abs(c) ** (2 / _POWER))
    gone = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    even = np.linspace(0, gone[-1], round(gone[-1] / step_m))
    x, y = np.interp(even, gone, x), np.interp(even, gone, y)
    x = x * (1 - 0.13 * y / height)
    y = np.maximum(y, 0)
    skin = np.zeros((len(run), len(x), 3))
    skin[..., 0], skin[..., 1], skin[..., 2] = x, y, run[:, None]
    return skin


def _inwards(skin: Array, height: float) -> Array:
    towards = np.zeros_like(skin)
    towards[..., 0] = -skin[..., 0] * 0.8
    towards[..., 1] = height / 2 - skin[..., 1]
    return towards / np.linalg.norm(towards, axis=-1, keepdims=True)


def _carved(skin: Array, inwards: Array, kept: NDArray[np.bool_], seed: int) -> Walls:
    """Hew a smooth skin, find its seam, and make it a mesh."""
    x, y, z = np.moveaxis(skin, -1, 0)
    dip = 0.10 * np.sin(0.5 * z + 0.3 * x) + 0.05 * noise(skin * 1.1, 77)
    low, high = f.SEAM
    coal = np.clip((y - low - dip) / 0.06, 0, 1) * np.clip(
        (high + dip - y) / 0.06, 0, 1
    )
    is_floor = np.clip((0.25 - y) / 0.15, 0, 1)
    bedded = skin * [2.6, 5.0, 2.6]
    relief = (
        0.16 * layered(skin * 0.9, seed, 3)
        + 0.075 * facets(bedded, seed + 20)
        + 0.030 * facets(bedded * 2.7, seed + 40)
        + 0.012 * facets(bedded * 6.5, seed + 60)
    )
    relief = relief - coal * (0.05 + 0.045 * facets(skin * [9.0, 6, 9.0], seed + 80))
    flat = 0.030 * layered(skin * 2.5, seed + 90, 4)
    depth = np.where(is_floor > 0, relief * (1 - is_floor) + flat * is_floor, relief)
    dust = np.clip(is_floor + 0.35 * layered(skin * 3.1, seed + 95, 3), 0, 1)
    rows, columns = y.shape
    at = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]
    whole = kept[:-1, :-1] & kept[:-1, 1:] & kept[1:, 1:] & kept[1:, :-1]
    triangles = np.stack([a, b, c, a, c, d], -1)[whole].reshape(-1, 3)
    points = skin + inwards * depth[..., None]
    return Walls(points.reshape(-1, 3), triangles, coal.reshape(-1), dust.reshape(-1))


def _hashed(cell: NDArray[np.int64], seed: int) -> Array:
    """Return a number from -1 to 1 for each cell of the whole lattice."""
    x, y, z = (cell[..., i].astype(np.uint64) for i in range(3))
    h = x * np.uint64(0x9E3779B185EBCA87) ^ y * np.uint64(0xC2B2AE3D27D4EB4F)
    h ^= z * np.uint64(0x165667B19E3779F9) ^ np.uint64(
        seed * 0x27D4EB2F165667C5 % 2**64
    )
    h ^= h >> np.uint64(29)
    h *= np.uint64(0xBF58476D1CE4E5B9)
    h ^= h >> np.uint64(32)
    return (h >> np.uint64(40)).astype(np.float64) / 2**23 - 1
