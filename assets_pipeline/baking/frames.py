"""The frame in which a normal map's texels are directions: one a triangle.

No tangents are written: viewers derive them from texture coordinates (glTF 2.0,
section 3.7.2.1), and charts are flat enough for all ways of doing so to agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.geometry import unit

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.gltf.accessors import FloatArray, IndexArray

    Doubles = npt.NDArray[np.float64]


def tangents_of(positions: FloatArray, corners: IndexArray, uvs: FloatArray) -> Doubles:
    """Return (m, 4): each triangle's direction of growing u, and its handedness.

    Parameters
    ----------
    positions : (n, 3) float32
    corners : (m, 3) uint32
        Over positions.
    uvs : (m, 3, 2) float32
        Of each triangle's corners.

    The second direction of a normal map is ``cross(normal, tangent) * handedness``,
    which is up in the picture; it is -1 for charts that lie mirrored in it, about half.
    """
    a, b, c = (positions[corners[:, i]].astype(np.float64) for i in range(3))
    p, q, r = (uvs[:, i].astype(np.float64) for i in range(3))
    e1, e2 = b - a, c - a
    # From the top there, from the bottom in the formula (Lengyel 2001).
    d1, d2 = (q - p) * (1, -1), (r - p) * (1, -1)
    area = d1[:, 0] * d2[:, 1] - d2[:, 0] * d1[:, 1]
    along = e1 * d2[:, 1:] - e2 * d1[:, 1:]
    sign = np.where(area < 0, -1.0, 1.0)[:, None]
    return np.concatenate([unit(along * sign), sign], axis=1)


def in_frame(
    directions: FloatArray, normals: FloatArray, tangents: FloatArray
) -> FloatArray:
    """Return (n, 3) directions in the frames of a normal map, unit.

    Parameters
    ----------
    directions : (n, 3) float32
    normals : (n, 3) float32
        Unit: what a viewer interpolates there.
    tangents : (n, 4) float32
        As `tangents_of` gives them.
    """
    lean = np.einsum("ij,ij->i", tangents[:, :3], normals)[:, None]
    across = unit((tangents[:, :3] - lean * normals).astype(np.float64))
    across = across.astype(np.float32)
    up = np.cross(normals, across) * tangents[:, 3:]
    axes = (across, up, normals)
    found = np.stack([np.einsum("ij,ij->i", directions, one) for one in axes], axis=1)
    return unit(found.astype(np.float64)).astype(np.float32)
