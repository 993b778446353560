"""The demonstration's hammer: the committed file, and the script that draws it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline import measure
from assets_pipeline.document import placed
from assets_pipeline.readers.gltf import read_gltf
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from assets_pipeline.document import Document

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "content/creusot-montceau/models"


@pytest.fixture(scope="module")
def committed() -> Document:
    return _read(MODELS / "marteau.glb")


@pytest.fixture(scope="module")
def drawn_twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the files that two runs of the script leave, each in its own folder."""
    folders = [tmp_path_factory.mktemp(f"run{i}") for i in (1, 2)]
    script = [sys.executable, "-B", str(MODELS / "make_marteau.py")]
    runs = [
        subprocess.Popen([*script, str(folder)], stdout=subprocess.DEVNULL)
        for folder in folders
    ]
    assert [run.wait() for run in runs] == [0, 0]
    return folders[0] / "marteau.glb", folders[1] / "marteau.glb"


def _read(path: Path) -> Document:
    return read_gltf(path.read_bytes(), PurePosixPath(path.name), Resolver(path.parent))


def _box(document: Document, name: str) -> np.ndarray:
    """Return the (2, 3) corners of one part, metres."""
    points = [
        primitive.positions @ world[:3, :3].T + world[:3, 3]
        for node, world in placed(document.scene.nodes)
        if node.name == name and node.mesh is not None
        for primitive in node.mesh.primitives
    ]
    joined = np.concatenate(points)
    return np.stack([joined.min(axis=0), joined.max(axis=0)])


def test_every_run_gives_the_same_bytes(drawn_twice: tuple[Path, Path]) -> None:
    first, second = drawn_twice

    assert first.read_bytes() == second.read_bytes()


def test_the_committed_file_is_what_the_script_draws(
    committed: Document, drawn_twice: tuple[Path, Path]
) -> None:
    """Within rounding: processors differ in the last bit of sines and transforms."""
    drawn = _read(drawn_twice[0])

    for ours, theirs in zip(committed.meshes(), drawn.meshes(), strict=True):
        assert ours.name == theirs.name
        for a, b in zip(ours.primitives, theirs.primitives, strict=True):
            np.testing.assert_allclose(a.positions, b.positions, atol=2e-4)
            assert len(a.triangles) == len(b.triangles)
    for one, other in zip(committed.images(), drawn.images(), strict=True):
        pixels, others = (
            np.asarray(Pillow.open(io.BytesIO(image.content)), int)
            for image in (one, other)
        )
        assert np.abs(pixels - others).mean() < 0.5


def test_it_stands_21_m_high_on_the_ground_centred(committed: Document) -> None:
    """le-creusot.fr/le-marteau-pilon: hauteur totale 21 m."""
    box = measure.extents(committed)

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


def test_it_is_light_enough_to_hand_on(committed: Document) -> None:
    assert 20_000 <= measure.triangles(committed) <= 60_000
    assert len(committed.materials()) == 2
    assert (MODELS / "marteau.glb").stat().st_size <= 4_000_000
    assert max(max(measure.image_size(i)) for i in committed.images()) == 1024


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


def test_khronos_validator_finds_nothing() -> None:
    file = str(MODELS / "marteau.glb")
    tool = ROOT / "tests/tools/validate_gltf.mjs"

    said = subprocess.run(
        ["node", str(tool), file], capture_output=True, text=True, check=True
    ).stdout

    report = json.loads(said)[file]
    assert (report["numErrors"], report["numWarnings"]) == (0, 0)
