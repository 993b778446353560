"""A dense ball becomes a light one whose pictures say what its vertices said."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.baking.bake_scan import BakeOptions, bake_scan
from assets_pipeline.baking.scan_detection import Scan, detect_scan, is_worth_baking
from assets_pipeline.baking.uv_rasterizer import rasterize
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.document import Animation, Document, Node
from assets_pipeline.gltf.geometry import normalize, triangle_tangents
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.images.color import srgb_to_linear

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from assets_pipeline.gltf.materials import TextureInfo

OPTIONS = BakeOptions(target_triangles=600, edge_px=256)
EDGE_PX = 256


@pytest.fixture(scope="module")
def light(scan: Scan) -> Document:
    found = bake_scan(scan, OPTIONS)
    assert found is not None
    return found


def pixels(info: TextureInfo | None) -> np.ndarray:
    assert info is not None
    with Image.open(io.BytesIO(info.texture.image.content)) as picture:
        return np.asarray(picture, np.float32) / 255


def seen(light: Document) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return rows and columns of covered texels, and (n, 3) where they lie on the ball."""
    primitive = light.primitives()[0]
    uvs = primitive.attributes["TEXCOORD_0"].values
    texels = rasterize(uvs, primitive.triangles, EDGE_PX)
    corners = primitive.positions[primitive.triangles[texels.triangles]]
    points = np.einsum("nk,nkd->nd", texels.weights, corners)
    return texels.rows, texels.columns, normalize(points.astype(np.float64))


def test_it_has_the_triangles_asked_for(light: Document) -> None:
    assert measure.count_triangles(light) == pytest.approx(600, rel=0.02)


def test_it_keeps_its_size(light: Document) -> None:
    assert measure.compute_extents(light).size_m == pytest.approx((2, 2, 2), rel=0.01)


def test_its_picture_has_the_colours_of_the_scan(
    balls: ModuleType, light: Document
) -> None:
    rows, columns, points = seen(light)

    material = light.materials()[0]
    shown = srgb_to_linear(pixels(material.base_color_texture)[rows, columns])

    assert np.abs(shown - balls.colors_at(points)).mean() < 0.01


def test_its_relief_gives_back_the_normals_of_the_scan(light: Document) -> None:
    """As a viewer reads it: the direction in the frame of the light ball."""
    primitive = light.primitives()[0]
    rows, columns, points = seen(light)
    uvs = primitive.attributes["TEXCOORD_0"].values
    texels = rasterize(uvs, primitive.triangles, EDGE_PX)
    corners = primitive.triangles[texels.triangles]
    held = primitive.attributes["NORMAL"].values[corners]
    normals = normalize(
        np.einsum("nk,nkd->nd", texels.weights, held).astype(np.float64)
    )
    frames = triangle_tangents(
        primitive.positions, primitive.triangles, uvs[primitive.triangles]
    )
    tangents = frames[texels.triangles]
    lean = np.einsum("ij,ij->i", tangents[:, :3], normals)[:, None]
    across = normalize(tangents[:, :3] - lean * normals)
    up = np.cross(normals, across) * tangents[:, 3:]

    x, y, z = (pixels(light.materials()[0].normal_texture)[rows, columns] * 2 - 1).T
    shown = normalize(x[:, None] * across + y[:, None] * up + z[:, None] * normals)

    cosines = np.einsum("ij,ij->i", shown, points).clip(-1, 1)
    assert np.degrees(np.arccos(cosines)).mean() < 1


def test_the_file_is_valid(
    light: Document, errors: Callable[[bytes], list[str]]
) -> None:
    assert errors(write_glb(light)) == []


def test_the_same_scan_gives_the_same_bytes(scan: Scan, light: Document) -> None:
    again = bake_scan(scan, OPTIONS)

    assert again is not None
    assert write_glb(again) == write_glb(light)


def test_the_scan_stays_as_it_is(scan: Scan, light: Document) -> None:
    assert light is not scan.document
    assert measure.count_triangles(scan.document) > 30_000


def test_a_surface_in_crumbs_is_not_baked(balls: ModuleType) -> None:
    """Its pictures would be mostly edges: vertex colours show more."""
    crumbs = balls.ball(40)
    primitive = crumbs.primitives()[0]
    rng = np.random.default_rng(3)
    rows = primitive.triangles.ravel()
    moved = np.repeat(rng.normal(size=(len(rows) // 3, 3)), 3, axis=0)
    count = len(rows)
    positions = (primitive.positions[rows] + 9 * moved).astype(np.float32)
    scan = Scan(
        crumbs,
        positions,
        np.arange(count, dtype=np.uint32).reshape(-1, 3),
        primitive.attributes["NORMAL"].values[rows],
        primitive.attributes["COLOR_0"].values[rows],
    )

    assert bake_scan(scan, BakeOptions(target_triangles=3000, edge_px=128)) is None


def test_a_level_that_keeps_most_triangles_is_not_baked(scan: Scan) -> None:
    assert not is_worth_baking(scan, 20_000)
    assert is_worth_baking(scan, 5_000)


def test_a_scan_without_colours_keeps_its_relief_alone(balls: ModuleType) -> None:
    document = balls.ball(40)
    del document.primitives()[0].attributes["COLOR_0"]
    scan = detect_scan(document)
    assert scan is not None

    light = bake_scan(scan, OPTIONS)

    assert light is not None
    slots = [slot for slot, _ in light.materials()[0].texture_infos()]
    assert slots == ["normalTexture"]


def test_what_moves_is_no_scan(balls: ModuleType) -> None:
    document = balls.ball(10)
    document.animations.append(Animation([]))

    assert detect_scan(document) is None


def test_what_is_drawn_twice_is_no_scan(balls: ModuleType) -> None:
    document = balls.ball(10)
    document.scene.nodes.append(Node(mesh=document.meshes()[0]))

    assert detect_scan(document) is None
