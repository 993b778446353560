"""A painted ball becomes a light one whose new pictures say what its own said."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.baking.lod_sources import Detail, LodLimits, LodSources
from assets_pipeline.baking.rebake_textures import rebake_textures
from assets_pipeline.baking.scan_detection import Scan, detect_scan
from assets_pipeline.baking.textured_surface import can_be_rebaked
from assets_pipeline.baking.unwrap import BakeOptions
from assets_pipeline.baking.uv_rasterizer import Texels, rasterize
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Animation, Document, Node, Primitive
from assets_pipeline.gltf.geometry import area_vectors, normalize, triangle_tangents
from assets_pipeline.gltf.materials import TextureTransform
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.images.color import srgb_to_linear

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from assets_pipeline.gltf.materials import Material, TextureInfo

EDGE_PX = 256
OPTIONS = BakeOptions(target_triangles=600, edge_px=EDGE_PX)
LEAN_DEG = 25.0
RINGS = 52


def scanned(document: Document) -> Scan:
    found = detect_scan(document)
    assert found is not None
    return found


def made(document: Document) -> Document:
    found = rebake_textures(scanned(document), OPTIONS)
    assert found is not None
    return found


@pytest.fixture
def ball(balls: ModuleType) -> Document:
    """Return a painted ball of 10,800 triangles."""
    document: Document = balls.painted_ball(RINGS)
    return document


@pytest.fixture(scope="module")
def light(balls: ModuleType) -> Document:
    """Return one whose normal map leans, repainted."""
    return made(balls.painted_ball(RINGS, lean_deg=LEAN_DEG))


def material_of(document: Document) -> Material:
    (material,) = document.materials()
    return material


def pixels(info: TextureInfo | None) -> np.ndarray:
    assert info is not None
    with Image.open(io.BytesIO(info.texture.image.content)) as picture:
        return np.asarray(picture, np.float32) / 255


def seen(light: Document) -> tuple[Texels, np.ndarray]:
    """Return covered texels, and (n, 3) where they lie on the ball."""
    (primitive,) = light.primitives()
    uvs = primitive.attributes["TEXCOORD_0"].values
    texels = rasterize(uvs, primitive.triangles, EDGE_PX)
    corners = primitive.positions[primitive.triangles[texels.triangles]]
    points = np.einsum("nk,nkd->nd", texels.weights, corners)
    return texels, normalize(points.astype(np.float64))


def shown(light: Document, info: TextureInfo | None) -> tuple[np.ndarray, np.ndarray]:
    """Return (n, 3) what a picture says, and (n, 3) of which places of the ball."""
    texels, points = seen(light)
    return pixels(info)[texels.rows, texels.columns], points


def error_of_colors(balls: ModuleType, light: Document) -> np.ndarray:
    values, points = shown(light, material_of(light).base_color_texture)
    return np.abs(srgb_to_linear(values) - balls.colors_at(points)).max(axis=1)


def test_its_colours_are_those_of_the_source(
    balls: ModuleType, light: Document
) -> None:
    assert error_of_colors(balls, light).mean() < 0.01


def test_nothing_between_the_sources_charts_is_seen(
    balls: ModuleType, light: Document
) -> None:
    """They lie on black; half a texel of it would be seen as a dark line."""
    assert np.quantile(error_of_colors(balls, light), 0.999) < 0.06


def test_its_relief_leans_as_the_sources_in_both_of_its_charts(
    light: Document,
) -> None:
    """The second chart is mirrored: there the map leans the other way round."""
    (primitive,) = light.primitives()
    texels, points = seen(light)
    uvs = primitive.attributes["TEXCOORD_0"].values[primitive.triangles]
    frames = triangle_tangents(primitive.positions, primitive.triangles, uvs)
    corners = primitive.triangles[texels.triangles]
    held = primitive.attributes["NORMAL"].values[corners]
    normals = normalize(
        np.einsum("nk,nkd->nd", texels.weights, held).astype(np.float64)
    )
    tangents = frames[texels.triangles]
    lean = np.einsum("ij,ij->i", tangents[:, :3], normals)[:, None]
    across = normalize(tangents[:, :3] - lean * normals)
    up = np.cross(normals, across) * tangents[:, 3:]
    relief = pixels(material_of(light).normal_texture)[texels.rows, texels.columns]
    x, y, z = (relief * 2 - 1).T

    found = normalize(x[:, None] * across + y[:, None] * up + z[:, None] * normals)

    is_first = points[:, 2] > 0
    growing = np.stack([-points[:, 2], 0 * points[:, 2], points[:, 0]], axis=1)
    growing = normalize(growing * np.where(is_first, 1, -1)[:, None])
    angle = np.radians(LEAN_DEG)
    wanted = np.cos(angle) * points + np.sin(angle) * growing
    apart = np.degrees(np.arccos(np.einsum("ij,ij->i", found, wanted).clip(-1, 1)))
    is_clear = (np.abs(points[:, 1]) < 0.9) & (np.abs(points[:, 2]) > 0.1)
    assert apart[is_clear & is_first].mean() < 2
    assert apart[is_clear & ~is_first].mean() < 2


def test_metal_and_roughness_are_kept(light: Document) -> None:
    values, _ = shown(light, material_of(light).metallic_roughness_texture)

    assert values[:, 1:].mean(axis=0) == pytest.approx((85 / 255, 128 / 255), abs=0.01)


def test_the_file_is_valid(
    light: Document, errors: Callable[[bytes], list[str]]
) -> None:
    assert errors(write_glb(light)) == []


def test_the_source_stays_as_it_is(ball: Document) -> None:
    before = write_glb(ball)

    made(ball)

    assert write_glb(ball) == before


def test_the_same_source_gives_the_same_bytes(
    balls: ModuleType, light: Document
) -> None:
    again = made(balls.painted_ball(RINGS, lean_deg=LEAN_DEG))

    assert write_glb(again) == write_glb(light)


def test_what_a_node_turns_and_mirrors_stays_where_it_was(
    balls: ModuleType, ball: Document
) -> None:
    ball.scene.nodes[0].scale = (-2.0, 2.0, 2.0)
    ball.scene.nodes[0].translation = (5.0, 0.0, 0.0)

    light = made(ball)

    assert measure.compute_extents(light).least == pytest.approx((3, -2, -2), abs=0.05)
    values, _ = shown(light, material_of(light).base_color_texture)
    (primitive,) = light.primitives()
    texels, _ = seen(light)
    corners = primitive.positions[primitive.triangles[texels.triangles]]
    points = np.einsum("nk,nkd->nd", texels.weights, corners) - (5, 0, 0)
    own = normalize(points * (-0.5, 0.5, 0.5))
    assert np.abs(srgb_to_linear(values) - balls.colors_at(own)).mean() < 0.01


def halved(ball: Document) -> tuple[Material, Material]:
    """Cut a ball in two primitives, of materials of their own."""
    (mesh,) = ball.meshes()
    (primitive,) = mesh.primitives
    first, second = (replace(material_of(ball)) for _ in range(2))
    is_upper = primitive.positions[primitive.triangles][:, :, 1].mean(axis=1) > 0
    mesh.primitives = [
        Primitive(
            primitive.attributes,
            create_accessor(primitive.triangles[rows].ravel()),
            material,
        )
        for rows, material in ((is_upper, first), (~is_upper, second))
    ]
    return first, second


def test_two_materials_become_one_drawn_at_once(ball: Document) -> None:
    halved(ball)

    light = made(ball)

    assert measure.count_draw_calls(light) == 1


def test_factors_of_two_materials_go_into_the_pictures(ball: Document) -> None:
    upper, lower = halved(ball)
    upper.base_color_texture = lower.base_color_texture = None
    upper.base_color_factor = (0.2, 0.2, 0.2, 1.0)
    lower.base_color_factor = (0.8, 0.1, 0.1, 1.0)
    upper.roughness_factor, lower.roughness_factor = 1.0, 0.5

    light = made(ball)

    material = material_of(light)
    colors, points = shown(light, material.base_color_texture)
    metals, _ = shown(light, material.metallic_roughness_texture)
    is_upper, is_lower = points[:, 1] > 0.1, points[:, 1] < -0.1
    assert material.base_color_factor[:3] == (1, 1, 1)
    assert srgb_to_linear(colors)[is_upper].mean(axis=0) == pytest.approx(0.2, abs=0.01)
    assert srgb_to_linear(colors)[is_lower].mean(axis=0) == pytest.approx(
        (0.8, 0.1, 0.1), abs=0.01
    )
    assert metals[is_upper, 1].mean() == pytest.approx(
        2 * metals[is_lower, 1].mean(), abs=0.02
    )


@pytest.fixture(scope="module")
def shell(balls: ModuleType) -> Document:
    """Return a ball red outside, blue inside: two faces back to back, made light."""
    ball: Document = balls.painted_ball(RINGS)
    (mesh,) = ball.meshes()
    (outer,) = mesh.primitives
    red, blue = (
        replace(material_of(ball), base_color_texture=None, base_color_factor=color)
        for color in ((1.0, 0.0, 0.0, 1.0), (0.0, 0.0, 1.0, 1.0))
    )
    turned = outer.attributes | {
        "NORMAL": create_accessor(-outer.attributes["NORMAL"].values)
    }
    inner = Primitive(turned, create_accessor(outer.triangles[:, ::-1].ravel()), blue)
    mesh.primitives = [replace(outer, material=red), inner]
    return made(ball)


def test_each_side_of_a_sheet_keeps_its_colour(shell: Document) -> None:
    values, _ = shown(shell, material_of(shell).base_color_texture)

    texels, _ = seen(shell)
    is_outer = outward(shell)[texels.triangles]
    assert is_outer.mean() == pytest.approx(0.5, abs=0.1)
    assert values[is_outer].mean(axis=0) == pytest.approx((1, 0, 0), abs=0.01)
    assert values[~is_outer].mean(axis=0) == pytest.approx((0, 0, 1), abs=0.01)


def test_each_side_of_a_sheet_has_its_own_normals(shell: Document) -> None:
    (primitive,) = shell.primitives()

    corners = primitive.triangles[:, 0]
    held = primitive.attributes["NORMAL"].values[corners]
    leans = np.einsum("ij,ij->i", held, primitive.positions[corners])
    assert ((leans > 0) == outward(shell)).all()


def outward(document: Document) -> np.ndarray:
    """Return (m,): which triangles look away from the middle."""
    (primitive,) = document.primitives()
    areas = area_vectors(primitive.positions, primitive.triangles)
    middles = primitive.positions[primitive.triangles].mean(axis=1)
    is_outward: np.ndarray = np.einsum("ij,ij->i", areas, middles) > 0
    return is_outward


def test_what_touches_back_to_back_in_few_places_stays_welded(
    ball: Document,
) -> None:
    """Parting it would open a surface that holds together."""
    (mesh,) = ball.meshes()
    (outer,) = mesh.primitives
    places = len(scanned(ball).positions)
    rows = outer.triangles[:50, ::-1].ravel()
    turned = {
        name: create_accessor(held.values[rows])
        for name, held in outer.attributes.items()
    }
    turned["NORMAL"] = create_accessor(-turned["NORMAL"].values)
    own = create_accessor(np.arange(len(rows), dtype=np.uint32))
    mesh.primitives.append(replace(outer, attributes=turned, indices=own))

    scan = scanned(ball)

    assert len(scan.positions) == places


def test_a_factor_that_is_alone_stays_one(ball: Document) -> None:
    material_of(ball).base_color_factor = (0.5, 0.25, 0.25, 1.0)

    light = made(ball)

    assert material_of(light).base_color_factor == (0.5, 0.25, 0.25, 1.0)


def test_vertices_tint_what_pictures_show(balls: ModuleType, ball: Document) -> None:
    (primitive,) = ball.primitives()
    tints = np.full((len(primitive.positions), 3), 0.5, np.float32)
    primitive.attributes["COLOR_0"] = create_accessor(tints)

    light = made(ball)

    values, points = shown(light, material_of(light).base_color_texture)
    assert np.abs(srgb_to_linear(values) - balls.colors_at(points) / 2).mean() < 0.01


def test_pictures_are_looked_up_where_a_transform_says(
    balls: ModuleType, ball: Document
) -> None:
    (primitive,) = ball.primitives()
    info = material_of(ball).base_color_texture
    assert info is not None
    uvs = primitive.attributes["TEXCOORD_0"].values
    primitive.attributes["TEXCOORD_0"] = create_accessor((uvs - (0.1, 0)) / (0.5, 2))
    info.transform = TextureTransform(offset=(0.1, 0.0), scale=(0.5, 2.0))

    assert error_of_colors(balls, made(ball)).mean() < 0.01


def test_occlusion_roughness_and_metal_stay_one_picture(ball: Document) -> None:
    material = material_of(ball)
    material.occlusion_texture = material.metallic_roughness_texture

    light = made(ball)

    found = material_of(light)
    slots = found.occlusion_texture, found.metallic_roughness_texture
    assert len({id(info.texture.image) for info in slots if info}) == 1


def test_what_is_unlit_has_no_relief(ball: Document) -> None:
    material_of(ball).extensions["KHR_materials_unlit"] = {}

    light = made(ball)

    assert [slot for slot, _ in material_of(light).texture_infos()] == [
        "baseColorTexture"
    ]


def moving(ball: Document) -> None:
    ball.animations.append(Animation([]))


def clear(ball: Document) -> None:
    material_of(ball).alpha_mode = "BLEND"


def repeated(ball: Document) -> None:
    ball.scene.nodes.append(Node(mesh=ball.meshes()[0], translation=(3.0, 0.0, 0.0)))


def glassy(ball: Document) -> None:
    material_of(ball).extensions["KHR_materials_transmission"] = {
        "transmissionFactor": 1.0
    }


def half_lit(ball: Document) -> None:
    halved(ball)[0].extensions = {"KHR_materials_unlit": {}}


def half_double_sided(ball: Document) -> None:
    halved(ball)[0].double_sided = True


def turned(ball: Document) -> None:
    material = material_of(ball)
    info = material.base_color_texture
    assert info is not None
    material.normal_texture = replace(info, transform=TextureTransform(rotation=1.0))


@pytest.mark.parametrize(
    "spoil",
    [moving, clear, repeated, glassy, half_lit, half_double_sided, turned],
)
def test_what_cannot_be_painted_faithfully_is_left(
    ball: Document, spoil: Callable[[Document], None]
) -> None:
    assert can_be_rebaked(ball)

    spoil(ball)

    assert not can_be_rebaked(ball)
    assert detect_scan(ball) is None


FEW = LodLimits(2_000, 64, 64)


def test_a_level_of_few_triangles_is_repainted(ball: Document) -> None:
    starts = LodSources(ball, Detail(scanned(ball)))

    assert measure.count_triangles(starts.document(FEW)) == pytest.approx(
        2_000, rel=0.02
    )


def test_pictures_that_repeat_stay_where_the_surface_is_not_torn(
    ball: Document,
) -> None:
    """They are sharper than one picture of the whole can be."""
    (primitive,) = ball.primitives()
    uvs = primitive.attributes["TEXCOORD_0"].values
    primitive.attributes["TEXCOORD_0"] = create_accessor(uvs * 4)
    starts = LodSources(ball, Detail(scanned(ball)))

    some, few = LodLimits(4_000, 64, 64), LodLimits(600, 64, 64)

    assert starts.document(some) is ball
    assert starts.document(few) is not ball


def test_a_level_may_keep_the_textures_as_they_are(ball: Document) -> None:
    starts = LodSources(ball, Detail(scanned(ball)))

    assert starts.document(FEW, rebakes=False) is ball


def test_a_level_that_keeps_most_triangles_is_not_repainted(ball: Document) -> None:
    starts = LodSources(ball, Detail(scanned(ball)))

    assert starts.document(LodLimits(50_000, 1024, 512)) is ball
