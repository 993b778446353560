"""Detect dense scans, whose detail is better kept in textures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.baking.ray_casting import LIFT_RATIO, DenseSurface
from assets_pipeline.baking.textured_surface import read_textured_surface
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.gltf.geometry import area_vectors, bounds, lengths, normalize
from assets_pipeline.transforms.weld import unique_rows

if TYPE_CHECKING:
    from assets_pipeline.arrays import (
        BoolArray,
        Float32Array,
        Float64Array,
        Uint8Array,
        Uint32Array,
    )
    from assets_pipeline.baking.textured_surface import TexturedSurface
    from assets_pipeline.gltf.document import Document, Primitive

_DENSER: Final = 2.0
_MUCH_DENSER: Final = 4.0
OPAQUE: Final = 0.999
"""Of alpha: what is less lets something through."""
_LEAST_PAINTED: Final = 10_000
"""Triangles of a surface with textures that any level would lose half of."""
_SAME_PLACE_RATIO: Final = 1e-6  # of a scan's size
_APART_RATIO: Final = 2 * LIFT_RATIO
"""Of a scan's size: how far each side of a sheet is moved out, for rays to tell it."""
_ACROSS, _OPPOSED = 0.2, 0.9
"""Cosines: of normals that stand at right angles, about, and back to back."""
_FEW_TRIANGLES: Final = 0.01
"""Of a surface, in a sheet: such a sheet is left as it is."""


@dataclass(frozen=True)
class Scan:
    """A dense surface: of one material without textures, or textured."""

    document: Document
    """Clean; the surface is its only primitive, or all that it shows where painted."""
    positions: Float32Array
    """(n, 3) float32: every place once."""
    triangles: Uint32Array
    """(m, 3) uint32, over places."""
    normals: Float32Array
    """(n, 3) float32 unit, the mean of those at a place."""
    colors: Float32Array | None
    """(n, 3) float32, linear light, the mean of those at a place; None without."""
    textured: TexturedSurface | None = None
    """Materials and textures of the same triangles; None without."""

    @cached_property
    def shape(self) -> DenseSurface:
        """The same as a `DenseSurface`."""
        return DenseSurface(self.positions, self.triangles, self.normals)


def detect_scan(document: Document) -> Scan | None:
    """Return a clean document's dense surface, if LODs would lose its detail.

    That is when it is one opaque, still surface of triangles, without a texture,
    coloured by vertex or not; or several with textures. Otherwise None.
    """
    primitives = document.primitives()
    if len(primitives) == 1 and len(_showing(document)) == 1:
        primitive = primitives[0]
        if _is_plain(document, primitive):
            normals = primitive.attributes["NORMAL"].values
            mesh = primitive.positions, primitive.triangles, normals
            return _welded(document, *mesh, colors=_colors(primitive))
    if sum(len(primitive.triangles) for primitive in primitives) < _LEAST_PAINTED:
        return None
    textured = read_textured_surface(document)
    if textured is None:
        return None
    mesh = textured.positions, textured.triangles, textured.normals
    return _welded(document, *mesh, textured=textured)


def _welded(
    document: Document,
    positions: Float32Array,
    triangles: Uint32Array,
    normals: Float32Array,
    *,
    colors: Float32Array | None = None,
    textured: TexturedSurface | None = None,
) -> Scan:
    """Return a surface whose every place is one vertex, and has one normal."""
    cells = _cells(positions)
    first, places = unique_rows(cells)
    is_sheet, is_back = _sides(first, places, normals, triangles)
    if is_back.any():
        first, places = unique_rows(np.column_stack([cells, is_back]))
    welded = places[triangles]
    a, b, c = welded.T
    kept = (a != b) & (b != c) & (c != a)
    welded, count = welded[kept], len(first)
    held, means = positions[first], _means(normals, places, count)
    if colors is not None:
        colors = _means(colors, places, count).astype(np.float32)
    if textured is not None:
        numbers = textured.material_of[kept]
        textured = replace(textured, triangles=triangles[kept], material_of=numbers)
    directed = _directed(means, held, welded)
    if is_back.any():
        size = float(np.ptp(positions, axis=0).max())
        away = is_sheet[first, None] * np.float32(_APART_RATIO * size)
        held = (held + directed * away).astype(np.float32)
    return Scan(document, held, welded, directed, colors, textured)


def is_worth_baking(scan: Scan | None, most_triangles: int) -> bool:
    """Whether an LOD would lose over half of a scan's triangles."""
    return scan is not None and len(scan.triangles) > _DENSER * most_triangles


def is_worth_rebaking(scan: Scan, most_triangles: int) -> bool:
    """Whether by rule an LOD of a textured scan gets rebaked textures.

    Pictures that repeat over a wall are sharper than any that holds the whole: they
    stay until so few triangles are left that what they lie on is torn.
    """
    if scan.textured is None or not is_worth_baking(scan, most_triangles):
        return False
    is_dense = len(scan.triangles) > _MUCH_DENSER * most_triangles
    return is_dense or not scan.textured.repeats_pictures()


def _cells(positions: Float32Array) -> Uint8Array:
    """Return (n, 24) uint8, the same for vertices that stand at one place.

    Exports round differently on both sides of a seam, and a crack that nobody sees
    keeps a surface from being simplified.
    """
    least, greatest = bounds(positions)
    size = float((greatest - least).max())
    cells = np.round(positions.astype(np.float64) / (size * _SAME_PLACE_RATIO))
    return cells.astype(np.int64).view(np.uint8).reshape(len(positions), -1)


def _sides(
    first: Uint32Array,
    places: Uint32Array,
    normals: Float32Array,
    triangles: Uint32Array,
) -> tuple[BoolArray, BoolArray]:
    """Return (n,) each: which vertices are of a sheet drawn twice, and of its back.

    Flags and sheet metal are often two faces back to back. Welded they would have one
    normal, and rays could not tell a side from the other. A place is of a sheet where
    normals are opposed and none stands across, as at the edges of boxes that touch.
    """
    leans = np.einsum("ij,ij->i", normals, normals[first[places]])
    is_across, is_opposed, is_sheet = (np.zeros(len(first), bool) for _ in range(3))
    is_across[places[np.abs(leans) < _ACROSS]] = True
    is_opposed[places[leans < -_OPPOSED]] = True
    corners = places[triangles]
    is_within = (is_opposed & ~is_across)[corners].all(axis=1)
    if is_within.mean() > _FEW_TRIANGLES:
        is_sheet[corners[is_within]] = True
    held: BoolArray = is_sheet[places]
    return held, held & (leans < 0)


def _showing(document: Document) -> list[object]:
    return [node for node in document.nodes() if node.mesh is not None]


def _is_plain(document: Document, primitive: Primitive) -> bool:
    is_still = not document.animations and not primitive.targets
    material = primitive.material
    is_bare = material is not None and not list(material.texture_infos())
    has_normals = primitive.mode == TRIANGLES and "NORMAL" in primitive.attributes
    is_rigid = "JOINTS_0" not in primitive.attributes
    is_whole = is_still and is_bare and has_normals and is_rigid
    return is_whole and _is_opaque(primitive) and not primitive.extensions


def _is_opaque(primitive: Primitive) -> bool:
    held = primitive.attributes.get("COLOR_0")
    if held is None or held.array.shape[1] < 4:  # noqa: PLR2004  # RGB or RGBA
        return True
    return bool((held.values[:, 3] >= OPAQUE).all())


def _colors(primitive: Primitive) -> Float32Array | None:
    held = primitive.attributes.get("COLOR_0")
    return None if held is None else held.values[:, :3]


def _means(values: Float32Array, groups: Uint32Array, count: int) -> Float64Array:
    """Return (count, k): the mean of the rows of each group."""
    sizes = np.maximum(np.bincount(groups, minlength=count), 1)
    columns = [np.bincount(groups, v, minlength=count) / sizes for v in values.T]
    return np.stack(columns, axis=1)


def _directed(
    means: Float64Array, positions: Float32Array, triangles: Uint32Array
) -> Float32Array:
    """Return unit normals; where those of a place cancel out, that of a triangle."""
    lost = lengths(means) < 0.1  # noqa: PLR2004  # opposite sides of a sheet
    if lost.any():
        areas = area_vectors(positions, triangles)
        for corner in range(3):
            means[triangles[:, corner]] = np.where(
                lost[triangles[:, corner], None], areas, means[triangles[:, corner]]
            )
    return normalize(means).astype(np.float32)
