"""What exports get wrong is mended, and what was meant stays."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import (
    Animation,
    AnimationChannel,
    AnimationSampler,
    Document,
    Mesh,
    Node,
    Primitive,
    Scene,
)
from assets_pipeline.gltf.geometry import area_vectors
from assets_pipeline.gltf.materials import Image, Material, Texture, TextureInfo
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.tasks.task import Task
from assets_pipeline.transforms.drop_duplicate_triangles import drop_duplicate_triangles
from assets_pipeline.transforms.fix_winding import fix_winding
from assets_pipeline.transforms.make_opaque import make_opaque
from assets_pipeline.transforms.prune import prune
from assets_pipeline.transforms.replace_solid_textures import replace_solid_textures
from assets_pipeline.transforms.resample import ResampleOptions, resample

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Interpolation

MAKER = Path(__file__).parents[2] / "data" / "make_ball.py"


def ball(rings: int) -> Document:
    """Return a ball without normals."""
    spec = importlib.util.spec_from_file_location("make_ball", MAKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    document: Document = module.ball(rings)
    del document.primitives()[0].attributes["NORMAL"]
    return document


def inward(document: Document) -> int:
    """Return how many triangles of a ball look at its middle."""
    primitive = document.primitives()[0]
    areas = area_vectors(primitive.positions, primitive.triangles)
    corners = primitive.positions[primitive.triangles[:, 0]]
    return int((np.einsum("ij,ij->i", areas, corners) < -1e-9).sum())


def turned(document: Document, part: slice) -> None:
    primitive = document.primitives()[0]
    triangles = primitive.triangles.copy()
    triangles[part] = triangles[part][:, ::-1]
    primitive.indices = create_accessor(triangles.ravel())


def test_triangles_turn_to_where_their_neighbours_look() -> None:
    document = ball(20)
    turned(document, slice(300, 640))

    fix_winding(document)

    assert inward(document) == 0


def test_doubles_do_not_keep_triangles_from_turning() -> None:
    """An edge of three triangles joins nothing, so the double goes first."""
    document = ball(20)
    turned(document, slice(300, 640))
    primitive = document.primitives()[0]
    doubled = np.concatenate([primitive.triangles, primitive.triangles[200:700]])
    primitive.indices = create_accessor(doubled.ravel())

    prepare_model(document, Task("model", "museum", "ball.ply"))

    assert inward(document) == 0


def test_what_looks_inward_all_over_is_meant() -> None:
    """The inside of a room, seen from its middle."""
    document = ball(20)
    turned(document, slice(None))
    count = inward(document)

    fix_winding(document)

    assert inward(document) == count


def diamond(*sizes: float) -> Document:
    """Return closed bodies around one middle, turned inwards where a size is negative."""
    corners = np.concatenate([np.eye(3), -np.eye(3)])
    sides = np.array(
        [
            [x, y, z] if len({x, y, z} & {3, 4, 5}) % 2 == 0 else [x, z, y]
            for x in (0, 3)
            for y in (1, 4)
            for z in (2, 5)
        ]
    )
    points = np.concatenate([abs(size) * corners for size in sizes])
    parts = [
        6 * i + (sides if size > 0 else sides[:, ::-1]) for i, size in enumerate(sizes)
    ]
    primitive = Primitive(
        {"POSITION": create_accessor(points.astype(np.float32))},
        create_accessor(np.concatenate(parts).astype(np.uint32).ravel()),
    )
    scene = Scene([Node(mesh=Mesh([primitive]))])
    return Document([scene], scene)


def test_a_closed_body_that_looks_inward_is_turned_over() -> None:
    """As exports that mirror it leave it: its own back would be seen through its front."""
    document = diamond(-1.0)

    fix_winding(document)

    assert inward(document) == 0


def globe(parts: int, *, hole: int = 0) -> Document:
    """Return a grey ball that looks inwards, its last meridian a hair from its first.

    Each triangle has vertices of its own, and rings are missing at one pole.
    """
    u, v = np.meshgrid(
        np.linspace(0, 2 * np.pi, 2 * parts + 1),
        np.linspace(0, np.pi, parts + 1)[: parts + 1 - hole],
        indexing="ij",
    )
    points = np.stack([np.sin(v) * np.cos(u), np.cos(v), np.sin(v) * np.sin(u)], -1)
    a, b, c, d = points[:-1, :-1], points[1:, :-1], points[1:, 1:], points[:-1, 1:]
    halves = [np.stack([a, c, b], 2), np.stack([a, d, c], 2)]
    corners = np.concatenate([half.reshape(-1, 3) for half in halves])
    primitive = Primitive(
        {"POSITION": create_accessor(corners.astype(np.float32))},
        create_accessor(np.arange(len(corners), dtype=np.uint32)),
    )
    scene = Scene([Node(mesh=Mesh([primitive]))])
    return Document([scene], scene)


def test_a_body_with_a_seam_and_a_pinhole_is_turned_over() -> None:
    """As programs write a surface of revolution: its ends differ by rounding."""
    document = globe(40, hole=1)
    prune(document)

    fix_winding(document)

    assert inward(document) == 0


def test_a_body_with_a_door_may_be_a_room() -> None:
    document = globe(40, hole=4)
    prune(document)
    count = inward(document)

    fix_winding(document)

    assert inward(document) == count


def test_a_hollow_looks_inward() -> None:
    document = diamond(2.0, -1.0)

    fix_winding(document)

    assert inward(document) == 8


def test_a_coloured_room_is_seen_from_within() -> None:
    document = diamond(-1.0)
    colors = create_accessor(np.full((6, 3), 0.5, np.float32))
    document.primitives()[0].attributes["COLOR_0"] = colors

    fix_winding(document)

    assert inward(document) == 8


def test_normals_say_which_side_is_meant() -> None:
    document = ball(20)
    primitive = document.primitives()[0]
    primitive.attributes["NORMAL"] = create_accessor(primitive.positions)
    turned(document, slice(300, 640))
    before = primitive.triangles

    fix_winding(document)

    assert np.array_equal(primitive.triangles, before)


def test_a_strip_with_one_side_stays() -> None:
    """No way of turning makes all of a Möbius strip agree."""
    count = 24
    around = np.linspace(0, 2 * np.pi, count, endpoint=False)
    half = around / 2
    ring = np.stack([np.cos(around), np.zeros(count), np.sin(around)], axis=1)
    across = np.stack(
        [np.cos(half) * ring[:, 0], np.sin(half), np.cos(half) * ring[:, 2]], axis=1
    )
    points = np.concatenate([ring - 0.3 * across, ring + 0.3 * across])
    i = np.arange(count - 1)
    strip = np.concatenate(
        [
            np.stack([i, i + count, i + 1], 1),
            np.stack([i + 1, i + count, i + count + 1], 1),
        ]
    )
    last = [[count - 1, 2 * count - 1, count], [count, 2 * count - 1, 0]]
    triangles = np.concatenate([strip, last]).astype(np.uint32)
    primitive = Primitive(
        {"POSITION": create_accessor(points.astype(np.float32))},
        create_accessor(triangles.ravel()),
    )
    scene = Scene([Node(mesh=Mesh([primitive]))])

    fix_winding(Document([scene], scene))

    assert np.array_equal(primitive.triangles, triangles)


def faces(indices: list[list[int]], material: Material | None = None) -> Document:
    points = np.eye(3, dtype=np.float32)
    primitive = Primitive(
        {"POSITION": create_accessor(points)},
        create_accessor(np.array(indices, np.uint32).ravel()),
        material,
    )
    scene = Scene([Node(mesh=Mesh([primitive]))])
    return Document([scene], scene)


def test_a_triangle_is_drawn_once_wherever_it_begins() -> None:
    document = faces([[0, 1, 2], [1, 2, 0], [0, 1, 2]])

    drop_duplicate_triangles(document)

    assert document.primitives()[0].triangles.tolist() == [[0, 1, 2]]


def test_a_sheet_keeps_both_its_sides() -> None:
    document = faces([[0, 1, 2], [0, 2, 1]])

    drop_duplicate_triangles(document)

    assert len(document.primitives()[0].triangles) == 2


def test_panes_of_glass_stay_as_dense_as_they_were() -> None:
    document = faces([[0, 1, 2], [0, 1, 2]], Material(alpha_mode="BLEND"))

    drop_duplicate_triangles(document)

    assert len(document.primitives()[0].triangles) == 2


def picture(*colors: tuple[int, ...]) -> TextureInfo:
    pixels = Pillow.new("RGBA" if len(colors[0]) == 4 else "RGB", (len(colors), 1))
    pixels.putdata(colors)
    content = io.BytesIO()
    pixels.save(content, "PNG")
    return TextureInfo(Texture(Image(content.getvalue(), "image/png")))


def test_a_picture_of_one_colour_becomes_a_factor() -> None:
    """Pictures are sRGB, factors linear: 188 is half the light."""
    material = Material(
        base_color_factor=(1, 1, 0.5, 1),
        base_color_texture=picture((188, 0, 255), (188, 0, 255)),
    )

    replace_solid_textures(faces([[0, 1, 2]], material))

    assert material.base_color_texture is None
    assert material.base_color_factor == pytest.approx((0.503, 0, 0.5, 1), abs=1e-3)


def test_roughness_and_metal_become_factors() -> None:
    material = Material(metallic_roughness_texture=picture((9, 102, 51)))

    replace_solid_textures(faces([[0, 1, 2]], material))

    found = (material.roughness_factor, material.metallic_factor)
    assert found == pytest.approx((0.4, 0.2))


def test_a_map_without_relief_or_shadow_goes() -> None:
    material = Material(
        normal_texture=picture((128, 128, 255)),
        occlusion_texture=picture((255, 255, 255)),
    )

    replace_solid_textures(faces([[0, 1, 2]], material))

    assert list(material.texture_infos()) == []


def test_a_picture_of_two_colours_stays() -> None:
    material = Material(base_color_texture=picture((10, 10, 10), (13, 10, 10)))

    replace_solid_textures(faces([[0, 1, 2]], material))

    assert material.base_color_texture is not None


def test_a_leaning_map_stays() -> None:
    """It tilts the whole surface: of one colour, and not flat."""
    material = Material(normal_texture=picture((200, 128, 230)))

    replace_solid_textures(faces([[0, 1, 2]], material))

    assert material.normal_texture is not None


def moving(
    values: np.ndarray, path: str = "translation", how: Interpolation = "LINEAR"
) -> tuple[Document, AnimationSampler]:
    document = faces([[0, 1, 2]])
    times = np.arange(len(values), dtype=np.float32)
    sampler = AnimationSampler(
        create_accessor(times), create_accessor(values.astype(np.float32)), how
    )
    channel = AnimationChannel(document.scene.nodes[0], path, sampler)  # type: ignore[arg-type]  # a path
    document.animations.append(Animation([channel]))
    return document, sampler


def test_keys_on_a_straight_way_go() -> None:
    way = np.linspace(0, 1, 11)[:, None] * [1, 2, 3]
    way[6:] = way[5]
    document, sampler = moving(way)

    resample(document)

    assert sampler.input.values.ravel().tolist() == [0, 5, 10]
    assert sampler.output.values[1].tolist() == pytest.approx([0.5, 1, 1.5])


def test_an_even_turn_keeps_its_ends() -> None:
    angles = np.linspace(0, np.pi / 2, 9) / 2
    turns = np.stack([0 * angles, np.sin(angles), 0 * angles, np.cos(angles)], axis=1)
    document, sampler = moving(turns, "rotation")

    resample(document)

    assert sampler.input.count == 2


def test_a_wave_keeps_what_it_needs() -> None:
    wave = np.sin(np.linspace(0, 6, 200))[:, None] * [1, 0, 0]
    document, sampler = moving(wave)

    resample(document, ResampleOptions(error_ratio=0.01))

    found = sampler.output.values[:, 0]
    times = sampler.input.values.ravel()
    assert 5 < len(times) < 60
    assert np.abs(np.interp(np.arange(200), times, found) - wave[:, 0]).max() < 0.021


def test_steps_keep_each_change() -> None:
    steps = np.array([0, 0, 0, 5, 5, 5, 5, 5, 5, 5])[:, None] * [1, 0, 0]
    document, sampler = moving(steps, how="STEP")

    resample(document)

    assert sampler.input.values.ravel().tolist() == [0, 3, 9]


def test_channels_of_the_same_times_keep_sharing_them() -> None:
    """A list of times of its own costs more than the keys that it saves."""
    corner = np.zeros((9, 3))
    corner[4] = 1
    document, first = moving(np.ones((9, 3)))
    other, second = moving(corner)
    document.animations += other.animations

    resample(document)

    assert first.input is second.input
    assert first.input.values.ravel().tolist() == [0, 3, 4, 5, 8]
    assert first.output.count == 5


def test_what_only_trembles_keeps_the_ends() -> None:
    """Exporters write every channel of a skeleton; most hold one value and noise."""
    tremble = 1 + 1e-6 * np.random.default_rng(2).normal(size=(9, 3))
    wave = np.sin(np.arange(9.0))[:, None] * [1, 0, 0]
    document, _ = moving(tremble)
    other, second = moving(wave)
    document.animations[0].channels += other.animations[0].channels

    resample(document)

    still = document.animations[0].channels[0].sampler
    assert still.output.count == still.input.count == 2
    assert second.input.count == 9


def test_what_stays_as_its_node_stands_is_not_said() -> None:
    document, _ = moving(np.zeros((9, 3)))
    wave = np.sin(np.arange(9.0))[:, None] * [1, 0, 0]
    other, second = moving(wave)
    document.animations[0].channels += other.animations[0].channels

    resample(document)

    assert [c.sampler for c in document.animations[0].channels] == [second]


def blending(look: dict[str, Any]) -> Document:
    return faces([[0, 1, 2]], Material(**{"alpha_mode": "BLEND", **look}))


@pytest.mark.parametrize(
    "look",
    [
        {},
        {"base_color_texture": picture((1, 2, 3), (9, 9, 9))},
        {"base_color_texture": picture((1, 2, 3, 255), (9, 9, 9, 251))},
        {"alpha_mode": "MASK", "base_color_factor": (1, 1, 1, 0.6)},
    ],
    ids=["plain", "no alpha", "full alpha", "above the cutoff"],
)
def test_what_nobody_sees_through_is_opaque(look: dict[str, Any]) -> None:
    """Whole models are exported to blend, and then drawn without depth."""
    document = blending(look)

    make_opaque(document)

    assert document.materials()[0].alpha_mode == "OPAQUE"


@pytest.mark.parametrize(
    "look",
    [
        {"base_color_factor": (1, 1, 1, 0.5)},
        {"base_color_texture": picture((1, 2, 3, 255), (9, 9, 9, 120))},
        {"alpha_mode": "MASK", "base_color_texture": picture((1, 2, 3, 0), (9,) * 4)},
    ],
    ids=["a factor", "a picture", "holes"],
)
def test_what_is_clear_anywhere_stays_so(look: dict[str, Any]) -> None:
    document = blending(look)
    mode = document.materials()[0].alpha_mode

    make_opaque(document)

    assert document.materials()[0].alpha_mode == mode


def test_clear_vertices_keep_their_material_blending() -> None:
    document = blending({})
    colors = np.full((3, 4), 1, np.float32)
    colors[2, 3] = 0.2
    document.primitives()[0].attributes["COLOR_0"] = create_accessor(colors)

    make_opaque(document)

    assert document.materials()[0].alpha_mode == "BLEND"
