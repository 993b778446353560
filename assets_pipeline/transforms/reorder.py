"""Put triangles and vertices in the order that compresses, loads and draws best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import brotli  # type: ignore[import-untyped]  # C, without types
import numpy as np

from assets_pipeline.codecs import meshopt
from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.transforms.alike import change_each
from assets_pipeline.transforms.weld import gather

if TYPE_CHECKING:
    from assets_pipeline.gltf.accessors import AnyArray, IndexArray
    from assets_pipeline.gltf.document import Document, Primitive

_U16_RESTART = 65535
_RUNS: Final = 16
_RUN_TRIANGLES: Final = 1024
"""Of a sample, from all over a mesh: it tells as much as the whole."""
_SCAN_TRIANGLES: Final = 20_000
"""Below, nothing comes row by row."""
_QUICK: Final = 1
"""Brotli's effort."""


def reorder(document: Document) -> None:
    """Reorder every indexed primitive, and leave out vertices that nothing uses.

    Triangles go in strips. Those of a scan that came row by row stay in their order where
    it compresses better: a raw scan takes 3 % less so.
    """
    change_each(document.primitives(), _reorder)


def _reorder(primitive: Primitive) -> None:
    if primitive.indices is None:
        return
    flat = primitive.flat_indices
    if primitive.mode == TRIANGLES:
        count = primitive.attributes["POSITION"].count
        keeps = _came_in_order(flat, count)
        indices, old = meshopt.reordered(flat, count, keeps_triangles=keeps)
    else:
        indices, old = _in_use(flat)
    gather(primitive, old)
    primitive.indices = accessor(_narrowed(indices, len(old)))


def _came_in_order(flat: IndexArray, count: int) -> bool:
    """Whether a sample of triangles compresses better as it came than in strips."""
    triangles = flat.reshape(-1, 3)
    if len(triangles) < _SCAN_TRIANGLES:
        return False
    starts = np.linspace(0, len(triangles) - _RUN_TRIANGLES, _RUNS).astype(np.intp)
    rows = starts[:, None] + np.arange(_RUN_TRIANGLES)
    sample = triangles.take(rows.ravel(), axis=0).ravel()
    as_it_came, in_strips = (
        meshopt.reordered(sample, count, keeps_triangles=keeps)[0]
        for keeps in (True, False)
    )
    return _sent_bytes(as_it_came) < _sent_bytes(in_strips)


def _sent_bytes(indices: IndexArray) -> int:
    content = meshopt.encoded(
        indices.tobytes(), "TRIANGLES", count=len(indices), stride_bytes=4
    )
    return len(brotli.compress(content, quality=_QUICK))


def _in_use(flat: IndexArray) -> tuple[IndexArray, IndexArray]:
    """Return indices over the vertices that are used, and these vertices."""
    used, inverse = np.unique(flat, return_inverse=True)
    return inverse.ravel().astype(np.uint32), used


def _narrowed(indices: IndexArray, vertex_count: int) -> AnyArray:
    """Return indices of 16 bits where they do; the greatest is kept for restarts."""
    return indices.astype(np.uint16) if vertex_count <= _U16_RESTART else indices
