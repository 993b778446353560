"""Remove triangles that repeat an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.transforms.equal_primitives import transform_distinct
from assets_pipeline.transforms.weld import unique_rows

if TYPE_CHECKING:
    from assets_pipeline.arrays import AnyArray, Uint32Array
    from assets_pipeline.gltf.document import Document, Primitive

_TURNS: Final = np.array([[0, 1, 2], [1, 2, 0], [2, 0, 1]])
"""The corners of a triangle that begins at each of them."""


def drop_duplicate_triangles(document: Document) -> None:
    """Remove triangles over the same vertices as an earlier one.

    Those that look the other way stay: two faces back to back are how a sheet is seen
    from both sides. So do those of see-through materials, which show twice as dense.
    Wants welded, plain triangles.
    """
    transform_distinct(document.primitives(), _drop_duplicates)


def first_occurrences(triangles: Uint32Array) -> Uint32Array:
    """Return the row numbers, ascending, of triangles that repeat none before.

    Parameters
    ----------
    triangles : (m, 3) uint32
        Vertex numbers. Two are the same that turn the same way, whichever corner is first.
    """
    return unique_rows(_keys(triangles))[0]


def _drop_duplicates(primitive: Primitive) -> None:
    if primitive.mode == TRIANGLES and not _is_blended(primitive):
        triangles = primitive.triangles
        kept = first_occurrences(triangles)
        if len(kept) < len(triangles):
            primitive.indices = create_accessor(triangles.take(kept, axis=0).ravel())


def _is_blended(primitive: Primitive) -> bool:
    return primitive.material is not None and primitive.material.alpha_mode == "BLEND"


def _keys(triangles: Uint32Array) -> AnyArray:
    """Return (m, 12) uint8, the same for triangles that begin at another corner."""
    a, b, c = triangles.T
    least = np.where(b < a, np.where(c < b, 2, 1), np.where(c < a, 2, 0))
    corners = 3 * np.arange(len(triangles))[:, None] + _TURNS.take(least, axis=0)
    keys: AnyArray = triangles.ravel().take(corners).view(np.uint8)
    return keys
