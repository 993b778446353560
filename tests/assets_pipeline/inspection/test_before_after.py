"""A model and its levels are photographed alike, compared, and remembered."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest
import trimesh
from PIL import Image

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.gltf.materials import Image as Shadow
from assets_pipeline.gltf.materials import Texture, TextureInfo
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.inspection import before_after
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task
from assets_pipeline.transforms.recenter import recenter
from assets_pipeline.usdz.writer import write_usdz
from tours.bundle import Bundle, Lod, Picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from numpy.typing import NDArray

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.inspection.before_after import ModelComparison


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


def bundle(store: Store, glb: bytes, error: float | None = None) -> Bundle:
    """Return a bundle of one level, and of a USDZ of the same."""
    file = store.put(glb, ".glb", "model/gltf-binary")
    document = read_gltf(glb, PurePosixPath("made.glb"), Resolver(Path()))
    lod = Lod("phone", file, 12, 1, 99, visual_error=error)
    return Bundle(
        extents=measure.compute_extents(document),
        lods=(replace(lod, name="preview"), lod),
        usdz=store.put(write_usdz(document), ".usdz", "model/vnd.usdz+zip"),
        poster=Picture(()),
        source_triangles=12,
    )


def looked(task: Task, made: Bundle, store: Store, kept: Path) -> ModelComparison:
    found = before_after.compare_model(task, made, store, kept)
    assert found is not None
    return found


def pixels(content: bytes) -> NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def changed(glb: bytes, how: Callable[[Document], None]) -> bytes:
    document = read_gltf(glb, PurePosixPath("made.glb"), Resolver(Path()))
    how(document)
    return write_glb(document)


def grey(document: Document) -> None:
    for material in document.materials():
        material.base_color_texture = None


def with_hollows(document: Document) -> None:
    """Lay shadow over all of a model, in place of its colours."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (40, 40, 40)).save(out, "PNG")
    shadow = Texture(Shadow(out.getvalue(), "image/png"))
    for material in document.materials():
        material.occlusion_texture = TextureInfo(shadow)
        material.base_color_texture = None


def grounded(document: Document) -> None:
    """Put a model at its foot, as builds do to what is far away."""
    far(document)
    recenter(document, measure.compute_extents(document))


def far(document: Document) -> None:
    document.scene.nodes[0].translation = (652_000.0, 0.0, 6_862_000.0)


def test_the_source_itself_differs_in_nothing(
    task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    pair = looked(task, bundle(store, make.textured_box()), store, tmp_path / "kept")

    one, *_, usdz = pair.levels
    assert one.visual_error == 0
    assert one.error_without_occlusion is None
    assert one.picture == pair.source
    assert pixels(one.difference).max() < 10  # black, as WebP has it
    assert usdz.visual_error is not None
    assert 0 <= usdz.visual_error < 0.01


def test_another_shape_differs_where_it_is_missing(
    task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    made = bundle(store, make.textured_box((1.0, 1.0, 0.5)))

    one, *_ = looked(task, made, store, tmp_path / "kept").levels

    assert one.visual_error is not None
    assert one.visual_error > 0.1
    assert pixels(one.difference).max() > 200


def with_a_crumb(document: Document) -> None:
    """Lay a small dark box to the right of a model, as a lost part of it."""
    crumb = clone_document(document).scene.nodes[0]
    crumb.translation, crumb.scale = (0.8, 0.05, 0.0), (0.1, 0.1, 0.1)
    document.scene.nodes.append(crumb)


def test_what_is_lost_at_one_side_moves_nothing_of_the_other(
    museum: Path, task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    """All is taken as the museum's file is, from the same place and in the same light."""
    (museum / "box.glb").write_bytes(changed(make.textured_box(), with_a_crumb))
    made = bundle(store, make.textured_box())

    pair = looked(task, made, store, tmp_path / "kept")

    left, top = slice(0, 280), slice(0, 200)
    before, after = (
        pixels(p)[top, left] for p in (pair.source, pair.levels[0].picture)
    )
    assert np.ptp(before) > 50  # some of the box is seen there
    assert np.abs(before.astype(int) - after).max() < 24  # WebP's


def test_an_error_that_the_build_measured_stands(
    task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    made = bundle(store, make.textured_box(), error=0.0123)

    one, *_ = looked(task, made, store, tmp_path / "kept").levels

    assert one.visual_error == 0.0123


def test_occlusion_that_was_added_is_an_error_and_told_apart(
    museum: Path, task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    (museum / "box.glb").write_bytes(changed(make.textured_box(), grey))
    made = bundle(store, changed(make.textured_box(), with_hollows))

    one, *_, usdz = looked(task, made, store, tmp_path / "kept").levels

    assert one.visual_error is not None
    assert usdz.visual_error is not None
    assert one.visual_error > 0.01
    assert usdz.visual_error > 0.01
    assert one.error_without_occlusion == 0
    assert usdz.error_without_occlusion is not None


def test_hollows_that_the_museum_darkened_are_its_own(
    museum: Path, task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    glb = changed(make.textured_box(), with_hollows)
    (museum / "box.glb").write_bytes(glb)

    levels = looked(task, bundle(store, glb), store, tmp_path / "kept").levels

    assert [one.error_without_occlusion for one in levels] == [None] * 3


def bin_of_walls() -> bytes:
    """Return a grey box without a lid, seen from within, which has dark corners."""
    box = trimesh.creation.box()
    box.update_faces(box.face_normals[:, 1] < 0.5)
    box.invert()
    content: bytes = trimesh.Scene(box).export(file_type="glb")
    return content


def test_occlusion_is_offered_where_a_grey_model_has_hollows(
    museum: Path, task: Task, store: Store, tmp_path: Path
) -> None:
    (museum / "box.glb").write_bytes(bin_of_walls())
    made = bundle(store, bin_of_walls())

    offer = looked(task, made, store, tmp_path / "kept").occlusion_offer
    again = looked(task, made, store, tmp_path / "kept").occlusion_offer

    assert offer is not None
    assert offer == again
    level = looked(task, made, store, tmp_path / "kept").levels[1]
    assert pixels(offer.picture).mean() < pixels(level.picture).mean()


@pytest.mark.parametrize("written", [True, False])
def test_occlusion_is_not_offered_where_it_is_written(
    museum: Path,
    task: Task,
    store: Store,
    tmp_path: Path,
    written: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    (museum / "box.glb").write_bytes(bin_of_walls())
    decided = replace(task, occlusion=written)

    found = looked(decided, bundle(store, bin_of_walls()), store, tmp_path / "kept")

    assert found.occlusion_offer is None


def test_a_survey_is_compared_where_it_was_put(
    museum: Path, task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    (museum / "box.glb").write_bytes(changed(make.textured_box(), far))
    near = changed(make.textured_box(), grounded)

    one, *_ = looked(task, bundle(store, near), store, tmp_path / "kept").levels

    assert one.visual_error is not None
    assert one.visual_error < 0.01


def test_what_was_seen_is_kept(
    task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    """Shown by a photograph that another hand put there: none is taken again."""
    made, kept = bundle(store, make.textured_box()), tmp_path / "kept"
    looked(task, made, store, kept)
    (source,) = kept.glob("*.0.webp")
    source.write_bytes(b"kept")

    assert looked(task, made, store, kept).source == b"kept"


def test_a_changed_source_is_looked_at_again(
    museum: Path, task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    made, kept = bundle(store, make.textured_box()), tmp_path / "kept"
    before = looked(task, made, store, kept)
    (museum / "box.glb").write_bytes(make.textured_box((1.0, 1.0, 0.5)))

    after = looked(task, made, store, kept)

    assert after.source != before.source
    assert after.levels[0].visual_error != before.levels[0].visual_error


def test_a_file_that_cannot_be_read_gives_none(
    museum: Path, task: Task, store: Store, make: ModuleType, tmp_path: Path
) -> None:
    (museum / "broken.glb").write_bytes(b"glTF")
    made = bundle(store, make.textured_box())

    broken = replace(task, path="broken.glb")

    assert before_after.compare_model(broken, made, store, tmp_path / "kept") is None
