"""A surface laid flat: texture coordinates where every triangle has a place of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import MissingToolError
from assets_pipeline.gltf.geometry import face_areas, lengths

if TYPE_CHECKING:
    from assets_pipeline.gltf.accessors import FloatArray, IndexArray

_REMEDY: Final = "Run `pip install ecomusee[assets]`"
_LEAST_AREA: Final = 1.2e-7
"""Of a triangle that xatlas lays out, in any unit: it takes smaller ones for none."""
_FEW: Final = 0.03  # of the triangles
_LEAST_MEAN_AREA: Final = 2.5e-6
"""Of the triangles of a surface that xatlas cuts well: below, charts fall to pieces."""


@dataclass(frozen=True, slots=True)
class UnwrapOptions:
    """How charts are cut and laid out."""

    edge_px: int = 2048
    """Of the picture that they are to fill, about."""
    padding_px: int = 2
    """Kept free around each chart."""


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A surface whose vertices are split where charts end."""

    rows: IndexArray
    """(n,) uint32: which of the given vertices each one was."""
    triangles: IndexArray
    """(m, 3) uint32."""
    uvs: FloatArray
    """(n, 2) float32 in [0, 1], from the picture's upper left corner."""
    edge_px: int
    """Of the picture that would hold all charts with their margins; that asked for, about."""


def unwrapped(
    positions: FloatArray,
    triangles: IndexArray,
    normals: FloatArray,
    options: UnwrapOptions | None = None,
) -> Unwrapped:
    """Return texture coordinates of a surface, with xatlas's charts.

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
    return Unwrapped(
        np.asarray(rows, np.uint32),
        np.asarray(corners, np.uint32).reshape(-1, 3),
        np.asarray(uvs, np.float32),
        max(atlas.width, atlas.height),
    )


def _enlarged(positions: FloatArray, triangles: IndexArray) -> FloatArray:
    """Return a surface as it is, or so large that all its triangles are laid out.

    Half a millimetre a side is too small in metres: a scanned medal would be left out.
    """
    areas = lengths(face_areas(positions, triangles)) / 2
    mean = float(areas.mean()) if len(areas) else 0.0
    is_fine = mean < _LEAST_MEAN_AREA or (areas < _LEAST_AREA).mean() > _FEW
    return positions * np.float32(1 / np.sqrt(mean)) if is_fine and mean else positions
