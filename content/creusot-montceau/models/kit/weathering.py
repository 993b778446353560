"""Shade, soot and dust, kept in each vertex's colour.

Shade is the part of the sky a point can see among the model's other parts, found by
marching rays through a grid of small cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_RAYS = 72


@dataclass(frozen=True, slots=True)
class Weather:
    """How far shade reaches, and what rain, dust and smoke left."""

    cell_m: float = 0.06
    """Edge of the grid's cells: parts thinner than this cast too much shade."""
    reach_m: float = 3.0
    start_m: float = 0.11
    darkest: float = 0.40
    """What is left of the light in the deepest corner."""
    dust: float = 0.5
    """Laid at the foot, fading over 1.6 m; a good half of it on what looks up."""
    soot_from_m: float = 12.5
    """Height from which smoke darkens; whole 8.5 m above."""
    soot: float = 0.25

    def occupied(self, corners: Array) -> tuple[NDArray[np.bool_], Array]:
        """Return which cells triangles touch, and where the grid starts.

        Parameters
        ----------
        corners : (n, 3, 3)
            Triangles, metres.
        """
        cell = self.cell_m
        low = corners.min((0, 1)) - 4 * cell
        shape = np.ceil((corners.max((0, 1)) + 4 * cell - low) / cell).astype(int)
        grid = np.zeros(shape, bool)
        longest = np.linalg.norm(corners - np.roll(corners, 1, 1), axis=2).max(1)
        cuts = np.maximum(1, np.ceil(longest / (0.7 * cell)).astype(int))
        for n in np.unique(cuts):
            i, j = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
            weights = np.stack([i, j, n - i - j], axis=-1)[i + j <= n] / n
            points = np.einsum("wk,tkd->twd", weights, corners[cuts == n])
            cells = ((points.reshape(-1, 3) - low) / cell).astype(int)
            grid[tuple(cells.T)] = True
        return grid, low

    def visible_sky(
        self, grid: NDArray[np.bool_], low: Array, points: Array, normals: Array
    ) -> Array:
        """Return how open each of (n, 3) points is, from 0 to 1, within reach."""
        weight, seen = np.zeros(len(points)), np.zeros(len(points))
        for direction in _directions(_RAYS):
            facing = normals @ direction
            index = np.nonzero(facing > 0.08)[0]
            start = points[index] + normals[index] * (self.cell_m * 1.1)
            free = self._free(grid, low, start, direction)
            # A surface far away takes less light than one close by; so does the ground.
            openness = np.where(free < self.reach_m, (free / self.reach_m) ** 0.8, 1.0)
            ground = np.where(direction[1] < 0, 0.55, 1.0)
            weight[index] += facing[index]
            seen[index] += facing[index] * openness * ground
        return seen / np.maximum(weight, 1e-9)

    def _free(
        self, grid: NDArray[np.bool_], low: Array, start: Array, direction: Array
    ) -> Array:
        """Return how far one can go from each of (n, 3) points, up to the reach."""
        free = np.full(len(start), self.reach_m)
        going = np.arange(len(start))
        for step in np.arange(self.start_m, self.reach_m, self.cell_m):
            cells = ((start[going] + direction * step - low) / self.cell_m).astype(int)
            inside = ((cells >= 0) & (cells < grid.shape)).all(1)
            hit = np.zeros(len(going), bool)
            hit[inside] = grid[tuple(cells[inside].T)]
            free[going[hit]] = step
            going = going[~hit & inside]
            if not len(going):
                break
        return free

    def colors(self, points: Array, normals: Array, sky: Array) -> Array:
        """Return the (n, 3) linear colour that multiplies each point's material."""
        x, y, z = points.T
        shade = self.darkest + (1 - self.darkest) * np.clip(sky * 1.2, 0, 1)
        blotch = 0.5 + 0.5 * np.sin(1.7 * x + 0.9 * np.sin(1.3 * y) + 2.0) * np.sin(
            1.1 * y + 0.7 * np.sin(1.9 * z + x)
        )
        tone = 0.90 + 0.14 * blotch
        dust = np.clip(1 - y / 1.6, 0, 1) + 0.56 * np.clip(normals[:, 1], 0, 1)
        dust *= self.dust
        soot = np.clip((y - self.soot_from_m) / 8.5, 0, 1) * self.soot
        base = (shade * tone * (1 - soot))[:, None] * np.ones(3)
        dusty = np.array([1.10, 1.00, 0.91])
        return np.clip(base * (1 + (dusty - 1) * dust[:, None]), 0, 1)


def _directions(count: int) -> Array:
    """Return unit vectors spread evenly over the sphere (golden spiral)."""
    i = np.arange(count) + 0.5
    y = 1 - 2 * i / count
    angle = i * np.pi * (3 - np.sqrt(5))
    r = np.sqrt(1 - y * y)
    return np.stack([r * np.cos(angle), y, r * np.sin(angle)], axis=1)
