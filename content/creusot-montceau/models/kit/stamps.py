"""Small shapes that are added many times: rivets and nuts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A small shape that stands on z = 0 and is added many times."""

    positions: Array
    normals: Array
    triangles: NDArray[np.int64]


def rivet(radius: float, sides: int = 6) -> Stamp:
    """Return a snap-head rivet."""
    angle = np.arange(sides) * 2 * np.pi / sides
    ring = np.stack([np.cos(angle), np.sin(angle), np.zeros(sides)], axis=1)
    up = np.array([0.0, 0, 1])
    positions = np.vstack(
        [
            ring * radius,
            ring * radius * 0.72 + up * radius * 0.55,
            up[None] * radius * 0.8,
        ]
    )
    normals = np.vstack([ring + up * 0.25, ring * 0.7 + up * 0.75, up[None]])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    i = np.arange(sides)
    j = (i + 1) % sides
    top = np.full(sides, 2 * sides)
    triangles = np.concatenate(
        [
            np.stack([i, j, j + sides], 1),
            np.stack([i, j + sides, i + sides], 1),
            np.stack([i + sides, j + sides, top], 1),
        ]
    )
    return Stamp(positions, normals, triangles)


def nut(radius: float) -> Stamp:
    """Return a hexagonal nut on the end of its bolt."""
    angle = np.arange(6) * np.pi / 3
    ring = np.stack([np.cos(angle), np.sin(angle), np.zeros(6)], axis=1) * radius
    up = np.array([0.0, 0, 1])
    positions, normals, triangles = [], [], []
    for i in range(6):
        a, b = ring[i], ring[(i + 1) % 6]
        out = (a + b) / np.linalg.norm(a + b)
        positions += [a, b, b + up * radius * 0.75, a + up * radius * 0.75]
        normals += [out] * 4
        triangles += [[4 * i, 4 * i + 1, 4 * i + 2], [4 * i, 4 * i + 2, 4 * i + 3]]
    first = len(positions)
    for i in range(6):
        positions.append(ring[i] + up * radius * 0.75)
        normals.append(up)
    triangles += [[first, first + i, first + i + 1] for i in range(1, 5)]
    return Stamp(np.array(positions), np.array(normals), np.array(triangles))
