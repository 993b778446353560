"""Small made models, a hostile corpus, and the outside tool that judges what we write."""

from __future__ import annotations

import functools
import importlib.util
import json
import shutil
import subprocess
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.rendering import poster
from assets_pipeline.rendering.studio_scene import PosterOptions
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

ROOT = Path(__file__).parents[2]
SHARED_MODELS = ROOT.parent / "shared" / "data" / "models"
VALIDATOR = ROOT / "tests" / "tools" / "validate_gltf.mjs"


def _module(name: str) -> ModuleType:
    """Return a module of tests/data, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tests/data/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def make() -> ModuleType:
    """Return the maker of small models."""
    return _module("make")


@pytest.fixture(scope="session")
def media() -> ModuleType:
    """Return the maker of small pictures, sounds and films."""
    return _module("make_media")


@pytest.fixture(scope="session")
def prints() -> ModuleType:
    """Return the drawer of pictures to recognise."""
    return _module("make_prints")


@pytest.fixture(scope="session")
def media_folder(media: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of small pictures, sounds and films; skip without ffmpeg."""
    if not media.has_ffmpeg():
        pytest.skip("ffmpeg is not on this machine")
    folder = tmp_path_factory.mktemp("media")
    media.write(folder)
    return folder


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of hostile files."""
    folder = tmp_path_factory.mktemp("hostile")
    _module("make_hostile").write(folder)
    return folder


@pytest.fixture(scope="session")
def models(make: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of small models."""
    folder = tmp_path_factory.mktemp("models")
    make.write(folder)
    return folder


@pytest.fixture(scope="session")
def shared_models() -> Path:
    """Return the folder of real models, or skip where it is not."""
    if not SHARED_MODELS.is_dir():
        pytest.skip(f"real models are kept outside the repository, in {SHARED_MODELS}")
    return SHARED_MODELS


@pytest.fixture
def small_posters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Photograph models in little: most of what making a small model takes.

    For tests that ask nothing of posters; the process that runs them must make the models.
    """
    options = PosterOptions(width_px=160, height_px=120, frames=1)
    small = functools.partial(poster.render_poster, options=options)
    monkeypatch.setattr(poster, "render_poster", small)


@pytest.fixture
def read(models: Path) -> Callable[..., Document]:
    """Return a function that reads a small model by name."""

    def reads(
        name: str, metres_per_unit: float = 1.0, up: str = "y", folder: Path = models
    ) -> Document:
        options = OrientOptions(metres_per_unit, up)  # type: ignore[arg-type]
        return read_document(PurePosixPath(name), options, Resolver(folder))

    return reads


@pytest.fixture
def errors(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """Return a function that gives Khronos' validator's errors for a GLB file."""
    node = shutil.which("node")
    if node is None or not (ROOT / "client/node_modules/gltf-validator").is_dir():
        pytest.skip("Khronos' validator needs Node and client/node_modules")

    def found(glb: bytes) -> list[str]:
        path = tmp_path / "judged.glb"
        path.write_bytes(glb)
        run = subprocess.run(
            [node, VALIDATOR, path], capture_output=True, check=True, text=True
        )
        report: dict[str, Any] = json.loads(run.stdout)[str(path)]
        return [f"{e['code']} at {e['pointer']}" for e in report["errors"]]

    return found
