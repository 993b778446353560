"""Turn over triangles that look the other way than all around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.transforms.alike import change_each
from assets_pipeline.transforms.weld import first_of_equals

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.gltf.accessors import BoolArray, IndexArray
    from assets_pipeline.gltf.document import Document, Primitive

    Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WindingOptions:
    """When it can be known which side is meant."""

    most_turned_ratio: float = 0.3
    """Of a piece's triangles; above it, no side has a clear majority."""


def winding(document: Document, options: WindingOptions | None = None) -> None:
    """Make the triangles of each connected piece look the same way: the majority's.

    Two triangles that share an edge run along it in opposite ways when they look the
    same way. Pieces where that can't hold for all (a Möbius strip), or where too many
    would turn, stay as they are; so do edges of three triangles or more, which join
    nothing. Only where there are no normals: those say which side is meant.
    """
    chosen = options or WindingOptions()
    change_each(document.primitives(), partial(_repair, options=chosen))


def _repair(primitive: Primitive, *, options: WindingOptions) -> None:
    may_turn = primitive.mode == TRIANGLES and "NORMAL" not in primitive.attributes
    triangles = primitive.triangles
    if not may_turn or primitive.targets or not len(triangles):
        return
    points = primitive.positions + np.float32(0)
    rows = np.ascontiguousarray(points).view(np.uint8).reshape(len(points), -1)
    _, places = first_of_equals(rows)
    pairs, disagree = _neighbours(places[triangles])
    if not disagree.any():
        return
    pieces = _pieces(pairs, len(triangles))
    turned = _turned(pairs, disagree, pieces, len(triangles))
    is_torn = np.zeros(len(triangles), bool)
    wrong = turned[pairs[:, 0]] ^ turned[pairs[:, 1]] ^ disagree
    is_torn[pieces[pairs[wrong, 0]]] = True
    sizes = np.bincount(pieces, minlength=len(triangles))
    shares = np.bincount(pieces, turned, len(triangles)) / np.maximum(sizes, 1)
    turned ^= (shares > 0.5)[pieces]  # noqa: PLR2004  # the majority stays
    shares = np.minimum(shares, 1 - shares)
    turned &= ~is_torn[pieces] & (shares <= options.most_turned_ratio)[pieces]
    if turned.any():
        repaired = triangles.copy()
        repaired[turned] = repaired[turned][:, ::-1]
        primitive.indices = accessor(repaired.ravel())


def _neighbours(triangles: IndexArray) -> tuple[Whole, BoolArray]:
    """Return (k, 2) triangles that share an edge of two, and whether they disagree."""
    starts = triangles.ravel().astype(np.int64)
    ends = np.roll(triangles, -1, axis=1).ravel().astype(np.int64)
    owners = np.repeat(np.arange(len(triangles)), 3)
    keys = np.minimum(starts, ends) * (int(triangles.max()) + 1) + np.maximum(
        starts, ends
    )
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    begins = np.nonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]]))[0]
    sizes = np.diff(np.append(begins, len(ranked)))
    twos = begins[sizes == 2]  # noqa: PLR2004  # an edge of a plain surface
    a, b = order[twos], order[twos + 1]
    is_real = (starts[a] != ends[a]) & (owners[a] != owners[b])
    a, b = a[is_real], b[is_real]
    disagree: BoolArray = starts[a] == starts[b]
    return np.stack([owners[a], owners[b]], axis=1), disagree


def _pieces(pairs: Whole, count: int) -> Whole:
    """Return each triangle's piece, named after one of its triangles."""
    found = np.arange(count)
    a, b = pairs.T
    while True:
        least = np.minimum(found[a], found[b])
        lower = found.copy()
        np.minimum.at(lower, found[a], least)
        np.minimum.at(lower, found[b], least)
        while not np.array_equal(lower[lower], lower):
            lower = lower[lower]
        if np.array_equal(lower, found):
            return found
        found = lower


def _turned(pairs: Whole, disagree: BoolArray, pieces: Whole, count: int) -> BoolArray:
    """Return which triangles look the other way than the one their piece is named after.

    A wave goes out from each of these over neighbours, all pieces at once.
    """
    both = np.concatenate([pairs, pairs[:, ::-1]])
    differs = np.concatenate([disagree, disagree])
    order = np.argsort(both[:, 0], kind="stable")
    to, differs = both[order, 1], differs[order]
    first = np.searchsorted(both[order, 0], np.arange(count + 1))
    turned, is_known = np.zeros(count, bool), np.zeros(count, bool)
    front = np.unique(pieces)
    is_known[front] = True
    while len(front):
        counts = first[front + 1] - first[front]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        edges = np.repeat(first[front], counts) + within
        looks = np.repeat(turned[front], counts) ^ differs[edges]
        fresh = ~is_known[to[edges]]
        turned[to[edges][fresh]] = looks[fresh]
        front = np.unique(to[edges][fresh])
        is_known[front] = True
    return turned
