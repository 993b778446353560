"""A noisy picture of a surface made smooth along it, never across an edge or a gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from assets_pipeline.gltf.accessors import BoolArray, FloatArray

_WINDOW: Final = ((-2, 0.5), (-1, 1.0), (0, 1.0), (1, 1.0), (2, 0.5))
"""Every fourth texel has the same share: what repeats over four is gone."""
_SAME_WAY: Final = 0.8  # cosine
_NEAR: Final = (
    6.0  # texels; the window's corners are 2.8 away, and charts are stretched
)


@dataclass(frozen=True, slots=True)
class Texel:
    """Where on a surface each texel of a picture lies."""

    points: FloatArray
    """(n, n, 3) float32."""
    normals: FloatArray
    """(n, n, 3) float32 unit."""
    is_known: BoolArray
    """(n, n) bool."""


def softened(values: FloatArray, texel: Texel, size: float) -> FloatArray:
    """Return a picture's values, each the mean of those near it on the surface.

    Parameters
    ----------
    values : (n, n) float32
    texel
        Of the surface there.
    size
        How wide a texel is on the surface.
    """
    edge = len(values)
    total, weight = (np.zeros((edge, edge), np.float32) for _ in range(2))
    for down, share_down in _WINDOW:
        for right, share_right in _WINDOW:
            here, there = _overlap(edge, down, right)
            apart = texel.points[here] - texel.points[there]
            is_near = np.einsum("ijk,ijk->ij", apart, apart) < (_NEAR * size) ** 2
            cosine = np.einsum("ijk,ijk->ij", texel.normals[here], texel.normals[there])
            counts = is_near & (cosine > _SAME_WAY) & texel.is_known[there]
            share = counts * np.float32(share_down * share_right)
            total[here] += share * values[there]
            weight[here] += share
    return np.where(weight > 0, total / np.maximum(weight, np.float32(1e-9)), values)


def _overlap(
    edge: int, down: int, right: int
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Return the part of a picture that has a neighbour there, and the neighbours."""
    here = tuple(slice(max(0, -by), edge - max(0, by)) for by in (down, right))
    there = tuple(slice(max(0, by), edge - max(0, -by)) for by in (down, right))
    return (here[0], here[1]), (there[0], there[1])
