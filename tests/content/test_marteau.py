"""The demonstration's hammer: the committed file, and the script that draws it."""

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


@pytest.fixture(scope="module")
def committed(content: Path, read_glb: Callable[[Path], Document]) -> Document:
    return read_glb(content / "models/marteau.glb")


def _box(document: Document, name: str) -> np.ndarray:
    """Return the (2, 3) corners of one part, metres."""
    points = [
        primitive.positions @ world[:3, :3].T + world[:3, 3]
        for node, world in traverse_with_matrices(document.scene.nodes)
        if node.name == name and node.mesh is not None
        for primitive in node.mesh.primitives
    ]
    joined = np.concatenate(points)
    return np.stack([joined.min(axis=0), joined.max(axis=0)])


@pytest.mark.thorough
def test_every_run_gives_the_same_bytes(
    draw: Callable[..., Path],
) -> None:
    first, second = draw("marteau"), draw("marteau", again=True)

    assert first.read_bytes() == second.read_bytes()


def test_the_committed_file_is_what_the_script_draws(
    committed: Document,
    draw: Callable[..., Path],
    read_glb: Callable[[Path], Document],
    assert_alike: Callable[[Document, Document], None],
) -> None:
    drawn = draw("marteau")

    assert_alike(committed, read_glb(drawn))


def test_it_stands_21_m_high_on_the_ground_centred(committed: Document) -> None:
    """le-creusot.fr/le-marteau-pilon: hauteur totale 21 m."""
    box = measure.compute_extents(committed)

    assert box.size_m[1] == pytest.approx(21, rel=0.001)
    np.testing.assert_allclose(box.least[1], 0, atol=0.01)
    np.testing.assert_allclose(box.least[0] + box.greatest[0], 0, atol=0.3)
    np.testing.assert_allclose(box.least[2] + box.greatest[2], 0, atol=0.3)


@pytest.mark.parametrize(
    ("name", "height_m"),
    [("legs", 10.25 + 0.25), ("cylinder", 6.0 + 1.25)],
    ids=["legs and their plates", "cylinder and its cover"],
)
def test_parts_have_their_published_heights(
    committed: Document, name: str, height_m: float
) -> None:
    low, high = _box(committed, name)

    assert high[1] - low[1] == pytest.approx(height_m, abs=0.05)


def test_the_head_weighs_what_is_published(committed: Document) -> None:
    """Of the 100 t that fall, 91.5 are head and die, as wide as the bore: 3.4 m of iron.

    The rod above is thinner: its part of the box is left out by its height.
    """
    low, high = _box(committed, "moving mass")
    visible_rod_m = 10.8 + 0.3 - (3.55 + 3.41)

    assert (high - low)[1] - visible_rod_m == pytest.approx(3.41, abs=0.05)


def test_it_is_light_enough_to_hand_on(committed: Document, content: Path) -> None:
    assert 20_000 <= measure.count_triangles(committed) <= 60_000
    assert len(committed.materials()) == 2
    assert (content / "models/marteau.glb").stat().st_size <= 4_000_000
    assert max(max(measure.image_size_px(i)) for i in committed.images()) == 1024


def test_texel_density_is_even(committed: Document) -> None:
    """Between 60 and 1,000 texels a metre on nine tenths of the surface."""
    areas, densities = [], []
    for primitive in committed.primitives():
        uv = primitive.attributes["TEXCOORD_0"].values[primitive.triangles]
        points = primitive.positions[primitive.triangles]
        du, dv = uv[:, 1] - uv[:, 0], uv[:, 2] - uv[:, 0]
        texels = np.abs(du[:, 0] * dv[:, 1] - du[:, 1] * dv[:, 0]) * 1024**2
        edges = np.cross(points[:, 1] - points[:, 0], points[:, 2] - points[:, 0])
        area = np.linalg.norm(edges, axis=1)
        areas.append(area)
        densities.append(np.sqrt(texels / np.maximum(area, 1e-9)))
    area, density = np.concatenate(areas), np.concatenate(densities)

    is_sane = (density > 60) & (density < 1000)
    assert area[is_sane].sum() > 0.9 * area.sum()


def test_it_says_whose_it_is(committed: Document) -> None:
    assert committed.copyright is not None
    assert "CC-BY-SA-4.0" in committed.copyright
    assert isinstance(committed.extras, dict)
    assert committed.extras["title"] == "Marteau-pilon de 100 tonnes, Le Creusot"


def test_khronos_validator_finds_nothing(
    content: Path, validated: Callable[[Path], tuple[int, int]]
) -> None:
    assert validated(content / "models/marteau.glb") == (0, 0)
