"""Hollows are dark, and ridges are not: against what geometry says of light."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.baking.ambient_occlusion import (
    OcclusionOptions,
    SurfaceSamples,
    TexelPositions,
    blur_on_surface,
    has_occlusion,
    sample_openness,
)
from assets_pipeline.baking.dilation import dilate_one_texel
from assets_pipeline.baking.lod_sources import find_detail
from assets_pipeline.baking.occlusion_texture import (
    OcclusionTextureOptions,
    bake_occlusion_texture,
)
from assets_pipeline.baking.ray_casting import RayCaster, read_surface
from assets_pipeline.baking.uv_rasterizer import rasterize
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import (
    Animation,
    Document,
    Mesh,
    Node,
    Primitive,
    Scene,
)
from assets_pipeline.gltf.geometry import area_vectors, normalize
from assets_pipeline.gltf.materials import Material, matte_material
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.transforms.compute_normals import compute_normals

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from assets_pipeline.findings.occlusion import Refusal

SQUARE = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], np.float32)
HALVES = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
EDGE_PX = 64
FAR = OcclusionOptions(rays=256, reach_ratio=1e-3)


def walls() -> Document:
    """Return a floor of 1 m, walled in on four sides, open above; seen from within.

    Every corner has a vertex for each of its faces, as in a file with sharp edges.
    """
    corners = [(0, 0), (1, 0), (1, 1), (0, 1)]
    quads = [[(x, 0, z) for x, z in reversed(corners)]]
    for (x, z), (u, w) in zip(corners, corners[1:] + corners[:1], strict=True):
        quads.append([(x, 0, z), (u, 0, w), (u, 1, w), (x, 1, z)])
    return of_quads(quads)


def of_quads(quads: list[list[tuple[float, ...]]]) -> Document:
    """Return four-cornered faces of one grey material."""
    positions = np.array(quads, np.float32).reshape(-1, 3)
    triangles = (
        HALVES + 4 * np.arange(len(quads), dtype=np.uint32)[:, None, None]
    ).ravel()
    primitive = Primitive(
        {"POSITION": create_accessor(positions)},
        create_accessor(triangles.astype(np.uint32)),
        matte_material(),
    )
    scene = Scene([Node(mesh=Mesh([primitive]))])
    document = Document([scene], scene)
    compute_normals(document)
    return document


def seen_from(
    points: np.ndarray, normal: tuple[float, ...], turns: int = 0
) -> SurfaceSamples:
    ways = np.repeat(np.array([normal], np.float32), len(points), axis=0)
    counted = np.arange(len(points)) if turns else np.zeros(len(points), np.int64)
    return SurfaceSamples(points.astype(np.float32), ways, ways, counted)


def square(reach: float = 1.0) -> tuple[RayCaster, OcclusionOptions]:
    facing = area_vectors(SQUARE, HALVES).astype(np.float32)
    return RayCaster(SQUARE, HALVES, facing), OcclusionOptions(
        rays=512, reach_ratio=reach
    )


def picture_of(document: Document) -> np.ndarray:
    """Return (n, n) from 0 to 1: the red of a document's picture of hollows."""
    info = document.materials()[0].occlusion_texture
    assert info is not None
    with Image.open(io.BytesIO(info.texture.image.content)) as picture:
        return np.asarray(picture, np.float32)[..., 0] / 255


def values_of(document: Document) -> tuple[np.ndarray, np.ndarray]:
    """Return (n, 3) places of covered texels, and (n,) what the picture says there."""
    primitive = document.primitives()[0]
    uvs = primitive.attributes["TEXCOORD_0"].values
    texels = rasterize(uvs, primitive.triangles, EDGE_PX)
    corners = primitive.positions[primitive.triangles[texels.triangles]]
    points = np.einsum("nk,nkd->nd", texels.weights, corners)
    return points, picture_of(document)[texels.rows, texels.columns]


@pytest.fixture(scope="module")
def court() -> Document:
    """Return the walled floor with its picture."""
    document = walls()
    found = bake_occlusion_texture(
        document, read_surface(document), OcclusionTextureOptions(edge_px=EDGE_PX)
    )
    assert found is not None
    return found


def test_light_comes_whole_to_what_nothing_faces() -> None:
    surface, options = square()

    found = sample_openness(surface, seen_from(SQUARE[:1] + 0.3, (0, 0, 1)), options)

    assert found.values[0] == 1


def test_a_ceiling_takes_what_its_solid_angle_holds() -> None:
    """Those that meet it come hardly any way; how many: a disc's form factor."""
    surface, options = square(reach=1.0)
    place = np.array([[0.5, 0.5, -0.02]], np.float32)

    found = sample_openness(surface, seen_from(place, (0, 0, 1)), options)

    radius_squared = 1 / np.pi
    form_factor = radius_squared / (radius_squared + 0.02**2)
    assert found.values[0] == pytest.approx(1 - form_factor, abs=0.02)


def test_what_is_beyond_reach_takes_nothing() -> None:
    surface, _ = square()
    place = np.array([[0.5, 0.5, -0.02]], np.float32)

    found = sample_openness(surface, seen_from(place, (0, 0, 1)), FAR)

    assert found.values[0] == 1


def test_what_sees_only_backs_is_inside() -> None:
    """Its darkness is of no place that anybody sees."""
    place = np.array([[0.5, 0.5, -0.02]], np.float32)

    above = sample_openness(square()[0], seen_from(place, (0, 0, 1)))
    below = sample_openness(square()[0], seen_from(-place * (-1, -1, 1), (0, 0, -1)))

    assert above.is_inside.tolist() == [True]
    assert below.is_inside.tolist() == [False]


def test_shading_that_leans_casts_no_shadow_on_its_own_face() -> None:
    """Smooth shading bends rays under the flat triangle that is really there."""
    surface, options = square()
    leaning = np.array([[0.8, 0, 0.6]], np.float32)
    flat = np.array([[0, 0, 1]], np.float32)
    places = SurfaceSamples(
        np.array([[0.5, 0.5, 0]], np.float32), leaning, flat, np.zeros(1, int)
    )

    assert sample_openness(surface, places, options).values[0] == 1


def test_the_corner_of_a_court_is_darker_than_its_middle(court: Document) -> None:
    points, values = values_of(court)
    on_floor = points[:, 1] < 1e-3
    from_middle = np.abs(points[:, [0, 2]] - 0.5).max(axis=1)

    middle = values[on_floor & (from_middle < 0.15)].mean()
    edges = values[on_floor & (from_middle > 0.42)].mean()

    assert edges < 0.75 * middle


def test_a_wall_is_lighter_near_the_sky(court: Document) -> None:
    points, values = values_of(court)
    is_middle = np.abs(points[:, 0] - 0.5) < 0.2

    low = values[is_middle & (np.abs(points[:, 1] - 0.2) < 0.1)].mean()
    high = values[is_middle & (points[:, 1] > 0.8)].mean()

    assert high > 1.15 * low


def test_the_same_place_is_as_light_on_both_sides_of_the_court(court: Document) -> None:
    """What rays miss by chance is below what an eye sees: two steps in a hundred."""
    points, values = values_of(court)
    is_wall = (points[:, 1] > 0.4) & (points[:, 1] < 0.6)
    near = values[is_wall & (points[:, 0] < 1e-3)].mean()
    across = values[is_wall & (points[:, 0] > 1 - 1e-3)].mean()

    assert near == pytest.approx(across, abs=0.02)


def test_the_shape_stays_as_it_was(court: Document) -> None:
    assert len(court.primitives()[0].triangles) == 10


def test_the_file_is_valid(
    court: Document, errors: Callable[[bytes], list[str]]
) -> None:
    assert errors(write_glb(court)) == []


def test_the_same_document_gives_the_same_bytes(court: Document) -> None:
    again = bake_occlusion_texture(
        walls(), read_surface(walls()), OcclusionTextureOptions(edge_px=EDGE_PX)
    )

    assert again is not None
    assert write_glb(again) == write_glb(court)


def test_parts_of_two_materials_share_one_picture() -> None:
    document = walls()
    primitive = document.primitives()[0]
    held, triangles = primitive.attributes, primitive.triangles
    assert document.scene.nodes[0].mesh is not None
    document.scene.nodes[0].mesh.primitives = [
        Primitive(held, create_accessor(triangles[:2].ravel()), matte_material()),
        Primitive(dict(held), create_accessor(triangles[2:].ravel()), matte_material()),
    ]

    found = bake_occlusion_texture(
        document, read_surface(document), OcclusionTextureOptions(edge_px=EDGE_PX)
    )

    assert found is not None
    assert len(found.images()) == 1
    assert [len(p.triangles) for p in found.primitives()] == [2, 8]


def test_a_thousand_crumbs_are_not_laid_in_a_small_picture() -> None:
    rng = np.random.default_rng(5)
    crumbs = [
        [(x, y, z), (x + 0.01, y, z), (x + 0.01, y + 0.01, z), (x, y + 0.01, z)]
        for x, y, z in rng.uniform(size=(1000, 3))
    ]
    document = of_quads(crumbs)

    assert (
        bake_occlusion_texture(
            document, read_surface(document), OcclusionTextureOptions(edge_px=32)
        )
        is None
    )


def test_a_court_has_hollows_and_a_ball_has_none(balls: ModuleType) -> None:
    assert has_occlusion(read_surface(walls()))
    assert not has_occlusion(read_surface(balls.ball(20)))


@pytest.mark.parametrize("color", [(1.0, 1.0, 1.0, 1.0), (0.5, 0.1, 0.1, 1.0)])
def test_hollows_are_darkened_only_where_it_is_asked(
    color: tuple[float, float, float, float],
) -> None:
    document = walls()
    document.materials()[0].base_color_factor = color

    assert find_detail(document).shape is None
    assert find_detail(document, occlusion=True).shape is not None


def moving(document: Document) -> None:
    document.animations.append(Animation([]))


def clear(document: Document) -> None:
    material = document.materials()[0]
    material.alpha_mode, material.base_color_factor = "BLEND", (1.0, 1.0, 1.0, 0.4)


def repeated(document: Document) -> None:
    mesh = document.meshes()[0]
    document.scene.nodes.append(Node(mesh=mesh, translation=(3.0, 0.0, 0.0)))


def lines(document: Document) -> None:
    document.primitives()[0].mode = 1


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (moving, "moves"),
        (clear, "clear"),
        (repeated, "repeated"),
        (lines, "lines"),
    ],
)
def test_what_cannot_be_darkened_says_why(
    spoil: Callable[[Document], None], refusal: Refusal
) -> None:
    document = walls()
    spoil(document)

    assert find_detail(document, occlusion=True).refusal == refusal
    assert find_detail(document).refusal is None


def test_noise_that_repeats_over_four_texels_is_gone() -> None:
    """As rays are turned: each tile of 4 by 4 asks other directions."""
    edge = 16
    rows, columns = np.mgrid[0:edge, 0:edge]
    noisy = (rows % 4 * 4 + columns % 4).astype(np.float32)
    points = np.stack([columns, rows, 0 * rows], axis=-1).astype(np.float32)
    up = np.zeros((edge, edge, 3), np.float32)
    up[..., 2] = 1

    smooth = blur_on_surface(
        noisy, TexelPositions(points, up, np.ones((edge, edge), bool)), 1.0
    )

    assert smooth[4:-4, 4:-4] == pytest.approx(7.5)


def test_nothing_is_mixed_over_an_edge() -> None:
    edge = 8
    rows, columns = np.mgrid[0:edge, 0:edge]
    values = (columns >= 4).astype(np.float32)
    points = np.stack([columns, rows, 0 * rows], axis=-1).astype(np.float32)
    ways = np.where(columns[..., None] >= 4, [1.0, 0, 0], [0, 0, 1.0]).astype(
        np.float32
    )

    kept = blur_on_surface(
        values, TexelPositions(points, ways, np.ones((edge, edge), bool)), 1.0
    )

    assert (kept == values).all()


def test_charts_grow_by_one_texel() -> None:
    picture = np.zeros((5, 5, 1), np.uint8)
    known = np.zeros((5, 5), bool)
    picture[2, 2], known[2, 2] = 200, True

    wider, is_known = dilate_one_texel(picture, known)

    assert is_known.sum() == 9
    assert (wider[is_known] == 200).all()


def test_normals_of_a_turned_node_are_turned() -> None:
    document = walls()
    document.scene.nodes[0].rotation = (0.0, 0.0, np.sqrt(0.5), np.sqrt(0.5))

    shape = read_surface(document)

    face_normals = normalize(area_vectors(shape.positions, shape.triangles))
    held = shape.normals[shape.triangles[:, 0]]
    assert np.einsum("ij,ij->i", face_normals, held) == pytest.approx(
        np.ones(10), abs=1e-5
    )


def test_a_material_of_its_own_is_kept() -> None:
    document = walls()
    document.primitives()[0].material = Material(name="plâtre", roughness_factor=0.3)

    found = bake_occlusion_texture(
        document, read_surface(document), OcclusionTextureOptions(edge_px=EDGE_PX)
    )

    assert found is not None
    assert found.materials()[0].name == "plâtre"


def test_a_node_that_flattens_what_it_shows_has_a_shape() -> None:
    """Shadows laid on the ground are such; no matrix turns their normals back."""
    document = walls()
    document.scene.nodes[0].scale = (1.0, 0.0, 1.0)

    shape = read_surface(document)

    assert not shape.positions[:, 1].any()
    assert np.allclose(np.linalg.norm(shape.normals, axis=1), 1)
