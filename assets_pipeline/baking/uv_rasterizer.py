"""Rasterize triangles in texture space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from assets_pipeline.arrays import (
        BoolArray,
        Float32Array,
        Float64Array,
        Int64Array,
        Uint32Array,
    )


_FLAT = 1e-12  # of a triangle without area in the picture
_TRIANGLES_AT_ONCE: Final = 100_000  # which bounds memory


@dataclass(frozen=True, slots=True)
class Texels:
    """Texels whose centres lie in a triangle, each once, in no order."""

    rows: Int64Array
    columns: Int64Array
    triangles: Int64Array
    """Which triangle covers each."""
    weights: Float32Array
    """(n, 3): how much of each corner."""


def rasterize(uvs: Float32Array, triangles: Uint32Array, edge_px: int) -> Texels:
    """Return the texels of a square texture that triangles cover.

    Rows of each triangle are cut by its three half planes, so that only texels that
    are covered are ever written down.

    Parameters
    ----------
    uvs : (n, 2) float32
        From the picture's upper left corner.
    triangles : (m, 3) uint32
    edge_px
        Of the picture.
    """
    corners = uvs[triangles].astype(np.float64) * edge_px
    planes = _half_planes(corners)
    rows, owners = _rows(corners, planes, edge_px)
    starts, counts = _spans(planes[owners], rows, edge_px)
    owner = np.repeat(owners, counts)
    row = np.repeat(rows, counts)
    within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    column = np.repeat(starts, counts) + within
    row, column, owner = _each_once(row, column, owner, edge_px)
    x, y = column + 0.5, row + 0.5
    weights = np.zeros((len(row), 3), np.float32)
    for corner in range(3):
        a, b, c = planes[owner, corner].T
        weights[:, corner] = a * x + b * y + c
    weights = weights.clip(0, None)
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), np.float32(_FLAT))
    return Texels(row, column, owner, weights)


def rasterize_mask(uvs: Float32Array, width_px: int, height_px: int) -> BoolArray:
    """Return the (height, width) mask of the texels that triangles cover.

    A triangle that lies between the centres of texels, or on one colour of a palette,
    covers the texels of its corners.

    Parameters
    ----------
    uvs : (m, 3, 2) float32
        Of each triangle's corners, from the picture's upper left one.
    width_px, height_px
        Of the picture.
    """
    # Each run of texels counts one up where it starts, one down behind its end.
    steps = np.zeros((height_px, width_px + 1), np.int32)
    for start in range(0, len(uvs), _TRIANGLES_AT_ONCE):
        corners = uvs[start : start + _TRIANGLES_AT_ONCE].astype(np.float64)
        corners *= (width_px, height_px)
        planes = _half_planes(corners)
        rows, owners = _rows(corners, planes, height_px)
        starts, counts = _spans(planes[owners], rows, width_px)
        runs = counts > 0
        np.add.at(steps, (rows[runs], starts[runs]), 1)
        np.add.at(steps, (rows[runs], (starts + counts)[runs]), -1)
        is_missed = np.bincount(owners, counts, minlength=len(corners)) == 0
        x, y = np.floor(corners[is_missed].reshape(-1, 2)).astype(np.int64).T
        x, y = x.clip(0, width_px - 1), y.clip(0, height_px - 1)
        np.add.at(steps, (y, x), 1)
        np.add.at(steps, (y, x + 1), -1)
    np.cumsum(steps, axis=1, dtype=np.int32, out=steps)
    mask: BoolArray = steps[:, :width_px] != 0
    return mask


def _half_planes(corners: Float64Array) -> Float64Array:
    """Return (m, 3, 3): a, b, c of the weight of each corner, ``a x + b y + c``."""
    planes = np.zeros((len(corners), 3, 3))
    for i in range(3):
        (x1, y1), (x2, y2) = corners[:, (i + 1) % 3].T, corners[:, (i + 2) % 3].T
        planes[:, i] = np.stack([y1 - y2, x2 - x1, x1 * y2 - x2 * y1], axis=1)
    areas = planes[:, :, 2].sum(axis=1)
    is_flat = np.abs(areas) < _FLAT
    planes /= np.where(is_flat, 1.0, areas)[:, None, None]
    planes[is_flat] = (0.0, 0.0, -1.0)  # holds nothing
    return planes


def _rows(
    corners: Float64Array, planes: Float64Array, edge_px: int
) -> tuple[Int64Array, Int64Array]:
    """Return the rows of texels that each triangle crosses, and whose they are."""
    y = corners[:, :, 1]
    first = np.ceil(y.min(axis=1) - 0.5).clip(0, edge_px).astype(np.int64)
    last = np.floor(y.max(axis=1) - 0.5).clip(-1, edge_px - 1).astype(np.int64)
    counts = (last - first + 1).clip(0)
    counts[planes[:, 0, 2] == -1] = 0
    owners = np.repeat(np.arange(len(corners)), counts)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(first, counts) + within, owners


def _spans(
    planes: Float64Array, rows: Int64Array, edge_px: int
) -> tuple[Int64Array, Int64Array]:
    """Return the first column and the number of columns that a row covers."""
    a, b, c = planes[..., 0], planes[..., 1], planes[..., 2]
    rest = b * (rows[:, None] + 0.5) + c
    with np.errstate(divide="ignore", invalid="ignore"):
        bounds = -rest / a
    low = np.where(a > 0, bounds, -np.inf).max(axis=1)
    high = np.where(a < 0, bounds, np.inf).min(axis=1)
    is_out = ((a == 0) & (rest < 0)).any(axis=1)
    first = np.ceil(low - 0.5).clip(0, edge_px).astype(np.int64)
    last = np.floor(high - 0.5).clip(-1, edge_px - 1).astype(np.int64)
    counts = np.where(is_out, 0, (last - first + 1).clip(0))
    return first, counts


def _each_once(
    rows: Int64Array, columns: Int64Array, owners: Int64Array, edge_px: int
) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Return texels without those that a second triangle covers too."""
    owner_of = np.full(edge_px * edge_px, -1, np.int64)
    owner_of[rows * edge_px + columns] = owners
    places = np.nonzero(owner_of >= 0)[0]
    return places // edge_px, places % edge_px, owner_of[places]
