"""What a file does against glTF 2.0 is told at its place; what keeps it is left alone."""

from __future__ import annotations

import base64
import json
import struct
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

from assets_pipeline.gltf_validator.validate import validate_gltf
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from types import ModuleType

BAD_INPUT = Path(__file__).parents[3].parent / "shared/data/bad_input/gltf-validator"
LEAST_AGREEMENT = 0.97

Json = dict[str, Any]


def triangle() -> Json:
    """Return a file that keeps the standard."""
    points = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    content = base64.b64encode(points).decode()
    return {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [
            {
                "bufferView": 0,
                "componentType": 5126,
                "count": 3,
                "type": "VEC3",
                "min": [0, 0, 0],
                "max": [1, 1, 0],
            }
        ],
        "bufferViews": [{"buffer": 0, "byteLength": 36}],
        "buffers": [
            {
                "byteLength": 36,
                "uri": f"data:application/octet-stream;base64,{content}",
            }
        ],
    }


def faults(root: Json) -> dict[str, str]:
    content = json.dumps(root).encode()
    found = validate_gltf(content, PurePosixPath("x.gltf"), Resolver(Path()))
    # The first at each place.
    return {fault.place: fault.reason for fault in reversed(found)}


def test_a_whole_file_has_none() -> None:
    assert faults(triangle()) == {}


@pytest.mark.parametrize(
    ("at", "value", "place", "reason"),
    [
        (("accessors", 0, "count"), 0, "accessors[0].count", "is 0, out of range"),
        (("accessors", 0, "count"), 4, "accessors[0]", "ends past its view"),
        (("accessors", 0, "byteOffset"), 2, "accessors[0].byteOffset", "multiple of 4"),
        (("accessors", 0, "max"), [1, 1, 1], "accessors[0].max", "is [1, 1, 1], and"),
        (("accessors", 0, "normalized"), True, "accessors[0].normalized", "integers"),
        (("bufferViews", 0, "byteLength"), 40, "bufferViews[0]", "past its buffer"),
        (("bufferViews", 0, "byteStride"), 14, "bufferViews[0].byteStride", "of 4"),
        (("buffers", 0, "byteLength"), 99, "buffers[0]", "says 99 bytes and has 36"),
        (("nodes", 0, "mesh"), 3, "nodes[0].mesh", "names number 3 of 1 meshes"),
        (("nodes", 0, "children"), [], "nodes[0].children", "has 0 items"),
        (("nodes", 0, "skin"), "one", "nodes[0].skin", "is not a number"),
        (("nodes", 0, "rotation"), [0, 0, 0, 0.5], "nodes[0].rotation", "length 1"),
        (("asset", "version"), 2, "asset.version", "is not of the right kind, text"),
        (("asset", "minVersion"), "2.1", "asset.minVersion", "is 2.1, above 2.0"),
        (
            ("nodes", 0, "extensions"),
            {"KHR_materials_ior": {"ior": 1.5}},
            "nodes[0].extensions.KHR_materials_ior",
            "KHR_materials_ior has no meaning here",
        ),
        (
            ("nodes", 0, "matrix"),
            [1, 0, 0, 0, 0.5, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
            "nodes[0].matrix",
            "shears",
        ),
        (
            ("meshes", 0, "primitives", 0, "attributes"),
            {"POSITION": 0, "JOINTS_0": 0},
            "meshes[0].primitives[0].attributes",
            "joints",
        ),
        (
            ("meshes", 0, "primitives", 0, "indices"),
            0,
            "meshes[0].primitives[0].indices",
            "are not whole numbers",
        ),
        (
            ("images",),
            [{"uri": "far.png", "bufferView": 0}],
            "images[0]",
            "has two sources, or none",
        ),
        (
            ("skins",),
            [{"joints": [0, 0]}],
            "skins[0].joints",
            "names something twice",
        ),
    ],
)
def test_a_fault_is_told_at_its_place(
    at: tuple[str | int, ...], value: object, place: str, reason: str
) -> None:
    root = triangle()
    holder: Any = root
    for step in at[:-1]:
        holder = holder[step]
    holder[at[-1]] = value

    found = faults(root)

    assert reason in found[place]


def test_a_name_that_is_missing_is_told() -> None:
    root = triangle()
    del root["accessors"][0]["componentType"]

    assert faults(root)["accessors[0].componentType"] == "is missing"


def test_what_we_write_has_no_faults(make: ModuleType) -> None:
    for content in (make.textured_box(), make.bar()):
        found = validate_gltf(content, PurePosixPath("x.glb"), Resolver(Path()))

        assert found == []


def test_no_file_outside_the_folder_is_read() -> None:
    root = triangle()
    root["buffers"][0]["uri"] = "../../../../etc/passwd"

    assert "leaves the museum's folder" in faults(root)["buffers[0].uri"]


def test_khronos_validator_finds_faults_in_the_same_files() -> None:
    """Its own 186 test files, with its own reports beside them."""
    if not BAD_INPUT.is_dir():
        pytest.skip(f"files of others are kept outside the repository, in {BAD_INPUT}")
    reports = sorted(BAD_INPUT.rglob("*.report.json"))
    resolver = Resolver(BAD_INPUT)

    agreed = 0
    for report in reports:
        path = report.with_name(report.name.removesuffix(".report.json"))
        is_faulty = json.loads(report.read_text())["issues"]["numErrors"] > 0
        within = PurePosixPath(path.relative_to(BAD_INPUT))
        agreed += bool(validate_gltf(path.read_bytes(), within, resolver)) == is_faulty

    assert len(reports) > 150
    assert agreed / len(reports) >= LEAST_AGREEMENT
