"""A dense surface made light and laid flat, to hold pictures of what it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.baking.frames import tangents_of
from assets_pipeline.baking.shadows import Flat
from assets_pipeline.baking.shapes import mixed
from assets_pipeline.baking.texels import Texels, covered_texels
from assets_pipeline.baking.unwrapping import UnwrapOptions, unwrapped
from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.geometry import unit
from assets_pipeline.gltf.materials import Material
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from assets_pipeline.baking.rays import Hits
    from assets_pipeline.baking.scans import Scan
    from assets_pipeline.baking.shapes import Shape
    from assets_pipeline.gltf.accessors import FloatArray, IndexArray

    Whole = npt.NDArray[np.int64]

_BAND: Final = 400_000  # texels at once, which bounds memory
_LEAST_COVER: Final = 0.2  # of a picture; a saxophone with all its keys covers 0.42


@dataclass(frozen=True, slots=True)
class BakeOptions:
    """How light the surface becomes, and how fine its pictures."""

    target_triangles: int = 50_000
    edge_px: int = 2048
    """Of the pictures; a power of two."""
    padding_px: int = 2
    """Between charts."""
    reach_ratio: float = 0.01
    """How far the light surface may lie from the dense one, of its size."""
    normal_weight: float = 0.3
    """How much the light surface's shading counts beside its shape."""
    hollows_edge_px: int = 0
    """Of a picture of what light reaches each place; a power of two, 0 for none."""


@dataclass(frozen=True, slots=True)
class Light:
    """The light surface, laid flat."""

    surface: Flat
    places: npt.NDArray[np.int64]
    """(n,): which of the scan's places each of its vertices stood at."""
    texels: Texels
    """Those that it covers in its pictures."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Some texels of the light surface, and what is seen from each of the dense one."""

    rows: Whole
    columns: Whole
    corners: IndexArray
    """(n, 3): vertices of the light surface about each."""
    weights: FloatArray
    """(n, 3): how much of each."""
    normals: FloatArray
    """(n, 3) float32 unit: what a viewer interpolates there."""
    tangents: FloatArray
    """(n, 4) float32, as `tangents_of` gives them."""
    hits: Hits


def light_of(scan: Scan, options: BakeOptions) -> Light | None:
    """Return a scan's light surface, laid flat.

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
    flat = unwrapped(positions, triangles, normals, layout)
    texels = covered_texels(flat.uvs, flat.triangles, options.edge_px)
    if len(texels.rows) < _LEAST_COVER * options.edge_px**2:
        return None
    return Light(Flat(positions, normals, flat), used.astype(np.int64), texels)


def seen_from(light: Light, dense: Shape, reach_ratio: float) -> Iterator[Seen]:
    """Give what of a dense surface lies at each texel of a light one, in bands.

    Raises
    ------
    MissingToolError
        If embree is not installed.
    """
    surface, texels = light.surface, light.texels
    corners, uvs = surface.corners, surface.laid.uvs[surface.laid.triangles]
    tangents = tangents_of(surface.positions, corners, uvs).astype(np.float32)
    for start in range(0, len(texels.rows), _BAND):
        band = slice(start, start + _BAND)
        owners, weights = texels.triangles[band], texels.weights[band]
        at = corners[owners]
        points = mixed(surface.positions, at, weights)
        normals = unit(mixed(surface.normals, at, weights).astype(np.float64))
        shaded = normals.astype(np.float32)
        yield Seen(
            texels.rows[band],
            texels.columns[band],
            at,
            weights,
            shaded,
            tangents[owners],
            dense.surface.nearest(points, shaded, reach_ratio),
        )


def _simplified(scan: Scan, options: BakeOptions) -> Primitive:
    """Return fewer triangles over the scan's vertices, moved a little."""
    attributes = {
        "POSITION": accessor(scan.positions),
        "NORMAL": accessor(scan.normals),
    }
    primitive = Primitive(attributes, accessor(scan.triangles.ravel()), Material())
    scene = Scene([Node(mesh=Mesh([primitive]))])
    wanted = SimplifyOptions(
        target_triangles=options.target_triangles, normal_weight=options.normal_weight
    )
    simplify(Document([scene], scene), wanted)
    return primitive
