"""A model and its levels are photographed alike, compared, and remembered."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.building.store import Store
from assets_pipeline.building.tasks import Task
from assets_pipeline.rendering import side_by_side
from tours.bundle import Lod

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from numpy.typing import NDArray

    from assets_pipeline.rendering.side_by_side import SideBySide


@pytest.fixture
def museum(tmp_path: Path, make: ModuleType) -> Path:
    """Return a museum's folder with one model."""
    folder = tmp_path / "museum"
    folder.mkdir()
    (folder / "box.glb").write_bytes(make.textured_box())
    return folder


@pytest.fixture
def task(museum: Path) -> Task:
    """Return the task of that model."""
    return Task("model", str(museum), "box.glb")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store."""
    return Store(tmp_path / "files")


def level(store: Store, glb: bytes, error: float | None = None) -> Lod:
    file = store.put(glb, ".glb", "model/gltf-binary")
    return Lod("phone", file, 12, 1, 99, visual_error=error)


def looked(task: Task, lods: list[Lod], store: Store, kept: Path) -> SideBySide:
    found = side_by_side.side_by_side(task, lods, store, kept)
    assert found is not None
    return found


def pixels(content: bytes) -> NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def test_the_source_itself_differs_in_nothing(
    task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    pair = looked(task, [level(store, make.textured_box())], store, tmp_path / "kept")

    (one,) = pair.levels
    assert one.visual_error == 0
    assert one.picture == pair.source
    assert pixels(one.difference).max() < 10  # black, as WebP has it


def test_another_shape_differs_where_it_is_missing(
    task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    lods = [level(store, make.textured_box((1.0, 1.0, 0.5)))]

    (one,) = looked(task, lods, store, tmp_path / "kept").levels

    assert one.visual_error is not None
    assert one.visual_error > 0.1
    assert pixels(one.difference).max() > 200


def test_an_error_that_the_build_measured_stands(
    task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    lods = [level(store, make.textured_box(), error=0.0123)]

    (one,) = looked(task, lods, store, tmp_path / "kept").levels

    assert one.visual_error == 0.0123


def test_what_was_seen_is_kept(
    task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    """Shown by a photograph that another hand put there: none is taken again."""
    lods, kept = [level(store, make.textured_box())], tmp_path / "kept"
    looked(task, lods, store, kept)
    (source,) = kept.glob("*.0.webp")
    source.write_bytes(b"kept")

    assert looked(task, lods, store, kept).source == b"kept"


def test_a_changed_source_is_looked_at_again(
    museum: Path, task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    lods, kept = [level(store, make.textured_box())], tmp_path / "kept"
    before = looked(task, lods, store, kept)
    (museum / "box.glb").write_bytes(make.textured_box((1.0, 1.0, 0.5)))

    after = looked(task, lods, store, kept)

    assert after.source != before.source
    assert after.levels[0].visual_error != before.levels[0].visual_error


def test_a_file_that_cannot_be_read_gives_none(
    museum: Path, task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    (museum / "broken.glb").write_bytes(b"glTF")
    lods = [level(store, make.textured_box())]

    broken = replace(task, path="broken.glb")

    assert side_by_side.side_by_side(broken, lods, store, tmp_path / "kept") is None
