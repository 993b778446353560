"""A ball with waves and a pattern, dense enough to be worth baking."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.materials import (
    Image,
    Material,
    Texture,
    TextureInfo,
    matte_material,
)
from assets_pipeline.images.color import linear_to_srgb

if TYPE_CHECKING:
    import numpy.typing as npt


def ball(rings: int, *, waves_m: float = 0.0) -> Document:
    """Return a coloured ball of radius 1, of about ``4 * rings**2`` triangles.

    Its normals are those of a round ball whatever its waves: what a bake should keep.
    """
    upper, around = np.meshgrid(
        np.linspace(0, np.pi, rings + 1),
        np.linspace(0, 2 * np.pi, 2 * rings, endpoint=False),
        indexing="ij",
    )
    ring = np.sin(upper).round(12)  # both poles are points
    normals = np.stack(
        [ring * np.cos(around), np.cos(upper), ring * np.sin(around)], axis=-1
    ).reshape(-1, 3)
    waves = 1 + waves_m * np.sin(9 * around.ravel()) * ring.ravel()
    row, column = np.mgrid[0:rings, 0 : 2 * rings]
    beside = (column + 1) % (2 * rings)
    a, b = row * 2 * rings + column, row * 2 * rings + beside
    c, d = a + 2 * rings, b + 2 * rings
    triangles = np.stack([a, b, d, a, d, c], axis=-1).reshape(-1, 3)
    held = {
        "POSITION": create_accessor((normals * waves[:, None]).astype(np.float32)),
        "NORMAL": create_accessor(normals.astype(np.float32)),
        "COLOR_0": create_accessor(colors_at(normals)),
    }
    primitive = Primitive(
        held, create_accessor(triangles.ravel().astype(np.uint32)), matte_material()
    )
    scene = Scene([Node(mesh=Mesh([primitive]))])
    return Document([scene], scene)


def colors_at(points: np.ndarray) -> np.ndarray:
    """Return (n, 3) float32 linear colours that change slowly over a ball."""
    return (0.5 + 0.4 * np.sin(3 * points + [0, 1, 2])).astype(np.float32)


PAINTED_EDGE_PX = 256
_GAP = 0.02
"""Of the picture, on both sides of each chart."""


def painted_ball(rings: int, *, lean_deg: float = 0.0) -> Document:
    """Return a ball whose picture says what vertices said, in two charts on black.

    The second lies mirrored. A normal map leans all of it by so much, towards growing
    u; the surface of half a metal and a third rough stands in one more picture.
    """
    document = ball(rings)
    primitive = document.primitives()[0]
    rows = primitive.triangles.ravel()
    points = primitive.attributes["NORMAL"].values[rows].astype(np.float64)
    around = np.arctan2(points[:, 2], points[:, 0]).reshape(-1, 3)
    is_pole = np.abs(points[:, 1]).reshape(-1, 3) > 1 - 1e-9
    middle = np.where(is_pole, 0, around).sum(axis=1) / (~is_pole).sum(axis=1)
    spans = np.ptp(np.where(is_pole, middle[:, None], around), axis=1)
    around = np.where((spans > np.pi)[:, None] & (around < -1e-9), np.pi, around)
    middle = np.where(spans > np.pi, np.pi - 0.01, middle)
    around = np.where(is_pole, middle[:, None], around)
    is_second = (middle < 0)[:, None]
    turned = np.where(is_second, -around, around).clip(0, np.pi) / np.pi
    along = _GAP + turned * (0.5 - 2 * _GAP)
    u = np.where(is_second, 0.5 + along, along).ravel()
    v = _GAP + np.arccos(points[:, 1].clip(-1, 1)) / np.pi * (1 - 2 * _GAP)
    shown = _painted_colors()
    primitive.attributes = {
        "POSITION": create_accessor(primitive.positions[rows]),
        "NORMAL": create_accessor(points.astype(np.float32)),
        "TEXCOORD_0": create_accessor(np.stack([u, v], axis=1).astype(np.float32)),
    }
    primitive.indices = create_accessor(np.arange(len(rows), dtype=np.uint32))
    primitive.material = Material(
        base_color_texture=_texture(shown),
        metallic_roughness_texture=_flat((0, 85, 128)),
    )
    if lean_deg:
        angle = np.radians(lean_deg)
        lean = np.array([np.sin(angle), 0, np.cos(angle)])
        primitive.material.normal_texture = _flat((lean / 2 + 0.5) * 255)
    return document


def _painted_colors() -> np.ndarray:
    """Return (n, n, 3) uint8: colours of the ball where a chart lies, else black."""
    edge = PAINTED_EDGE_PX
    v, u = (np.mgrid[0:edge, 0:edge] + 0.5) / edge
    is_second = u > 0.5
    along = (np.where(is_second, u - 0.5, u) - _GAP) / (0.5 - 2 * _GAP)
    upper = (v - _GAP) / (1 - 2 * _GAP)
    around = np.where(is_second, -1, 1) * along * np.pi
    ring = np.sin(upper * np.pi)
    points = np.stack(
        [ring * np.cos(around), np.cos(upper * np.pi), ring * np.sin(around)], axis=-1
    )
    is_in = (along > 0) & (along < 1) & (upper > 0) & (upper < 1)
    light = np.where(is_in[..., None], colors_at(points), 0).astype(np.float32)
    return np.round(linear_to_srgb(light) * 255).astype(np.uint8)


def _flat(color: npt.ArrayLike) -> TextureInfo:
    return _texture(np.tile(np.round(color).astype(np.uint8), (16, 16, 1)))


def _texture(picture: np.ndarray) -> TextureInfo:
    content = io.BytesIO()
    Pillow.fromarray(picture).save(content, "PNG")
    return TextureInfo(Texture(Image(content.getvalue(), "image/png")))
