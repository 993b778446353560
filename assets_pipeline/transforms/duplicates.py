"""Draw each triangle once: exports and repairs leave the same one several times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.transforms.weld import first_of_equals

if TYPE_CHECKING:
    from assets_pipeline.gltf.accessors import IndexArray
    from assets_pipeline.gltf.document import Document, Primitive


def duplicates(document: Document) -> None:
    """Leave out triangles on the same three vertices as one before them, looking alike.

    Those that look the other way stay: two faces back to back are how a sheet is seen
    from both sides. So do those of see-through materials, which show twice as dense.
    Wants welded, plain triangles.
    """
    for primitive in document.primitives():
        if primitive.mode == TRIANGLES and not _is_clear(primitive):
            triangles = primitive.triangles
            kept, _ = first_of_equals(_keys(triangles))
            if len(kept) < len(triangles):
                primitive.indices = accessor(triangles[kept].ravel())


def _is_clear(primitive: Primitive) -> bool:
    return primitive.material is not None and primitive.material.alpha_mode == "BLEND"


def _keys(triangles: IndexArray) -> np.ndarray:
    """Return (m, 12) uint8, the same for triangles that begin at another corner."""
    first = triangles.argmin(axis=1)
    turns = (first[:, None] + np.arange(3)) % 3
    turned = np.take_along_axis(triangles, turns, axis=1)
    return np.ascontiguousarray(turned).view(np.uint8).reshape(len(triangles), -1)
