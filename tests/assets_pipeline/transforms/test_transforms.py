"""Each transform does its one thing and leaves how a model looks alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]  # C, without types
import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.clone import clone_document
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
from assets_pipeline.gltf.materials import (
    Image,
    Material,
    Texture,
    TextureInfo,
    matte_material,
)
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.images.decoding import open_image
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.transforms.compress_meshopt import (
    CompressMeshoptOptions,
    compress_meshopt,
)
from assets_pipeline.transforms.compress_textures import (
    CompressTexturesOptions,
    TextureCache,
    TextureSetting,
    compress_textures,
    scaled_size,
)
from assets_pipeline.transforms.compute_normals import (
    ComputeNormalsOptions,
    compute_normals,
)
from assets_pipeline.transforms.join import join
from assets_pipeline.transforms.prune import prune
from assets_pipeline.transforms.quantize import QuantizeOptions, quantize
from assets_pipeline.transforms.reorder import ReorderOptions, reorder
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify
from assets_pipeline.transforms.weld import WeldOptions, weld
from assets_pipeline.transforms.write_metadata import (
    WriteMetadataOptions,
    write_metadata,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from assets_pipeline.arrays import AnyArray
    from assets_pipeline.gltf.materials import Payload

    Read = Callable[..., Document]

SMALL_TEXTURES = CompressTexturesOptions(
    TextureSetting(32, 80), TextureSetting(32, 90), TextureSetting(16, 80)
)


def document_of(arrays: dict[str, AnyArray], count: int = 1) -> Document:
    """Return a document that shows one mesh so many times, 2 m apart."""
    held = {n: create_accessor(a) for n, a in arrays.items() if n != "indices"}
    indices = create_accessor(arrays["indices"]) if "indices" in arrays else None
    mesh = Mesh([Primitive(held, indices, matte_material())])
    nodes = [Node(mesh=mesh, translation=(2.0 * i, 0, 0)) for i in range(count)]
    scene = Scene(nodes)
    return Document([scene], scene)


def triangle_soup(primitive: Primitive) -> list[tuple[float, ...]]:
    """Return triangles by value, in an order that no renumbering changes."""
    corners = primitive.positions[primitive.triangles].reshape(-1, 9)
    return sorted(tuple(row) for row in np.round(corners, 5).tolist())


def test_weld_merges_equal_vertices_only(make: ModuleType) -> None:
    arrays = make.box_arrays()
    loose = {n: a[arrays["indices"]] for n, a in arrays.items() if n != "indices"}
    document = document_of(loose)
    before = triangle_soup(document.primitives()[0])

    weld(document)

    primitive = document.primitives()[0]
    assert primitive.attributes["POSITION"].count == 24
    assert triangle_soup(primitive) == before


def test_weld_takes_both_zeros_for_one() -> None:
    positions = np.float32([[0, 0, 0], [-0.0, 0, 0], [1, 0, 0], [0, 1, 0]])
    document = document_of({"POSITION": positions})

    weld(document)

    assert document.primitives()[0].attributes["POSITION"].count == 3


def test_weld_merges_what_differs_by_noise_when_asked(make: ModuleType) -> None:
    """Exporters leave noise in normals; what is at another place stays another vertex."""
    arrays = make.box_arrays()
    noisy = arrays["NORMAL"] + np.float32(1e-4)
    twice = {n: np.concatenate([a, a]) for n, a in arrays.items() if n != "indices"}
    twice["NORMAL"] = np.concatenate([arrays["NORMAL"], noisy])
    document = document_of(twice | {"indices": np.arange(48, dtype=np.uint16)})
    exact = clone_document(document)

    weld(exact)
    weld(document, WeldOptions(is_tolerant=True))

    counts = [d.primitives()[0].attributes["POSITION"].count for d in (exact, document)]
    assert counts == [48, 24]


def test_prune_drops_what_no_one_sees(make: ModuleType) -> None:
    arrays = make.box_arrays()
    arrays["TANGENT"] = np.tile(np.float32([1, 0, 0, 1]), (24, 1))
    arrays["indices"] = np.append(arrays["indices"], [0, 0, 1]).astype(np.uint16)
    document = document_of(arrays)
    document.scene.nodes.append(Node(name="empty"))

    prune(document)

    primitive = document.primitives()[0]
    assert list(primitive.attributes) == ["POSITION", "NORMAL"]
    assert len(primitive.triangles) == 12
    assert len(document.nodes()) == 1


def test_prune_drops_textures_without_coordinates(read: Read) -> None:
    """The standard forbids them, and viewers differ in what they show."""
    document = read("textured_box.glb")
    del document.primitives()[0].attributes["TEXCOORD_0"]

    prune(document)

    assert document.textures() == []


def test_prune_shares_equal_pictures(read: Read) -> None:
    document = read("textured_box.glb")
    material = document.materials()[0]
    first = material.base_color_texture
    assert first is not None
    twin = TextureInfo(type(first.texture)(first.texture.image))
    material.emissive_texture = twin

    prune(document)

    assert twin.texture is first.texture


def test_normals_of_a_box_are_sharp(make: ModuleType) -> None:
    arrays = make.box_arrays()
    expected = {tuple(row) for row in arrays.pop("NORMAL").tolist()}
    document = document_of(
        {"POSITION": arrays["POSITION"], "indices": arrays["indices"]}
    )

    compute_normals(document, ComputeNormalsOptions(crease_deg=60))
    weld(document)

    found = document.primitives()[0].attributes["NORMAL"]
    assert found.count == 24
    assert {tuple(row) for row in np.round(found.values).tolist()} == expected


def test_normals_of_a_ball_are_smooth(make: ModuleType) -> None:
    """Within a facet of the closed form: facets span 4.5 degrees."""
    arrays = make.ball(40)
    document = document_of({n: arrays[n] for n in ("POSITION", "indices")})

    prune(document)
    compute_normals(document)
    weld(document)

    primitive = document.primitives()[0]
    outward = primitive.positions - np.float32([0, 0.5, 0])
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    cosines = (outward * primitive.attributes["NORMAL"].values).sum(axis=1)
    assert cosines.min() > np.cos(np.radians(4.5))
    assert np.median(cosines) > np.cos(np.radians(0.5))


@pytest.mark.parametrize(("is_faceted", "count"), [(True, 2), (False, 1)])
def test_what_is_faceted_is_flat_between_edges(*, is_faceted: bool, count: int) -> None:
    """A fold of 40 degrees is rounded elsewhere, and meant where glTF has no normals."""
    lean = np.radians(40)
    points = [[0, 0, 0], [0, 0, 1], [1, 0, 0], [-np.cos(lean), np.sin(lean), 0]]
    indices = create_accessor(np.array([0, 1, 2, 0, 3, 1], np.uint32))
    places = {"POSITION": create_accessor(np.array(points, np.float32))}
    primitive = Primitive(places, indices, is_faceted=is_faceted)
    scene = Scene([Node(mesh=Mesh([primitive]))])

    compute_normals(Document([scene], scene))

    corners = np.round(primitive.attributes["NORMAL"].values[[0, 3]], 5)
    assert len(np.unique(corners, axis=0)) == count


def test_zero_normals_are_computed(make: ModuleType) -> None:
    arrays = make.box_arrays()
    arrays["NORMAL"][:4] = 0
    document = document_of(arrays)

    compute_normals(document)

    found = document.primitives()[0].attributes["NORMAL"].values
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(24))
    assert found[:4] == pytest.approx(make.box_arrays()["NORMAL"][:4])


def test_join_draws_still_objects_together(make: ModuleType) -> None:
    document = document_of(make.box_arrays(), count=3)
    before = measure.compute_extents(document)

    join(document)

    assert measure.count_draw_calls(document) == 1
    assert measure.count_triangles(document) == 36
    assert measure.compute_extents(document).size_m == pytest.approx(before.size_m)


def test_join_turns_mirrored_triangles_over(make: ModuleType) -> None:
    document = document_of(make.box_arrays(), count=2)
    document.scene.nodes[1].scale = (-1.0, 1.0, 1.0)

    join(document)

    primitive = document.primitives()[0]
    a, b, c = (primitive.positions[primitive.triangles[:, i]] for i in range(3))
    facing = np.cross(b - a, c - a)
    given = primitive.attributes["NORMAL"].values[primitive.triangles[:, 0]]
    assert ((facing * given).sum(axis=1) > 0).all()


def test_join_leaves_what_moves(read: Read) -> None:
    document = read("bar.glb")
    document.scene.nodes.append(Node(mesh=document.meshes()[0]))

    join(document)

    assert measure.count_draw_calls(document) == 2


def test_simplify_reaches_its_target_and_keeps_the_size(make: ModuleType) -> None:
    document = document_of(make.ball(60))
    weld(document)
    before = measure.compute_extents(document).size_m

    drawn = simplify(document, SimplifyOptions(target_triangles=1000))

    assert 900 <= drawn <= 1020
    assert measure.compute_extents(document).size_m == pytest.approx(before, rel=1e-3)


def test_simplify_keeps_joints_and_weights(read: Read) -> None:
    """Vertices that stay keep all they had: a skin can't tear."""
    document = read("bar.glb")
    weld(document)
    before = measure.compute_extents(document).size_m

    simplify(document, SimplifyOptions(target_triangles=8))

    assert measure.compute_extents(document).size_m == pytest.approx(before)


def test_simplify_leaves_a_document_that_is_small_enough(make: ModuleType) -> None:
    document = document_of(make.box_arrays())
    held = document.primitives()[0].indices

    simplify(document)

    assert document.primitives()[0].indices is held


@pytest.mark.parametrize("name", ["ball", "bar", "bent_bar", "morphed_box"])
def test_quantize_moves_no_vertex_by_more_than_a_step(read: Read, name: str) -> None:
    """Through node, skin and morph alike, within the tenth of a millimetre."""
    document = read(f"{name}.glb")
    before = measure.compute_extents(document)

    quantize(document)

    after = measure.compute_extents(document)
    assert document.primitives()[0].attributes["POSITION"].array.dtype == np.uint16
    assert after.least == pytest.approx(before.least, abs=3e-4)
    assert after.greatest == pytest.approx(before.greatest, abs=3e-4)


def test_quantized_weights_still_sum_to_one(read: Read) -> None:
    document = read("bar.glb")

    quantize(document)

    weights = document.primitives()[0].attributes["WEIGHTS_0"]
    assert (weights.array.astype(int).sum(axis=1) == 255).all()


def test_what_moves_a_morph_follows_it_to_its_grid(
    read: Read, errors: Callable[[bytes], list[str]]
) -> None:
    document = read("morphed_box.glb")
    (node,) = (n for n in document.nodes() if n.mesh is not None)
    times, weights = (
        create_accessor(np.float32([0, 1])),
        create_accessor(np.float32([0, 1])),
    )
    channel = AnimationChannel(node, "weights", AnimationSampler(times, weights))
    document.animations.append(Animation([channel]))

    quantize(document)

    assert channel.node.mesh is not None
    assert errors(write_glb(document)) == []


@pytest.mark.parametrize("has_uvs", [False, True])
def test_what_viewers_cannot_derive_has_tangents(
    make: ModuleType,
    has_uvs: bool,  # noqa: FBT001  # a parameter of pytest
    errors: Callable[[bytes], list[str]],
) -> None:
    """Anisotropy needs a direction, and there is no normal map to take it from."""
    arrays = make.box_arrays()
    if not has_uvs:
        arrays.pop("TEXCOORD_0", None)
    document = document_of(arrays)
    (primitive,) = document.primitives()
    brushed = {"anisotropyStrength": 0.5}
    primitive.material = Material(extensions={"KHR_materials_anisotropy": brushed})  # type: ignore[dict-item]  # a Payload

    compute_normals(document)
    prune(document)

    tangents = primitive.attributes["TANGENT"].values
    facing = primitive.attributes["NORMAL"].values
    assert np.einsum("ij,ij->i", tangents[:, :3], facing) == pytest.approx(0, abs=1e-6)
    assert errors(write_glb(document)) == []


def test_weights_without_joints_are_left_out(make: ModuleType) -> None:
    arrays = make.box_arrays()
    arrays["WEIGHTS_0"] = np.full((len(arrays["POSITION"]), 4), 0.25, np.float32)
    document = document_of(arrays)

    prune(document)

    assert "WEIGHTS_0" not in document.primitives()[0].attributes


@pytest.mark.parametrize("size", [(2, 2), (5, 3), (256, 1), (512, 512)])
def test_the_colours_of_a_palette_stay_apart(
    make: ModuleType, size: tuple[int, int]
) -> None:
    """Models of few colours take each from a texel or a square of them."""
    width, height = size
    numbers = np.arange(4 * width // 4) * 4 // width
    row = np.uint8([(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)])[numbers]
    image = Image(make.png(np.tile(row, (height, 1, 1))), "image/png")
    document = document_of(make.box_arrays())
    colored = Material(base_color_texture=TextureInfo(Texture(image)))
    document.primitives()[0].material = colored

    compress_textures(document)

    kept = open_image(document.images()[0].content, "kept").convert("RGB")
    wanted = {tuple(map(int, color)) for color in np.unique(row, axis=0)}
    assert {color for _, color in kept.getcolors()} == wanted


def test_opacity_is_coded_at_less_effort(
    make: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the most, 1024 px of leaves would take half a minute."""
    efforts: list[int] = []
    save = Pillow.Image.save

    def watched(picture: Pillow.Image, *where: object, **settings: object) -> None:
        if "method" in settings:
            efforts.append(settings["method"])  # type: ignore[arg-type]  # an int
        save(picture, *where, **settings)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(Pillow.Image, "save", watched)
    pixels = np.random.default_rng(0).integers(0, 255, (128, 128, 4), np.uint8)
    leaves = Image(make.png(pixels), "image/png")
    document = document_of(make.box_arrays())
    cut = Material(base_color_texture=TextureInfo(Texture(leaves)), alpha_mode="MASK")
    document.primitives()[0].material = cut

    compress_textures(document)

    assert efforts == [5]


def test_what_has_a_thickness_keeps_the_unit_of_its_mesh(
    make: ModuleType, errors: Callable[[bytes], list[str]]
) -> None:
    """Thickness is told in it: glass on a finer grid would refract nothing."""
    document = document_of(make.box_arrays(), count=6)
    glass: Payload = {"thicknessFactor": 0.5}
    material = Material(extensions={"KHR_materials_volume": glass})
    material.extensions["KHR_materials_transmission"] = {"transmissionFactor": 1.0}
    document.primitives()[0].material = material

    join(document)
    quantize(document)
    compress_meshopt(document)

    scales = [
        np.linalg.det(w[:3, :3])
        for n, w in document.shown_nodes_with_matrices()
        if n.mesh
    ]
    assert scales == [1.0] * 6
    assert errors(write_glb(document)) == []


@pytest.mark.parametrize(
    ("size_m", "greatest"), [(0.5, 8191), (11.4, 8191), (20.0, 10_000), (60.0, 16_383)]
)
def test_positions_are_as_fine_as_size_asks(
    make: ModuleType, size_m: float, greatest: int
) -> None:
    """A step of 2 mm at most, and no finer than that beyond 13 bits; 14 bits at most."""
    arrays = make.box_arrays()
    arrays["POSITION"] = arrays["POSITION"] * np.float32(size_m) + np.float32(1)
    document = document_of(arrays)

    quantize(document)

    assert document.primitives()[0].attributes["POSITION"].array.max() == greatest


def test_one_array_may_be_places_and_directions(make: ModuleType) -> None:
    """Of a ball both are the same numbers, and exports share them."""
    arrays = make.box_arrays()
    arrays["POSITION"] = arrays["NORMAL"] = arrays["NORMAL"] + arrays["POSITION"]
    document = document_of(arrays)
    held = document.primitives()[0].attributes
    held["NORMAL"] = held["POSITION"]

    quantize(document)

    assert held["NORMAL"].values == pytest.approx(arrays["POSITION"])


@pytest.mark.parametrize("reach", [0.99, 1.5, 20.0])
def test_coordinates_that_leave_a_texture_keep_steps_of_its_width(
    make: ModuleType, reach: float
) -> None:
    """As those within it do: a tile seen twenty times is no coarser for that."""
    arrays = make.box_arrays()
    exact = np.linspace(-0.05, reach, 48, dtype=np.float32).reshape(24, 2)
    document = document_of(arrays | {"TEXCOORD_0": exact})

    compress_meshopt(document, CompressMeshoptOptions(uv_bits=10))

    sent = document.primitives()[0].attributes["TEXCOORD_0"].values
    assert np.abs(sent - exact).max() <= 0.5 / 2**10 + 1e-6
    assert np.abs(sent * 2**10 - np.round(sent * 2**10)).max() < 1e-2


def test_repeating_coordinates_are_not_clipped(make: ModuleType) -> None:
    arrays = make.box_arrays()
    arrays["TEXCOORD_0"] = arrays["TEXCOORD_0"] * 7 - 2
    document = document_of(arrays)

    quantize(document)
    compress_meshopt(document)

    uv = document.primitives()[0].attributes["TEXCOORD_0"].values
    assert uv == pytest.approx(arrays["TEXCOORD_0"], abs=2e-3)


def test_bits_that_are_not_kept_are_0(make: ModuleType) -> None:
    """The codec stores them for nothing; and the ends, where textures meet, are exact."""
    arrays = make.box_arrays()
    arrays["TEXCOORD_0"] = np.linspace(0, 1, 48, dtype=np.float32).reshape(24, 2)
    document = document_of(arrays)

    quantize(document, QuantizeOptions(uv_bits=12))

    uv = document.primitives()[0].attributes["TEXCOORD_0"]
    assert not (uv.array.ravel()[:-1] & 0xF).any()
    assert (uv.values.min(), uv.values.max()) == (0, 1)
    assert uv.values == pytest.approx(arrays["TEXCOORD_0"], abs=0.5 / 4095)


@pytest.mark.parametrize(("shade", "dtype"), [(0.8, np.uint8), (0.01, np.uint16)])
def test_dark_colours_keep_more_bits(
    make: ModuleType, shade: float, dtype: type
) -> None:
    """Eight bits of linear light show as bands where it is dark."""
    arrays = make.box_arrays()
    arrays["COLOR_0"] = np.full((24, 3), shade, np.float32)
    document = document_of(arrays)

    quantize(document)

    colors = document.primitives()[0].attributes["COLOR_0"]
    assert colors.array.dtype == dtype
    assert colors.values == pytest.approx(shade, abs=2e-3 if shade > 0.1 else 5e-4)


def test_dark_colours_of_8_bits_are_asked_for(make: ModuleType) -> None:
    arrays = make.box_arrays()
    arrays["COLOR_0"] = np.full((24, 3), 0.01, np.float32)
    document = document_of(arrays)

    quantize(document, QuantizeOptions(dark_color_bits=8))

    colors = document.primitives()[0].attributes["COLOR_0"]
    assert colors.array.dtype == np.uint8


def test_what_is_even_about_its_middle_keeps_it(make: ModuleType) -> None:
    """Its node, or its instances, then stand where the source's do, to the last bit."""
    arrays = make.box_arrays((1.0, 2.0, 0.5))
    arrays["POSITION"] -= np.array([0, 1, 0], np.float32)
    document = document_of(arrays)

    quantize(document)

    node = document.nodes()[0]
    corners = document.primitives()[0].positions * np.float32(node.scale[0])
    assert node.translation == (0.0, 0.0, 0.0)
    assert np.unique(np.abs(corners), axis=0).tolist() == [[0.5, 1.0, 0.25]]


@pytest.mark.parametrize("bits", range(10, 17))
@pytest.mark.parametrize("middle", [0.0, 0.5])
def test_positions_have_the_bits_that_were_asked_for(bits: int, middle: float) -> None:
    """Even about their middle or not, at most half a step lost on a size of 1."""
    places = np.random.default_rng(3).uniform(-0.5, 0.5, (500, 3)).astype(np.float32)
    places[:2] = [[-0.5] * 3, [0.5] * 3]
    document = document_of({"POSITION": places + np.float32(middle)})

    quantize(
        document, QuantizeOptions(least_position_bits=bits, most_position_bits=bits)
    )

    [(_, world)] = document.shown_nodes_with_matrices()
    [primitive] = document.primitives()
    found = primitive.positions @ world[:3, :3].T + world[:3, 3]
    lost = np.abs(found - places - middle).max()
    assert lost <= 0.5 / (2**bits - 1) * 1.01 + 1e-7  # and what float32 loses


@pytest.mark.parametrize("tried", [0, 20_000])
def test_reorder_draws_the_same_triangles(make: ModuleType, tried: int) -> None:
    document = document_of(make.ball(20))
    prune(document)
    before = triangle_soup(document.primitives()[0])

    reorder(document, ReorderOptions(most_tried_triangles=tried))

    after = triangle_soup(document.primitives()[0])
    turned = [sorted(np.reshape(t, (3, 3)).tolist()) for t in before]
    assert sorted(sorted(np.reshape(t, (3, 3)).tolist()) for t in after) == sorted(
        turned
    )


def rows_of_triangles(count: int) -> Document:
    """Return a wavy square of 2 (count - 1)^2 triangles, row after row."""
    numbers = np.arange(count * count, dtype=np.uint32).reshape(count, count)
    y, x = np.divmod(numbers.ravel(), count)
    places = np.stack([x, np.sin(x * 0.3), y], axis=1).astype(np.float32)
    a, b = numbers[:-1, :-1].ravel(), numbers[:-1, 1:].ravel()
    c, d = numbers[1:, :-1].ravel(), numbers[1:, 1:].ravel()
    corners = np.stack([a, b, c, c, b, d], axis=1)
    return document_of({"POSITION": places, "indices": corners.ravel()})


def compressed(document: Document) -> bytes:
    compress_meshopt(document)
    return write_glb(document)


def corners_in_order(document: Document) -> list[list[float]]:
    [primitive] = document.primitives()
    corners: list[list[float]] = primitive.positions[primitive.flat_indices].tolist()
    return corners


def test_reorder_keeps_a_scan_that_came_row_by_row() -> None:
    """There each strip ends with its row, and the row before is the best neighbour."""
    document = rows_of_triangles(110)
    before = corners_in_order(document)

    reorder(document)

    assert corners_in_order(document) == before


def test_a_search_is_told_of_an_order_that_is_easily_lost() -> None:
    """It must not take 99 % of a scan's triangles and hope for nearly the same bytes."""
    in_rows, scattered = rows_of_triangles(110), rows_of_triangles(110)
    [primitive] = scattered.primitives()
    shuffled = np.random.default_rng(7).permutation(primitive.triangles)
    primitive.indices = create_accessor(shuffled.ravel())

    assert LodEncoder(in_rows, PHONE).keeps_an_order
    assert not LodEncoder(scattered, PHONE).keeps_an_order


def test_reorder_keeps_the_shortest_of_what_it_tries() -> None:
    document = rows_of_triangles(40)
    [primitive] = document.primitives()
    shuffled = np.random.default_rng(7).permutation(primitive.triangles)
    primitive.indices = create_accessor(shuffled.ravel())
    tried = clone_document(document)

    reorder(document)
    reorder(tried, ReorderOptions(most_tried_triangles=20_000))

    once, several = (len(brotli.compress(compressed(d))) for d in (document, tried))
    assert several < once


def test_reorder_puts_scattered_triangles_in_strips() -> None:
    document = rows_of_triangles(110)
    [primitive] = document.primitives()
    shuffled = np.random.default_rng(7).permutation(primitive.triangles)
    primitive.indices = create_accessor(shuffled.ravel())
    scattered = corners_in_order(document)

    reorder(document)

    corners = corners_in_order(document)
    assert corners != scattered
    assert sorted(corners) == sorted(scattered)


def test_compress_keeps_directions_within_a_degree(make: ModuleType) -> None:
    document = document_of(make.ball(20))
    given = document.primitives()[0].attributes["NORMAL"].values

    compress_meshopt(document)

    held = document.primitives()[0].attributes["NORMAL"]
    found = held.values / np.linalg.norm(held.values, axis=1, keepdims=True)
    assert held.array.dtype == np.int8
    assert (found * given).sum(axis=1).min() > np.cos(np.radians(1))


@pytest.mark.parametrize(
    ("size", "limit", "expected"),
    [
        ((4096, 1024), 1024, (1024, 256)),
        ((1000, 1000), 1024, (1024, 1024)),
        ((600, 300), 1024, (512, 256)),
        ((1, 5000), 512, (1, 512)),
        ((64, 64), 512, (64, 64)),
    ],
)
def test_textures_are_powers_of_two_under_their_limit(
    size: tuple[int, int], limit: int, expected: tuple[int, int]
) -> None:
    assert scaled_size(*size, limit) == expected


def test_textures_inside_extensions_are_rewritten_too(read: Read) -> None:
    document = read("textured_box.glb")

    compress_textures(document, SMALL_TEXTURES)

    kinds = {image.media_type for image in document.images()}
    sizes = sorted(measure.image_size_px(image) for image in document.images())
    assert kinds == {"image/webp"}
    assert sizes == [(16, 16), (32, 32), (32, 32)]


def test_textures_twice_is_textures_once(read: Read) -> None:
    document = read("textured_box.glb")
    compress_textures(document, SMALL_TEXTURES)
    once = [image.content for image in document.images()]

    compress_textures(document, SMALL_TEXTURES)

    assert [image.content for image in document.images()] == once


def test_textures_made_smaller_after_others_are_the_same(read: Read) -> None:
    made, small = TextureCache(), TextureSetting(8, 50)
    compress_textures(read("textured_box.glb"), SMALL_TEXTURES, made)
    after, alone = read("textured_box.glb"), read("textured_box.glb")

    compress_textures(after, CompressTexturesOptions(small, small, small), made)

    compress_textures(alone, CompressTexturesOptions(small, small, small))
    found, expected = ([i.content for i in d.images()] for d in (after, alone))
    assert found == expected


@pytest.mark.parametrize(("mode", "bands"), [("OPAQUE", 3), ("BLEND", 4)])
def test_alpha_is_kept_where_it_is_meant(
    make: ModuleType, read: Read, mode: str, bands: int
) -> None:
    document = read("textured_box.glb")
    material = document.materials()[0]
    material.alpha_mode = mode  # type: ignore[assignment]
    use = material.base_color_texture
    assert use is not None
    use.texture.image = type(use.texture.image)(make.checker(alpha=128), "image/png")

    compress_textures(document)

    assert len(open_image(use.texture.image.content, "x").getbands()) == bands


def test_colours_where_nothing_is_opaque_stay_when_a_picture_shrinks(
    make: ModuleType,
) -> None:
    """Viewers mix them into the edges of leaves: black there darkens a tree."""
    pixels = np.full((128, 128, 4), (60, 140, 20, 0), np.uint8)
    pixels[:8, :8, 3] = 255
    leaves = Image(make.png(pixels), "image/png")
    document = document_of(make.box_arrays())
    cut = Material(base_color_texture=TextureInfo(Texture(leaves)), alpha_mode="MASK")
    document.primitives()[0].material = cut

    compress_textures(document, CompressTexturesOptions(color=TextureSetting(64, 90)))

    (image,) = document.images()
    shown = np.asarray(open_image(image.content, "leaves"))[..., :3].astype(int)
    assert np.abs(shown - (60, 140, 20)).max() <= 4


def test_metadata_adds_to_what_is_there(read: Read) -> None:
    document = read("textured_box.glb")
    document.extras = {"title": "old", "inventory": "1876.1"}

    write_metadata(
        document, WriteMetadataOptions(title="Marteau", copyright="Écomusée")
    )

    assert document.extras == {"title": "Marteau", "inventory": "1876.1"}
    assert (document.copyright, document.generator) == ("Écomusée", "ecomusee")


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (None, "Forge. CC-BY-4.0"),
        ("Jane Doe, CC-BY", "Jane Doe, CC-BY; Forge. CC-BY-4.0"),
        ("Forge", "Forge. CC-BY-4.0"),
        ("Forge. CC-BY-4.0, 2026", "Forge. CC-BY-4.0, 2026"),
    ],
)
def test_who_made_a_model_is_named_before_who_shows_it(
    read: Read, source: str | None, written: str
) -> None:
    document = read("textured_box.glb")
    document.copyright = source

    write_metadata(document, WriteMetadataOptions(copyright="Forge. CC-BY-4.0"))

    assert document.copyright == written


def test_a_copy_shares_nothing_that_changes(read: Read) -> None:
    document = read("bar.glb")
    other = clone_document(document)

    quantize(other)
    other.animations[0].channels.clear()

    assert document.primitives()[0].attributes["POSITION"].array.dtype == np.float32
    assert len(document.animations[0].channels) == 1
    assert other.skins()[0].joints[0] is not document.skins()[0].joints[0]
