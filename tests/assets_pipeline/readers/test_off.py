"""OFF files arrive with their polygons and colours, and say where they are damaged."""

from __future__ import annotations

import contextlib
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    EmptyModelError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.readers.off import read_off
from assets_pipeline.resolver import Resolver
from tours.reading.files import MODELS

SQUARE = b"0 0 0\n1 0 0\n1 1 0\n0 1 0\n"
PLAIN = b"OFF\n# a square\n4 1 0\n\n" + SQUARE + b"4 0 1 2 3\n"


def corners(content: bytes) -> list[list[float]]:
    found: list[list[float]] = read_off(content).primitives()[0].positions.tolist()
    return found


def colors(content: bytes) -> np.ndarray:
    return read_off(content).primitives()[0].attributes["COLOR_0"].values


def test_polygons_become_triangles() -> None:
    first, second = [0, 0, 0], [1, 1, 0]

    assert corners(PLAIN) == [first, [1, 0, 0], second, first, second, [0, 1, 0]]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.replace(b"OFF\n# a square\n", b"OFF "),
        PLAIN.replace(b"\n", b"\r\n"),
        PLAIN.replace(b"4 1 0", b"4 1"),
        PLAIN.replace(b"4 0 1 2 3", b"4 0 1 2 3 7 # of a table"),
    ],
    ids=["counts in the first line", "lines of Windows", "no edges", "of a table"],
)
def test_other_ways_of_writing_say_the_same(content: bytes) -> None:
    assert corners(content) == corners(PLAIN)
    assert "COLOR_0" not in read_off(content).primitives()[0].attributes


@pytest.mark.parametrize("color", [b"188 0 255", b"188 0 255 255", b".737 0.0 1.0"])
def test_colours_of_faces_are_linear_light(color: bytes) -> None:
    """Written as sRGB: 188 of 255 is 50 % of the light, not 74 %."""
    found = colors(PLAIN.replace(b"4 0 1 2 3", b"4 0 1 2 3 " + color))

    assert found.shape == (6, 3)
    assert found[0] == pytest.approx([0.503, 0, 1], abs=2e-3)


def test_colours_of_vertices_are_linear_light() -> None:
    coloured = PLAIN.replace(b"OFF", b"COFF").replace(b"1 1 0\n", b"1 1 0 188 0 0\n")
    for place in (b"0 0 0\n", b"1 0 0\n", b"0 1 0\n"):
        coloured = coloured.replace(place, place.strip() + b" 0 0 255 255\n")

    found = colors(coloured)

    assert found[0] == pytest.approx([0, 0, 1])
    assert found[2] == pytest.approx([0.503, 0, 0], abs=1e-3)


def test_far_from_the_middle_nothing_is_lost() -> None:
    """Surveys count from a meridian: float32 steps by 6 cm there."""
    far = b"OFF\n3 1 0\n1000000.25 0 0\n1000000.5 0 0\n1000000.25 0.25 0\n3 0 1 2\n"
    document = read_off(far)

    ((node, world),) = document.shown_nodes_with_matrices()

    assert node.mesh is not None
    xs = node.mesh.primitives[0].positions[:, 0].astype(np.float64) + world[0, 3]
    assert xs.tolist() == [1000000.25, 1000000.5, 1000000.25]


@pytest.mark.parametrize(
    ("content", "kind", "place"),
    [
        (b"", DamagedFileError, "header"),
        (b"solid x\n", DamagedFileError, "header"),
        (b"OFF", DamagedFileError, "line 1"),
        (b"OFF\n999999999999 1 0\n", DamagedFileError, "line 2"),
        (b"OFF\n99999999999 1 0\n", DamagedFileError, "counts"),
        (b"OFF\n-4 1 0\n", DamagedFileError, "line 2"),
        (PLAIN.replace(b"1 1 0\n", b"1 one 0\n"), DamagedFileError, "line 7"),
        (PLAIN.replace(b"1 1 0\n", b"1 nan 0\n"), DamagedFileError, "vertices"),
        (PLAIN.replace(b"1 2 3\n", b"1 2 4\n"), DamagedFileError, "line 9"),
        (PLAIN.replace(b"1 2 3\n", b"1 2 -3\n"), DamagedFileError, "line 9"),
        (PLAIN.replace(b"4 0 1 2 3", b"9 0 1 2 3"), DamagedFileError, "line 9"),
        (PLAIN.replace(b"3\n", b"3 1 2 red\n"), DamagedFileError, "line 9"),
        (PLAIN.replace(b"4 0 1 2 3", b"2 0 1"), EmptyModelError, "faces"),
        (PLAIN.replace(b"OFF", b"4OFF"), UnsupportedFormatError, "header"),
        (PLAIN.replace(b"OFF", b"OFF BINARY"), UnsupportedFormatError, "header"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    content: bytes, kind: type[AssetError], place: str
) -> None:
    with pytest.raises(kind) as caught:
        read_off(content)

    assert caught.value.place == place


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_bytes_never_escape_our_errors(data: st.DataObject) -> None:
    content = bytearray(PLAIN.replace(b"1 2 3", b"1 2 3 188 0 255"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))

    with contextlib.suppress(AssetError):
        read_off(bytes(content))


def test_a_tour_may_name_what_the_pipeline_reads(tmp_path: Path) -> None:
    (tmp_path / "square.off").write_bytes(PLAIN)

    document = read_document(
        PurePosixPath("square.off"), OrientOptions(0.01, "z"), Resolver(tmp_path)
    )

    assert ".off" in MODELS.endings
    assert document.shown_nodes_with_matrices()[0][0].scale == (0.01, 0.01, 0.01)
