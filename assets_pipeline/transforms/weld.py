"""Merge equal vertices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.transforms.equal_primitives import transform_distinct

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.arrays import AnyArray, Float32Array, Uint32Array, Uint64Array
    from assets_pipeline.gltf.accessors import Accessor
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
_MOST_STEPS: Final = 2**31 - 256


@dataclass(frozen=True, slots=True)
class WeldOptions:
    """Which vertices count as equal."""

    is_tolerant: bool = False
    """Whether vertices at one place also merge when all else is the same once rounded
    as coarsely as no eye sees: exporters leave noise there."""


def weld(document: Document, options: WeldOptions | None = None) -> None:
    """Merge vertices with equal attributes and morph targets.

    Every primitive is indexed afterwards. Vertices keep the order of their first
    appearance.
    """
    chosen = options or WeldOptions()
    transform_distinct(document.primitives(), partial(_weld, options=chosen))


def _weld(primitive: Primitive, *, options: WeldOptions) -> None:
    keys = _keys(primitive, is_tolerant=options.is_tolerant)
    first, inverse = unique_rows(keys)
    indices = inverse.take(primitive.flat_indices)
    if len(first) < len(keys):
        take_vertices(primitive, first)
    primitive.indices = create_accessor(indices)


def count_distinct_vertices(primitive: Primitive) -> int:
    """Return how many distinct vertices a primitive has."""
    return len(unique_rows(_keys(primitive))[0])


def unique_rows(rows: AnyArray) -> tuple[Uint32Array, Uint32Array]:
    """Return the first row of each kind, and the kind of every row.

    Parameters
    ----------
    rows : (n, k) uint8

    Returns
    -------
    (m,) uint32, (n,) uint32
        Row numbers growing; for each row, the place of its equal among them.
    """
    each = np.arange(len(rows), dtype=np.uint32)
    first = _first_of_equal_hashes(_hashes(rows))
    if np.array_equal(first, each):
        return each, each
    if not np.array_equal(rows, rows.take(first, axis=0)):
        # Two rows share a hash: once in 10**19 pairs, and then the slow way is right.
        solid = np.ascontiguousarray(rows).view([("", f"V{rows.shape[1]}")]).ravel()
        _, begins, inverse = np.unique(solid, return_index=True, return_inverse=True)
        first = begins[inverse.ravel()].astype(np.uint32)
    is_first = first == each
    rank = np.cumsum(is_first, dtype=np.uint32) - np.uint32(1)
    return np.flatnonzero(is_first).astype(np.uint32), rank[first]


def _first_of_equal_hashes(hashes: Uint64Array) -> Uint32Array:
    """Return (n,) the number of the first row that has each row's hash.

    A hash table, filled and then asked by all rows at once: it takes a sixth of the time
    of sorting. Rows that find another hash in their place try again among themselves.
    """
    first = np.zeros(len(hashes), np.uint32)
    rows, mixed = np.arange(len(hashes), dtype=np.uint32), hashes
    while len(rows):
        bits = len(rows).bit_length()
        places = (mixed >> np.uint64(64 - bits)).astype(np.intp)
        table = np.zeros(1 << bits, np.uint32)
        table[places[::-1]] = rows[::-1]  # the last that is written stays
        found = table.take(places)
        first[rows] = found
        others = np.flatnonzero(hashes.take(found) != hashes.take(rows))
        rows, mixed = rows.take(others), mixed.take(others) * _MIX_1
    return first


def _hashes(rows: AnyArray) -> Uint64Array:
    """Return (n,) uint64: a mixture of each row's bytes (splitmix64's, word by word)."""
    padded = np.zeros((len(rows), -(-rows.shape[1] // 8) * 8), np.uint8)
    padded[:, : rows.shape[1]] = rows
    mixed = np.zeros(len(rows), np.uint64)
    for column in padded.view(np.uint64).T:
        mixed = (mixed + column + _GAMMA) * _MIX_1
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_2
        mixed ^= mixed >> np.uint64(27)
    return mixed


def take_vertices(primitive: Primitive, rows: Uint32Array) -> None:
    """Keep these vertices of a primitive, in this order; indices stay as they are."""
    map_attributes(primitive, lambda accessor: accessor.take_rows(rows))


def map_attributes(
    primitive: Primitive, change: Callable[[Accessor], Accessor]
) -> None:
    """Replace the accessor of each attribute and morph target."""
    for group in (primitive.attributes, *primitive.targets):
        for name, accessor in group.items():
            group[name] = change(accessor)


def _keys(primitive: Primitive, *, is_tolerant: bool = False) -> AnyArray:
    """Return (n, k) uint8: all bytes of each vertex, 0 and -0 made one."""
    columns = []
    for group in (primitive.attributes, *primitive.targets):
        for name, accessor in group.items():
            array = accessor.array
            step = _STEPS.get(name.partition("_")[0])
            if is_tolerant and step is not None and group is primitive.attributes:
                array = _round_to_steps(accessor.values, step)
            elif array.dtype == np.float32:
                array = accessor.values + np.float32(0)
            columns.append(array.view(np.uint8).reshape(accessor.count, -1))
    return np.concatenate(columns, axis=1)


def _round_to_steps(values: Float32Array, step: float) -> AnyArray:
    """Return whole numbers of steps; the values themselves where those are too many."""
    with np.errstate(over="ignore"):
        steps = np.round(values / np.float32(step))
    if np.abs(steps).max(initial=0) < _MOST_STEPS:
        return steps.astype(np.int32)
    return values + np.float32(0)
