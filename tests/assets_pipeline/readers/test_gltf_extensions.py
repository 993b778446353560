"""Extensions of glTF are read, kept, or named; a file that needs them is refused."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

from assets_pipeline.errors.exceptions import UnsupportedFormatError
from assets_pipeline.gltf.container import split_glb
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

XMP = "KHR_xmp_json_ld"


def packed(make: ModuleType, content: bytes, **changes: Any) -> bytes:  # noqa: ANN401
    """Return a GLB with other members at its root."""
    text, binary = split_glb(content)
    changed: bytes = make.packed(json.loads(text) | changes, binary or b"")
    return changed


def read(content: bytes) -> tuple[Document, list[str]]:
    """Return a file's document, and what is left out of it."""
    resolver = Resolver(Path())
    document = read_gltf(content, PurePosixPath("x.glb"), resolver)
    return document, resolver.ignored_extensions


def root_of(document: Document) -> Any:  # noqa: ANN401  # JSON
    return json.loads(split_glb(write_glb(document))[0])


def test_what_is_left_out_is_named(make: ModuleType) -> None:
    _, left_out = read(make.annotated_box(ACME_moss={"depth": 1}, EXT_mesh_features={}))

    assert left_out == ["ACME_moss", "EXT_mesh_features"]


def test_what_is_read_or_kept_is_not_named(make: ModuleType) -> None:
    for content in (make.textured_box(), make.instanced_boxes(), make.annotated_box()):
        assert read(content)[1] == []


def test_extensions_in_what_belongs_to_people_are_none(make: ModuleType) -> None:
    extras = {"extensions": {"ACME_moss": {}}}

    assert read(packed(make, make.annotated_box(), extras=extras))[1] == []


def test_a_materials_own_extensions_are_kept(make: ModuleType) -> None:
    materials = [{"extensions": {"ACME_lacquer": {}, "KHR_materials_new": {}}}]
    used = ["ACME_lacquer", "KHR_materials_new"]

    content = packed(
        make, make.annotated_box(), materials=materials, extensionsUsed=used
    )

    assert read(content)[1] == []


def test_names_can_be_shown_on_a_terminal(make: ModuleType) -> None:
    _, left_out = read(make.annotated_box(**{"A\x1b[2J\n" + "B" * 99: {}}))

    assert left_out == ["A[2J" + "B" * 54]


def test_notes_on_who_made_it_are_kept(make: ModuleType) -> None:
    document, _ = read(make.annotated_box())

    root = root_of(document)

    assert root["extensions"][XMP]["packets"][0]["dc:rights"] == "CC-BY-4.0"
    assert root["asset"]["extensions"] == {XMP: {"packet": 0}}
    assert root["extensionsUsed"] == [XMP]


def test_notes_too_long_for_phones_are_left_out(make: ModuleType) -> None:
    notes = {XMP: {"packets": [{"xmp:Thumbnails": "A" * 20_000}]}}

    document, left_out = read(packed(make, make.annotated_box(), extensions=notes))

    assert left_out == [XMP]
    assert "extensions" not in root_of(document)["asset"]


def test_a_file_that_needs_what_nobody_sees_is_read(make: ModuleType) -> None:
    needed = ["EXT_mesh_features", XMP]

    document, _ = read(packed(make, make.annotated_box(), extensionsRequired=needed))

    assert document.meshes()


def test_a_file_that_needs_another_is_refused_by_name(make: ModuleType) -> None:
    content = packed(make, make.annotated_box(), extensionsRequired=["ACME_moss"])

    with pytest.raises(UnsupportedFormatError, match="ACME_moss"):
        read(content)


@pytest.mark.parametrize("value", [7, [], "x", {XMP: 7}, {XMP: []}, {7: {}}])
def test_what_is_no_extension_is_passed_over(make: ModuleType, value: object) -> None:
    asset = {"version": "2.0", "extensions": value}

    document, _ = read(packed(make, make.annotated_box(), asset=asset))

    assert document.asset_extensions == {}
