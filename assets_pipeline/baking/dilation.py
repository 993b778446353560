"""Dilate charts of a texture atlas, so that mipmaps do not bleed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from assets_pipeline.arrays import BoolArray, Float32Array, Uint8Array


_NOTHING: Final = np.float32(1e-6)


def dilate(picture: Uint8Array, is_known: BoolArray) -> Uint8Array:
    """Return a texture whose unknown texels take the mean of the nearest known ones.

    Push and pull (Gortler et al. 1996): each level halves the picture, and what is
    unknown at one level is taken from the next.

    Parameters
    ----------
    picture : (n, n, k) uint8
        n a power of two.
    is_known : (n, n) bool
    """
    if is_known.all() or not is_known.any():
        return picture
    levels: list[tuple[Float32Array, Float32Array]] = []
    colors: Float32Array = picture.astype(np.float32)
    weights: Float32Array = is_known.astype(np.float32)[..., None]
    while len(colors) > 1:
        levels.append((colors, weights))
        total = _quarters(weights)
        means = _quarters(colors * weights) / np.maximum(total, _NOTHING)
        colors, weights = means.astype(np.float32), total.clip(0, 1)
    for finer, known in reversed(levels):
        coarser = colors.repeat(2, 0).repeat(2, 1)
        colors = np.where(known > 0, finer, coarser).astype(np.float32)
    return np.round(colors).clip(0, 255).astype(np.uint8)


def dilate_one_texel(
    picture: Uint8Array, is_known: BoolArray
) -> tuple[Uint8Array, BoolArray]:
    """Return a texture whose charts are one texel wider, and the mask of known texels.

    Each new texel is the mean of the known ones about it. Filling alone would mix what
    stands on both sides of a narrow gap, and viewers read half a texel past an edge.
    """
    edge = len(picture)
    total = np.zeros((edge + 2, edge + 2, picture.shape[2]), np.float32)
    count = np.zeros((edge + 2, edge + 2, 1), np.float32)
    known = is_known[..., None]
    for down in range(3):
        for right in range(3):
            place = np.s_[down : down + edge, right : right + edge]
            total[place] += picture * known
            count[place] += known
    total, count = total[1:-1, 1:-1], count[1:-1, 1:-1]
    means = np.round(total / np.maximum(count, 1)).astype(np.uint8)
    return np.where(known, picture, means), count[..., 0] > 0


def _quarters(values: Float32Array) -> Float32Array:
    """Return sums over squares of four."""
    half = len(values) // 2
    squares: Float32Array = values.reshape(half, 2, half, 2, -1).sum(axis=(1, 3))
    return squares
