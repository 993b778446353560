"""Scans, a figure, a fish and five hundred cubes that other people made."""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.budgets import PROFILES
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    Errors = Callable[[bytes], list[str]]

# The tallest side of each, metres as its file says, measured once in trimesh.
MODELS = {
    "CesiumMan.glb": 1.507,
    "busted.stl": 11.385,
    "greySnapper_vertColor.glb": 40.163,
    "many_cubes.glb": 8.564,
    "raw_scan_394k.ply": 0.665,
    "saxophone_draco.glb": 0.665,
    "spot.obj": 1.718,
    "venus.glb": 2118.9,
    "whale_cranium.glb": 0.4874,
}
LONGEST_S = 60


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", MODELS)
def test_it_fits_is_valid_and_keeps_its_size(
    shared_models: Path, errors: Errors, name: str
) -> None:
    start = time.monotonic()
    document = read_document(
        PurePosixPath(name), OrientOptions(), Resolver(shared_models)
    )
    size = measure.compute_extents(document).size_m
    prepare_model(document, Task("model", str(shared_models), name))
    levels = [fit_to_budgets(document, profile) for profile in PROFILES]

    assert time.monotonic() - start < LONGEST_S
    assert max(size) == pytest.approx(MODELS[name], rel=1e-3)
    for level in levels:
        assert level.is_within_bytes
        # 501 boxes of 12 triangles stay whole: few enough for a phone, if not a preview.
        assert level.is_within_triangles or name == "many_cubes.glb"
        back = read_gltf(level.content, PurePosixPath("x.glb"), Resolver(Path()))
        assert measure.compute_extents(back).size_m == pytest.approx(size, rel=0.01)
        assert errors(level.content) == []
        assert errors(write_glb(back)) == []


@pytest.mark.parametrize(
    ("name", "metres_per_unit", "up"),
    [("cranium_mm_zup.stl", 0.001, "z"), ("cranium_broken.obj", 1.0, "y")],
)
def test_awkward_exports_of_one_skull_are_one_size(
    shared_models: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    metres_per_unit: float,
    up: str,
) -> None:
    """In millimetres with Z up, or with folded faces and stray points."""
    pytest.importorskip("trimesh")
    path = shared_models / "make_derived.py"
    spec = importlib.util.spec_from_file_location("make_derived", path)
    assert spec is not None
    assert spec.loader is not None
    derived = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # the folder is read-only
    spec.loader.exec_module(derived)
    skull = derived.trimesh.load(
        shared_models / "whale_cranium.glb", force="mesh", process=False
    )
    changed = derived.broken if name.endswith("obj") else derived.millimetres_z_up
    changed(skull).export(tmp_path / name)
    options = OrientOptions(metres_per_unit, up)  # type: ignore[arg-type]

    document = read_document(PurePosixPath(name), options, Resolver(tmp_path))
    prepare_model(document, Task("model", str(tmp_path), name))
    shown = fit_to_budgets(document, PROFILES[-1]).document

    size = measure.compute_extents(shown).size_m
    assert size == pytest.approx((0.3027, 0.2382, 0.4874), rel=0.01)
