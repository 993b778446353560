"""What tests of drawn content share: reading a GLB, running its script."""

from __future__ import annotations

import functools
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content/creusot-montceau"

ReadGlb = Callable[[Path], "Document"]
Draw = Callable[..., Path]


@pytest.fixture(scope="session")
def content() -> Path:
    return CONTENT


@pytest.fixture(scope="session")
def read_glb() -> ReadGlb:
    def read(path: Path) -> Document:
        name = PurePosixPath(path.name)
        return read_gltf(path.read_bytes(), name, Resolver(path.parent))

    return read


@pytest.fixture(scope="session")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Draw:
    """Return a call that gives what ``make_<name>.py`` draws, the first time or another."""

    @functools.cache
    def draw(name: str, *, again: bool = False) -> Path:
        folder = tmp_path_factory.mktemp(f"{name}{again:d}")
        script = CONTENT / f"models/make_{name}.py"
        run = [sys.executable, "-B", str(script), str(folder)]
        subprocess.run(run, stdout=subprocess.DEVNULL, check=True)
        return folder / f"{name}.glb"

    return draw


@pytest.fixture(scope="session")
def assert_alike() -> Callable[[Document, Document], None]:
    """Return a check that two drawings are one, but for rounding.

    Processors differ in the last bit of sines and transforms.
    """

    def check(ours: Document, theirs: Document) -> None:
        for one, other in zip(ours.meshes(), theirs.meshes(), strict=True):
            assert one.name == other.name
            for a, b in zip(one.primitives, other.primitives, strict=True):
                np.testing.assert_allclose(a.positions, b.positions, atol=2e-4)
                assert len(a.triangles) == len(b.triangles)
        for first, second in zip(ours.images(), theirs.images(), strict=True):
            pixels, others = (
                np.asarray(Pillow.open(io.BytesIO(image.content)), int)
                for image in (first, second)
            )
            assert np.abs(pixels - others).mean() < 0.5

    return check


@pytest.fixture(scope="session")
def validated() -> Callable[[Path], tuple[int, int]]:
    """Return a call that counts what Khronos' validator finds: errors, warnings."""

    def validate(path: Path) -> tuple[int, int]:
        tool = ROOT / "tests/tools/validate_gltf.mjs"
        said = subprocess.run(
            ["node", str(tool), str(path)], capture_output=True, text=True, check=True
        ).stdout
        report = json.loads(said)[str(path)]
        return report["numErrors"], report["numWarnings"]

    return validate


@pytest.fixture
def drawing_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test import what scripts of the demonstration import."""
    for folder in ("image_targets", "images", "models", "panoramas", "video"):
        monkeypatch.syspath_prepend(CONTENT / folder)
