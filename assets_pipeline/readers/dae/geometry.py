"""Geometries of a COLLADA file as triangles of one material each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.gltf.geometry import split_offset
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.readers.dae.elements import (
    Library,
    fit_width,
    input_offset,
    read_integer,
)
from assets_pipeline.readers.triangulation import triangulate
from assets_pipeline.readers.xml import Element, raise_damaged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.arrays import Float32Array, Float64Array, Int64Array


_FARTHEST: Final = 1e9
_SURFACES: Final = ("triangles", "polylist", "polygons", "tristrips", "trifans")
_CORNERS: Final = 3
_MOST_UVS: Final = 4
_OPAQUE: Final = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class MaterialTriangles:
    """The triangles of one material, not yet welded."""

    symbol: str
    """What instances bind a material to."""
    attributes: dict[str, Accessor]
    vertices: Int64Array
    """(3 m,) the number of each corner's position: skins refer to it."""
    uv_sets: tuple[int, ...]
    """The set that each TEXCOORD_n is in the file."""


@dataclass(frozen=True, slots=True, eq=False)
class DaeGeometry:
    """One geometry, its triangles by material."""

    pieces: list[MaterialTriangles]
    middle: tuple[float, float, float]
    """What to add to positions, in the file's units."""


@dataclass(frozen=True, slots=True, eq=False)
class _Input:
    semantic: str
    table: Float64Array
    offset: int
    uv_set: int


def read_geometry(geometry: Element, library: Library) -> DaeGeometry:
    """Return the triangles of a ``geometry``; none for lines and curves.

    Raises
    ------
    DamagedFileError
        If numbers are missing, or name others that are.
    """
    mesh = geometry.find("mesh")
    vertices = mesh.find("vertices") if mesh else None
    if mesh is None or vertices is None:
        return DaeGeometry([], (0.0, 0.0, 0.0))
    shared = [_input(child, library) for child in vertices.find_all("input")]
    places = next((i.table for i in shared if i.semantic == "POSITION"), None)
    if places is None:
        raise_damaged(vertices, "vertices have no positions")
    exact = fit_width(places, 3)
    if not (np.abs(exact) < _FARTHEST).all():
        raise_damaged(vertices, "positions are farther than any model")
    positions, middle = split_offset(exact)
    pieces = []
    for surface in mesh.find_all(*_SURFACES):
        inputs = _inputs(surface, shared, library)
        corners = _corners(surface, inputs, exact)
        if len(corners):
            pieces.append(_material_triangles(surface, inputs, corners, positions))
    return DaeGeometry(pieces, middle)


def _inputs(surface: Element, shared: list[_Input], library: Library) -> list[_Input]:
    """Return a surface's inputs, those of its vertices in place of VERTEX."""
    found: list[_Input] = []
    for child in surface.find_all("input"):
        if child.attributes.get("semantic") == "VERTEX":
            offset = input_offset(child)
            found += [_Input(i.semantic, i.table, offset, i.uv_set) for i in shared]
        else:
            found.append(_input(child, library))
    if not any(i.semantic == "POSITION" for i in found):
        raise_damaged(surface, "triangles have no vertices")
    return found


def _input(element: Element, library: Library) -> _Input:
    table = library.table(library.find_reference(element, "source", "source"))
    semantic = element.attributes.get("semantic", "")
    return _Input(
        semantic, table, input_offset(element), read_integer(element, "set", 0)
    )


def _corners(
    surface: Element, inputs: list[_Input], places: Float64Array
) -> Int64Array:
    """Return (3 m, k) int64: of each corner of each triangle, a number for each offset."""
    declared = (input_offset(child) for child in surface.find_all("input"))
    stride = 1 + max(declared)
    lists = surface.find_all("p") + [
        p for ph in surface.find_all("ph") for p in ph.find_all("p")
    ]
    rows = [_rows(element, stride) for element in lists]
    if not rows:
        return np.zeros((0, stride), np.int64)
    joined = np.concatenate(rows)
    for one in inputs:
        used = joined[:, one.offset]
        if len(used) and not 0 <= used.min() <= used.max() < len(one.table):
            reason = f"a corner names {one.semantic} {used.max()}, counted from 0, of {len(one.table)}"
            raise_damaged(surface, reason)
    counts = _counts(surface, rows, len(joined))
    if surface.tag in ("tristrips", "trifans"):
        triangles = _unroll(surface.tag, counts)
    else:
        at = next(i.offset for i in inputs if i.semantic == "POSITION")
        triangles = triangulate(counts, places[joined[:, at]])
    return joined[triangles.ravel()]


def _rows(element: Element, stride: int) -> Int64Array:
    numbers = element.integers()
    return numbers[: len(numbers) // stride * stride].reshape(-1, stride)


def _counts(surface: Element, rows: Sequence[Int64Array], total: int) -> Int64Array:
    """Return how many corners each polygon, strip or fan has."""
    if surface.tag == "triangles":
        return np.full(total // _CORNERS, _CORNERS, np.int64)
    if surface.tag != "polylist":
        return np.array([len(some) for some in rows], np.int64)
    told = surface.find("vcount")
    counts = told.integers() if told else np.zeros(0, np.int64)
    if len(counts) and (counts.min() < 0 or counts.max() > total):
        raise_damaged(
            surface, "a polygon has more corners than there are, or fewer than none"
        )
    if counts.sum() > total:
        raise_damaged(
            surface, f"polygons of {counts.sum()} corners announced, {total} there"
        )
    return counts


def _unroll(tag: str, counts: Int64Array) -> Int64Array:
    """Return (m, 3) the triangles of strips or fans."""
    starts = np.cumsum(counts) - counts
    inner = np.maximum(counts - 2, 0)
    owner = np.repeat(np.arange(len(counts)), inner)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(inner) - inner, inner)
    first = starts[owner]
    if tag == "trifans":
        return np.stack([first, first + step + 1, first + step + 2], axis=1)
    odd = step % 2  # every other triangle of a strip is written backwards
    return np.stack(
        [first + step, first + step + 1 + odd, first + step + 2 - odd], axis=1
    )


def _material_triangles(
    surface: Element, inputs: list[_Input], corners: Int64Array, positions: Float32Array
) -> MaterialTriangles:
    attributes: dict[str, Accessor] = {}
    uvs: dict[int, Float32Array] = {}
    vertices = corners[:, 0]
    for one in inputs:
        rows = corners[:, one.offset]
        if one.semantic == "POSITION":
            vertices = rows
            attributes["POSITION"] = create_accessor(positions[rows])
        elif one.semantic == "NORMAL":
            attributes.setdefault(
                "NORMAL", create_accessor(_to_float32(one.table, 3)[rows])
            )
        elif one.semantic == "COLOR":
            attributes.setdefault("COLOR_0", create_accessor(_colors(one.table)[rows]))
        elif one.semantic == "TEXCOORD":
            uv = _to_float32(one.table, 2)[rows]
            uv[:, 1] = 1 - uv[:, 1]  # from the bottom there, from the top here
            uvs.setdefault(one.uv_set, uv)
    sets = tuple(sorted(uvs))[:_MOST_UVS]
    for n, uv_set in enumerate(sets):
        attributes[f"TEXCOORD_{n}"] = create_accessor(uvs[uv_set])
    symbol = surface.attributes.get("material", "")
    return MaterialTriangles(symbol, attributes, vertices, sets)


def _to_float32(table: Float64Array, width: int) -> Float32Array:
    return fit_width(table, width).clip(-_FARTHEST, _FARTHEST).astype(np.float32)


def _colors(table: Float64Array) -> Float32Array:
    """Return (n, 3) or, where some are not opaque, (n, 4) linear colours."""
    colors = fit_width(table, 4).clip(0, 1).astype(np.float32)
    light = srgb_to_linear(colors[:, :3])
    has_alpha = table.shape[1] > _CORNERS and (colors[:, 3] < _OPAQUE).any()
    return np.hstack([light, colors[:, 3:]]) if has_alpha else light
