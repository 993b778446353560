"""The picture of what light reaches each texel of a surface that is laid flat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.baking.filling import filled, widened
from assets_pipeline.baking.occlusion import (
    TURNS,
    OcclusionOptions,
    Places,
    openness,
)
from assets_pipeline.baking.shapes import mixed
from assets_pipeline.baking.softening import Texel, softened
from assets_pipeline.baking.texels import covered_texels
from assets_pipeline.gltf.geometry import face_areas, unit

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.baking.shapes import Shape
    from assets_pipeline.baking.texels import Texels
    from assets_pipeline.baking.unwrapping import Unwrapped
    from assets_pipeline.gltf.accessors import FloatArray, IndexArray

    Bytes = npt.NDArray[np.uint8]

_BAND: Final = 200_000  # places at once, which bounds memory


@dataclass(frozen=True, slots=True)
class Flat:
    """A light surface and where each of its triangles lies in a picture."""

    positions: FloatArray
    """(n, 3) float32, before charts split them."""
    normals: FloatArray
    """(n, 3) float32 unit."""
    laid: Unwrapped

    @property
    def corners(self) -> IndexArray:
        """(m, 3) uint32, over positions."""
        return self.laid.rows[self.laid.triangles]


def shadows(
    dense: Shape, flat: Flat, edge_px: int, *, reach_ratio: float
) -> Bytes | None:
    """Return (edge, edge, 3) grey: 255 in the open, 0 where no light comes.

    Parameters
    ----------
    dense
        What light is to pass.
    flat
        What the picture is for.
    edge_px
        Of the picture; a power of two.
    reach_ratio
        How far the light surface lies from the dense one at most, of its size: light
        is asked for where that one is. 0 when they are the same.

    Returns
    -------
    None when nothing can be seen from outside.
    """
    texels = covered_texels(flat.laid.uvs, flat.laid.triangles, edge_px)
    values, is_known = (np.zeros((edge_px, edge_px), kind) for kind in ("f4", bool))
    points, normals = (np.zeros((edge_px, edge_px, 3), np.float32) for _ in range(2))
    for start in range(0, len(texels.rows), _BAND):
        band = slice(start, start + _BAND)
        places = _places(dense, flat, texels, band, reach_ratio)
        found = openness(dense.surface, places, OcclusionOptions())
        at = texels.rows[band], texels.columns[band]
        values[at], is_known[at] = found.values, ~found.is_inside
        points[at], normals[at] = places.points, places.normals
    if not is_known.any():
        return None
    texel = Texel(points, normals, is_known)
    values = softened(values, texel, texel_size(flat, texels))
    grey = np.round(values * np.float32(255)).astype(np.uint8)[..., None]
    return filled(*widened(grey, is_known)).repeat(3, axis=2)


def _places(
    dense: Shape, flat: Flat, texels: Texels, band: slice, reach_ratio: float
) -> Places:
    owners, weights = texels.triangles[band], texels.weights[band]
    at = flat.corners[owners]
    points = mixed(flat.positions, at, weights)
    normals = _unit(mixed(flat.normals, at, weights))
    flats = unit(face_areas(flat.positions, at)).astype(np.float32)
    if reach_ratio:
        hits = dense.surface.nearest(points, normals, reach_ratio)
        is_found, seen = hits.is_found[:, None], hits.triangles.clip(0)
        there = [
            dense.mixed(dense.positions, seen, hits.weights),
            _unit(dense.mixed(dense.normals, seen, hits.weights)),
            dense.flats[seen],
        ]
        points, normals, flats = (
            np.where(is_found, new, old)
            for new, old in zip(there, (points, normals, flats), strict=True)
        )
    turns = texels.rows[band] % TURNS * TURNS + texels.columns[band] % TURNS
    return Places(points, normals, flats, turns)


def texel_size(flat: Flat, texels: Texels) -> float:
    """Return how wide a texel is on the surface, in the mean."""
    areas = np.linalg.norm(face_areas(flat.positions, flat.corners), axis=1) / 2
    return float(np.sqrt(areas.sum() / max(1, len(texels.rows))))


def _unit(vectors: FloatArray) -> FloatArray:
    return unit(vectors.astype(np.float64)).astype(np.float32)
