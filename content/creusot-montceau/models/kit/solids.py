"""Solids with soft edges, good normals and texture coordinates in metres."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np

from kit.canvas import Array, Canvas, Finish

Point = Sequence[float]


class Part(Canvas):
    """A named piece of the model, made of solids.

    ``grain`` is the longest edge of a chart's cells, metres: shade is kept at corners.
    """

    grain = 0.9

    def block(
        self, finish: Finish, centre: Point, size: Point, soft: float = 0.02
    ) -> None:
        """Add an upright box with softened edges."""
        half = np.asarray(size, float) / 2
        middle = np.asarray(centre, float)
        self.solid(finish, lambda unit: middle + unit * half, size, soft)

    def frustum(
        self, finish: Finish, low: Point, high: Point, soft: float = 0.02
    ) -> None:
        """Add a box whose top differs from its base.

        Parameters
        ----------
        finish
            Its material.
        low, high
            (x0, x1, z0, z1, y) of the base and of the top.
        soft
            Width of its softened edges, metres.
        """
        a, b = np.asarray(low, float), np.asarray(high, float)

        def placed(unit: Array) -> Array:
            t = (unit[..., 1:2] + 1) / 2
            edge = a + (b - a) * t
            x = edge[..., 0] + (edge[..., 1] - edge[..., 0]) * (unit[..., 0] + 1) / 2
            z = edge[..., 2] + (edge[..., 3] - edge[..., 2]) * (unit[..., 2] + 1) / 2
            return np.stack([x, edge[..., 4], z], axis=-1)

        middle = (a + b) / 2
        size = (middle[1] - middle[0], b[4] - a[4], middle[3] - middle[2])
        self.solid(finish, placed, size, soft)

    def beam(
        self,
        finish: Finish,
        start: Point,
        end: Point,
        size: tuple[float, float],
        *,
        side: Point = (0.0, 0.0, 1.0),
        soft: float = 0.012,
    ) -> None:
        """Add a bar from start to end, so wide and, towards `side`, so deep."""
        width, depth = size
        a, b = np.asarray(start, float), np.asarray(end, float)
        along = b - a
        length = float(np.linalg.norm(along))
        along = along / length
        across = np.cross(along, np.asarray(side, float))
        across /= np.linalg.norm(across)
        out = np.cross(across, along)
        axes = np.stack([across * width / 2, along * length / 2, out * depth / 2])
        middle = (a + b) / 2
        self.solid(
            finish, lambda unit: middle + unit @ axes, (width, length, depth), soft
        )

    def loft(
        self,
        finish: Finish,
        section: Callable[[float], tuple[float, float, float, float]],
        low: float,
        high: float,
        soft: float = 0.03,
    ) -> None:
        """Add an upright solid of changing rectangular section.

        Parameters
        ----------
        finish
            Its material.
        section
            (x0, x1, z0, z1) at a height.
        low, high
            Its ends' heights, metres.
        soft
            Width of its softened edges, metres.
        """
        table = np.array([section(y) for y in np.linspace(low, high, 65)])

        def placed(unit: Array) -> Array:
            t = (unit[..., 1] + 1) / 2
            x0, x1, z0, z1 = (
                np.interp(t, np.linspace(0, 1, 65), table[:, i]) for i in range(4)
            )
            x = x0 + (x1 - x0) * (unit[..., 0] + 1) / 2
            z = z0 + (z1 - z0) * (unit[..., 2] + 1) / 2
            return np.stack([x, low + (high - low) * t, z], axis=-1)

        x0, x1, z0, z1 = table[len(table) // 2]
        self.solid(finish, placed, (x1 - x0, high - low, z1 - z0), soft)

    def solid(
        self,
        finish: Finish,
        placed: Callable[[Array], Array],
        size: Point,
        soft: float,
    ) -> None:
        """Add a bent box.

        Parameters
        ----------
        finish
            Its material.
        placed
            From (..., 3) points of the cube [-1, 1]³ to metres.
        size
            About its width, height and depth, metres: how finely to cut it.
        soft
            Width of its softened edges, metres.
        """
        dimensions = np.asarray(size, float)
        self.shift = self.random.uniform(0, 1, 2)
        wide = np.array([max(dimensions[0], dimensions[2]), max(dimensions[1:])])
        self.frame = (-wide / 2, wide / 2)
        rim = 1 - np.minimum(2 * soft / dimensions, 0.6)
        steps = [
            np.linspace(-r, r, max(2, round(float(s) / self.grain) + 1))
            for r, s in zip(rim, dimensions, strict=True)
        ]
        for axis in range(3):
            for sign in (-1.0, 1.0):
                self._face(finish, placed, dimensions, steps, (axis, sign))
        if soft > 0:
            self._soften(finish, placed, dimensions, steps, rim)
        self.frame = None

    def _soften(
        self,
        finish: Finish,
        placed: Callable[[Array], Array],
        size: Array,
        steps: list[Array],
        rim: Array,
    ) -> None:
        """Join a solid's six faces along its edges and at its corners."""
        for axis in range(3):
            for first in (-1.0, 1.0):
                for second in (-1.0, 1.0):
                    self._edge(finish, placed, size, steps, (axis, first, second))
        for corner in np.array(np.meshgrid(*[(-1.0, 1.0)] * 3)).T.reshape(-1, 3):
            self._corner(finish, placed, size, rim, corner)

    def _face(
        self,
        finish: Finish,
        placed: Callable[[Array], Array],
        size: Array,
        steps: list[Array],
        face: tuple[int, float],
    ) -> None:
        axis, sign = face
        u, v = _face_axes(axis)
        unit = np.zeros((len(steps[v]), len(steps[u]), 3))
        unit[..., axis] = sign
        unit[..., u], unit[..., v] = np.meshgrid(steps[u], steps[v])
        uv_m = _face_uv(unit, size, axis)
        self.chart(finish, placed(unit), _normals(placed, unit, axis, sign), uv_m)

    def _edge(
        self,
        finish: Finish,
        placed: Callable[[Array], Array],
        size: Array,
        steps: list[Array],
        edge: tuple[int, float, float],
    ) -> None:
        """Join two faces along `axis`; its normals turn from one face's to the other's."""
        axis, first, second = edge
        others = [a for a in range(3) if a != axis]
        unit = np.zeros((2, len(steps[axis]), 3))
        unit[..., axis] = steps[axis]
        normals = np.zeros_like(unit)
        for row, (flat, soft) in enumerate((others, others[::-1])):
            signs = dict(zip(others, (first, second), strict=True))
            unit[row, :, flat] = signs[flat]
            unit[row, :, soft] = signs[soft] * steps[soft][-1]
            normals[row] = _normals(placed, unit[row : row + 1], flat, signs[flat])[0]
        uv_m = _face_uv(unit, size, others[0])
        self.chart(finish, placed(unit), normals, uv_m)

    def _corner(
        self,
        finish: Finish,
        placed: Callable[[Array], Array],
        size: Array,
        rim: Array,
        corner: Array,
    ) -> None:
        unit = np.tile(corner * rim, (3, 1))
        unit[np.arange(3), np.arange(3)] = corner
        normals = np.concatenate(
            [
                _normals(placed, unit[None, i : i + 1], i, float(corner[i]))[0]
                for i in range(3)
            ]
        )
        self.surface(finish).add(
            placed(unit),
            normals,
            self.placed(finish, _face_uv(unit, size, 2)),
            np.array([[0, 1, 2]]),
        )

    def turned(
        self,
        finish: Finish,
        base: Point,
        profile: Sequence[tuple[float, float]],
        *,
        sides: int = 32,
        axis: Point = (0.0, 1.0, 0.0),
    ) -> None:
        """Add a solid of revolution.

        Parameters
        ----------
        finish
            Its material.
        base
            Where its axis starts.
        profile
            (radius, height along the axis) from bottom to top; each piece between two
            points is a cone with sharp ends.
        sides
            Facets around.
        axis
            Its direction.
        """
        out = np.asarray(axis, float) / np.linalg.norm(axis)
        helper = np.array([0.0, 0, 1]) if abs(out[2]) < 0.9 else np.array([1.0, 0, 0])
        across = np.cross(out, helper)
        across /= np.linalg.norm(across)
        other = np.cross(across, out)
        angle = np.linspace(0, 2 * np.pi, sides + 1)
        around = np.cos(angle)[:, None] * across + np.sin(angle)[:, None] * other
        start = np.asarray(base, float)
        along = 0.0
        for (r0, h0), (r1, h1) in itertools.pairwise(profile):
            length = float(np.hypot(r1 - r0, h1 - h0))
            if length < 1e-9:
                continue
            cuts = max(1, round(length / self.grain))
            t = np.linspace(0, 1, cuts + 1)[:, None, None]
            radius = r0 + (r1 - r0) * t
            height = h0 + (h1 - h0) * t
            points = start + around[None] * radius + out * height
            slope = ((h1 - h0) * around - (r1 - r0) * out) / length
            normals = np.broadcast_to(slope, points.shape)
            uv_m = np.zeros((*points.shape[:2], 2))
            uv_m[..., 0] = angle * max(r0, r1)
            uv_m[..., 1] = -(along + length * t[..., 0])
            along += length
            self.chart(finish, points, normals, uv_m)

    def pipe(
        self, finish: Finish, path: Sequence[Point], radius: float, sides: int = 12
    ) -> None:
        """Add a closed round bar along a path; bends are mitred."""
        points = np.asarray(path, float)
        steps = np.diff(points, axis=0)
        steps /= np.linalg.norm(steps, axis=1, keepdims=True)
        joints = np.vstack([steps[:1], steps[:-1] + steps[1:], steps[-1:]])
        joints /= np.linalg.norm(joints, axis=1, keepdims=True)
        helper = (
            np.array([0.0, 0, 1]) if abs(steps[0][2]) < 0.9 else np.array([1.0, 0, 0])
        )
        across = np.cross(steps[0], helper)
        across /= np.linalg.norm(across)
        angle = np.linspace(0, 2 * np.pi, sides + 1)
        rings, outs = [], []
        for i, point in enumerate(points):
            step = steps[min(i, len(steps) - 1)]
            across = across - step * (across @ step)
            across /= np.linalg.norm(across)
            other = np.cross(step, across)
            out = np.cos(angle)[:, None] * across + np.sin(angle)[:, None] * other
            # Slide along the bar onto the joint's plane.
            slide = -(out @ joints[i]) / (step @ joints[i])
            rings.append(point + radius * (out + slide[:, None] * step))
            outs.append(out)
        ring, out_array = np.stack(rings), np.stack(outs)
        run = np.concatenate(
            [[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
        )
        uv_m = np.zeros((len(points), sides + 1, 2))
        uv_m[..., 0] = angle * radius
        uv_m[..., 1] = -run[:, None]
        self.chart(finish, ring, out_array, uv_m)
        for i, sign in ((0, -1.0), (-1, 1.0)):
            cap = np.stack([ring[i], np.broadcast_to(points[i], ring[i].shape)])
            normals = np.broadcast_to(sign * joints[i], cap.shape)
            self.chart(finish, cap, normals, np.zeros((2, sides + 1, 2)) + cap[..., :2])


def _face_axes(axis: int) -> tuple[int, int]:
    """Return which axes run along and up a face, so that rust runs down walls."""
    return {0: (2, 1), 1: (0, 2), 2: (0, 1)}[axis]


def _face_uv(unit: Array, size: Array, axis: int) -> Array:
    u, v = _face_axes(axis)
    return np.stack([unit[..., u] * size[u] / 2, -unit[..., v] * size[v] / 2], axis=-1)


def _normals(
    placed: Callable[[Array], Array], unit: Array, axis: int, sign: float
) -> Array:
    """Return the unit normals of a face at points of the cube."""
    u, v = (a for a in range(3) if a != axis)
    step = 1e-4
    tangents = []
    for other in (u, v):
        ahead, behind = unit.copy(), unit.copy()
        ahead[..., other] += step
        behind[..., other] -= step
        tangents.append(placed(ahead) - placed(behind))
    normals = np.cross(*tangents)
    inwards = unit.copy()
    inwards[..., axis] -= sign * step
    towards = placed(unit) - placed(inwards)
    normals *= np.sign((normals * towards).sum(-1, keepdims=True))
    return normals / np.linalg.norm(normals, axis=-1, keepdims=True)
