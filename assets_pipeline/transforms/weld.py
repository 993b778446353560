"""Merge vertices that are equal in every attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import Accessor, accessor

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.gltf.accessors import AnyArray, IndexArray
    from assets_pipeline.gltf.document import Document, Primitive


_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


_STEPS: Final = {
    "NORMAL": 1 / 127,
    "TANGENT": 1 / 127,
    "TEXCOORD": 2**-14,
    "COLOR": 1 / 255,
    "WEIGHTS": 1 / 255,
}
"""Between values that look alike, by the first word of an attribute's name."""


def weld(document: Document, *, alike: bool = False) -> None:
    """Merge vertices whose attributes and morph targets are the same bytes.

    Every primitive is indexed afterwards. Vertices keep the order of their first
    appearance.

    Parameters
    ----------
    document
        Changed in place.
    alike
        Whether vertices at one place also merge when all else is the same once rounded
        as coarsely as no eye sees: exporters leave noise there.
    """
    for primitive in document.primitives():
        keys = _keys(primitive, alike=alike)
        first, inverse = first_of_equals(keys)
        indices = inverse[primitive.flat_indices]
        gather(primitive, first)
        primitive.indices = accessor(indices)


def distinct_vertices(primitive: Primitive) -> int:
    """Return how many vertices of a primitive differ from all before them."""
    return len(first_of_equals(_keys(primitive))[0])


def first_of_equals(rows: AnyArray) -> tuple[IndexArray, IndexArray]:
    """Return which rows are the first of their kind, and each row's kind.

    Parameters
    ----------
    rows : (n, k) uint8

    Returns
    -------
    (m,) uint32, (n,) uint32
        Row numbers growing; for each row, the place of its equal among them.
    """
    _, first, inverse = np.unique(_hashes(rows), return_index=True, return_inverse=True)
    if not np.array_equal(rows, rows[first[inverse]]):
        # Two rows share a hash: once in 10**19 pairs, and then the slow way is right.
        solid = np.ascontiguousarray(rows).view([("", f"V{rows.shape[1]}")]).ravel()
        _, first, inverse = np.unique(solid, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.zeros(len(order), np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    return first[order].astype(np.uint32), rank[inverse.ravel()]


def _hashes(rows: AnyArray) -> AnyArray:
    """Return (n,) uint64: a mixture of each row's bytes (splitmix64's, word by word)."""
    padded = np.pad(rows, ((0, 0), (0, -rows.shape[1] % 8)))
    words = np.ascontiguousarray(padded).view(np.uint64)
    mixed = np.zeros(len(rows), np.uint64)
    for column in words.T:
        mixed = (mixed + column + _GAMMA) * _MIX_1
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_2
        mixed ^= mixed >> np.uint64(27)
    return mixed


def gather(primitive: Primitive, rows: IndexArray) -> None:
    """Keep these vertices of a primitive, in this order; indices are left alone."""

    def chosen(held: Accessor) -> Accessor:
        return accessor(held.array[rows], kind=held.kind, normalized=held.normalized)

    replace_all(primitive, chosen)


def replace_all(primitive: Primitive, change: Callable[[Accessor], Accessor]) -> None:
    """Put another accessor in place of each attribute and morph target."""
    for group in (primitive.attributes, *primitive.targets):
        for name, held in group.items():
            group[name] = change(held)


def _keys(primitive: Primitive, *, alike: bool = False) -> AnyArray:
    """Return (n, k) uint8: all bytes of each vertex, 0 and -0 made one."""
    columns = []
    for group in (primitive.attributes, *primitive.targets):
        for name, held in group.items():
            array = held.array
            step = _STEPS.get(name.partition("_")[0])
            if alike and step is not None and group is primitive.attributes:
                array = np.round(held.values / np.float32(step)).astype(np.int32)
            elif array.dtype == np.float32:
                array = held.values + np.float32(0)
            columns.append(array.view(np.uint8).reshape(held.count, -1))
    return np.concatenate(columns, axis=1)
