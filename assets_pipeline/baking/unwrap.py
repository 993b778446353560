"""Simplify and UV-unwrap a scan (xatlas), and project its texels onto it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.baking.ambient_occlusion import UnwrappedSurface
from assets_pipeline.baking.ray_casting import interpolate
from assets_pipeline.baking.uv_rasterizer import Texels, rasterize
from assets_pipeline.errors.exceptions import MissingToolError
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.geometry import (
    area_vectors,
    lengths,
    normalize,
    triangle_tangents,
)
from assets_pipeline.gltf.materials import Material
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.arrays import Float32Array, Int64Array, Uint32Array
    from assets_pipeline.baking.ray_casting import DenseSurface, Hits
    from assets_pipeline.baking.scan_detection import Scan


_REMEDY: Final = "Run `pip install ecomusee[assets]`"
_LEAST_AREA: Final = 1.2e-7
"""Of a triangle that xatlas lays out, in any unit: it takes smaller ones for none."""
_FEW: Final = 0.03  # of the triangles
_LEAST_MEAN_AREA: Final = 2.5e-6
"""Of the triangles of a surface that xatlas cuts well: below, charts fall to pieces."""
_BAND: Final = 400_000  # texels at once, which bounds memory
_LEAST_COVER: Final = 0.2  # of a picture; a saxophone with all its keys covers 0.42


@dataclass(frozen=True, slots=True)
class UnwrapOptions:
    """Edge and padding of the texture atlas."""

    edge_px: int = 2048
    """Of the picture that they are to fill, about."""
    padding_px: int = 2
    """Kept free around each chart."""


@dataclass(frozen=True, slots=True)
class UnwrappedMesh:
    """A mesh whose vertices are split at chart borders."""

    rows: Uint32Array
    """(n,) uint32: which of the given vertices each one was."""
    triangles: Uint32Array
    """(m, 3) uint32."""
    uvs: Float32Array
    """(n, 2) float32 in [0, 1], from the picture's upper left corner."""
    edge_px: int
    """Of the picture that would hold all charts with their margins; that asked for, about."""


def unwrap(
    positions: Float32Array,
    triangles: Uint32Array,
    normals: Float32Array,
    options: UnwrapOptions | None = None,
) -> UnwrappedMesh:
    """Return texture coordinates of a surface, each triangle with a place of its own.

    Parameters
    ----------
    positions : (n, 3) float32
    triangles : (m, 3) uint32
    normals : (n, 3) float32
        Charts end where these turn sharply.
    options
        Size and padding.

    Raises
    ------
    MissingToolError
        If xatlas is not installed.
    """
    chosen = options or UnwrapOptions()
    try:
        import xatlas  # type: ignore[import-not-found]  # noqa: PLC0415  # pybind11, no types; only scans need it
    except ImportError as error:
        reason = f"xatlas can't be used: {error}"
        raise MissingToolError(reason, "baking", _REMEDY) from error
    atlas = xatlas.Atlas()
    atlas.add_mesh(_enlarged(positions, triangles), triangles, normals)
    charts, packing = xatlas.ChartOptions(), xatlas.PackOptions()
    charts.max_iterations = 1
    packing.resolution = chosen.edge_px
    packing.padding = chosen.padding_px
    atlas.generate(charts, packing)
    rows, corners, uvs = atlas.get_mesh(0)
    return UnwrappedMesh(
        np.asarray(rows, np.uint32),
        np.asarray(corners, np.uint32).reshape(-1, 3),
        np.asarray(uvs, np.float32),
        max(atlas.width, atlas.height),
    )


def _enlarged(positions: Float32Array, triangles: Uint32Array) -> Float32Array:
    """Return a surface as it is, or so large that all its triangles are laid out.

    Half a millimetre a side is too small in metres: a scanned medal would be left out.
    """
    areas = lengths(area_vectors(positions, triangles)) / 2
    mean = float(areas.mean()) if len(areas) else 0.0
    is_fine = mean < _LEAST_MEAN_AREA or (areas < _LEAST_AREA).mean() > _FEW
    return positions * np.float32(1 / np.sqrt(mean)) if is_fine and mean else positions


@dataclass(frozen=True, slots=True)
class BakeOptions:
    """Triangles of the simplified surface and edges of its textures."""

    target_triangles: int = 50_000
    edge_px: int = 2048
    """Of the pictures; a power of two."""
    padding_px: int = 2
    """Between charts."""
    reach_ratio: float = 0.01
    """How far the light surface may lie from the dense one, of its size."""
    normal_weight: float = 0.3
    """How much the light surface's shading counts beside its shape."""
    occlusion_edge_px: int = 0
    """Of a picture of what light reaches each place; a power of two, 0 for none."""


@dataclass(frozen=True, slots=True)
class LightSurface:
    """The simplified surface, unwrapped."""

    surface: UnwrappedSurface
    places: Int64Array
    """(n,): which of the scan's places each of its vertices stood at."""
    texels: Texels
    """Those that it covers in its pictures."""


@dataclass(frozen=True, slots=True)
class TexelHits:
    """Some texels of the simplified surface, and their nearest dense points."""

    rows: Int64Array
    columns: Int64Array
    corners: Uint32Array
    """(n, 3): vertices of the light surface about each."""
    weights: Float32Array
    """(n, 3): how much of each."""
    normals: Float32Array
    """(n, 3) float32 unit: what a viewer interpolates there."""
    tangents: Float32Array
    """(n, 4) float32, as `tangents_of` gives them."""
    hits: Hits


def simplify_and_unwrap(scan: Scan, options: BakeOptions) -> LightSurface | None:
    """Return a scan's simplified surface, unwrapped.

    None when it falls into so many pieces that pictures would be mostly edges.

    Raises
    ------
    MissingToolError
        If xatlas is not installed.
    """
    kept = _simplified(scan, options)
    used, corners = np.unique(kept.flat_indices, return_inverse=True)
    triangles = corners.reshape(-1, 3).astype(np.uint32)
    positions, normals = (
        kept.attributes[name].values[used] for name in ("POSITION", "NORMAL")
    )
    layout = UnwrapOptions(options.edge_px, options.padding_px)
    flat = unwrap(positions, triangles, normals, layout)
    texels = rasterize(flat.uvs, flat.triangles, options.edge_px)
    if len(texels.rows) < _LEAST_COVER * options.edge_px**2:
        return None
    return LightSurface(
        UnwrappedSurface(positions, normals, flat), used.astype(np.int64), texels
    )


def project_texels(
    light: LightSurface, dense: DenseSurface, reach_ratio: float
) -> Iterator[TexelHits]:
    """Yield the dense surface's points nearest to the texels of a light one, in bands.

    Raises
    ------
    MissingToolError
        If embree is not installed.
    """
    surface, texels = light.surface, light.texels
    corners, uvs = surface.corners, surface.laid.uvs[surface.laid.triangles]
    tangents = triangle_tangents(surface.positions, corners, uvs).astype(np.float32)
    for start in range(0, len(texels.rows), _BAND):
        band = slice(start, start + _BAND)
        owners, weights = texels.triangles[band], texels.weights[band]
        at = corners[owners]
        points = interpolate(surface.positions, at, weights)
        normals = normalize(
            interpolate(surface.normals, at, weights).astype(np.float64)
        )
        shaded = normals.astype(np.float32)
        yield TexelHits(
            texels.rows[band],
            texels.columns[band],
            at,
            weights,
            shaded,
            tangents[owners],
            dense.surface.find_nearest(points, shaded, reach_ratio),
        )


def _simplified(scan: Scan, options: BakeOptions) -> Primitive:
    """Return fewer triangles over the scan's vertices, moved a little."""
    attributes = {
        "POSITION": create_accessor(scan.positions),
        "NORMAL": create_accessor(scan.normals),
    }
    primitive = Primitive(
        attributes, create_accessor(scan.triangles.ravel()), Material()
    )
    scene = Scene([Node(mesh=Mesh([primitive]))])
    wanted = SimplifyOptions(
        target_triangles=options.target_triangles, normal_weight=options.normal_weight
    )
    simplify(Document([scene], scene), wanted)
    return primitive
