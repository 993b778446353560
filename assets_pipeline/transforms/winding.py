"""Turn over triangles that look the other way than all around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.transforms.alike import change_each
from assets_pipeline.transforms.weld import first_of_equals

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.gltf.accessors import BoolArray, IndexArray
    from assets_pipeline.gltf.document import Document, Primitive
    from assets_pipeline.gltf.geometry import Doubles

    Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WindingOptions:
    """When it can be known which side is meant."""

    most_turned_ratio: float = 0.3
    """Of a piece's triangles; above it, no side has a clear majority."""


_MOST_PAIRS: Final = 10_000_000
"""Of bodies that are asked whether one holds the other: a second's work."""


def winding(document: Document, options: WindingOptions | None = None) -> None:
    """Make the triangles of each connected piece look the same way: the majority's.

    Two triangles that share an edge run along it in opposite ways when they look the
    same way. Pieces where that can't hold for all (a Möbius strip), or where too many
    would turn, stay as they are; so do edges of three triangles or more, which join
    nothing. A piece that is closed and looks inwards is turned over, unless it lies
    within another, as the hollow of a solid does, or has colours, as a room that was
    scanned from within.
    Only where there are no normals: those say which side is meant.
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
    pieces = _pieces(pairs, len(triangles))
    turned = np.zeros(len(triangles), bool)
    if disagree.any():
        turned = _outvoted(pairs, disagree, pieces, options)
    if _is_plain(primitive):
        agrees = turned[pairs[:, 0]] ^ turned[pairs[:, 1]] == disagree
        joined = np.bincount(pieces[pairs[agrees, 0]], minlength=len(triangles))
        is_closed = 2 * joined == 3 * np.bincount(pieces, minlength=len(triangles))
        corners = points[triangles].astype(np.float64)
        corners[turned] = corners[turned][:, ::-1]
        turned ^= _is_inside_out(corners, pieces, is_closed)[pieces]
    if turned.any():
        repaired = triangles.copy()
        repaired[turned] = repaired[turned][:, ::-1]
        primitive.indices = accessor(repaired.ravel())


def _is_plain(primitive: Primitive) -> bool:
    """Whether nothing but its shape is to be seen: no sky, and no room from within."""
    material = primitive.material
    is_bare = material is None or material.base_color_texture is None
    return is_bare and "COLOR_0" not in primitive.attributes


def _outvoted(
    pairs: Whole, disagree: BoolArray, pieces: Whole, options: WindingOptions
) -> BoolArray:
    """Return which triangles look the other way than most of their piece."""
    count = len(pieces)
    turned = _turned(pairs, disagree, pieces, count)
    is_torn = np.zeros(count, bool)
    wrong = turned[pairs[:, 0]] ^ turned[pairs[:, 1]] ^ disagree
    is_torn[pieces[pairs[wrong, 0]]] = True
    sizes = np.bincount(pieces, minlength=count)
    shares = np.bincount(pieces, turned, count) / np.maximum(sizes, 1)
    turned ^= (shares > 0.5)[pieces]  # noqa: PLR2004  # the majority stays
    shares = np.minimum(shares, 1 - shares)
    turned &= ~is_torn[pieces] & (shares <= options.most_turned_ratio)[pieces]
    return turned


def _is_inside_out(corners: Doubles, pieces: Whole, is_closed: BoolArray) -> BoolArray:
    """Return, by piece, whether it is closed, looks inwards, and is no hollow.

    Parameters
    ----------
    corners : (n, 3, 3)
        Of each triangle.
    pieces : (n,)
        The piece of each.
    is_closed : (n,)
        By piece.
    """
    count = len(pieces)
    corners = corners - corners.reshape(-1, 3).mean(axis=0)
    a, b, c = corners.transpose(1, 0, 2)
    sixths = np.einsum("ij,ij->i", a, np.cross(b, c))
    volumes = np.bincount(pieces, sixths, count)  # times 6: only the sign is asked
    found: BoolArray = is_closed & (volumes < 0)
    least = np.full((count, 3), np.inf)
    most = np.full((count, 3), -np.inf)
    np.minimum.at(least, pieces, corners.min(axis=1))
    np.maximum.at(most, pieces, corners.max(axis=1))
    inner, outer = np.nonzero(found)[0], np.nonzero(is_closed & (volumes > 0))[0]
    if len(inner) * len(outer) > _MOST_PAIRS:
        return np.zeros(count, bool)
    for piece in inner:
        holds = (least[outer] <= least[piece]) & (most[outer] >= most[piece])
        found[piece] = not holds.all(axis=1).any()
    return found


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
