"""Every hostile file is refused with its cause, and none takes long or much memory."""

from __future__ import annotations

import contextlib
import resource
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets_pipeline.build.run_task import make_outcome
from assets_pipeline.errors.exceptions import (
    AssetError,
    LimitExceededError,
    RefusedPathError,
)
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.lod.budgets import PREVIEW
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import LISTING_SUFFIX, Resolver
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from types import ModuleType

LONGEST_S = 5
BARE = {"mtl_climbs.obj", "mtl_drive.obj"}
"""Shown without the materials that they name outside the museum's folder."""
BAD_INPUT = Path(__file__).parents[2].parent / "shared/data/bad_input"


def made(folder: Path, name: PurePosixPath) -> bytes:
    """Return the preview of a file, carried as far as it goes."""
    document = read_document(name, OrientOptions(), Resolver(folder))
    measure.compute_extents(document)
    prepare_model(document, Task("model", str(folder), str(name)))
    return fit_to_budgets(document, PREVIEW).content


def test_every_hostile_file_is_refused_in_time(hostile: Path) -> None:
    kinds = {".glb", ".gltf", ".ply", ".stl", ".obj", ".exe"}
    refused = (p for p in hostile.iterdir() if p.suffix in kinds and p.name not in BARE)
    for path in sorted(refused):
        start = time.monotonic()

        with pytest.raises(AssetError) as caught:
            made(hostile, PurePosixPath(path.name))

        assert time.monotonic() - start < LONGEST_S, path.name
        error = caught.value
        assert error.place, path.name
        assert error.reason, path.name
        assert error.remedy, path.name


def test_no_programmers_sentence_stands_in_a_french_message(hostile: Path) -> None:
    """Curators read of every refusal in their own words, and where in the file it is."""
    models = (p for p in hostile.iterdir() if p.suffix in {".glb", ".ply", ".obj"})
    for path in sorted(models):
        task = Task("model", str(hostile), path.name)
        with contextlib.suppress(AssetError):
            made(hostile, PurePosixPath(path.name))
            continue

        told = make_outcome(task, Resolver(hostile), Store(hostile / "files")).failure

        assert told is not None, path.name
        assert str(told.values["reason"]) not in str(told.values["reason_fr"])
        assert "{" not in f"{told.values['reason_fr']}{told.values['reason_en']}"


@pytest.mark.parametrize("name", sorted(BARE))
def test_materials_outside_the_folder_are_looked_for_beside_alone(
    hostile: Path, name: str
) -> None:
    """Other machines' paths are common: the shape is shown, and nothing else is read."""
    resolver = Resolver(hostile)

    read_document(PurePosixPath(name), OrientOptions(), resolver)

    found = [path for path, digest in resolver.reads.items() if digest is not None]
    assert [path for path in found if not path.endswith(LISTING_SUFFIX)] == [name]


def test_hostile_files_take_little_memory(hostile: Path) -> None:
    """A file of 4 GB by its own words is refused before anything is allocated."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for name in ("count_huge.glb", "no_view_huge.glb", "meshopt_bomb.glb", "huge.ply"):
        with pytest.raises(LimitExceededError):
            made(hostile, PurePosixPath(name))

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10


def test_nothing_outside_the_folder_is_read(hostile: Path) -> None:
    for name in ("uri_passwd", "uri_climbs", "uri_climbs_encoded", "uri_http"):
        with pytest.raises(RefusedPathError):
            made(hostile, PurePosixPath(f"{name}.gltf"))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_bytes_never_escape_our_errors(
    make: ModuleType, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever byte is changed, the answer is a document or an `AssetError`."""
    content = bytearray(data.draw(st.sampled_from([make.textured_box(), make.bar()])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(12, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))

    with contextlib.suppress(AssetError):
        document = read_gltf(bytes(content), PurePosixPath("x.glb"), Resolver(Path()))
        measure.compute_extents(document)
        prepare_model(document, Task("model", "", "x.glb"))
        fit_to_budgets(document, PREVIEW)


def test_others_hostile_files_never_crash() -> None:
    """Khronos' validator's own test files and others, where they are at hand."""
    if not BAD_INPUT.is_dir():
        pytest.skip(f"hostile files of others are kept outside, in {BAD_INPUT}")
    paths = sorted(p for p in BAD_INPUT.rglob("*.gl[bt]*") if "report" not in p.name)
    assert len(paths) > 200

    for path in paths:
        start = time.monotonic()
        with contextlib.suppress(AssetError):
            made(BAD_INPUT, PurePosixPath(path.relative_to(BAD_INPUT)))
        assert time.monotonic() - start < LONGEST_S, path
