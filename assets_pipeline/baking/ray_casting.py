"""Cast rays at a dense surface and find its nearest points (Embree)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assets_pipeline.errors.exceptions import MissingToolError
from assets_pipeline.gltf.geometry import area_vectors
from assets_pipeline.gltf.geometry import normalize as unit
from assets_pipeline.gltf.rest_pose import cofactors

if TYPE_CHECKING:
    from assets_pipeline.arrays import BoolArray, Float32Array, Int32Array, Uint32Array
    from assets_pipeline.gltf.document import Document


_REMEDY: Final = "Run `pip install ecomusee[assets]`"
LIFT_RATIO: Final = 1e-5
"""Of the surface's size: rays start so far off their point, and go on behind a hit."""
_PASSES: Final = 3


@dataclass(frozen=True, slots=True)
class Hits:
    """Nearest point of a surface for each query point."""

    triangles: Int32Array
    """(n,) int32; -1 where nothing is within reach."""
    weights: Float32Array
    """(n, 3) float32: how much of each corner."""

    @property
    def is_found(self) -> BoolArray:
        """(n,) bool."""
        found: BoolArray = self.triangles >= 0
        return found


class RayCaster:
    """A dense surface to cast rays at.

    Parameters
    ----------
    positions : (n, 3) float32
    triangles : (m, 3) uint32
    facing : (m, 3) float32
        The way that each triangle looks, of any length.

    Raises
    ------
    MissingToolError
        If embree is not installed.
    """

    def __init__(
        self, positions: Float32Array, triangles: Uint32Array, facing: Float32Array
    ) -> None:
        try:
            from embreex import mesh_construction, rtcore_scene  # type: ignore[import-untyped]  # noqa: PLC0415  # Cython, no types; only scans need it
        except ImportError as error:
            reason = f"embree can't be used: {error}"
            raise MissingToolError(reason, "baking", _REMEDY) from error
        self.size = float(np.ptp(positions, axis=0).max())
        self._facing = facing
        # Embree counts in units of its own below 1e-18 or so: everything is made size 1.
        self._scale = np.float32(1 / self.size) if self.size else np.float32(1)
        self._scene: Any = rtcore_scene.EmbreeScene()
        mesh_construction.TriangleMesh(
            self._scene,
            np.ascontiguousarray(positions * self._scale),
            triangles.astype(np.int32),
        )

    def normalize(self, points: Float32Array) -> Float32Array:
        """Return points in the ray caster's frame, where the surface has size 1."""
        found: Float32Array = (points * self._scale).astype(np.float32)
        return found

    def cast(
        self, origins: Float32Array, ways: Float32Array, reach: Float32Array
    ) -> tuple[Float32Array, BoolArray]:
        """Return how far rays come, as a share of their reach, and which hit a back face.

        Parameters
        ----------
        origins : (n, 3) float32
            As `normalize` gives them.
        ways : (n, 3) float32
            Unit.
        reach : (n,) float32
            How far each ray goes, of the surface's size.
        """
        # Embree writes what it found over the distances that it was given.
        shot = self._scene.run(origins, ways, dists=reach.copy(), output=1)
        hit = shot["primID"]
        leans = np.einsum("ij,ij->i", self._facing[hit.clip(0)], ways)
        share = shot["tfar"] / np.maximum(reach, np.float32(1e-9))
        return share, (hit >= 0) & (leans > 0)

    def find_nearest(
        self, points: Float32Array, directions: Float32Array, reach_ratio: float
    ) -> Hits:
        """Return the nearest hit from each point, along a line in both directions.

        What looks the other way is passed through: it is the back of a wall.

        Parameters
        ----------
        points : (n, 3) float32
        directions : (n, 3) float32
            Unit; the way that the surface is to look.
        reach_ratio
            How far to look, of the surface's size.
        """
        here = self.normalize(points)
        lift: Float32Array = (directions * LIFT_RATIO).astype(np.float32)
        above, below = ((here + sign * lift).astype(np.float32) for sign in (1, -1))
        out = self._first(below, directions, directions, reach_ratio)
        back = self._first(above, -directions, directions, reach_ratio)
        is_back = back.distances < out.distances
        return Hits(
            np.where(is_back, back.triangles, out.triangles),
            np.where(is_back[:, None], back.weights, out.weights),
        )

    def _first(
        self,
        origins: Float32Array,
        way: Float32Array,
        facing: Float32Array,
        reach: float,
    ) -> _Shots:
        """Return the first thing on each ray that looks along `facing`."""
        count = len(origins)
        found = _Shots(
            np.full(count, -1, np.int32),
            np.zeros((count, 3), np.float32),
            np.full(count, np.inf, np.float32),
        )
        left = np.arange(count)
        travelled = np.zeros(count, np.float32)
        for _ in range(_PASSES):
            starts = origins[left] + way[left] * travelled[left, None]
            rest = np.maximum(np.float32(reach) - travelled[left], 0)
            shot = self._scene.run(starts, way[left], dists=rest, output=1)
            hit = shot["primID"]
            is_hit = hit >= 0
            sampler = np.einsum("ij,ij->i", self._facing[hit.clip(0)], facing[left]) > 0
            good = np.nonzero(is_hit & sampler)[0]
            rows = left[good]
            u, v = shot["u"][good], shot["v"][good]
            found.triangles[rows] = hit[good]
            found.weights[rows] = np.stack([1 - u - v, u, v], axis=1)
            found.distances[rows] = travelled[rows] + shot["tfar"][good]
            wrong = np.nonzero(is_hit & ~sampler)[0]
            left = left[wrong]
            if not len(left):
                break
            travelled[left] += shot["tfar"][wrong] + np.float32(LIFT_RATIO)
        return found


@dataclass(slots=True)
class _Shots:
    """Hits being gathered."""

    triangles: Int32Array
    weights: Float32Array
    distances: Float32Array


@dataclass(frozen=True)
class DenseSurface:
    """Positions, triangles and normals of a surface before simplification."""

    positions: Float32Array
    """(n, 3) float32."""
    triangles: Uint32Array
    """(m, 3) uint32."""
    normals: Float32Array
    """(n, 3) float32 unit."""

    @cached_property
    def surface(self) -> RayCaster:
        """The ray caster of this surface, its faces oriented by their normals.

        Not as their winding says, which exports get wrong while their normals are right.
        """
        facing = self.normals[self.triangles].sum(axis=1)
        return RayCaster(self.positions, self.triangles, facing)

    @cached_property
    def face_normals(self) -> Float32Array:
        """(m, 3) float32: unit normal of each triangle, of either sign."""
        areas = area_vectors(self.positions, self.triangles)
        return unit(areas.astype(np.float64)).astype(np.float32)

    def interpolate(
        self, values: Float32Array, triangles: Uint32Array, weights: Float32Array
    ) -> Float32Array:
        """Return (n, k) values at points within triangles, from those at their corners."""
        corners = self.triangles[triangles]
        return interpolate(values, corners, weights)


def interpolate(
    values: Float32Array, corners: Uint32Array, weights: Float32Array
) -> Float32Array:
    """Return (n, k) values at points within triangles, from those at their corners."""
    found = values[corners[:, 0]] * weights[:, :1]
    for corner in (1, 2):
        found += values[corners[:, corner]] * weights[:, corner : corner + 1]
    return found


def read_surface(document: Document) -> DenseSurface:
    """Return the surface that a document's scene shows at rest, in the scene's frame."""
    positions: list[Float32Array] = []
    normals: list[Float32Array] = []
    triangles: list[Uint32Array] = []
    start = 0
    for node, world in document.shown_nodes_with_matrices():
        for primitive in node.mesh.primitives if node.mesh is not None else ():
            (turn,) = cofactors(world[None, :3, :3])
            held = primitive.positions.astype(np.float64) @ world[:3, :3].T
            positions.append((held + world[:3, 3]).astype(np.float32))
            seen = primitive.attributes["NORMAL"].values.astype(np.float64) @ turn.T
            normals.append(unit(seen).astype(np.float32))
            triangles.append(primitive.triangles + np.uint32(start))
            start += len(held)
    return DenseSurface(
        np.concatenate(positions), np.concatenate(triangles), np.concatenate(normals)
    )
