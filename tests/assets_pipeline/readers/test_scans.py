"""PLY and STL files arrive in metres, upright, with the colours they had."""

from __future__ import annotations

import struct
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.errors.exceptions import DamagedFileError, UnsupportedFormatError
from assets_pipeline.gltf import measure
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.readers.ply.reader import read_ply
from assets_pipeline.readers.stl import read_stl
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

    Read = Callable[..., Document]


def test_millimetres_with_z_up_become_metres_with_y_up(read: Read) -> None:
    document = read("box_mm_z_up.stl", 0.001, "z")

    box = measure.compute_extents(document)
    assert box.size_m == pytest.approx((1, 2, 0.5))
    assert box.least[1] == pytest.approx(0)


def test_text_stl_is_read_as_binary_is(read: Read) -> None:
    assert measure.count_triangles(read("tetrahedron.stl")) == 4


def test_binary_stl_may_begin_with_solid(models: Path, read: Read) -> None:
    """Many programs write that word first in binary files too."""
    content = (models / "box_mm_z_up.stl").read_bytes()
    (models / "liar.stl").write_bytes(b"solid box".ljust(80) + content[80:])

    assert measure.count_triangles(read("liar.stl")) == 12


@pytest.mark.parametrize("name", ["f_dc_0", "packed_position"])
def test_splats_are_told_from_points(name: str) -> None:
    """Meshing their middles, as one does with points, would give nothing."""
    header = ["ply", "format ascii 1.0", "element vertex 1"]
    header += [f"property float {n}" for n in ("x", "y", "z", name)]
    content = "\n".join([*header, "end_header", "0 0 0 1", ""]).encode()

    with pytest.raises(UnsupportedFormatError, match="splatting"):
        read_ply(content, PurePosixPath("x.ply"), Resolver(Path()))


@pytest.mark.parametrize("name", ["box.ply", "box_text.ply"])
def test_a_ply_may_end_its_lines_as_the_old_macintosh(
    models: Path, read: Read, name: str
) -> None:
    header, end, body = (models / name).read_bytes().partition(b"end_header\n")
    old = (header + end).replace(b"\n", b"\r")
    (models / "old.ply").write_bytes(old + body)

    assert measure.count_triangles(read("old.ply")) == 12


def test_a_ply_may_have_empty_lines(models: Path, read: Read) -> None:
    header, end, body = (models / "box_text.ply").read_bytes().partition(b"header\n")
    (models / "aired.ply").write_bytes(header + end + b"\n" + body)

    assert measure.count_triangles(read("aired.ply")) == 12


@pytest.mark.parametrize("name", ["box.ply", "box_text.ply"])
def test_ply_colours_are_linear_light(read: Read, name: str) -> None:
    """Scanners write sRGB: byte 188 is 50 % of the light, not 74 %."""
    document = read(name)

    colors = document.primitives()[0].attributes["COLOR_0"].values
    assert colors[0] == pytest.approx([0.5029, 0, 1], abs=1e-3)
    assert measure.count_triangles(document) == 12


@pytest.mark.parametrize(
    ("header", "words", "colors"),
    [
        (
            b"binary",
            (0x8000 | 31 << 10, 0x8000 | 31, 0),
            [[1, 0, 0], [0, 0, 1], [1] * 3],
        ),
        (
            b"COLOR=\xff\0\xff\xff",
            (31, 31 << 10, 0x8000),
            [[1, 0, 0], [0, 0, 1], [1, 0, 1]],
        ),
    ],
    ids=["VisCAM", "Materialise"],
)
def test_facets_of_an_stl_may_have_colours(
    header: bytes, words: tuple[int, ...], colors: list[list[float]]
) -> None:
    facets = (struct.pack("<12fH", *[0] * 3, *np.eye(3).ravel(), w) for w in words)

    document = read_stl(header.ljust(80) + struct.pack("<I", 3) + b"".join(facets))

    found = document.primitives()[0].attributes["COLOR_0"].values
    assert found[::3].tolist() == colors


def test_spare_words_of_an_stl_that_say_no_colour_are_left() -> None:
    facet = struct.pack("<12fH", *[0] * 3, *np.eye(3).ravel(), 0x7FFF)

    document = read_stl(bytes(80) + struct.pack("<I", 1) + facet)

    assert "COLOR_0" not in document.primitives()[0].attributes


def test_ply_faces_of_several_sizes(read: Read) -> None:
    header = (
        "ply\nformat binary_little_endian 1.0\nelement vertex 5\n"
        "property double x\nproperty double y\nproperty double z\n"
        "element face 2\nproperty uchar flags\n"
        "property list uchar uint vertex_index\nend_header\n"
    )
    corners = struct.pack("<15d", 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1)
    faces = struct.pack("<BB4I", 7, 4, 0, 1, 2, 3) + struct.pack("<BB3I", 7, 3, 0, 1, 4)

    document = read_ply(
        header.encode() + corners + faces, PurePosixPath("x.ply"), Resolver(Path())
    )

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

    document = read_ply(
        (header + rows + "3 0 1 2\n").encode(), PurePosixPath("x.ply"), Resolver(Path())
    )

    size = measure.compute_extents(document).size_m
    assert size[:2] == pytest.approx((0.001, 0.003), rel=1e-3)


TEXTURED = (
    b"ply\nformat ascii 1.0\nCreated by Blender3D 247\ncomment TextureFile a b.png\n"
    b"element vertex 4\nproperty float x\nproperty float y\nproperty float z\n"
    b"property uchar red\nproperty uchar green\nproperty uchar blue\n"
    b"element face 2\nproperty list uchar int vertex_indices\n"
    b"property list uchar float texcoord\nend_header\n"
    b"0 0 0 9 9 9\n1 0 0 9 9 9\n1 1 0 9 9 9\n0 1 0 9 9 9\n"
    b"3 0 1 2 6 0 0 1 0 1 0.25\n"
)


@pytest.mark.parametrize(
    ("last", "uvs"),
    [
        (b"3 0 2 3 6 0 0 1 1 0 1\n", [[0, 1], [1, 0], [0, 0]]),
        (b"3 0 2 3 0\n", [[0, 1]] * 3),
    ],
)
def test_a_picture_lies_on_the_faces_of_a_ply(
    make: ModuleType, tmp_path: Path, last: bytes, uvs: list[list[float]]
) -> None:
    """As MeshLab writes it; a face without coordinates lies at its corner."""
    (tmp_path / "a b.png").write_bytes(make.checker(8))

    document = read_ply(TEXTURED + last, PurePosixPath("x.ply"), Resolver(tmp_path))

    (primitive,) = document.primitives()
    found = primitive.attributes["TEXCOORD_0"].values.tolist()
    assert found == [[0, 1], [1, 1], [1, 0.75], *uvs]
    assert "COLOR_0" not in primitive.attributes
    assert len(document.images()) == 1


def test_a_picture_lies_on_the_faces_of_a_binary_ply(
    make: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(make.checker(8))
    header = (
        "ply\nformat binary_little_endian 1.0\ncomment TextureFile a.png\n"
        "element vertex 3\nproperty float x\nproperty float y\nproperty float z\n"
        "element face 1\nproperty list uchar int vertex_indices\n"
        "property list uchar float texcoord\nend_header\n"
    )
    corners = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    face = struct.pack("<B3iB6f", 3, 0, 1, 2, 6, 0, 0, 1, 0, 0, 1)
    content = header.encode() + corners + face

    document = read_ply(content, PurePosixPath("x.ply"), Resolver(tmp_path))

    uvs = document.primitives()[0].attributes["TEXCOORD_0"].values
    assert uvs.tolist() == [[0, 1], [1, 1], [0, 0]]


def test_a_ply_under_several_pictures_that_are_nowhere_is_refused(
    make: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "a b.png").write_bytes(make.checker(8))
    several = TEXTURED.replace(
        b"element vertex", b"comment TextureFile c.png\nelement vertex"
    )

    with pytest.raises(UnsupportedFormatError, match="2 pictures"):
        read_ply(several + b"3 0 2 3 0\n", PurePosixPath("x.ply"), Resolver(tmp_path))


NUMBERED = (
    "ply\nformat {} 1.0\ncomment TextureFile <this>_0.png\n"
    "comment TextureFile x_1.png\ncomment TextureFile lost.png\n"
    "element vertex 4\nproperty float x\nproperty float y\nproperty float z\n"
    "property uchar red\nproperty uchar green\nproperty uchar blue\n"
    "element face 3\nproperty list uchar int vertex_indices\n"
    "property list uchar float texcoord\nproperty int texnumber\nend_header\n"
)
CORNERS = ((0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0))
QUAD = (0, 0, 1, 0, 1, 1, 0, 1)


def numbered_text() -> bytes:
    vertices = "".join(f"{x} {y} {z} 9 9 9\n" for x, y, z in CORNERS)
    uvs = " ".join(map(str, QUAD))
    faces = f"4 0 1 2 3 8 {uvs} 1\n3 0 1 2 6 {uvs[:11]} 0\n3 0 2 3 6 {uvs[:11]} 2\n"
    return (NUMBERED.format("ascii") + vertices + faces).encode()


def numbered_binary() -> bytes:
    vertices = b"".join(struct.pack("<3f3B", *corner, 9, 9, 9) for corner in CORNERS)
    faces = b"".join(
        struct.pack("<B4iB8fi", 4, 0, 1, 2, 3, 8, *QUAD, number) for number in (1, 0, 2)
    )
    return NUMBERED.format("binary_little_endian").encode() + vertices + faces


@pytest.mark.parametrize(
    ("content", "triangles"),
    [(numbered_text(), [1, 2, 1]), (numbered_binary(), [2, 2, 2])],
    ids=["text", "binary"],
)
def test_each_face_of_a_ply_wears_the_picture_that_it_names(
    make: ModuleType, tmp_path: Path, content: bytes, triangles: list[int]
) -> None:
    """As MeshLab and OpenMVS write scans of many pictures."""
    pictures = [make.checker(8), make.checker(16)]
    for i, picture in enumerate(pictures):
        (tmp_path / f"x_{i}.png").write_bytes(picture)

    document = read_ply(content, PurePosixPath("x.ply"), Resolver(tmp_path))

    worn = [
        use and use.texture.image.content
        for use in (m.base_color_texture for m in document.materials())
    ]
    assert worn == [*pictures, None]
    assert [len(p.triangles) for p in document.primitives()] == triangles
    assert ["COLOR_0" in p.attributes for p in document.primitives()] == [0, 0, 1]


def test_faces_of_a_ply_have_colours_of_their_own() -> None:
    header = (
        "ply\nformat ascii 1.0\nelement vertex 4\n"
        "property float x\nproperty float y\nproperty float z\n"
        "element face 2\nproperty list uchar int vertex_indices\n"
        "property uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n"
    )
    vertices = "".join(f"{x} {y} {z}\n" for x, y, z in CORNERS)
    content = (header + vertices + "3 0 1 2 255 0 0\n3 0 2 3 0 255 0\n").encode()

    document = read_ply(content, PurePosixPath("x.ply"), Resolver(Path()))

    (primitive,) = document.primitives()
    colors = primitive.attributes["COLOR_0"].values.tolist()
    assert colors == [[1, 0, 0]] * 3 + [[0, 1, 0]] * 3


STRIPS = (
    "ply\nformat {} 1.0\nelement vertex 4\n"
    "property float x\nproperty float y\nproperty float z\n"
    "element tristrips 1\nproperty list int int vertex_indices\nend_header\n"
)


@pytest.mark.parametrize("is_text", [True, False])
def test_strips_of_triangles_look_one_way(*, is_text: bool) -> None:
    """As Stanford's archive keeps them; -1 begins a strip anew."""
    strip = (0, 1, 3, 2, -1, 1, 2, 3)
    if is_text:
        vertices = "".join(f"{x} {y} {z}\n" for x, y, z in CORNERS)
        words = " ".join(map(str, (len(strip), *strip)))
        content = (STRIPS.format("ascii") + vertices + words).encode()
    else:
        vertices = b"".join(struct.pack("<3f", *corner) for corner in CORNERS)
        body = vertices + struct.pack("<9i", len(strip), *strip)
        content = STRIPS.format("binary_little_endian").encode() + body

    document = read_ply(content, PurePosixPath("x.ply"), Resolver(Path()))

    (primitive,) = document.primitives()
    assert primitive.triangles.tolist() == [[0, 1, 3], [3, 1, 2], [1, 2, 3]]


def test_strips_that_are_cut_short_are_refused() -> None:
    content = STRIPS.format("binary_little_endian").encode() + bytes(48)

    with pytest.raises(DamagedFileError, match="ends before"):
        read_ply(
            content + b"\xff\xff\xff\x7f", PurePosixPath("x.ply"), Resolver(Path())
        )


def test_a_ply_without_its_picture_keeps_its_colours(tmp_path: Path) -> None:
    resolver = Resolver(tmp_path)

    document = read_ply(TEXTURED + b"3 0 2 3 0\n", PurePosixPath("x.ply"), resolver)

    assert "COLOR_0" in document.primitives()[0].attributes
    assert resolver.reads["a b.png"] is None


def test_a_carved_ply_keeps_its_edges(read: Read) -> None:
    """Few triangles are built, not scanned: a smooth cube looks like a pillow."""
    document = read("box.ply")

    assert "NORMAL" not in document.primitives()[0].attributes


def test_linear_joins_its_two_pieces() -> None:
    """IEC 61966-2-1: the line and the power meet at 0.04045."""
    below, above = srgb_to_linear(np.float32([0.0404, 0.0405]))

    assert srgb_to_linear(np.float32([0, 1])).tolist() == [0, 1]
    assert above - below == pytest.approx(1e-4 / 12.92, rel=0.1)
