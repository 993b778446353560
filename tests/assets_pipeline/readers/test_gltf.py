"""glTF files are read for what they mean, however they store it."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pytest

from assets_pipeline.errors.exceptions import EmptyModelError
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.container import join_glb, split_glb
from assets_pipeline.gltf.materials import TextureInfo
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

    Read = Callable[..., Document]


def read_bytes(content: bytes) -> Document:
    """Return the document of a file that names no other."""
    return read_gltf(content, PurePosixPath("x.glb"), Resolver(Path()))


class Builder(Protocol):
    """What tests/data/make.py gives."""

    json: dict[str, Any]

    def add(self, name: str, item: dict[str, Any]) -> int:
        """Add an item to one of the root's lists."""

    def content(self) -> bytes:
        """Return the file."""


def shown(glb: Builder) -> Document:
    """Return the document of a builder's only mesh."""
    glb.add("nodes", {"mesh": 0})
    glb.add("scenes", {"nodes": [0]})
    return read_bytes(glb.content())


def test_size_and_triangles_of_a_box(read: Read) -> None:
    document = read("textured_box.glb")

    assert measure.compute_extents(document).size_m == pytest.approx((1, 2, 0.5))
    assert measure.count_triangles(document) == 12


def test_files_beside_are_found(read: Read) -> None:
    document = read("box.gltf")

    assert document.images()[0].media_type == "image/png"


def test_draco_is_decoded(read: Read) -> None:
    """14 bits leave 1/16383 of a metre."""
    document = read("draco_box.glb")

    assert measure.compute_extents(document).size_m == pytest.approx(
        (1, 1, 1), abs=1e-4
    )
    assert measure.count_triangles(document) == 12


def test_instances_become_nodes(read: Read) -> None:
    document = read("instanced_boxes.glb")

    assert measure.compute_extents(document).size_m == pytest.approx((5, 1, 1))
    assert len(document.meshes()) == 1


def test_skins_are_measured_at_rest(read: Read) -> None:
    """Bent to 90 degrees, a bar of 2 m reaches 1.1 m forward and as high."""
    straight, bent = read("bar.glb"), read("bent_bar.glb")

    assert measure.compute_extents(straight).size_m == pytest.approx((0.2, 2, 0.2))
    assert measure.compute_extents(bent).size_m == pytest.approx((0.2, 1.1, 1.1))


def test_morph_weights_are_measured_at_rest(read: Read) -> None:
    assert measure.compute_extents(read("morphed_box.glb")).size_m[1] == pytest.approx(
        1.5
    )


def test_animations_skins_and_targets_are_kept(read: Read) -> None:
    bar, box = read("bar.glb"), read("morphed_box.glb")

    channel = bar.animations[0].channels[0]
    assert (channel.node.name, channel.path) == ("upper", "rotation")
    assert [joint.name for joint in bar.skins()[0].joints] == ["lower", "upper"]
    assert list(box.primitives()[0].targets[0]) == ["POSITION"]
    assert box.meshes()[0].extras == {"targetNames": ["taller"]}


def test_a_number_says_nothing_of_what_lies_between_keys(models: Path) -> None:
    """Babylon.js' exporters wrote 0 for LINEAR."""
    text, binary = split_glb((models / "bar.glb").read_bytes())
    root = json.loads(text)
    for sampler in root["animations"][0]["samplers"]:
        sampler["interpolation"] = 0

    document = read_bytes(join_glb(json.dumps(root).encode(), binary or b""))

    (channel,) = document.animations[0].channels
    assert channel.sampler.interpolation == "LINEAR"


def test_points_alone_are_refused_by_name(models: Path) -> None:
    text, binary = split_glb((models / "bar.glb").read_bytes())
    root = json.loads(text)
    for mesh in root["meshes"]:
        for primitive in mesh["primitives"]:
            primitive["mode"] = 0
    points = join_glb(json.dumps(root).encode(), binary or b"")
    (models / "points.glb").write_bytes(points)

    with pytest.raises(EmptyModelError, match=r"points\.glb: scene"):
        read_document(PurePosixPath("points.glb"), OrientOptions(), Resolver(models))


def test_few_triangles_without_normals_are_flat(read: Read) -> None:
    """As the standard asks in 3.7.2.1."""
    assert read("bar.glb").primitives()[0].is_faceted


def test_bind_matrices_end_as_the_standard_asks(read: Read) -> None:
    """Babylon.js inverts them in float32, and Khronos' validator wants the row whole."""
    document = read("bar.glb")
    (skin,) = document.skins()
    assert skin.inverse_bind_matrices is not None
    nearly = skin.inverse_bind_matrices.values.copy()
    nearly[:, 15] = np.nextafter(np.float32(1), np.float32(0))
    skin.inverse_bind_matrices = create_accessor(nearly, kind="MAT4")

    again = read_bytes(write_glb(document)).skins()[0].inverse_bind_matrices

    assert again is not None
    assert again.values[:, 3::4].tolist() == [[0, 0, 0, 1]] * 2


def test_textures_inside_extensions_are_objects(read: Read) -> None:
    material = read("textured_box.glb").materials()[0]

    coat = material.extensions["KHR_materials_clearcoat"]
    assert isinstance(coat, dict)
    assert isinstance(coat["clearcoatTexture"], TextureInfo)
    assert coat["clearcoatFactor"] == 0.5
    assert material.extras == {"inventory": "1876.1"}


def test_a_missing_material_is_not_metal(make: ModuleType) -> None:
    """The standard's default is metal, which looks black on site."""
    glb = make.Glb()
    make.with_mesh(glb, make.box_arrays())

    assert shown(glb).materials()[0].metallic_factor == 0


def test_meshes_that_only_their_names_part_are_one(make: ModuleType) -> None:
    glb = make.Glb()
    make.with_mesh(glb, make.box_arrays())
    glb.add("meshes", {**glb.json["meshes"][0], "name": "again"})
    glb.add("nodes", {"mesh": 1})
    glb.add("nodes", {"mesh": 0})
    glb.add("scenes", {"nodes": [0, 1]})

    document = read_bytes(glb.content())

    first, second = document.shown_nodes()
    assert first.mesh is second.mesh


def test_meshes_that_people_say_different_things_of_stay_two(make: ModuleType) -> None:
    glb = make.Glb()
    make.with_mesh(glb, make.box_arrays())
    glb.add("meshes", {**glb.json["meshes"][0], "extras": {"found": 1923}})
    glb.add("nodes", {"mesh": 1})
    glb.add("nodes", {"mesh": 0})
    glb.add("scenes", {"nodes": [0, 1]})

    document = read_bytes(glb.content())

    assert [mesh.extras for mesh in document.meshes()] == [{"found": 1923}, None]


def test_strides_leave_out_what_lies_between(make: ModuleType) -> None:
    glb = make.Glb()
    make.with_mesh(glb, make.box_arrays())
    spaced = np.zeros((24, 5), np.float32)
    spaced[:, :3] = make.box_arrays()["POSITION"]
    glb.json["bufferViews"][0] = {"buffer": 0, "byteLength": 480, "byteStride": 20}
    glb.json["bufferViews"][0]["byteOffset"] = len(glb.binary)
    glb.binary += spaced.tobytes()

    document = shown(glb)

    assert measure.compute_extents(document).size_m == pytest.approx((1, 1, 1))


def test_sparse_values_replace_their_elements(make: ModuleType) -> None:
    glb = make.Glb()
    make.with_mesh(glb, make.box_arrays())
    glb.json["accessors"][0]["sparse"] = {
        "count": 1,
        "indices": {
            "bufferView": glb.view(np.uint16([5]).tobytes()),
            "componentType": 5123,
        },
        "values": {"bufferView": glb.view(np.float32([7, 8, 9]).tobytes())},
    }

    positions = shown(glb).primitives()[0].positions

    assert positions[5].tolist() == [7, 8, 9]
    assert positions[4].tolist() == make.box_arrays()["POSITION"][4].tolist()


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int16, np.uint16])
def test_quantized_positions_are_meant_numbers(make: ModuleType, dtype: type) -> None:
    """KHR_mesh_quantization: whole numbers, scaled by the node."""
    glb, arrays = make.Glb(), make.box_arrays((100, 100, 100))
    arrays["POSITION"] = (arrays["POSITION"] + [50, 0, 50]).astype(dtype)
    arrays["TEXCOORD_0"] = (arrays["TEXCOORD_0"] * np.iinfo(dtype).max).astype(dtype)
    make.with_mesh(glb, arrays)
    glb.json["accessors"][2]["normalized"] = True
    glb.json["extensionsRequired"] = ["KHR_mesh_quantization"]

    document = shown(glb)

    assert measure.compute_extents(document).size_m == pytest.approx((100, 100, 100))
    uv = document.primitives()[0].attributes["TEXCOORD_0"]
    assert uv.array.dtype == np.float32
    assert uv.values.max() == 1


def test_a_matrix_that_shears_keeps_every_vertex_in_place(make: ModuleType) -> None:
    """Many viewers take a node for translation, rotation and scale alone."""
    glb = make.Glb()
    make.with_mesh(glb, make.box_arrays())
    matrix = np.eye(4)
    matrix[0, 1], matrix[2, 2], matrix[:3, 3] = 0.5, -2, (3, 4, 5)
    glb.add("nodes", {"mesh": 0, "matrix": matrix.T.ravel().tolist()})
    glb.add("scenes", {"nodes": [0]})

    document = read_bytes(glb.content())

    world = next(
        world
        for node, world in document.shown_nodes_with_matrices()
        if node.mesh is not None
    )
    assert world == pytest.approx(matrix, abs=1e-12)


def test_numbers_that_are_none_become_zero_save_in_positions(make: ModuleType) -> None:
    glb, arrays = make.Glb(), make.box_arrays()
    arrays["TEXCOORD_0"][3] = np.nan
    make.with_mesh(glb, arrays)

    uv = shown(glb).primitives()[0].attributes["TEXCOORD_0"].values

    assert uv[3].tolist() == [0, 0]


def test_several_scenes_are_kept(make: ModuleType) -> None:
    glb = make.Glb()
    make.with_mesh(glb, make.box_arrays())
    glb.add("nodes", {"mesh": 0, "name": "first"})
    glb.add("nodes", {"mesh": 0, "name": "second"})
    glb.add("scenes", {"nodes": [0]})
    glb.add("scenes", {"nodes": [1], "name": "other"})
    glb.json["scene"] = 1

    document = read_bytes(glb.content())

    assert len(document.scenes) == 2
    assert document.scene.nodes[0].name == "second"


@pytest.mark.parametrize("listed", [[0], [0, 0], [0, 1], [1, 0]])
def test_a_scene_that_lists_a_child_shows_it_once(
    make: ModuleType, listed: list[int], errors: Callable[[bytes], list[str]]
) -> None:
    """As many models of Kenney do: every viewer shows them."""
    glb = make.Glb()
    make.with_mesh(glb, make.box_arrays())
    glb.add("nodes", {"mesh": 0})
    glb.add("nodes", {"children": [0]})
    glb.add("scenes", {"nodes": listed})

    document = read_bytes(glb.content())

    assert (
        sum(node.mesh is not None for node, _ in document.shown_nodes_with_matrices())
        == 1
    )
    assert errors(write_glb(document)) == []


def test_a_node_listed_with_its_child_stays_above_it(make: ModuleType) -> None:
    """Even where neither is a root."""
    glb = make.Glb()
    make.with_mesh(glb, make.box_arrays())
    glb.add("nodes", {"mesh": 0})
    glb.add("nodes", {"children": [0], "translation": [0, 5, 0]})
    glb.add("nodes", {"children": [1]})
    glb.add("scenes", {"nodes": [0, 1]})

    document = read_bytes(glb.content())

    assert measure.compute_extents(document).least[1] > 4


@pytest.mark.parametrize("shown", [0, 1])
def test_the_shown_scene_shows_all_that_it_lists(
    make: ModuleType, shown: int, errors: Callable[[bytes], list[str]]
) -> None:
    """Whatever another one takes out of it."""
    glb = make.Glb()
    make.with_mesh(glb, make.box_arrays())
    glb.add("nodes", {"mesh": 0})
    glb.add("nodes", {"children": [0]})
    glb.add("scenes", {"nodes": [1]})
    glb.add("scenes", {"nodes": [0]})
    glb.json["scene"] = shown

    document = read_bytes(glb.content())

    assert (
        sum(node.mesh is not None for node, _ in document.shown_nodes_with_matrices())
        == 1
    )
    assert errors(write_glb(document)) == []


def test_texture_transforms_choose_their_own_coordinates(make: ModuleType) -> None:
    glb = make.Glb()
    use = make.texture(glb, make.checker())
    moved = {"offset": [0.5, 0], "scale": [2, 3], "rotation": 1.0, "texCoord": 1}
    use["extensions"] = {"KHR_texture_transform": moved}
    arrays = make.box_arrays()
    arrays["TEXCOORD_1"] = arrays["TEXCOORD_0"]
    material = {"pbrMetallicRoughness": {"baseColorTexture": use}}
    make.with_mesh(glb, arrays, material=glb.add("materials", material))

    info = shown(glb).materials()[0].base_color_texture

    assert info is not None
    assert info.transform is not None
    assert (info.uv_set, info.transform.scale) == (1, (2.0, 3.0))


def test_half_a_sign_in_a_name_does_not_keep_a_model_from_being_made(
    make: ModuleType,
) -> None:
    """Programs cut names of emoji in two; nothing can write what is left."""
    text, binary = split_glb(make.textured_box())
    root = json.loads(text)
    root["nodes"][0]["name"] = "box \ud83d"

    document = read_bytes(make.packed(root, binary or b""))

    assert document.nodes()[0].name == "box ?"
    assert write_glb(document)
