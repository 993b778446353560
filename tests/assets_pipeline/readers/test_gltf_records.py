"""Nodes and meshes come the same, whether their JSON is plain or takes a second look."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec import UNSET

from assets_pipeline.errors.exceptions import DamagedFileError, LimitExceededError
from assets_pipeline.readers.gltf.records import (
    ABSENT,
    NodeRecord,
    Records,
    read_records,
)
from assets_pipeline.readers.json_fields import decode_json


def records(root: dict[str, Any]) -> Records:
    """Return the records of a file's JSON."""
    return read_records(json.dumps(root).encode())


def node(**values: object) -> NodeRecord:
    """Return the record of a file's only node."""
    return records({"nodes": [values]}).nodes[0]


def test_a_node_that_says_nothing_stands_at_the_origin() -> None:
    found = node()

    assert (found.translation, found.scale) == ((0, 0, 0), (1, 1, 1))
    assert (found.mesh, found.name) == (ABSENT, UNSET)


def test_whole_numbers_that_are_written_with_a_point_are_whole() -> None:
    assert node(mesh=3.0, translation=[1, 2, 3]) == node(mesh=3, translation=[1, 2, 3])


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"mesh": None}, "nodes[0].mesh"),
        ({"mesh": -1}, "nodes[0].mesh"),
        ({"mesh": True}, "nodes[0].mesh"),
        ({"name": 7}, "nodes[0].name"),
        ({"scale": [1, 1]}, "nodes[0].scale"),
        ({"translation": [0, 0, "0"]}, "nodes[0].translation"),
        ({"rotation": [0, 0, 0, 1e39]}, "nodes[0].rotation"),
        ({"matrix": [1.0] * 15}, "nodes[0].matrix"),
        ({"children": ["1"]}, "nodes[0].children"),
        ({"extensions": []}, "nodes[0].extensions"),
    ],
)
def test_what_no_node_may_hold_is_told_where_it_stands(
    values: dict[str, object], place: str
) -> None:
    with pytest.raises(DamagedFileError) as caught:
        node(**values)

    assert caught.value.place == place


def test_a_name_that_is_no_unicode_is_read_all_the_same() -> None:
    found = read_records(rb'{"nodes": [{"name": "\ud800", "mesh": 1}]}').nodes[0]

    assert found.mesh == 1


def test_primitives_stay_as_the_file_wrote_them() -> None:
    found = read_records(b'{"meshes": [{"primitives": [ {"mode": 4} ]}]}').meshes[0]

    assert bytes(found.primitives) == b'[ {"mode": 4} ]'


@pytest.mark.parametrize(
    "text",
    [b"[]", b"{", b'{"nodes": NaN}', b'{"asset": 1e}', b"\xff{}", b'{"a": "\x01"}'],
)
def test_what_is_no_object_of_json_is_damaged(text: bytes) -> None:
    with pytest.raises(DamagedFileError):
        read_records(text)


def nested(depth: int) -> bytes:
    """Return a root object that holds lists, so many levels with itself."""
    return b'{"extras":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"


def test_64_levels_are_read() -> None:
    assert read_records(nested(64)).nodes == []


@pytest.mark.parametrize("depth", [65, 2_000, 200_000])
def test_deeper_is_refused(depth: int) -> None:
    with pytest.raises(LimitExceededError):
        read_records(nested(depth))


@pytest.mark.parametrize("text", ["[" * 99, "]" * 99, '\\"' * 9 + "[" * 99, "\\" * 8])
def test_brackets_in_texts_are_no_levels(text: str) -> None:
    found = records({"nodes": [{"name": text, "extras": ["", text, ""]}]})

    assert found.nodes[0].name == text


def test_levels_between_texts_with_brackets_are_counted() -> None:
    text = b'{"a":"]]]]]]]]","b":"\\"]]]]]]","c":' + b"[" * 70 + b"]" * 70 + b"}"

    with pytest.raises(LimitExceededError):
        read_records(text)


def test_text_of_a_mesh_that_is_no_utf_8_is_refused() -> None:
    """Its primitives are still bytes when all else of the file is parsed."""
    text = b'{"meshes": [{"primitives": [{"attributes": {"\x80": 0}}]}]}'

    with pytest.raises(DamagedFileError):
        decode_json(bytes(read_records(text).meshes[0].primitives))
