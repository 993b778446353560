"""Renamed files are told by their first bytes; files under their own names never are."""

import copy
import struct
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from assets_pipeline.errors.exceptions import MisnamedFileError
from assets_pipeline.gltf.document import Document
from assets_pipeline.readers.dispatch import MODEL_EXTENSIONS, READ_EXTENSIONS
from assets_pipeline.readers.format_sniffing import (
    misnamed_error,
    misnamed_file_error,
    sniff_extension,
)
from tours.file_formats import find_unsupported_format

_OBJ = b"# a wheel\nmtllib roue.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"
_3DS = b"MM" + struct.pack("<IH", 16, 0x0002) + bytes(8)


@pytest.mark.parametrize(
    ("start", "ending"),
    [
        (b"Kaydara FBX Binary  \0\x1a\0", ".fbx"),
        (b"; FBX 7.7.0 project file\n", ".fbx"),
        (b"BLENDER-v402", ".blend"),
        (b"\xff\xfe\xff\x0e" + "SketchUp Model".encode("utf-16-le"), ".skp"),
        (b"ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC4'));", ".ifc"),
        (b"ISO-10303-21;\nHEADER;\n", ".step"),
        (b"PK\x03\x04" + bytes(22) + b"\x0a\0\0\0scene.usdc", ".usdz"),
        (b"PK\x03\x04" + bytes(22) + b"\x0a\0\0\0scene.jpeg", ".zip"),
        (b"\n<!DOCTYPE html>\n<html lang=fr>", ".html"),
        (b"version https://git-lfs.github.com/spec/v1\noid", ".git-lfs"),
        (b"Rar!\x1a\x07\x01\0", ".rar"),
        (b"LASF\0\0", ".las"),
        (b"\xef\xbb\xbf" + _OBJ, ".obj"),
        (b"ply\nformat ascii 1.0\n", ".ply"),
        (b"solid roue\n facet normal 0 0 1\n", ".stl"),
        (bytes(80) + struct.pack("<I", 1) + bytes(50), ".stl"),
        (b'{"asset":{"version":"2.0"}}', ".gltf"),
        (b'<?xml version="1.0"?>\n<COLLADA version="1.4.1">', ".dae"),
        (_3DS, ".3ds"),
        (b"newmtl bois\nKd 1 1 1\n", ".mtl"),
        (b"# bois\r\n\r\n# et pierre\r\nnewmtl bois\r\n", ".mtl"),
        (b"# " * 2000, None),  # told at once, however it might be parted
        (b"", None),
        (b"Bonjour.", None),
    ],
)
def test_the_first_bytes_tell_a_format(start: bytes, ending: str | None) -> None:
    assert sniff_extension(start, len(start)) == ending


def test_what_may_be_read_under_another_ending_is_to_be_renamed() -> None:
    found = misnamed_error(PurePosixPath("models/roue.glb"), _OBJ, len(_OBJ))

    assert found is not None
    assert found.cause is not None
    assert "« roue.obj »" in found.cause.fr.remedy.replace("\u00a0", " ")


def test_what_tours_may_name_has_a_reader_and_is_no_foreign_format() -> None:
    assert sorted(READ_EXTENSIONS) == sorted(MODEL_EXTENSIONS)
    assert [e for e in MODEL_EXTENSIONS if find_unsupported_format(e)] == []


def test_models_under_their_own_names_are_not_misnamed(models: Path) -> None:
    named = [path for path in models.iterdir() if path.suffix in MODEL_EXTENSIONS]

    assert [
        p.name for p in named if misnamed_file_error(p, PurePosixPath(p.name))
    ] == []


def test_a_renamed_file_is_told_where_its_reader_fails(
    read: Callable[..., Document], tmp_path: Path
) -> None:
    (tmp_path / "roue.stl").write_bytes(_OBJ)

    with pytest.raises(MisnamedFileError, match=r"roue\.obj"):
        read("roue.stl", folder=tmp_path)


def test_a_cause_survives_the_way_back_from_a_worker() -> None:
    error = misnamed_error(PurePosixPath("roue.glb"), b"BLENDER-v402", 12)

    back = copy.copy(error)  # by the parts that pickle takes

    assert error is not None
    assert back.cause == error.cause
