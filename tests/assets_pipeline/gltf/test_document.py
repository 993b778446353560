"""The document's own arithmetic: matrices, decoded integers, unrolled triangles."""

import numpy as np
import pytest

from assets_pipeline.arrays import AnyArray
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import (
    TRIANGLE_FAN,
    TRIANGLE_STRIP,
    TRIANGLES,
    Document,
    Mesh,
    Node,
    Primitive,
    Scene,
    compose_matrix,
)
from assets_pipeline.gltf.materials import Image, Material, Texture, TextureInfo


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        (np.array([[-128, 127, 0]], np.int8), [-1, 1, 0]),
        (np.array([[0, 255, 51]], np.uint8), [0, 1, 0.2]),
        (np.array([[-32768, 32767, 0]], np.int16), [-1, 1, 0]),
        (np.array([[0, 65535, 13107]], np.uint16), [0, 1, 0.2]),
    ],
)
def test_normalized_integers_are_decoded(stored: AnyArray, meant: list[float]) -> None:
    """As glTF 2.0, section 3.6.2.2, says: both ends are exact and -1 has two spellings."""
    values = create_accessor(stored, normalized=True).values

    assert values.ravel() == pytest.approx(meant, abs=1e-7)


def test_plain_integers_stand_for_themselves() -> None:
    assert create_accessor(np.array([[7, 300, 9]], np.uint16)).values.tolist() == [
        [7, 300, 9]
    ]


def test_an_accessor_cannot_be_written() -> None:
    held = create_accessor(np.zeros((2, 3), np.float32))

    with pytest.raises(ValueError, match="read-only"):
        held.array[0] = 1


def test_composed_turns_then_moves() -> None:
    """A quarter turn about +Y takes +X to -Z."""
    half = 0.5**0.5

    world = compose_matrix((1, 2, 3), (0, half, 0, half), (2, 2, 2)) @ [1, 0, 0, 1]

    assert world == pytest.approx([1, 2, 1, 1])


@pytest.mark.parametrize(
    ("mode", "triangles"),
    [
        (TRIANGLES, [[0, 1, 2]]),
        (TRIANGLE_STRIP, [[0, 1, 2], [1, 3, 2], [2, 3, 4]]),
        (TRIANGLE_FAN, [[1, 2, 0], [2, 3, 0], [3, 4, 0]]),
        (1, []),
    ],
)
def test_triangles_are_unrolled_with_their_facing(
    mode: int, triangles: list[list[int]]
) -> None:
    primitive = Primitive({"POSITION": create_accessor(np.zeros((5, 3), np.float32))})
    primitive.mode = mode

    assert primitive.triangles.tolist() == triangles


def test_every_thing_is_listed_once_however_often_it_is_used() -> None:
    texture = Texture(Image(b"", "image/png"))
    sheen: dict = {"KHR_materials_sheen": {"sheenColorTexture": TextureInfo(texture)}}
    material = Material(base_color_texture=TextureInfo(texture), extensions=sheen)
    mesh = Mesh([Primitive({}, material=material), Primitive({}, material=material)])
    scene = Scene([Node(mesh=mesh), Node(children=[Node(mesh=mesh)])])

    document = Document([scene], scene)

    counts = [len(document.nodes()), len(document.meshes()), len(document.images())]
    assert counts == [3, 1, 1]


def test_texture_uses_inside_extensions_carry_their_slot() -> None:
    info = TextureInfo(Texture(Image(b"", "image/png")))
    coat: dict = {"KHR_materials_clearcoat": {"clearcoatNormalTexture": info}}

    found = list(Material(extensions=coat).texture_infos())

    assert found == [("clearcoatNormalTexture", info)]


def test_a_node_stands_where_all_above_it_put_it() -> None:
    half = 2**-0.5
    leaf = Node(translation=(1, 0, 0))
    turned = Node(rotation=(0, half, 0, half), children=[leaf])
    top = Node(translation=(0, 5, 0), scale=(2, 2, 2), children=[turned])
    scene = Scene([Node(), top])

    placed = Document([scene], scene).shown_nodes_with_matrices()

    assert [node for node, _ in placed] == [scene.nodes[0], top, turned, leaf]
    assert placed[-1][1] @ [0, 0, 0, 1] == pytest.approx([0, 5, -2, 1])
