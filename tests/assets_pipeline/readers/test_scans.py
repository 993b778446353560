"""PLY, STL and OBJ files arrive in metres, upright, with the colours they had."""

from __future__ import annotations

import struct
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline import measure
from assets_pipeline.colors import linear
from assets_pipeline.readers.obj import read_obj
from assets_pipeline.readers.ply import read_ply
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.document import Document

    Read = Callable[..., Document]


def test_millimetres_with_z_up_become_metres_with_y_up(read: Read) -> None:
    document = read("box_mm_z_up.stl", 0.001, "z")

    box = measure.extents(document)
    assert box.size_m == pytest.approx((1, 2, 0.5))
    assert box.least[1] == pytest.approx(0)


def test_text_stl_is_read_as_binary_is(read: Read) -> None:
    assert measure.triangles(read("tetrahedron.stl")) == 4


def test_binary_stl_may_begin_with_solid(models: Path, read: Read) -> None:
    """Many programs write that word first in binary files too."""
    content = (models / "box_mm_z_up.stl").read_bytes()
    (models / "liar.stl").write_bytes(b"solid box".ljust(80) + content[80:])

    assert measure.triangles(read("liar.stl")) == 12


@pytest.mark.parametrize("name", ["box.ply", "box_text.ply"])
def test_ply_colours_are_linear_light(read: Read, name: str) -> None:
    """Scanners write sRGB: byte 188 is 50 % of the light, not 74 %."""
    document = read(name)

    colors = document.primitives()[0].attributes["COLOR_0"].values
    assert colors[0] == pytest.approx([0.5029, 0, 1], abs=1e-3)
    assert measure.triangles(document) == 12


def test_ply_faces_of_several_sizes(read: Read) -> None:
    header = (
        "ply\nformat binary_little_endian 1.0\nelement vertex 5\n"
        "property double x\nproperty double y\nproperty double z\n"
        "element face 2\nproperty uchar flags\n"
        "property list uchar uint vertex_index\nend_header\n"
    )
    corners = struct.pack("<15d", 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1)
    faces = struct.pack("<BB4I", 7, 4, 0, 1, 2, 3) + struct.pack("<BB3I", 7, 3, 0, 1, 4)

    document = read_ply(header.encode() + corners + faces)

    assert document.primitives()[0].triangles.tolist() == [
        [0, 1, 2],
        [0, 2, 3],
        [0, 1, 4],
    ]


def test_survey_coordinates_keep_millimetres() -> None:
    """At 5,000 km from a meridian float32 steps by half a metre."""
    header = (
        "ply\nformat ascii 1.0\nelement vertex 3\nproperty double x\n"
        "property double y\nproperty double z\nelement face 1\n"
        "property list uchar int vertex_indices\nend_header\n"
    )
    rows = (
        "512345.001 5187654 320\n512345.002 5187654 320\n512345.001 5187654.003 320\n"
    )

    document = read_ply((header + rows + "3 0 1 2\n").encode())

    size = measure.extents(document).size_m
    assert size[:2] == pytest.approx((0.001, 0.003), rel=1e-3)


def test_obj_materials_and_textures(read: Read) -> None:
    document = read("box.obj")

    red, checker = document.materials()
    assert red.base_color_factor == (1, 0, 0, 1)
    assert red.metallic_factor == 0
    assert checker.base_color_texture is not None
    assert checker.base_color_factor == (1, 1, 1, 1)
    assert measure.triangles(document) == 12


def test_obj_coordinates_count_from_the_bottom(read: Read) -> None:
    """``vt 0 0`` is the picture's lower left corner, and (0, 1) in glTF."""
    primitive = read("box.obj").primitives()[1]

    first = primitive.attributes["TEXCOORD_0"].values[0]
    assert first.tolist() == [0, 1]


def test_obj_without_its_mtl_shows_its_shape(tmp_path: Path) -> None:
    resolver = Resolver(tmp_path)
    content = b"mtllib lost.mtl\nusemtl x\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"

    document = read_obj(content, PurePosixPath("x.obj"), resolver)

    assert measure.triangles(document) == 1
    assert resolver.reads == {"lost.mtl": None}


def test_obj_vertex_colours_and_negative_numbers() -> None:
    content = b"v 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 0 1 0 0 0 1\nf -3 -2 -1\n"

    document = read_obj(content, PurePosixPath("x.obj"), Resolver(Path()))

    colors = document.primitives()[0].attributes["COLOR_0"].values
    assert colors.tolist() == np.eye(3).tolist()


def test_linear_joins_its_two_pieces() -> None:
    """IEC 61966-2-1: the line and the power meet at 0.04045."""
    below, above = linear(np.float32([0.0404, 0.0405]))

    assert linear(np.float32([0, 1])).tolist() == [0, 1]
    assert above - below == pytest.approx(1e-4 / 12.92, rel=0.1)
