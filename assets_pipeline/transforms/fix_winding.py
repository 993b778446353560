"""Flip triangles whose winding disagrees with their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.transforms.equal_primitives import transform_distinct
from assets_pipeline.transforms.weld import unique_rows

if TYPE_CHECKING:
    from assets_pipeline.arrays import (
        BoolArray,
        Float32Array,
        Float64Array,
        Int64Array,
        Uint32Array,
    )
    from assets_pipeline.gltf.document import Document, Primitive


@dataclass(frozen=True, slots=True)
class FixWindingOptions:
    """When the outside of a piece is known."""

    most_turned_ratio: float = 0.3
    """Of a piece's triangles; above it, no side has a clear majority."""


_MOST_PAIRS: Final = 10_000_000
"""Of bodies that are asked whether one holds the other: a second's work."""
_SAME_PLACE: Final = 1e-6
"""Of a model's size: closer together than float32 tells places apart far from 0."""
_MOST_RIM: Final = 0.02
"""Squares of the length of all holes' rims, by areas: a round hole of a 600th of the
surface. Larger ones may be doors: a room or a gallery is scanned from within."""


def fix_winding(document: Document, options: FixWindingOptions | None = None) -> None:
    """Give all triangles of a connected piece the winding of the majority.

    Two triangles that share an edge run along it in opposite ways when they look the
    same way. Pieces where that can't hold for all (a Möbius strip), or where too many
    would turn, stay as they are; so do edges of three triangles or more, which join
    nothing. A piece that is closed, but for small holes and seams, and looks inwards is
    turned over, unless it lies within another, as the hollow of a solid does, or has
    colours, as a room that was scanned from within.
    Only where there are no normals: those say which side is meant.
    """
    chosen = options or FixWindingOptions()
    transform_distinct(document.primitives(), partial(_repair, options=chosen))


def _repair(primitive: Primitive, *, options: FixWindingOptions) -> None:
    may_turn = primitive.mode == TRIANGLES and "NORMAL" not in primitive.attributes
    triangles = primitive.triangles
    if not may_turn or primitive.targets or not len(triangles):
        return
    points = primitive.positions
    places = _merge_positions(points)
    pairs, disagree, edges = _neighbours(places[triangles])
    pieces = _connected_components(pairs, len(triangles))
    turned = np.zeros(len(triangles), bool)
    if disagree.any():
        turned = _find_minority(pairs, disagree, pieces, options)
    if _is_plain(primitive):
        agrees = turned[pairs[:, 0]] ^ turned[pairs[:, 1]] == disagree
        is_open = np.ones((len(triangles), 3), bool)
        is_open.ravel()[edges[agrees].ravel()] = False
        corners = points[triangles].astype(np.float64)
        rims = np.linalg.norm(np.roll(corners, -1, axis=1) - corners, axis=2)
        open_edges = np.asarray((rims * is_open).sum(axis=1), np.float64)
        rim = np.zeros(len(triangles))
        np.add.at(rim, pieces, open_edges)
        corners[turned] = corners[turned][:, ::-1]
        turned ^= _is_inside_out(_ClosedPieces(corners, pieces, rim))[pieces]
    if turned.any():
        repaired = triangles.copy()
        repaired[turned] = repaired[turned][:, ::-1]
        primitive.indices = create_accessor(repaired.ravel())


def _is_plain(primitive: Primitive) -> bool:
    """Whether nothing but its shape is to be seen: no sky, and no room from within."""
    material = primitive.material
    is_bare = material is None or material.base_color_texture is None
    return is_bare and "COLOR_0" not in primitive.attributes


def _find_minority(
    pairs: Int64Array,
    disagree: BoolArray,
    pieces: Int64Array,
    options: FixWindingOptions,
) -> BoolArray:
    """Return which triangles look the other way than most of their piece."""
    count = len(pieces)
    turned = _flip(pairs, disagree, pieces, count)
    is_torn = np.zeros(count, bool)
    wrong = turned[pairs[:, 0]] ^ turned[pairs[:, 1]] ^ disagree
    is_torn[pieces[pairs[wrong, 0]]] = True
    sizes = np.bincount(pieces, minlength=count)
    shares = np.bincount(pieces, turned, count) / np.maximum(sizes, 1)
    turned ^= (shares > 0.5)[pieces]  # noqa: PLR2004  # the majority stays
    shares = np.minimum(shares, 1 - shares)
    turned &= ~is_torn[pieces] & (shares <= options.most_turned_ratio)[pieces]
    return turned


def _merge_positions(points: Float32Array) -> Uint32Array:
    """Return (n,) the place of each vertex: what rounding has parted stands at one."""
    size = float(np.ptp(points, axis=0).max(initial=0)) or 1.0
    cells = np.round(points / np.float32(size * _SAME_PLACE)) + np.float32(0)
    rows = np.ascontiguousarray(cells, np.float32).view(np.uint8)
    return unique_rows(rows.reshape(len(points), -1))[1]


@dataclass(frozen=True, slots=True)
class _ClosedPieces:
    """Pieces of a surface, as what they might enclose."""

    corners: Float64Array
    """(n, 3, 3) of each triangle."""
    pieces: Int64Array
    """(n,) the piece of each."""
    rims: Float64Array
    """(n,) by piece: the length of all edges of one triangle."""

    def boxes(self) -> tuple[Float64Array, Float64Array]:
        """Return (n, 3) least and (n, 3) greatest coordinates, by piece."""
        count = len(self.pieces)
        least = np.full((count, 3), np.inf)
        most = np.full((count, 3), -np.inf)
        np.minimum.at(least, self.pieces, self.corners.min(axis=1))
        np.maximum.at(most, self.pieces, self.corners.max(axis=1))
        return least, most


def _is_inside_out(bodies: _ClosedPieces) -> BoolArray:
    """Return, by piece, whether it encloses a body, looks inwards, and is no hollow."""
    count = len(bodies.pieces)
    least, most = bodies.boxes()
    signs = _orientations(bodies, least, most)
    found = np.asarray(signs < 0)
    inner, outer = np.flatnonzero(found), np.flatnonzero(signs > 0)
    if len(inner) * len(outer) > _MOST_PAIRS:
        return np.zeros(count, bool)
    for piece in inner:
        holds = (least[outer] <= least[piece]) & (most[outer] >= most[piece])
        found[piece] = not holds.all(axis=1).any()
    return found


def _orientations(
    bodies: _ClosedPieces, least: Float64Array, most: Float64Array
) -> Float64Array:
    """Return, by piece, 1 for a body seen from outside, -1 from inside, 0 for no body.

    What a piece lacks to be closed has the sum of its triangles' areas, as vectors, for
    its own, turned round. Within the piece's box it can't enclose more than that by half
    the box's diagonal: a piece that encloses more keeps its sign, however it is closed.
    """
    count = len(bodies.pieces)
    is_one = np.isfinite(least).all(axis=1, keepdims=True)
    least, most = np.where(is_one, least, 0), np.where(is_one, most, 0)
    middles, reaches = (least + most) / 2, np.linalg.norm(most - least, axis=1) / 2
    a, b, c = (bodies.corners - middles[bodies.pieces, None]).transpose(1, 0, 2)
    areas = np.cross(b - a, c - a) / 2
    lacking = np.stack([np.bincount(bodies.pieces, row, count) for row in areas.T])
    lacks = np.linalg.norm(lacking, axis=0)
    area = np.bincount(bodies.pieces, np.linalg.norm(areas, axis=1), count)
    sixths = np.einsum("ij,ij->i", a, np.cross(b, c))
    volumes = np.bincount(bodies.pieces, sixths, count) / 6
    is_sure = np.abs(volumes) > reaches * lacks / 3
    is_nearly_closed = bodies.rims**2 <= _MOST_RIM * area
    return np.where(is_sure & is_nearly_closed, np.sign(volumes), 0.0)


def _neighbours(triangles: Uint32Array) -> tuple[Int64Array, BoolArray, Int64Array]:
    """Return (k, 2) triangles that share an edge of two, and whether they disagree.

    The last, (k, 2), is which edge of all it is: triangle times 3, and its corner.
    """
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
    edges = np.stack([a, b], axis=1)
    return np.stack([owners[a], owners[b]], axis=1), disagree, edges


def _connected_components(pairs: Int64Array, count: int) -> Int64Array:
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


def _flip(
    pairs: Int64Array, disagree: BoolArray, pieces: Int64Array, count: int
) -> BoolArray:
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
