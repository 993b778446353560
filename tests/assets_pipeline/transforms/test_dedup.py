"""What is equal is kept once, and looks as it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.gltf import measure
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
from assets_pipeline.gltf.materials import Image, Material, Texture, TextureInfo
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.tasks.task import Task
from assets_pipeline.transforms.dedup import (
    dedup_accessors,
    dedup_materials,
    dedup_meshes,
)
from assets_pipeline.transforms.equal_primitives import transform_distinct

if TYPE_CHECKING:
    from assets_pipeline.gltf.accessors import Accessor
    from assets_pipeline.gltf.materials import Payload

TASK = Task("model", "museum", "repeats.glb")


def mesh(material: Material | None = None, size: float = 1) -> Mesh:
    """Return a triangle of arrays of its own."""
    points = create_accessor(np.eye(3, dtype=np.float32) * np.float32(size))
    return Mesh([Primitive({"POSITION": points}, material=material)])


def side_by_side(*meshes: Mesh) -> Document:
    nodes = [Node(mesh=m, translation=(2.0 * i, 0, 0)) for i, m in enumerate(meshes)]
    scene = Scene(nodes)
    return Document([scene], scene)


def red(name: str = "", **others: object) -> Material:
    made = Material(name=name, base_color_factor=(1.0, 0.0, 0.0, 1.0))
    for field, value in others.items():
        setattr(made, field, value)
    return made


def stored(document: Document, name: str) -> list[Accessor]:
    return [primitive.attributes[name] for primitive in document.primitives()]


def test_equal_arrays_become_one() -> None:
    document = side_by_side(mesh(), mesh(), mesh(size=2))

    dedup_accessors(document)

    first, second, third = stored(document, "POSITION")
    assert first is second
    assert third is not first


def test_equal_arrays_for_another_use_stay_apart() -> None:
    """A place has bounds in the file, and a normal has none."""
    document = side_by_side(mesh())
    [primitive] = document.primitives()
    places = primitive.attributes["POSITION"]
    primitive.attributes["NORMAL"] = create_accessor(places.array)

    dedup_accessors(document)

    assert primitive.attributes["NORMAL"] is not places


def test_what_holds_the_same_arrays_is_worked_out_once() -> None:
    document = side_by_side(mesh(), mesh(), mesh(size=2))
    dedup_accessors(document)
    seen: list[Primitive] = []

    def turn_over(primitive: Primitive) -> None:
        seen.append(primitive)
        primitive.indices = create_accessor(np.array([2, 1, 0], np.uint32))

    transform_distinct(document.primitives(), turn_over)

    first, second, third = document.primitives()
    assert seen == [first, third]
    assert second.indices is first.indices


def test_what_a_material_asks_for_is_worked_out_for_each() -> None:
    document = side_by_side(mesh(red()), mesh(red()))
    dedup_accessors(document)
    seen: list[Primitive] = []

    transform_distinct(document.primitives(), seen.append)

    assert seen == document.primitives()


def test_equal_materials_become_one_whatever_their_names() -> None:
    first = red("wall")
    document = side_by_side(mesh(first), mesh(red("wall.001")))

    dedup_materials(document)

    assert document.materials() == [first]


@pytest.mark.parametrize(
    "other",
    [
        red(roughness_factor=0.5),
        red(double_sided=True),
        red(extras={"year": 1876}),
        red(extensions={"KHR_materials_unlit": {}}),
        red(base_color_texture=TextureInfo(Texture(Image(b"", "image/png")))),
    ],
    ids=["roughness", "sides", "extras", "extension", "texture"],
)
def test_materials_that_differ_stay_two(other: Material) -> None:
    document = side_by_side(mesh(red()), mesh(other))

    dedup_materials(document)

    assert len(document.materials()) == 2


@pytest.mark.parametrize(
    "field",
    [{"alpha_mode": "BLEND"}, {"extensions": {"KHR_materials_transmission": {}}}],
    ids=["blend", "transmission"],
)
def test_see_through_materials_stay_apart(field: dict[str, Payload]) -> None:
    """Drawn together they could not be sorted by distance."""
    document = side_by_side(mesh(red(**field)), mesh(red(**field)))

    dedup_materials(document)

    assert len(document.materials()) == 2


def test_one_texture_under_two_settings_stays_two_materials() -> None:
    texture = Texture(Image(b"", "image/png"))
    one, other = TextureInfo(texture), TextureInfo(texture, tex_coord=1)
    document = side_by_side(
        mesh(red(base_color_texture=one)), mesh(red(base_color_texture=other))
    )

    dedup_materials(document)

    assert len(document.materials()) == 2


def test_materials_of_variants_are_shared_too() -> None:
    shown = mesh(red("by day"))
    mapping: Payload = {"mappings": [{"material": red("by night"), "variants": [0]}]}
    shown.primitives[0].extensions = {"KHR_materials_variants": mapping}
    document = side_by_side(shown)

    dedup_materials(document)

    assert [m.name for m in document.materials()] == ["by day"]


def test_parts_of_equal_materials_are_drawn_together() -> None:
    document = side_by_side(mesh(red("a")), mesh(red("b")), mesh(red("c")))

    prepare_model(document, TASK)

    assert measure.count_draw_calls(document) == 1


def test_equal_meshes_become_one_at_their_own_places() -> None:
    material = red()
    first = mesh(material)
    document = side_by_side(first, mesh(material), mesh(material))

    dedup_meshes(document)

    assert document.meshes() == [first]
    places = [node.translation[0] for node, _ in document.shown_nodes_with_matrices()]
    assert places == [0, 2, 4]
    assert measure.count_draw_calls(document) == 3


def test_meshes_that_differ_stay_two() -> None:
    material = red()
    weighted = mesh(material)
    weighted.weights = (0.5,)
    others = [mesh(material, 1.5), mesh(red()), weighted]

    document = side_by_side(mesh(material), *others)
    dedup_meshes(document)

    assert len(document.meshes()) == 4


def test_the_same_numbers_of_another_meaning_stay_two() -> None:
    """255 is white where it is normalized, and 255 where it isn't."""
    one, other = mesh(), mesh()
    colors = np.full((3, 4), 255, np.uint8)
    one.primitives[0].attributes["COLOR_0"] = create_accessor(colors, normalized=True)
    other.primitives[0].attributes["COLOR_0"] = create_accessor(colors)
    document = side_by_side(one, other)

    dedup_meshes(document)

    assert len(document.meshes()) == 2


def turning(count: int, rings: int = 12) -> Document:
    """Return so many equal wheels, each a mesh of its own, that turn."""
    angles = np.linspace(0, 2 * np.pi, 3 * rings, dtype=np.float32)
    points = np.stack([np.cos(angles), np.sin(angles), 0 * angles], axis=1)
    times = create_accessor(np.array([0, 1], np.float32))
    turns = create_accessor(np.array([[0, 0, 0, 1], [0, 0, 1, 0]], np.float32))
    meshes = [
        Mesh([Primitive({"POSITION": create_accessor(points)}, material=red(str(i)))])
        for i in range(count)
    ]
    document = side_by_side(*meshes)
    sampler = AnimationSampler(times, turns)
    channels = [AnimationChannel(n, "rotation", sampler) for n in document.scene.nodes]
    document.animations.append(Animation(channels))
    return document


def test_repeats_that_move_are_sent_once() -> None:
    """They can't be joined: each turns by itself."""
    one, many = turning(1), turning(20)
    for document in (one, many):
        prepare_model(document, TASK)

    assert len(many.meshes()) == 1
    assert measure.count_draw_calls(many) == 20
    assert len(write_glb(many)) < len(write_glb(one)) + 20 * 200
