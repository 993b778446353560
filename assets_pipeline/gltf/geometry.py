"""Bounds, normals and tangents of triangle meshes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.arrays import (
        BoolArray,
        Float32Array,
        Float64Array,
        IntpArray,
        Uint32Array,
    )


Scalar = TypeVar("Scalar", bound=np.generic)
FloatingArray = TypeVar("FloatingArray", "Float32Array", "Float64Array")

_MOST_FACES_A_CORNER = 64
_TINY = 1e-30
_FAR = 100.0
_NO_DIRECTION = 1e-6  # of a stored normal, that should have length 1


def bounds(rows: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Return (2, k): minimum and maximum of each column of (n, k) values."""
    # Along narrow rows numpy takes ten times as long.
    columns = np.ascontiguousarray(rows.T)
    return np.array([columns.min(axis=1), columns.max(axis=1)], rows.dtype)


def lengths(vectors: FloatingArray) -> FloatingArray:
    """Return the (n,) lengths of (n, 3) vectors."""
    x, y, z = vectors.T
    found: FloatingArray = np.sqrt(x * x + y * y + z * z)
    return found


def normalize(vectors: Float64Array) -> Float64Array:
    """Return (n, 3) unit vectors; +Y in place of those of length 0."""
    sizes = lengths(vectors)[:, None]
    is_lost = sizes[:, 0] <= _TINY
    found = vectors / np.where(sizes > _TINY, sizes, 1.0)
    found[is_lost] = (0.0, 1.0, 0.0)
    return found


def area_vectors(positions: Float32Array, triangles: Uint32Array) -> Float64Array:
    """Return (m, 3): each triangle's normal, of twice its area in length."""
    a, b, c = (positions[triangles[:, i]].astype(np.float64) for i in range(3))
    return np.cross(b - a, c - a)


def split_offset(
    positions: Float64Array,
) -> tuple[Float32Array, tuple[float, float, float]]:
    """Return positions as (n, 3) float32 and the offset subtracted from them.

    Surveys count from a meridian, a thousand kilometres away, where float32 steps by
    6 cm: such positions are taken from their own middle, in whole units.
    """
    if not len(positions):
        return positions.astype(np.float32), (0.0, 0.0, 0.0)
    least, greatest = bounds(positions)
    size = float((greatest - least).max())
    if float(np.abs(positions).max()) <= _FAR * size:
        return positions.astype(np.float32), (0.0, 0.0, 0.0)
    x, y, z = (float(value) for value in np.round((least + greatest) / 2))
    return (positions - [x, y, z]).astype(np.float32), (x, y, z)


def smooth_normals(positions: Float32Array, triangles: Uint32Array) -> Float32Array:
    """Return (n, 3) unit normals, area-weighted means around each vertex."""
    areas = area_vectors(positions, triangles)
    return normalize(_sum_at_vertices(areas, triangles, len(positions))).astype(
        np.float32
    )


def corner_normals(
    positions: Float32Array, triangles: Uint32Array, *, crease_deg: float
) -> Float32Array:
    """Return (3 m, 3) unit normals, one for each corner of each triangle.

    A corner takes the area-weighted mean of the triangles around its vertex that lean
    less than `crease_deg` from its own, so that edges sharper than that stay sharp.

    Parameters
    ----------
    positions : (n, 3) float32
        No two of the same place, or edges between them count as sharp.
    triangles : (m, 3) uint32
    crease_deg
        0 is flat shading, 180 is smooth everywhere.

    Returns
    -------
    (3 m, 3) float32
        In the order of ``triangles.ravel()``; equal corners have equal bytes.
    """
    areas = area_vectors(positions, triangles)
    units = normalize(areas)
    corners = triangles.ravel()
    means = normalize(_sum_at_vertices(areas, triangles, len(positions)))
    found = means[corners]
    own = np.repeat(units, 3, axis=0)
    # Faces within half the crease of their mean are within the crease of each other.
    leans = np.einsum("ij,ij->i", own, found) < math.cos(math.radians(crease_deg / 2))
    is_sharp = np.zeros(len(positions), bool)
    is_sharp[corners[leans]] = True
    sharp = np.nonzero(is_sharp[corners])[0]
    if len(sharp):
        found[sharp] = _average_within_crease(sharp, corners, areas, units, crease_deg)
    return found.astype(np.float32)


def repair_normals(
    normals: Float32Array, positions: Float32Array, triangles: Uint32Array
) -> Float32Array:
    """Return (n, 3) unit normals, recomputed where the given ones have length 0."""
    is_lost: BoolArray = ~(lengths(normals.astype(np.float64)) > _NO_DIRECTION)
    found = normalize(normals.astype(np.float64)).astype(np.float32)
    if is_lost.any():
        found[is_lost] = smooth_normals(positions, triangles)[is_lost]
    return found


def _sum_at_vertices(
    areas: Float64Array, triangles: Uint32Array, count: int
) -> Float64Array:
    totals = np.zeros((count, 3))
    for axis in range(3):
        weights = np.repeat(areas[:, axis], 3)
        totals[:, axis] = np.bincount(triangles.ravel(), weights, minlength=count)
    return totals


def _average_within_crease(
    sharp: IntpArray,
    corners: Uint32Array,
    areas: Float64Array,
    units: Float64Array,
    crease_deg: float,
) -> Float64Array:
    """Return the normals of the corners numbered `sharp`, pair by pair of faces."""
    order = sharp[np.argsort(corners[sharp], kind="stable")]
    vertex = corners[order]
    starts = np.nonzero(np.concatenate([[True], vertex[1:] != vertex[:-1]]))[0]
    sizes = np.diff(np.append(starts, len(order)))
    # The hub of a huge fan would make pairs without end: its corners stay flat.
    group = np.repeat(np.arange(len(starts)), sizes)
    is_small = (sizes <= _MOST_FACES_A_CORNER)[group]
    mine = np.nonzero(is_small)[0]
    counts = sizes[group[mine]]
    first = np.repeat(mine, counts)
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    second = starts[group[first]] + offsets
    face_1, face_2 = order[first] // 3, order[second] // 3
    dots = np.einsum("ij,ij->i", units[face_1], units[face_2])
    near = dots >= math.cos(math.radians(crease_deg))
    near |= face_1 == face_2
    totals = np.zeros((len(order), 3))
    for axis in range(3):
        weights = areas[face_2[near], axis]
        totals[:, axis] = np.bincount(first[near], weights, minlength=len(order))
    totals[~is_small] = areas[order[~is_small] // 3]
    found = np.zeros_like(totals)
    back = np.argsort(order, kind="stable")
    found[:] = normalize(totals)[back]
    return found


def triangle_tangents(
    positions: Float32Array, corners: Uint32Array, uvs: Float32Array
) -> Float64Array:
    """Return (m, 4): each triangle's tangent, along growing u, and its handedness.

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
    return np.concatenate([normalize(along * sign), sign], axis=1)


def to_tangent_space(
    directions: Float32Array, normals: Float32Array, tangents: Float32Array
) -> Float32Array:
    """Return (n, 3) unit directions in the tangent space of a normal map.

    Parameters
    ----------
    directions : (n, 3) float32
    normals : (n, 3) float32
        Unit: what a viewer interpolates there.
    tangents : (n, 4) float32
        As `triangle_tangents` gives them.
    """
    lean = np.einsum("ij,ij->i", tangents[:, :3], normals)[:, None]
    across = normalize((tangents[:, :3] - lean * normals).astype(np.float64))
    across = across.astype(np.float32)
    up = np.cross(normals, across) * tangents[:, 3:]
    axes = (across, up, normals)
    found = np.stack([np.einsum("ij,ij->i", directions, one) for one in axes], axis=1)
    return normalize(found.astype(np.float64)).astype(np.float32)
