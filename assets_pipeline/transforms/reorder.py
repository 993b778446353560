"""Put triangles and vertices in the order that compresses, loads and draws best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.codecs import meshopt
from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.transforms.weld import gather

if TYPE_CHECKING:
    from assets_pipeline.gltf.accessors import AnyArray, IndexArray
    from assets_pipeline.gltf.document import Document

_U16_RESTART = 65535


def reorder(document: Document) -> None:
    """Reorder every indexed primitive, and leave out vertices that nothing uses."""
    for primitive in document.primitives():
        if primitive.indices is None:
            continue
        flat = primitive.flat_indices
        count = primitive.attributes["POSITION"].count
        if primitive.mode == TRIANGLES:
            indices, old = meshopt.reordered(flat, count)
        else:
            indices, old = _in_use(flat)
        gather(primitive, old)
        primitive.indices = accessor(_narrowed(indices, len(old)))


def _in_use(flat: IndexArray) -> tuple[IndexArray, IndexArray]:
    """Return indices over the vertices that are used, and these vertices."""
    used, inverse = np.unique(flat, return_inverse=True)
    return inverse.ravel().astype(np.uint32), used


def _narrowed(indices: IndexArray, vertex_count: int) -> AnyArray:
    """Return indices of 16 bits where they do; the greatest is kept for restarts."""
    return indices.astype(np.uint16) if vertex_count <= _U16_RESTART else indices
