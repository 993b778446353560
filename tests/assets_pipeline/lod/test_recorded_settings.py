"""What was decided about a model is written down, and carried out again to the byte."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assets_pipeline.build.build import BuildResult, build_assets
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.lod import recorded_settings
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task
from tours.checks import read_museum

if TYPE_CHECKING:
    from collections.abc import Callable

    from tours.bundle import Bundle

    Record = dict[str, Any]

BASE = Path(__file__).parents[1] / "museum"
MODEL = "models/textured_box.glb"


TOUR = """\
tour: visite
title: { fr: Ma visite }
stops:
  - stop: boite
    title: { fr: La boîte }
    text: { fr: Une boîte. }
    shows:
      model: models/textured_box.glb
      alt: { fr: Une boîte. }
"""


@pytest.fixture(scope="module")
def first(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a museum of one model with its decisions, and its store beside it."""
    folder = tmp_path_factory.mktemp("decided")
    museum = shutil.copytree(BASE, folder / "museum")
    (museum / "models").mkdir()
    shutil.copy(models / "textured_box.glb", museum / "models")
    (museum / "tours" / "visit.yaml").write_text(TOUR, "utf-8")
    built = build(museum, folder / "files", searches=True)
    (museum / recorded_settings.FILE_NAME).write_bytes(
        recorded_settings.to_bytes(built.decided)
    )
    return folder


@pytest.fixture(scope="module")
def coarse(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same, built once more for other decisions."""
    folder = shutil.copytree(first, tmp_path_factory.mktemp("coarse") / "copy")
    change(folder / "museum", coarser)
    assert build(folder / "museum", folder / "files").transforms == 1
    return folder


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    """Return a copy of the first to change."""
    return shutil.copytree(first, tmp_path / "copy")


def build(museum: Path, store: Path, *, searches: bool = False) -> BuildResult:
    """Return what building gives; the museum must be right."""
    reading = read_museum(museum)
    assert [d for d in reading.diagnostics if d.is_error] == []
    assert reading.museum is not None
    return build_assets(reading.museum, Store(store), searches=searches)


def change(museum: Path, how: Callable[[Record], None]) -> None:
    """Change what is written down about the box."""
    path = museum / recorded_settings.FILE_NAME
    record = json.loads(path.read_bytes())
    how(record["models"][MODEL])
    path.write_text(json.dumps(record), "utf-8")


def coarser(entry: Record) -> None:
    """Decide on a single colour for the phone, and for Quick Look."""
    for name in ("phone", "usdz"):
        entry["levels"][name]["plan"]["color"]["edge_px"] = 1


def test_another_machine_ships_the_same_files(folder: Path) -> None:
    museum, elsewhere = folder / "museum", folder / "elsewhere"
    first = build(museum, folder / "files")

    second = build(museum, elsewhere)

    assert second.index == first.index
    assert second.transforms > 0


def test_what_is_written_down_is_carried_out(first: Path, coarse: Path) -> None:
    before = build(first / "museum", first / "files")

    after = build(coarse / "museum", coarse / "files")

    assert phone_bytes(after) < phone_bytes(before)


def test_the_usdz_is_a_level_too(first: Path, coarse: Path) -> None:
    before = box(build(first / "museum", first / "files"))

    after = box(build(coarse / "museum", coarse / "files"))

    assert before.usdz_facts is not None
    assert before.usdz_facts.visual_error is not None
    assert 0 <= before.usdz_facts.visual_error <= 0.02
    assert after.usdz.size_bytes < before.usdz.size_bytes


def test_a_usdz_that_nobody_decided_on_is_made_by_rule(folder: Path) -> None:
    museum = folder / "museum"

    def older(entry: Record) -> None:
        del entry["levels"]["usdz"]

    change(museum, older)
    made = box(build(museum, folder / "elsewhere"))

    assert made.usdz_facts is not None
    assert made.usdz_facts.visual_error is None
    assert made.lods[-1].visual_error is not None


def test_a_decision_carried_out_is_found_again(coarse: Path) -> None:
    assert build(coarse / "museum", coarse / "files").transforms == 0


def test_a_decision_about_another_file_counts_for_nothing(folder: Path) -> None:
    """The level is made by rule, and found again, as if nothing were decided."""
    museum, store = folder / "museum", folder / "elsewhere"

    def stale(entry: Record) -> None:
        entry["made_of"] = "0" * 64
        coarser(entry)

    change(museum, stale)
    built = build(museum, store)

    assert built.decided == ()
    assert build(museum, store).transforms == 0


def test_a_search_is_made_once(first: Path) -> None:
    again = build(first / "museum", first / "files", searches=True)

    assert again.transforms == 0
    assert [name for name, _ in again.decided] == [MODEL]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"models": 3}', b'{"models": {"x": 1}}', b"\xff"]
)
def test_a_damaged_file_decides_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / recorded_settings.FILE_NAME).write_bytes(content)

    found = recorded_settings.read_recorded_settings(tmp_path)

    assert all(
        recorded_settings.read_entry(entry, "") is None for entry in found.values()
    )


def test_a_damaged_plan_decides_nothing(folder: Path) -> None:
    museum = folder / "museum"

    def damaged(entry: Record) -> None:
        del entry["levels"]["phone"]["plan"]["triangles"]

    change(museum, damaged)
    entry = recorded_settings.read_recorded_settings(museum)[MODEL]

    assert recorded_settings.read_entry(entry, json.loads(entry)["made_of"]) is None


def test_a_level_whose_error_nobody_measured_is_decided(folder: Path) -> None:
    museum = folder / "museum"

    def unmeasured(entry: Record) -> None:
        entry["levels"]["phone"]["visual_error"] = None

    change(museum, unmeasured)
    entry = recorded_settings.read_recorded_settings(museum)[MODEL]
    found = recorded_settings.read_entry(entry, json.loads(entry)["made_of"])

    assert found is not None
    assert found["phone"].visual_error is None


def test_one_file_read_in_two_ways_has_two_entries() -> None:
    as_metres = Task("model", "", "a.stl")
    as_millimetres = Task("model", "", "a.stl", 0.001, "z")

    assert as_metres.entry_name == "a.stl"
    assert as_millimetres.entry_name == "a.stl (0.001 m, z up)"


def test_a_model_with_hollows_as_written_has_an_entry_of_its_own() -> None:
    asked = Task("model", "", "a.stl", occlusion=True)

    assert asked.entry_name == "a.stl (occlusion)"


def test_decisions_about_a_model_as_it_was_are_not_about_its_hollows() -> None:
    made_of = partial(recorded_settings.digest_inputs, OrientOptions(), {})

    assert made_of() != made_of("hollows")


def box(built: BuildResult) -> Bundle:
    """Return the box's bundle."""
    bundles = {
        str(source.file.path): bundle for source, bundle in built.index.models.items()
    }
    return bundles[MODEL]


def phone_bytes(built: BuildResult) -> int:
    """Return the bytes of the box's level for phones."""
    lods = box(built).lods
    return next(lod.file.size_bytes for lod in lods if lod.name == "phone")
