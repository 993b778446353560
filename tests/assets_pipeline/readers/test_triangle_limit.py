"""A model of more triangles than a build can bear is refused by its header alone."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest

from assets_pipeline.errors.exceptions import AssetError, LimitExceededError
from assets_pipeline.limits import MAX_TRIANGLES, check_triangles
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.readers.ply.reader import read_ply
from assets_pipeline.resolver import Resolver

PLY = """ply
format binary_little_endian 1.0
element vertex 3
property float x
property float y
property float z
element face {count}
property list uchar int vertex_indices
end_header
"""
MANY = MAX_TRIANGLES + 1


def gltf(*counts: object) -> bytes:
    """Return the JSON of a mesh for each accessor of so many corners; no corner is there."""
    primitives = [{"attributes": {"POSITION": i}} for i in range(len(counts))]
    root = {
        "asset": {"version": "2.0"},
        "accessors": [
            {"componentType": 5126, "type": "VEC3", "count": count} for count in counts
        ],
        "meshes": [{"primitives": [p, p]} for p in primitives],
        "nodes": [{"mesh": 0}],
    }
    return json.dumps(root).encode()


def test_as_many_as_a_build_bears_are_read() -> None:
    check_triangles(MAX_TRIANGLES, "facets")


def test_more_are_refused_in_millions() -> None:
    with pytest.raises(LimitExceededError, match="11 million") as caught:
        check_triangles(MANY, "facets")

    assert caught.value.cause is not None
    assert "11 millions" in caught.value.cause.fr.reason


def test_a_ply_is_refused_by_its_header(tmp_path: Path) -> None:
    content = PLY.format(count=MANY).encode()

    with pytest.raises(LimitExceededError, match="million triangles"):
        read_ply(content, PurePosixPath("x.ply"), Resolver(tmp_path))


def test_a_gltf_is_refused_by_its_accessors(tmp_path: Path) -> None:
    content = gltf(2 * MANY, 2 * MANY)

    with pytest.raises(LimitExceededError, match="14 million"):
        read_gltf(content, PurePosixPath("x.gltf"), Resolver(tmp_path))


@pytest.mark.parametrize("count", ["many", None, -1, [3]])
def test_a_count_that_is_none_is_left_to_the_reader(
    tmp_path: Path, count: object
) -> None:
    with pytest.raises(AssetError) as caught:
        read_gltf(gltf(count), PurePosixPath("x.gltf"), Resolver(tmp_path))

    assert not isinstance(caught.value, LimitExceededError)
