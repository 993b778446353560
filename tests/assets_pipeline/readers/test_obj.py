"""OBJ files arrive with the materials and pictures that they and their MTL name."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.materials import TextureTransform
from assets_pipeline.images.decoding import open_image
from assets_pipeline.readers.obj import read_obj
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

    Read = Callable[..., Document]


def test_a_hollow_polygon_of_an_obj_is_not_filled() -> None:
    """A fan from its first corner would cover what lies outside."""
    content = b"usemtl\nv 0 0 0\nv 2 1 0\nv 0 2 0\nv 1 1 0\nf 1 2 3 4\n"

    document = read_obj(content, PurePosixPath("x.obj"), Resolver(Path()))

    (primitive,) = document.primitives()
    a, b, c = (primitive.positions[primitive.triangles[:, i]] for i in range(3))
    assert np.cross(b - a, c - a)[:, 2].tolist() == [1, 1]


def test_a_texture_of_another_machine_is_found_beside_an_obj(
    make: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "brick.png").write_bytes(make.checker(8))
    (tmp_path / "a.mtl").write_text("newmtl x\nmap_Kd C:\\maps\\brick.png\n")
    content = (
        b"mtllib a.mtl\nusemtl x\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nf 1/1 2/1 3/1\n"
    )

    document = read_obj(content, PurePosixPath("x.obj"), Resolver(tmp_path))

    assert len(document.images()) == 1


def test_names_that_windows_wrote_in_its_own_letters_are_found(
    make: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "taill\u00e9e.png").write_bytes(make.checker(8))
    (tmp_path / "cl\u00e9.mtl").write_text(
        "newmtl pierre taill\u00e9e\nmap_Kd taill\u00e9e.png\n", encoding="cp1252"
    )
    content = (
        "mtllib cl\u00e9.mtl\nusemtl\tpierre taill\u00e9e\n"
        "v 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nf 1/1 2/1 3/1\n"
    ).encode("cp1252")

    document = read_obj(content, PurePosixPath("x.obj"), Resolver(tmp_path))

    assert len(document.images()) == 1


@pytest.mark.parametrize(
    "named", ["C:\\Users\\moi\\a.mtl", "/home/moi/a.mtl", "b.mtl a.mtl", "a.mtl"]
)
def test_materials_lie_beside_whatever_folder_the_program_had(
    tmp_path: Path, named: str
) -> None:
    (tmp_path / "a.mtl").write_text("newmtl x\nKd 1 0 0\n")
    (tmp_path / "b.mtl").write_text("newmtl y\nKd 0 1 0\n")
    content = f"mtllib {named}\nusemtl x\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"

    path, resolver = PurePosixPath("x.obj"), Resolver(tmp_path)
    document = read_obj(content.encode(), path, resolver)

    assert document.materials()[0].base_color_factor == (1, 0, 0, 1)


FACE = b"mtllib a.mtl\nusemtl x\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nf 1/1 2/1 3/1\n"


def test_an_mtl_moves_and_repeats_its_pictures(
    make: ModuleType, tmp_path: Path
) -> None:
    """From the lower left corner there, from the upper left in glTF."""
    (tmp_path / "a b.png").write_bytes(make.checker(8))
    (tmp_path / "a.mtl").write_text("newmtl x\nmap_Kd -o 0.25 0.5 0 -s 2 3 1 a b.png\n")

    document = read_obj(FACE, PurePosixPath("x.obj"), Resolver(tmp_path))

    use = document.materials()[0].base_color_texture
    assert use is not None
    assert use.transform == TextureTransform((0.25, -2.5), 0.0, (2, 3))


@pytest.mark.parametrize("order", ["map_Kd a.png\nmap_d {}", "map_d {}\nmap_Kd a.png"])
@pytest.mark.parametrize("is_grey", [True, False])
def test_opacity_of_another_picture_cuts_colours_out(
    make: ModuleType, tmp_path: Path, order: str, *, is_grey: bool
) -> None:
    opacity = np.zeros((4, 4) if is_grey else (4, 4, 4), np.uint8)
    opacity[:2, ...] = 255
    (tmp_path / "a.png").write_bytes(make.checker(8))
    (tmp_path / "d.png").write_bytes(make.png(opacity))
    (tmp_path / "a.mtl").write_text("newmtl x\n" + order.format("d.png") + "\n")

    document = read_obj(FACE, PurePosixPath("x.obj"), Resolver(tmp_path))

    (material,) = document.materials()
    (image,) = document.images()
    alpha = np.asarray(open_image(image.content, "a"))[..., 3]
    assert material.alpha_mode == "MASK"
    assert alpha[[0, -1], 0].tolist() == [255, 0]


def test_an_mtl_may_part_words_by_tabs_and_hide_nothing(
    make: ModuleType, tmp_path: Path
) -> None:
    """MeshLab wrote so, and `Tr 1` for what is opaque."""
    (tmp_path / "a.png").write_bytes(make.checker(8))
    (tmp_path / "a.mtl").write_text("newmtl\tx\t\nTr\t1.0\nmap_Kd\ta.png\n")
    content = (
        b"mtllib a.mtl\nusemtl x\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nf 1/1 2/1 3/1\n"
    )

    document = read_obj(content, PurePosixPath("x.obj"), Resolver(tmp_path))

    (material,) = document.materials()
    assert material.base_color_texture is not None
    assert material.alpha_mode == "OPAQUE"


def test_obj_materials_and_textures(read: Read) -> None:
    document = read("box.obj")

    red, checker = document.materials()
    assert red.base_color_factor == (1, 0, 0, 1)
    assert red.metallic_factor == 0
    assert checker.base_color_texture is not None
    assert checker.base_color_factor == (1, 1, 1, 1)
    assert measure.count_triangles(document) == 12


def test_obj_coordinates_count_from_the_bottom(read: Read) -> None:
    """``vt 0 0`` is the picture's lower left corner, and (0, 1) in glTF."""
    primitive = read("box.obj").primitives()[1]

    first = primitive.attributes["TEXCOORD_0"].values[0]
    assert first.tolist() == [0, 1]


def test_obj_without_its_mtl_shows_its_shape(tmp_path: Path) -> None:
    resolver = Resolver(tmp_path)
    content = b"mtllib lost.mtl\nusemtl x\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"

    document = read_obj(content, PurePosixPath("x.obj"), resolver)

    assert measure.count_triangles(document) == 1
    assert resolver.reads["lost.mtl"] is None


def test_obj_vertex_colours_and_negative_numbers() -> None:
    content = b"v 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 0 1 0 0 0 1\nf -3 -2 -1\n"

    document = read_obj(content, PurePosixPath("x.obj"), Resolver(Path()))

    colors = document.primitives()[0].attributes["COLOR_0"].values
    assert colors.tolist() == np.eye(3).tolist()


@pytest.mark.parametrize("corner", ["{0}//{0}", "{0}/{0}", "{0}/{0}/{0}"])
def test_an_obj_may_number_what_it_does_not_hold(corner: str) -> None:
    """Some programs number normals and coordinates, and write none: the shape is whole."""
    face = " ".join(corner.format(i) for i in (1, 2, 3))
    text = f"v 0 0 0\nv 1 0 0\nv 0 1 0\nf {face}\n"

    document = read_obj(text.encode(), PurePosixPath("x.obj"), Resolver(Path()))

    (primitive,) = document.primitives()
    assert set(primitive.attributes) == {"POSITION"}


def test_lines_of_an_obj_may_end_in_a_comment() -> None:
    content = b"v 0 0 0 # origin\nv 1 0 0\nv 0 1 0\nf 1 2 3#all\n"

    document = read_obj(content, PurePosixPath("x.obj"), Resolver(Path()))

    assert measure.count_triangles(document) == 1


def test_obj_vertex_colours_may_be_bytes() -> None:
    content = b"v 0 0 0 255 0 0\nv 1 0 0 0 188 0\nv 0 1 0 0 0 1\nf 1 2 3\n"

    document = read_obj(content, PurePosixPath("x.obj"), Resolver(Path()))

    colors = document.primitives()[0].attributes["COLOR_0"].values
    assert colors.diagonal() == pytest.approx([1, 0.5029, 0], abs=1e-3)
