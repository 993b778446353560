"""All that a document draws as one surface, for rays to meet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.baking.occlusion import OcclusionOptions, Places, openness
from assets_pipeline.baking.rays import Surface
from assets_pipeline.gltf.geometry import face_areas, unit
from assets_pipeline.gltf.posed import cofactors

if TYPE_CHECKING:
    from assets_pipeline.gltf.accessors import FloatArray, IndexArray
    from assets_pipeline.gltf.document import Document

_PROBES: Final = 1500
_PROBE_RAYS: Final = 24
_DARK: Final = 0.7
_WORTH_SHARE: Final = 0.04


@dataclass(frozen=True)
class Shape:
    """A surface as dense as it came."""

    positions: FloatArray
    """(n, 3) float32."""
    triangles: IndexArray
    """(m, 3) uint32."""
    normals: FloatArray
    """(n, 3) float32 unit."""

    @cached_property
    def surface(self) -> Surface:
        """The same for rays, which faces look as their normals say.

        Not as their winding says, which exports get wrong while their normals are right.
        """
        facing = self.normals[self.triangles].sum(axis=1)
        return Surface(self.positions, self.triangles, facing)

    @cached_property
    def flats(self) -> FloatArray:
        """(m, 3) float32: each triangle's own unit normal, either way."""
        areas = face_areas(self.positions, self.triangles)
        return unit(areas.astype(np.float64)).astype(np.float32)

    def mixed(
        self, values: FloatArray, triangles: IndexArray, weights: FloatArray
    ) -> FloatArray:
        """Return (n, k) values within triangles, from those at their corners."""
        corners = self.triangles[triangles]
        return mixed(values, corners, weights)


def mixed(values: FloatArray, corners: IndexArray, weights: FloatArray) -> FloatArray:
    """Return (n, k) values within triangles, from those at their corners."""
    found = values[corners[:, 0]] * weights[:, :1]
    for corner in (1, 2):
        found += values[corners[:, corner]] * weights[:, corner : corner + 1]
    return found


def shape_of(document: Document) -> Shape:
    """Return what the shown scene draws at rest, in the scene's frame."""
    positions: list[FloatArray] = []
    normals: list[FloatArray] = []
    triangles: list[IndexArray] = []
    start = 0
    for node, world in document.shown():
        for primitive in node.mesh.primitives if node.mesh is not None else ():
            (turn,) = cofactors(world[None, :3, :3])
            held = primitive.positions.astype(np.float64) @ world[:3, :3].T
            positions.append((held + world[:3, 3]).astype(np.float32))
            seen = primitive.attributes["NORMAL"].values.astype(np.float64) @ turn.T
            normals.append(unit(seen).astype(np.float32))
            triangles.append(primitive.triangles + np.uint32(start))
            start += len(held)
    return Shape(
        np.concatenate(positions), np.concatenate(triangles), np.concatenate(normals)
    )


def has_hollows(shape: Shape) -> bool:
    """Whether enough of a surface lies where little light comes: not on a box or a ball.

    Asked at some places, evenly spread, with few rays.
    """
    areas = np.linalg.norm(face_areas(shape.positions, shape.triangles), axis=1)
    total = np.cumsum(areas, dtype=np.float64)
    if not len(total) or not total[-1] > 0:
        return False
    steps = (np.arange(_PROBES) + 0.5) / _PROBES
    rows = np.searchsorted(total, steps * total[-1]).clip(0, len(total) - 1)
    u, v = (np.arange(_PROBES) * 0.7549 % 1, np.arange(_PROBES) * 0.5698 % 1)
    over = u + v > 1
    u, v = np.where(over, 1 - u, u), np.where(over, 1 - v, v)
    weights = np.stack([1 - u - v, u, v], axis=1).astype(np.float32)
    places = Places(
        shape.mixed(shape.positions, rows, weights),
        unit(shape.mixed(shape.normals, rows, weights).astype(np.float64)).astype(
            np.float32
        ),
        shape.flats[rows],
        np.arange(_PROBES),
    )
    found = openness(shape.surface, places, OcclusionOptions(rays=_PROBE_RAYS))
    is_dark = (found.values < _DARK) & ~found.is_inside
    return bool(is_dark.mean() > _WORTH_SHARE)
