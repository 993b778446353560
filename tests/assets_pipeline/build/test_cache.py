"""A key changes with all that a product was made from, and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.build import cache
from assets_pipeline.tasks.result import Note, TaskResult, from_json, to_json
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import ModelCredits, Task
from tours.bundle import (
    Bundle,
    Extents,
    Lod,
    MediaFile,
    Outline,
    Picture,
    PictureVariant,
    Recording,
    UsdzFacts,
)

if TYPE_CHECKING:
    from pathlib import Path

FACTS = ModelCredits("Marteau", "Écomusée", "CC0-1.0")


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """Return a task about a file that exists."""
    (tmp_path / "a.glb").write_bytes(b"one")
    return Task("model", str(tmp_path), "a.glb", facts=FACTS)


@pytest.fixture
def store(tmp_path: Path, task: Task) -> Store:
    """Return a store that remembers what the task made of that file and two others."""
    store = Store(tmp_path / "files")
    made = TaskResult(Recording(store.put(b"product", ".bin", "x/y"), 1.0))
    digest = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
    cache.record_product(task, {"a.glb": digest, "b.png": None}, made, store)
    return store


def test_the_same_task_is_found(task: Task, store: Store) -> None:
    assert cache.find_product(task, store) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"metres_per_unit": 0.001},
        {"up": "z"},
        {"facts": replace(FACTS, title="Grue")},
        {"kind": "picture"},
        {"path": "b.glb"},
    ],
)
def test_another_task_is_not(
    task: Task, store: Store, change: dict[str, object]
) -> None:
    assert cache.find_product(replace(task, **change), store) is None  # type: ignore[arg-type]


def test_a_file_that_appears_is_noticed(
    tmp_path: Path, task: Task, store: Store
) -> None:
    """A texture that was missing at the last build."""
    (tmp_path / "b.png").write_bytes(b"here now")

    assert cache.find_product(task, store) is None


def test_records_tell_a_bundle_whole() -> None:
    file = MediaFile("0" * 64, 3, ".glb", "model/gltf-binary")
    bundle = Bundle(
        extents=Extents((-1.5, 0.0, 0.1), (1.0, 2.0, 3.0)),
        lods=(Lod("preview", file, 12, 1, 99), Lod("phone", file, 24, 2, 199)),
        usdz=file,
        poster=Picture((PictureVariant(file, 480, 360),)),
        source_triangles=100,
        outline=Outline("M0 0h3v2z", 3, 2),
        usdz_facts=UsdzFacts(24, 1, 299, 0.0123),
        is_searched=True,
    )
    made = TaskResult(bundle, (Note("A020", {"file": "é"}),))

    assert from_json(to_json(made)) == made


@pytest.mark.parametrize("record", [{}, {"kind": "Bundle", "product": [], "notes": []}])
def test_a_record_of_something_else_is_none(record: dict[str, object]) -> None:
    assert from_json(record) is None
