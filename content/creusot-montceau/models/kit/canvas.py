"""Charts: grids of points laid on a material, gathered into named parts.

A chart is finely cut, because soot and shade are kept at its points (see
``weathering``).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from kit.stamps import Stamp

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Finish:
    """Where a chart lies on a texture.

    ``tile_m`` is what the whole texture measures; with `swatch` (left, top, edge, as
    parts of the texture), the chart stays within that square, which is not repeated.
    """

    material: str
    tile_m: float
    swatch: tuple[float, float, float] | None = None
    plain_m: tuple[float, float] = (0.0, 0.0)
    """Of a texture that repeats: from where to where down it there is no seam."""


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


class Canvas:
    """A named piece of the machine: one surface a material."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.surfaces: dict[str, Surface] = {}
        # The same on every machine and in every run, unlike hash().
        self.random = np.random.default_rng(zlib.crc32(name.encode()))
        self.shift = np.zeros(2)
        self.frame: tuple[Array, Array] | None = None

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
        self.surface(finish).add(
            points.reshape(-1, 3),
            normals.reshape(-1, 3),
            self.placed(finish, uv_m.reshape(-1, 2)),
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
        self.surface(finish).add(
            points.reshape(-1, 3),
            normals.reshape(-1, 3),
            self.placed(finish, uv_m),
            triangles,
        )

    def surface(self, finish: Finish) -> Surface:
        """Return the surface that holds a finish's material."""
        return self.surfaces.setdefault(finish.material, Surface())

    def placed(self, finish: Finish, uv_m: Array) -> Array:
        """Return texture coordinates for places in metres.

        On a swatch, all charts of a solid lie in one frame, or each in its own.
        """
        if finish.swatch is None:
            return self._on_tile(finish, uv_m)
        left, top, edge = finish.swatch
        room = edge - 2 * _INSET
        low, high = self.frame or (uv_m.min(0), uv_m.max(0))
        extent = np.maximum(high - low, 1e-6)
        scale = min(1 / finish.tile_m, float((room / extent).min()))
        shift = self.shift if self.frame else self.random.uniform(0, 1, 2)
        start = np.array([left, top]) + _INSET + (room - extent * scale) * shift
        return start + (uv_m - low) * scale

    def _on_tile(self, finish: Finish, uv_m: Array) -> Array:
        """Return places on a texture that repeats; narrow pieces avoid its seams."""
        width, height = np.ptp(uv_m, axis=0)
        low, high = finish.plain_m
        if min(width, height) > high - low:
            return uv_m / finish.tile_m + self.shift
        if height > width:
            uv_m = uv_m[:, ::-1]
        across = uv_m[:, 1] - (uv_m[:, 1].min() + uv_m[:, 1].max()) / 2
        along = uv_m[:, 0] + self.shift[0] * finish.tile_m
        return np.stack([along, (low + high) / 2 + across], axis=1) / finish.tile_m
