"""The demonstration's other models: committed files, and the scripts that draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.document import traverse_with_matrices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assets_pipeline.gltf.document import Document

NAMES = ("chevalement", "cones", "ecluse")
TOISE_M = 1.949

pytestmark = pytest.mark.parametrize("name", NAMES)


def _levels(document: Document, part: str) -> np.ndarray:
    """Return the heights of a part's corners, metres."""
    return np.concatenate(
        [
            (primitive.positions @ world[:3, :3].T + world[:3, 3])[:, 1]
            for node, world in traverse_with_matrices(document.scene.nodes)
            if node.name == part and node.mesh is not None
            for primitive in node.mesh.primitives
        ]
    )


@pytest.fixture
def committed(
    name: str, content: Path, read_glb: Callable[[Path], Document]
) -> Document:
    return read_glb(content / f"models/{name}.glb")


@pytest.mark.thorough
def test_every_run_gives_the_same_bytes(name: str, draw: Callable[..., Path]) -> None:
    first, second = draw(name), draw(name, again=True)

    assert first.read_bytes() == second.read_bytes()


@pytest.mark.sample(1)
def test_the_committed_file_is_what_the_script_draws(
    name: str,
    committed: Document,
    draw: Callable[..., Path],
    read_glb: Callable[[Path], Document],
    assert_alike: Callable[[Document, Document], None],
) -> None:
    drawn = draw(name)

    assert_alike(committed, read_glb(drawn))


def test_khronos_validator_finds_nothing(
    name: str, content: Path, validated: Callable[[Path], tuple[int, int]]
) -> None:
    assert validated(content / f"models/{name}.glb") == (0, 0)


def test_it_is_light_enough_to_hand_on(
    name: str, committed: Document, content: Path
) -> None:
    assert 15_000 <= measure.count_triangles(committed) <= 55_000
    assert len(committed.materials()) <= 14
    assert (content / f"models/{name}.glb").stat().st_size <= 4_000_000


def test_it_says_whose_it_is(name: str, committed: Document) -> None:
    assert committed.copyright is not None
    assert "CC-BY-SA-4.0" in committed.copyright
    assert isinstance(committed.extras, dict)
    assert f"make_{name}.py" in str(committed.extras["source"])


def test_it_has_the_measure_that_is_published(name: str, committed: Document) -> None:
    box = measure.compute_extents(committed)

    if name == "chevalement":  # erih.de: 22 m
        assert box.size_m[1] == pytest.approx(22.0, abs=0.01)
        assert box.least[1] == pytest.approx(0.0, abs=0.01)
    elif name == "ecluse":  # a fall of 8 to 9 pieds
        levels, counts = np.unique(
            _levels(committed, "water").round(3), return_counts=True
        )
        lower, upper = sorted(levels[counts.argsort()[-2:]])  # beds vary, water is flat
        assert 8 * TOISE_M / 6 <= upper - lower <= 9 * TOISE_M / 6
    else:  # nothing is published: a tower, several times as high as a man
        assert 10 < box.size_m[1] < 30
