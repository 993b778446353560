"""Solids with soft edges, good normals and texture coordinates in metres.

Every solid is made of charts: grids of points with a normal and a place on the
material, both known at each point. A chart is finely cut, because soot and shade are
kept at its points (see ``weathering``).
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Point = Sequence[float]

GRAIN = 0.9
"""Longest edge of a chart's cells, metres."""


@dataclass(frozen=True, slots=True)
class Finish:
    """Where a chart lies on a texture.

    ``tile_m`` is what the whole texture measures; with `swatch` (left, top, edge, as
    parts of the texture), the chart stays within that square, which is not repeated.
    """

    material: str
    tile_m: float
    swatch: tuple[float, float, float] | None = None


PAINTED = Finish("painted iron", 2.0)
STEEL = Finish("trim", 6.8, (0.0, 0.0, 0.5))
WOOD = Finish("trim", 4.0, (0.5, 0.0, 0.5))
STONE = Finish("trim", 2.8, (0.0, 0.5, 0.5))
CAST = Finish("trim", 6.0, (0.5, 0.5, 0.5))
_INSET = 10 / 1024  # of the texture: what the smaller mip levels smear


@dataclass(slots=True)
class Surface:
    """Triangles of one material."""

    positions: list[Array] = field(default_factory=list)
    normals: list[Array] = field(default_factory=list)
    uvs: list[Array] = field(default_factory=list)
    triangles: list[NDArray[np.int64]] = field(default_factory=list)
    count: int = 0

    def add(
        self, positions: Array, normals: Array, uvs: Array, triangles: NDArray[np.int64]
    ) -> None:
        """Append vertices (n, 3), (n, 3), (n, 2) and triangles (m, 3) that name them."""
        corners = positions[triangles]
        facing = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        backwards = (facing * normals[triangles].sum(1)).sum(1) < 0
        triangles = np.where(backwards[:, None], triangles[:, ::-1], triangles)
        has_area = np.linalg.norm(facing, axis=1) > 1e-9
        self.positions.append(positions)
        self.normals.append(normals)
        self.uvs.append(uvs)
        self.triangles.append(triangles[has_area] + self.count)
        self.count += len(positions)


class Part:
    """A named piece of the machine: one surface a material."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.surfaces: dict[str, Surface] = {}
        # The same on every machine and in every run, unlike hash().
        self.random = np.random.default_rng(zlib.crc32(name.encode()))
        self._shift = np.zeros(2)

    def chart(self, finish: Finish, points: Array, normals: Array, uv_m: Array) -> None:
        """Add a grid.

        Parameters
        ----------
        finish
            Its material.
        points, normals : (rows, columns, 3)
            Metres; unit vectors, which also say which side is out.
        uv_m : (rows, columns, 2)
            Place on the material, metres, v growing downwards.
        """
        rows, columns = points.shape[:2]
        at = np.arange(rows * columns).reshape(rows, columns)
        a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]
        triangles = np.stack([a, b, c, a, c, d], axis=-1).reshape(-1, 3)
        self._surface(finish).add(
            points.reshape(-1, 3),
            normals.reshape(-1, 3),
            self._placed(finish, uv_m.reshape(-1, 2)),
            triangles,
        )

    def copies(
        self, finish: Finish, stamp: Stamp, places: Array, outwards: Array
    ) -> None:
        """Add a stamp at each of (n, 3) places, its axis along (n, 3) unit vectors."""
        if not len(places):
            return
        helper = np.where(np.abs(outwards[:, 1:2]) < 0.9, [[0.0, 1, 0]], [[1.0, 0, 0]])
        across = np.cross(helper, outwards)
        across /= np.linalg.norm(across, axis=1, keepdims=True)
        frames = np.stack([across, np.cross(outwards, across), outwards], axis=2)
        points = np.einsum("nij,pj->npi", frames, stamp.positions) + places[:, None]
        normals = np.einsum("nij,pj->npi", frames, stamp.normals)
        n, p = len(places), len(stamp.positions)
        offsets = self.random.uniform(0, finish.tile_m, (n, 1, 2))
        if finish.swatch:
            offsets = np.zeros((n, 1, 2))
        uv_m = (np.tile(stamp.positions[:, :2], (n, 1, 1)) + offsets).reshape(-1, 2)
        triangles = (stamp.triangles[None] + (np.arange(n) * p)[:, None, None]).reshape(
            -1, 3
        )
        self._surface(finish).add(
            points.reshape(-1, 3),
            normals.reshape(-1, 3),
            self._placed(finish, uv_m),
            triangles,
        )

    def _surface(self, finish: Finish) -> Surface:
        return self.surfaces.setdefault(finish.material, Surface())

    def _placed(self, finish: Finish, uv_m: Array) -> Array:
        """Return texture coordinates for places in metres."""
        if finish.swatch is None:
            return uv_m / finish.tile_m + self._shift
        left, top, edge = finish.swatch
        room = edge - 2 * _INSET
        low = uv_m.min(0)
        extent = np.maximum(uv_m.max(0) - low, 1e-6)
        scale = min(1 / finish.tile_m, float((room / extent).min()))
        slack = room - extent * scale
        start = np.array([left, top]) + _INSET + slack * self.random.uniform(0, 1, 2)
        return start + (uv_m - low) * scale

    # -- Solids ------------------------------------------------------------------------

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
        width: float,
        depth: float,
        side: Point = (0.0, 0.0, 1.0),
        soft: float = 0.012,
    ) -> None:
        """Add a bar from start to end; `depth` is measured towards `side`."""
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
        self._shift = self.random.uniform(0, 1, 2)
        dimensions = np.asarray(size, float)
        rim = 1 - np.minimum(2 * soft / dimensions, 0.6)
        steps = [
            np.linspace(-r, r, max(2, round(float(s) / GRAIN) + 1))
            for r, s in zip(rim, dimensions, strict=True)
        ]
        for axis in range(3):
            for sign in (-1.0, 1.0):
                self._face(finish, placed, dimensions, steps, axis, sign)
        for axis in range(3):
            for first in (-1.0, 1.0):
                for second in (-1.0, 1.0):
                    self._edge(finish, placed, dimensions, steps, (axis, first, second))
        for corner in np.array(np.meshgrid(*[(-1.0, 1.0)] * 3)).T.reshape(-1, 3):
            self._corner(finish, placed, dimensions, rim, corner)

    def _face(
        self,
        finish: Finish,
        placed: Callable[[Array], Array],
        size: Array,
        steps: list[Array],
        axis: int,
        sign: float,
    ) -> None:
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
        self._surface(finish).add(
            placed(unit),
            normals,
            self._placed(finish, _face_uv(unit, size, 2)),
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
            cuts = max(1, round(length / GRAIN))
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
