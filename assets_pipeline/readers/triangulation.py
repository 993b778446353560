"""Triangulate polygons, concave ones by ear clipping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, Float64Array, Int64Array


_QUAD: Final = 4
_MOST_STEPS: Final = 2_000_000
"""Of cutting hollow polygons, in all: ten seconds or so. The rest become fans."""


def triangulate(counts: Int64Array, places: Float64Array | Float32Array) -> Int64Array:
    """Return the triangles of polygons stored one after another.

    Most are fans around their first corner. Where a triangle of the fan would lie
    outside, a quadrilateral is cut along its other diagonal, and ears are cut off what
    has more corners.

    Parameters
    ----------
    counts : (n,) int64
        The corners of each polygon; those of less than three show nothing.
    places : (k, 3) float
        Of each corner, ``counts.sum()`` of them.

    Returns
    -------
    (m, 3) int64
        Corners, counted through all polygons, polygon after polygon.
    """
    places = places.astype(np.float64)
    starts = np.cumsum(counts) - counts
    inner = np.maximum(counts - 2, 0)
    owner = np.repeat(np.arange(len(counts)), inner)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(inner) - inner, inner)
    first = starts[owner]
    found = np.stack([first, first + step + 1, first + step + 2], axis=1)
    a, b, c = (places[found[:, i]] for i in range(3))
    areas = np.cross(b - a, c - a)
    normals = np.zeros((len(counts), 3))
    for axis in range(3):
        normals[:, axis] = np.bincount(owner, areas[:, axis], minlength=len(counts))
    dots = np.einsum("ij,ij->i", areas, normals[owner])
    limit = -1e-9 * np.einsum("ij,ij->i", normals, normals)[owner]
    wrong = np.unique(owner[dots < limit])
    _cut_quads(found, wrong[counts[wrong] == _QUAD], starts, inner)
    rows = np.cumsum(inner) - inner
    left = _MOST_STEPS
    for polygon in wrong[counts[wrong] > _QUAD]:
        if left <= 0:
            break
        start, end = starts[polygon], starts[polygon] + counts[polygon]
        ears, steps = _clip_ears(_project(places[start:end], normals[polygon]), left)
        left -= steps
        found[rows[polygon] : rows[polygon] + len(ears)] = np.array(ears) + start
    return found


def _cut_quads(
    found: Int64Array, quads: Int64Array, starts: Int64Array, inner: Int64Array
) -> None:
    """Cut some quadrilaterals from their second corner to their last."""
    rows = (np.cumsum(inner) - inner)[quads]
    first = starts[quads]
    found[rows] = np.stack([first, first + 1, first + 3], axis=1)
    found[rows + 1] = np.stack([first + 1, first + 2, first + 3], axis=1)


def _project(places: Float64Array, normal: Float64Array) -> list[tuple[float, float]]:
    """Return corners as seen against a polygon's normal, counter-clockwise."""
    axis = int(np.argmax(np.abs(normal)))
    across, up = (axis + 1) % 3, (axis + 2) % 3
    side = 1.0 if normal[axis] > 0 else -1.0
    return [(side * float(p[across]), float(p[up])) for p in places]


def _clip_ears(
    corners: list[tuple[float, float]], most_steps: int
) -> tuple[list[tuple[int, int, int]], int]:
    """Return the triangles of a simple polygon, two fewer than its corners, and steps.

    After so many steps, what is left becomes a fan.
    """
    left = list(range(len(corners)))
    # Only corners that reach in can lie in an ear; cutting makes none that do.
    inward = {i for i in left if _is_reflex(i, corners)}
    found: list[tuple[int, int, int]] = []
    steps, at, misses = len(left), 0, 0
    while len(left) > 3 and steps < most_steps:  # noqa: PLR2004  # a triangle
        size = len(left)
        at %= size
        ear = left[at - 1], left[at], left[(at + 1) % size]
        steps += 1 if left[at] in inward else 1 + len(inward)
        # A polygon that crosses itself may have no ear: then any corner is cut.
        if misses > size or _is_ear(ear, inward, corners):
            found.append(ear)
            inward.discard(left.pop(at))
            at, misses = at - 1, 0  # the next ear is most often beside the last
        else:
            at, misses = at + 1, misses + 1
    found += [(left[0], left[i], left[i + 1]) for i in range(1, len(left) - 1)]
    return found, steps


def _is_reflex(at: int, corners: list[tuple[float, float]]) -> bool:
    after = corners[(at + 1) % len(corners)]
    return _side(corners[at - 1], corners[at], after) <= 0


def _is_ear(
    ear: tuple[int, int, int], inward: set[int], corners: list[tuple[float, float]]
) -> bool:
    a, b, c = (corners[i] for i in ear)
    if _side(a, b, c) <= 0:
        return False
    return not any(
        _side(a, b, p) >= 0 and _side(b, c, p) >= 0 and _side(c, a, p) >= 0
        for p in (corners[i] for i in inward if i not in ear)
        if p not in (a, b, c)
    )


def _side(
    a: tuple[float, float], b: tuple[float, float], p: tuple[float, float]
) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
