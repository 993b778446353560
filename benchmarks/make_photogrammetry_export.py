"""Make a photogrammetry export (fragmented texture atlas) of a vertex-coloured scan.

Charts are what looks one way within a cell of a grid through the scan, some thousands of
them, half mirrored; or single triangles. Between them are margins of their colours, or
black ones. What vertices said stands in the picture; with dents, a normal map has more
than geometry.

Usage: ``python -m benchmarks.make_photogrammetry_export SCAN OUT [--edge PX] [--cells N] [--dents]
[--black] [--materials N] [--finer]``.
"""

from __future__ import annotations

import argparse
import io
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow

from assets_pipeline.baking.dilation import dilate
from assets_pipeline.baking.ray_casting import interpolate
from assets_pipeline.baking.uv_rasterizer import rasterize
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.geometry import (
    area_vectors,
    normalize,
    to_tangent_space,
    triangle_tangents,
)
from assets_pipeline.gltf.materials import Image, Material, Texture, TextureInfo
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.images.color import linear_to_srgb
from assets_pipeline.models.clean_model import clean_model
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, Uint32Array

_GAP_PX = 0.5
_MARGIN = 0.12
"""Of a cell, for triangles that stick out of it."""
_BAND = 400_000
_WAVES = 90.0
"""Dents over the scan's size."""
_DEPTH = 0.35


@dataclass(frozen=True)
class ExportOptions:
    """Atlas and charts of the export."""

    edge_px: int = 4096
    cells: int = 48
    """Along the longest side; 0 for a chart a triangle."""
    has_dents: bool = False
    is_black: bool = False
    """Between charts; seen from afar, such a picture is darker than the scan."""
    materials: int = 1
    """One picture each; the scan is cut across its longest side."""


@dataclass(frozen=True)
class _Part:
    positions: Float32Array
    normals: Float32Array
    colors: Float32Array
    triangles: Uint32Array


def make_export(scan: Document, options: ExportOptions) -> Document:
    """Return a coloured scan as an export whose charts are single triangles."""
    primitive = scan.primitives()[0]
    held = primitive.attributes
    positions, triangles = primitive.positions, primitive.triangles
    axis = int(np.ptp(positions, axis=0).argmax())
    middles = positions[triangles].mean(axis=1)[:, axis]
    order = np.argsort(middles, kind="stable")
    primitives = []
    for number, rows in enumerate(np.array_split(order, options.materials)):
        part = _Part(
            positions,
            held["NORMAL"].values,
            held["COLOR_0"].values[:, :3],
            triangles[np.sort(rows)],
        )
        primitives.append(_laid(part, options, number))
    scene = Scene([Node(mesh=Mesh(primitives))])
    return Document([scene], scene)


def _laid(part: _Part, options: ExportOptions, number: int) -> Primitive:
    count, corners = len(part.triangles), part.triangles.ravel()
    uvs = _boxes(part, options) if options.cells else _grid(count, options.edge_px)
    own = np.arange(3 * count, dtype=np.uint32).reshape(-1, 3)
    texels = rasterize(uvs, own, options.edge_px)
    shown = np.zeros((options.edge_px, options.edge_px, 3), np.uint8)
    relief = np.zeros_like(shown)
    tangents = triangle_tangents(part.positions, part.triangles, uvs[own])
    size = float(np.ptp(part.positions, axis=0).max())
    for start in range(0, len(texels.rows), _BAND):
        band = slice(start, start + _BAND)
        owner, weights = texels.triangles[band], texels.weights[band]
        at = texels.rows[band], texels.columns[band]
        there = part.triangles[owner]
        shown[at] = _bytes(
            linear_to_srgb(interpolate(part.colors, there, weights).clip(0, 1))
        )
        if options.has_dents:
            normals = normalize(
                interpolate(part.normals, there, weights).astype(np.float64)
            )
            points = interpolate(part.positions, there, weights)
            dented = _dented(points * np.float32(_WAVES / size), normals)
            frames = tangents[owner].astype(np.float32)
            turned = to_tangent_space(dented, normals.astype(np.float32), frames)
            relief[at] = _bytes(turned / 2 + np.float32(0.5))
    if not options.is_black:
        known = np.zeros(shown.shape[:2], bool)
        known[texels.rows, texels.columns] = True
        shown, relief = dilate(shown, known), dilate(relief, known)
    material = Material(
        metallic_factor=0.0,
        roughness_factor=0.9 - 0.2 * (number % 3),
        base_color_texture=_info(shown),
        normal_texture=_info(relief) if options.has_dents else None,
    )
    attributes = {
        "POSITION": create_accessor(part.positions[corners]),
        "NORMAL": create_accessor(part.normals[corners]),
        "TEXCOORD_0": create_accessor(uvs),
    }
    return Primitive(attributes, create_accessor(own.ravel()), material)


def _boxes(part: _Part, options: ExportOptions) -> Float32Array:
    """Return (3 count, 2): what looks one way in a cell, seen from there."""
    corners = part.positions[part.triangles].astype(np.float64)
    low = corners.min(axis=(0, 1))
    places = (corners - low) * (options.cells / np.ptp(corners, axis=(0, 1)).max())
    cells = np.floor(places.mean(axis=1))
    areas = area_vectors(part.positions, part.triangles)
    axis = np.abs(areas).argmax(axis=1)
    rows = np.arange(len(axis))
    keys = np.column_stack([cells, axis, areas[rows, axis] > 0]).astype(np.int64)
    _, chart = np.unique(keys, axis=0, return_inverse=True)
    side = int(np.ceil(np.sqrt(chart.max() + 1)))
    within = places - cells[:, None]
    across = np.stack([(axis + 1) % 3, (axis + 2) % 3], axis=1)
    flat = np.take_along_axis(within, across[:, None].repeat(3, axis=1), axis=2)
    flat = (_MARGIN + (1 - 2 * _MARGIN) * flat).clip(0, 1)
    flat += np.stack([chart % side, chart // side], axis=-1).reshape(-1, 1, 2)
    return (flat.reshape(-1, 2) / side).astype(np.float32)


def _grid(count: int, edge_px: int) -> Float32Array:
    """Return (3 count, 2): two triangles a cell, side by side."""
    side = int(np.ceil(np.sqrt(count / 2)))
    cell, half = np.arange(count) // 2, np.arange(count) % 2
    gap = min(_GAP_PX * side / edge_px, 0.2)
    near, far = gap, 1 - gap
    lower = np.array([(near, near), (far - gap, near), (near, far - gap)])
    upper = np.array([(far, far), (near + gap, far), (far, near + gap)])
    corners = np.where(half[:, None, None] == 0, lower, upper)
    corners = corners + np.stack([cell % side, cell // side], axis=1)[:, None]
    return (corners.reshape(-1, 2) / side).astype(np.float32)


def _dented(places: Float32Array, normals: np.ndarray) -> Float32Array:
    """Return normals that lean as waves of three directions do."""
    slopes = _DEPTH * np.cos(places[:, [1, 2, 0]]) * np.cos(places)
    along = slopes - np.einsum("ij,ij->i", slopes, normals)[:, None] * normals
    return normalize(normals - along).astype(np.float32)


def _cut(primitive: Primitive) -> None:
    """Cut every triangle in four."""
    triangles = primitive.triangles
    count = len(primitive.positions)
    sides = np.sort(triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    sides, middle = np.unique(sides, axis=0, return_inverse=True)
    ab, bc, ca = (middle.reshape(-1, 3).T + count).astype(np.uint32)
    a, b, c = triangles.T
    parts = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    primitive.attributes = {
        name: create_accessor(
            np.concatenate([held.values, held.values[sides].mean(axis=1)])
        )
        for name, held in primitive.attributes.items()
    }
    cut = np.stack([np.stack(part, axis=1) for part in parts], axis=1)
    primitive.indices = create_accessor(cut.reshape(-1))


def _bytes(values: Float32Array) -> np.ndarray:
    return np.round(values.clip(0, 1) * 255).astype(np.uint8)


def _info(picture: np.ndarray) -> TextureInfo:
    content = io.BytesIO()
    Pillow.fromarray(picture).save(content, "PNG", compress_level=1)
    return TextureInfo(Texture(Image(content.getvalue(), "image/png")))


def main() -> None:
    """Write the export of one scan."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scan", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--edge", type=int, default=4096)
    parser.add_argument("--cells", type=int, default=48)
    parser.add_argument("--dents", action="store_true")
    parser.add_argument("--black", action="store_true")
    parser.add_argument("--materials", type=int, default=1)
    parser.add_argument("--finer", action="store_true", help="four triangles for one")
    said = parser.parse_args()
    scan = read_document(
        PurePosixPath(said.scan.name), OrientOptions(), Resolver(said.scan.parent)
    )
    clean_model(scan)
    if said.finer:
        _cut(scan.primitives()[0])
    options = ExportOptions(
        said.edge, said.cells, said.dents, said.black, said.materials
    )
    said.out.write_bytes(write_glb(make_export(scan, options)))


if __name__ == "__main__":
    main()
